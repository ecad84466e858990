"""From a listing to the rows of a sheet: one for each session, as the sheet importer reads them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_record, dump_source
from directory.catalog.program import Listing
from directory.exchange.cells import guarded
from directory.exchange.columns import COLUMNS, Column, Level

HEADER = [column.name for column in COLUMNS]

Plain = Mapping[str, Any]
Levels = Mapping[Level, Plain]


def rows_of(listing: Listing, source: Source) -> Iterator[list[str]]:
    """The rows of one program. Evidence stands in the first one; all else is repeated."""
    records: dict[Level, Plain] = {
        "source": dump_source(source),
        "organization": dump_record(listing.organization, source),
        "site": dump_record(listing.site, source),
        "program": dump_record(listing.program, source),
    }
    tracks = _numbered(records["program"].get("tracks", ()))
    first = True
    for number, track in tracks or [("", {})]:
        for session in track.get("sessions") or [{}]:
            levels = {**records, "track": track, "session": session}
            yield [_cell(column, levels, number, first=first) for column in COLUMNS]
            first = False


def _numbered(tracks: list[Plain]) -> list[tuple[str, Plain]]:
    """Each track, with a number where label and season do not tell it from another."""
    names = [(track.get("label"), track.get("season")) for track in tracks]
    counts = Counter(names)
    return [
        (str(place) if counts[name] > 1 else "", track)
        for place, (name, track) in enumerate(zip(names, tracks, strict=True), start=1)
    ]


def _cell(column: Column, levels: Levels, number: str, *, first: bool) -> str:
    if not column.path:
        return number
    if column.path == ("evidence",) and not first:
        return ""
    value: Any = levels[column.level]
    for step in column.path:
        value = None if value is None else value.get(step)
    return "" if value is None else guarded(column.kind.write(value))
