"""A new generation on disk outlives a loss of power."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from directory.exchange.aside import make_names_durable

TOGETHER = 8
"""Files made durable at once."""


def make_durable(folder: Path) -> None:
    """Make every file of a new generation durable before it can be named.

    A file with a second name came from the generation before, and was made durable with it. The others
    are waited for together: a file system commits them in one go.
    """
    inside = list(folder.rglob("*"))
    new = [path for path in inside if path.is_file() and path.stat().st_nlink == 1]
    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(_make_file_durable, new))
    for names in [folder, *(path for path in inside if path.is_dir())]:
        make_names_durable(names)


def _make_file_durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
