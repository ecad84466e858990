"""The formats an export can have: one line each. What each one cannot carry: docs/formats.md."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from directory.catalog.evidence import Source
from directory.catalog.program import Listing
from directory.catalog.records import Records
from directory.catalog.vocabulary import Vocabularies
from directory.errors import UnwritableFile
from directory.exchange.aside import checksum
from directory.exchange.hsds.files import write_ndjson, write_tabular
from directory.exchange.listing_files import export_source, write_csv, write_json, write_xlsx
from directory.exchange.settled import settled

Write = Callable[[Iterable[Listing], Source, Path], int]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, how its files end, and what writes one (answers the programs)."""

    name: str
    suffix: str
    write: Write


def formats(vocabularies: Vocabularies) -> tuple[Format, ...]:
    """Every format; HSDS names codes by the labels of the vocabularies."""
    return (
        Format("json", ".json", write_json),
        Format("csv", ".csv", write_csv),
        Format("xlsx", ".xlsx", write_xlsx),
        Format("hsds", ".ndjson", partial(write_ndjson, vocabularies=vocabularies)),
        Format("hsds-tabular", ".zip", partial(write_tabular, vocabularies=vocabularies)),
    )


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written whole."""

    file: Path
    format: str
    programs: int
    bytes: int
    sha256: str


def export(records: Records, chosen: Format, path: Path, *, examples: bool = False) -> Exported:
    """Write every listed program, or every invented one: the two never share a file.

    Reads the records twice, so that none has to wait in memory. Raises `UnwritableFile` where
    nothing is listed.
    """

    def listings() -> Iterable[Listing]:
        return (settled(one) for one in records.all() if one.example == examples)

    source = export_source(listings(), examples=examples)
    if source is None:
        wanted = "invented program" if examples else "program"
        raise UnwritableFile(path.name, f"no {wanted} in the store", "at least one")
    programs = chosen.write(listings(), source, path)
    return Exported(path, chosen.name, programs, path.stat().st_size, checksum(path))
