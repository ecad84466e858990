"""The formats an export can have: one line each. What each one cannot carry: docs/formats.md."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from directory.catalog.evidence import Source
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.errors import UnwritableFile
from directory.exchange.aside import checksum
from directory.exchange.geojson import write_geojson
from directory.exchange.hsds.files import write_ndjson, write_tabular
from directory.exchange.listing_files import export_source, write_csv, write_json, write_xlsx
from directory.exchange.settled import settled

Write = Callable[[Iterable[Listing], Source, Path], int]


class Listed(Protocol):
    """What an export reads: the store, or a published generation."""

    def all(self) -> Iterable[Listing]:
        """Every listed program, by id."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, how its files end, what a browser calls it, what writes one.

    `write` answers the programs. `imported_by` names the importer that reads it back, if any does.
    """

    name: str
    suffix: str
    media_type: str
    write: Write
    imported_by: str = ""


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def formats(vocabularies: Vocabularies) -> tuple[Format, ...]:
    """Every format; HSDS names codes by the labels of the vocabularies."""
    lines = partial(write_ndjson, vocabularies=vocabularies)
    tables = partial(write_tabular, vocabularies=vocabularies)
    return (
        Format("json", ".json", "application/json", write_json, "listing"),
        Format("csv", ".csv", "text/csv", write_csv, "listing"),
        Format("xlsx", ".xlsx", _SHEET, write_xlsx, "listing"),
        Format("geojson", ".geojson", "application/geo+json", write_geojson),
        Format("hsds", ".ndjson", "application/x-ndjson", lines, "hsds"),
        Format("hsds-tabular", ".zip", "application/zip", tables, "hsds"),
    )


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written whole."""

    file: Path
    format: str
    programs: int
    bytes: int
    sha256: str


def as_told(records: Listed, *, examples: bool) -> Iterable[Listing]:
    """The real programs, or the invented ones, as a file may tell them."""
    found = (one for one in records.all() if one.example == examples)
    return (settled(replace(one, site=one.site.told())) for one in found)


def export(
    records: Listed,
    chosen: Format,
    path: Path,
    *,
    examples: bool = False,
    source: Source | None = None,
) -> Exported:
    """Write every listed program, or every invented one: the two never share a file.

    `source` is who speaks, where that is known already. Reads the records as often as it needs to,
    so that none has to wait in memory. Raises `UnwritableFile` where nothing is listed.
    """
    source = source or export_source(as_told(records, examples=examples), examples=examples)
    if source is None:
        wanted = "invented program" if examples else "program"
        raise UnwritableFile(path.name, f"no {wanted} in the store", "at least one")
    programs = chosen.write(as_told(records, examples=examples), source, path)
    return Exported(path, chosen.name, programs, path.stat().st_size, checksum(path))
