"""From a listing to the rows of a sheet: one for each session, as the sheet importer reads them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_record, dump_source
from directory.catalog.program import Listing
from directory.exchange.cells import guarded
from directory.exchange.columns import COLUMNS, Column, Level

HEADER = [column.name for column in COLUMNS]

TOLD_APART = ("label", "season")

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
    """Each track, with a number where label and season do not tell it from another.

    A blank label tells nothing beside a track that has one: blank also means 'as above'.
    """
    names = [
        tuple(" ".join((track.get(key) or "").casefold().split()) for key in TOLD_APART)
        for track in tracks
    ]
    return [
        (str(place + 1) if _is_like_another(place, names) else "", track)
        for place, track in enumerate(tracks)
    ]


def _is_like_another(place: int, names: Sequence[tuple[str, ...]]) -> bool:
    return any(
        all(mine in ("", theirs) for mine, theirs in zip(names[place], other, strict=True))
        for at, other in enumerate(names)
        if at != place
    )


def _cell(column: Column, levels: Levels, number: str, *, first: bool) -> str:
    if not column.path:
        return number
    if column.path == ("evidence",) and not first:
        return ""
    value: Any = levels[column.level]
    for step in column.path:
        value = None if value is None else value.get(step)
    return "" if value is None else guarded(column.kind.write(value))
