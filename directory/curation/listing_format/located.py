"""Where a value stands in a file: the line of a sheet, or the path in JSON."""

from collections.abc import Mapping
from typing import Any

from directory.curation.reading import Refused

Path = tuple[str | int, ...]


class Located(dict[str, Any]):
    """An object read from a sheet: it knows its line, and values its later lines contradict."""

    def __init__(self, row: str) -> None:
        super().__init__()
        self.row = row
        self.clashes: list[Refused] = []


def at_path(raw: Any, path: Path) -> Any:
    """The value at a path, None where there is none."""
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def row_at(raw: Any, path: Path) -> str | None:
    """The line of the innermost object on a path, where the file is a sheet."""
    row = getattr(raw, "row", None)
    for step in path:
        raw = at_path(raw, (step,))
        row = getattr(raw, "row", row)
    return row


def path_text(path: Path) -> str:
    """A path as people write it: tracks[0].sessions[2].day."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".").encode("utf-8", "backslashreplace").decode()[:200]


def flat_messages(messages: Mapping[Any, Any], at: Path = ()) -> list[tuple[Path, str]]:
    """Marshmallow's tree of messages as (path, message)."""
    found: list[tuple[Path, str]] = []
    for key, inner in messages.items():
        path = at if key == "_schema" else (*at, key)
        # A dict of objects (evidence) nests its messages under "value".
        inner = inner["value"] if isinstance(inner, dict) and set(inner) == {"value"} else inner
        if isinstance(inner, dict):
            found += flat_messages(inner, path)
        else:
            found += [(path, str(message)) for message in inner]
    return found
