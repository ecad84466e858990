"""From rows, one session each, to the tree of the JSON form."""

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import process

from directory.curation.files.tables import Table
from directory.curation.listing_format.located import Located, at_path
from directory.curation.reading import Refused, shown
from directory.errors import UnreadableFile
from directory.exchange.cells import unguarded
from directory.exchange.columns import BY_NAME, COLUMNS, Column, Level

Cells = Mapping[str, str]

_PARENTS: Mapping[Level, tuple[Level, str] | None] = {
    "organization": None,
    "site": ("organization", "sites"),
    "program": ("site", "programs"),
}
_BY_LEVEL: Mapping[str, tuple[Column, ...]] = {
    level: tuple(column for column in COLUMNS if column.level == level)
    for level in dict.fromkeys(column.level for column in COLUMNS)
}


def tree_of(table: Table) -> tuple[dict[str, Any], list[Refused]]:
    """The tree of the JSON form, and rows that belong to no program."""
    _check_header(table)
    grown = _Grown()
    for line, cells in table.rows:
        grown.add(f"row {line}", table.header, cells)
    return {"source": grown.source, "organizations": grown.organizations}, grown.refused


def _check_header(table: Table) -> None:
    """Only columns of the template, and those that say whose fact a row is."""
    for column in table.header:
        if column not in BY_NAME:
            near = process.extractOne(column, list(BY_NAME), score_cutoff=70)
            expected = f"{near[0]!r}" if near else "only the columns of the template"
            raise UnreadableFile(table.file, f"the column {shown(column)!r}", expected)
    table.require(("source_name", "organization_id", "site_id", "program_id"))


class _Grown:
    """The tree as it grows, row by row."""

    def __init__(self) -> None:
        self.source = Located("source")
        self.organizations: list[Located] = []
        self.refused: list[Refused] = []
        self._known: dict[tuple[Level, str], Located] = {}
        self._parents: dict[tuple[Level, str], str] = {}
        self._tracks: dict[tuple[str, ...], Located] = {}

    def add(self, row: str, header: Sequence[str], texts: list[str]) -> None:
        if any(text.strip() for text in texts[len(header) :]):
            got = f"{len(texts)} cells"
            self.refused.append(Refused(row, "row", got, f"at most {len(header)} cells"))
            texts = texts[: len(header)]
        cells = {name: unguarded(text.strip()) for name, text in zip(header, texts, strict=False)}
        program = self._program(row, cells)
        if program is None:
            return
        self._fill(self.source, "source", row, cells, program)
        track = self._track(row, cells, program)
        if session := _object("session", row, cells):
            if track is None:
                track = self._new_track(row, cells, program)
            track.setdefault("sessions", []).append(session)

    def _program(self, row: str, cells: Cells) -> Located | None:
        """The row's program, its site and organization; new ones are hung into the tree."""
        key = cells.get("program_id", "")
        if not key:
            self.refused.append(Refused(row, "program_id", "nothing", "the id of a program"))
            return None
        site_id = cells.get("site_id") or self._parents.get(("program", key), "")
        organization_id = cells.get("organization_id") or self._parents.get(("site", site_id), "")
        self._placed(row, "organization", organization_id, "", cells)
        self._placed(row, "site", site_id, organization_id, cells)
        return self._placed(row, "program", key, site_id, cells)

    def _placed(self, row: str, level: Level, key: str, parent: str, cells: Cells) -> Located:
        known = self._known.get((level, key))
        if known is None:
            known = self._known[level, key] = Located(row)
            self._parents[level, key] = parent
            self._siblings(level, parent).append(known)
        elif self._parents[level, key] != parent:
            known.clashes.append(
                Refused(row, f"{level}_id", key, f"under {self._parents[level, key]!r}, as before")
            )
        self._fill(known, level, row, cells, known)
        return known

    def _siblings(self, level: Level, parent: str) -> list[Located]:
        above = _PARENTS[level]
        if above is None:
            return self.organizations
        siblings: list[Located] = self._known[above[0], parent].setdefault(above[1], [])
        return siblings

    def _fill(self, into: Located, level: Level, row: str, cells: Cells, blamed: Located) -> None:
        """Take the cells of a level. Blank repeats what was said; another value is a clash."""
        for path, value in _values(level, cells):
            known = at_path(into, path)
            if known is None:
                _put(into, path, value)
            elif known != value:
                field = "_".join((level, *path))
                expected = f"{shown(known)}, as in {into.row}, or blank"
                blamed.clashes.append(Refused(row, field, shown(value), expected))

    def _track(self, row: str, cells: Cells, program: Located) -> Located | None:
        if not any(cells.get(column.name) for column in _BY_LEVEL["track"]):
            tracks = program.get("tracks")
            return tracks[-1] if tracks else None
        return self._new_track(row, cells, program)

    def _new_track(self, row: str, cells: Cells, program: Located) -> Located:
        told_apart = ("track_label", "track_season", "track_number")
        key = (program["id"], *(cells.get(name, "") for name in told_apart))
        if key not in self._tracks:
            self._tracks[key] = Located(row)
            program.setdefault("tracks", []).append(self._tracks[key])
        self._fill(self._tracks[key], "track", row, cells, program)
        return self._tracks[key]


def _object(level: Level, row: str, cells: Cells) -> Located | None:
    made = Located(row)
    for path, value in _values(level, cells):
        _put(made, path, value)
    return made or None


def _values(level: Level, cells: Cells) -> list[tuple[tuple[str, ...], Any]]:
    return [
        (column.path, column.kind.read(cells[column.name]))
        for column in _BY_LEVEL[level]
        if column.path and cells.get(column.name)
    ]


def _put(into: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        into = into.setdefault(step, {})
    into[path[-1]] = value
