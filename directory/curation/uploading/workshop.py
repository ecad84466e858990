"""Where uploaded files lie and are worked on, with the same commands that an operator types."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from directory.catalog.upload import Upload
from directory.curation.uploading import running
from directory.curation.uploading.aside import FILE
from directory.curation.uploading.bounds import PUBLISHING, READING, Bounds
from directory.curation.uploading.running import Process

MOST_LISTED = 500
"""So many refused rows and changed programs a report lists; it counts all."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """`home` holds a folder for each upload, `environment` is all that a command is told of us.

    `database` is the file of SQLite, if it is one: taking a file in may let it grow. `patience` are
    seconds that a web worker waits for quick work.
    """

    home: Path
    environment: Mapping[str, str]
    database: Path | None = None
    reading: Bounds = READING
    patience: float = 4.0

    def folder(self, upload: Upload) -> Path:
        """Where the file and what was said of it lie."""
        return self.home / upload.name

    def has(self, upload: Upload) -> bool:
        """True if the upload lies here: of several machines one took it."""
        return self.folder(upload).is_dir()

    @contextmanager
    def held(self, upload: Upload) -> Iterator[int | None]:
        """The lock of its folder; None if work on it goes on already, or the folder is gone."""
        if not self.has(upload):
            yield None
            return
        with running.held(self.folder(upload)) as lock:
            yield lock

    def check(self, upload: Upload, lock: int) -> Process:
        """Begin a dry run."""
        command = [*self._import(upload), "--dry-run"]
        return self._begin(upload, lock, [(command, self.reading)])

    def apply(self, upload: Upload, lock: int) -> Process:
        """Begin to take the file in, if the listings still are as the dry run saw them; then publish."""
        command = [*self._import(upload), "--only-after", str(upload.catalog)]
        size = self.database.stat().st_size if self.database and self.database.exists() else 0
        bounds = replace(self.reading, file=self.reading.file + 2 * size)
        publish = ([*_COMMAND, "publish", "--json"], PUBLISHING)
        return self._begin(upload, lock, [(command, bounds), publish])

    def _begin(
        self, upload: Upload, lock: int, work: Sequence[tuple[Sequence[str], Bounds]]
    ) -> Process:
        folder = self.folder(upload)
        own = {**self.environment, "TMPDIR": str(folder), "HOME": str(folder)}
        return running.begin(folder, lock, work, own)

    def wait(self, process: Process) -> None:
        """Wait a while; longer work goes on by itself."""
        running.wait(process, self.patience)

    def _import(self, upload: Upload) -> list[str]:
        told = ["--seen-on", upload.seen_on.isoformat()]
        if upload.edition:
            told += ["--edition", upload.edition]
        if upload.dated:
            told += ["--dated", upload.dated.isoformat()]
        file = str(self.folder(upload) / FILE)
        bounded = ["--json", "--progress", "--most", str(MOST_LISTED)]
        return [*_COMMAND, "import", upload.importer, file, *told, *bounded]


_COMMAND = (sys.executable, "-m", "directory")
