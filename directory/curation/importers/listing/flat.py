"""From rows, one session each, to the tree of the JSON form."""

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import process

from directory.curation.files.faults import Faults
from directory.curation.files.tables import Table
from directory.curation.listing_format.located import Located, at_path
from directory.curation.reading import Refused, shown
from directory.errors import UnreadableFile
from directory.exchange.cells import unguarded
from directory.exchange.columns import BY_NAME, COLUMNS, Column, Level

Cells = Mapping[str, str]
TrackKey = tuple[str, ...]

NO_FAULTS = Faults()
MOST_SHOWN = 3
WITHOUT_FORMULA = "the value itself, or a blank cell (copy, then paste as values)"
FIRST_SHEET_DAY = "1900-01-01"
TIMES = ("start", "end")
TOLD_APART = ("track_label", "track_season", "track_number")

_PARENTS: Mapping[Level, tuple[Level, str] | None] = {
    "organization": None,
    "site": ("organization", "sites"),
    "program": ("site", "programs"),
}
_BY_LEVEL: Mapping[str, tuple[Column, ...]] = {
    level: tuple(column for column in COLUMNS if column.level == level)
    for level in dict.fromkeys(column.level for column in COLUMNS)
}


def tree_of(table: Table, faults: Faults = NO_FAULTS) -> tuple[dict[str, Any], list[Refused]]:
    """The tree of the JSON form, and rows that belong to no program."""
    _check_header(table)
    if faults.merged:
        ranges = ", ".join(faults.merged[:MOST_SHOWN]) + ", ..." * (len(faults.merged) > MOST_SHOWN)
        expected = "each cell by itself: unmerge them, and fill in every row that is meant"
        raise UnreadableFile(table.file, f"merged cells at {shown(ranges)}", expected)
    wrong = {line: _wrong(table, line, cells) for line, cells in faults.without_result.items()}
    grown = _Grown()
    for line, cells in table.rows:
        grown.add(f"row {line}", table.header, _typed(table.header, cells), wrong.pop(line, ()))
    for refused in wrong.values():
        grown.refused.extend(refused)
    return {"source": grown.source, "organizations": grown.organizations}, grown.refused


def _wrong(table: Table, line: int, by_place: Mapping[int, str]) -> list[Refused]:
    """Cells of a row that look blank and are not. Raises `UnreadableFile` where they hide whose row it is."""
    wrong = [
        Refused(f"row {line}", table.header[place - 1], what, WITHOUT_FORMULA)
        for place, what in by_place.items()
        if place <= len(table.header)
    ]
    for one in wrong:
        if one.field == "program_id":
            got = f"{one.got} in row {line}, column 'program_id'"
            raise UnreadableFile(table.file, got, WITHOUT_FORMULA)
    return wrong


def _typed(header: Sequence[str], cells: list[str]) -> list[str]:
    """24:00 in a cell for times of day is the first day of a spreadsheet's calendar."""
    return [
        "24:00"
        if cell == FIRST_SHEET_DAY and place < len(header) and header[place] in TIMES
        else cell
        for place, cell in enumerate(cells)
    ]


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
        self._tracks: dict[str, dict[TrackKey, Located]] = {}

    def add(
        self, row: str, header: Sequence[str], texts: list[str], wrong: Sequence[Refused] = ()
    ) -> None:
        if any(text.strip() for text in texts[len(header) :]):
            got = f"{len(texts)} cells"
            self.refused.append(Refused(row, "row", got, f"at most {len(header)} cells"))
            texts = texts[: len(header)]
        cells = {name: unguarded(text.strip()) for name, text in zip(header, texts, strict=False)}
        program = self._program(row, cells)
        if program is None:
            return
        program.clashes.extend(wrong)
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
        tracks = self._tracks.setdefault(program["id"], {})
        key = tuple(cells.get(name, "") for name in TOLD_APART)
        if key not in tracks:
            program.clashes.extend(_doubts(row, key, tracks))
            tracks[key] = Located(row)
            program.setdefault("tracks", []).append(tracks[key])
        self._fill(tracks[key], "track", row, cells, program)
        return tracks[key]


def _doubts(row: str, key: TrackKey, tracks: Mapping[TrackKey, Located]) -> list[Refused]:
    """A track that may be one before it: the same but for capitals, or for names left blank."""
    for other, track in tracks.items():
        pairs = list(zip(TOLD_APART, key, other, strict=True))
        if all(not mine or _folded(mine) == _folded(before) for _, mine, before in pairs):
            name, mine, before = next(one for one in pairs if one[1] != one[2])
            expected = (
                f"{shown(before)}, as in {track.row}; all cells of the track blank; "
                "or a track_number, if it is another track"
            )
            return [Refused(row, name, shown(mine) if mine else "nothing", expected)]
    return []


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


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
