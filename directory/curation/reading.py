"""What an importer hands over: records it could read, and rows it refuses, with the reason."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from directory.catalog.evidence import Source
from directory.catalog.program import Organization, Program, Site
from directory.catalog.records import Claim, Subject
from directory.catalog.vocabulary import Vocabularies
from directory.curation.offered import Offered
from directory.errors import BadValue

LONGEST_SHOWN = 120
LONGEST_KEPT = 1_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Progress = Callable[[str, int, int], None]
"""Told the stage, how many are done and of how many: for a bar on stderr."""


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One value that keeps a program out. `row` is a line of a sheet, or a path in JSON."""

    row: str
    field: str
    got: str
    expected: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the person who imports says of the file: the day it was seen, its edition and day.

    Public lists carry no date. Other files do, and are read without edition and day.
    """

    seen_on: date
    edition: str | None = None
    dated: date | None = None

    def only_seen_on(self, file: Path) -> date:
        """For a file that carries its own dates: the day it was seen, or written, the earlier one.

        Raises `BadValue` if an edition or a day of its facts is told.
        """
        if self.edition or self.dated:
            got = self.edition or str(self.dated)
            expected = f"neither: {file.name} carries its own dates"
            raise BadValue("--edition or --dated", got, expected)
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
        return min(self.seen_on, written)


@dataclass(frozen=True, slots=True)
class ReadProgram:
    """A program as read, and the site it stands in."""

    program: Program
    site_id: str
    row: str


@dataclass(slots=True)
class Reading:
    """All that was read of one file. Without a usable source nothing can be taken from it.

    `mentioned` holds the id of every program of the file, refused ones too: they are not missing.
    Where linking gave the ids, `origins` holds the list's own key of each record, `also` what further
    rows say of the same records, and `joined` the programs that further programs of the file are.
    `speaks_for` are beginnings of the list's own keys that the file covers (one survey of two); by
    default all of its source. `unknown_codes` counts the rows that hold a code we have no meaning for;
    `own_sites` carry our ids already: they are no rows to be linked.
    `notes` are sentences for the report. `offered` are places of a registry, which only add to what
    is listed.
    """

    source: Source | None = None
    organizations: dict[str, Organization] = field(default_factory=dict)
    sites: dict[str, tuple[Site, str]] = field(default_factory=dict)
    programs: dict[str, ReadProgram] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    read: int = 0
    rows: dict[Subject, str] = field(default_factory=dict)
    origins: dict[Subject, str] = field(default_factory=dict)
    also: list[Claim] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    own_sites: set[str] = field(default_factory=set)
    unknown_codes: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    offered: list[Offered] = field(default_factory=list)
    speaks_for: tuple[str, ...] = ("",)


Reader = Callable[[Path, Vocabularies, Progress, Told], Reading]
"""Reads one file. Raises `UnreadableFile` if it cannot be read at all; never stops at a bad row."""


def kept_with(row: str, unknown: Iterable[str]) -> str:
    """The row with what it says that has no meaning yet: so it stays beside the claims."""
    said = "; ".join(unknown)
    return f"{row} (not understood: {said})"[:LONGEST_KEPT] if said else row


def printable(text: str) -> str:
    """The text with what no database or report takes (NUL, half a letter) written as its number."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def shown(value: object) -> str:
    """A value we got, short enough for a report."""
    if value is None:
        return "nothing"
    if isinstance(value, str) and len(value) > LONGEST_SHOWN:
        return f"text of {len(value):,} characters: {value[:40]!r}..."
    text = printable(value if isinstance(value, str) else repr(value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
