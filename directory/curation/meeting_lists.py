"""The published lists of support meetings: one file for each source, whole or not there.

They stand beside the generations and are small; a worker reads a list again when its file changed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from directory.catalog.evidence import Source
from directory.catalog.meeting import Meeting, MeetingList
from directory.curation.slugs import plain_slug
from directory.errors import UnreadableFile
from directory.exchange.aside import aside

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class MeetingLists:
    """Keeps and opens the lists of one folder; invented ones only where examples are wanted."""

    folder: Path
    examples: bool
    _stamp: Stamp | None = None
    _open: tuple[MeetingList, ...] = field(default=())

    def keep(self, one: MeetingList) -> Path:
        """Put a list in the place of what its source told before."""
        path = self.folder / f"{plain_slug(one.source.name) or 'list'}.json"
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with aside(path) as unfinished:
            unfinished.write_bytes(orjson.dumps(asdict(one)))
        return path

    def current(self) -> tuple[MeetingList, ...]:
        """Every list, in order of its file's name."""
        stamp = self._now()
        if stamp != self._stamp:
            opened = [_opened(self.folder / name) for name, _, _ in stamp]
            kept = [one for one in opened if self.examples or one.source.method != "example"]
            self._open, self._stamp = tuple(kept), stamp
        return self._open

    def _now(self) -> Stamp:
        files = sorted(self.folder.glob("*.json"))
        told = ((path.name, path.stat()) for path in files)
        return tuple((name, one.st_mtime_ns, one.st_size) for name, one in told)


def _opened(path: Path) -> MeetingList:
    try:
        plain: Mapping[str, Any] = orjson.loads(path.read_bytes())
        source = {**plain["source"], "seen_on": date.fromisoformat(plain["source"]["seen_on"])}
        meetings = tuple(
            Meeting(**{**one, "days": tuple(one["days"]), "types": tuple(one["types"])})
            for one in plain["meetings"]
        )
        return MeetingList(Source(**source), meetings)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        expected = "a list that `python -m directory meetings` wrote; import it again"
        raise UnreadableFile(path.name, type(error).__name__, expected) from error
