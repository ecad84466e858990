"""Read California's list of facilities: CSV, ArcGIS JSON or GeoJSON; one license a row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from directory.catalog.vocabulary import Vocabularies
from directory.curation.files.content import Content, open_content
from directory.curation.files.documents import Broken, documents_in
from directory.curation.files.limits import Limits
from directory.curation.files.tables import tables_in
from directory.curation.importers.dhcs.columns import NEEDED
from directory.curation.importers.dhcs.facility import STATE_LIST, add_facility, note_expired
from directory.curation.public_lists.editions import dated_source
from directory.curation.public_lists.roll import Roll
from directory.curation.public_lists.row import Row
from directory.curation.reading import Progress, Reading, Told
from directory.errors import UnreadableFile

LIMITS = Limits(windows_1252=True)
EXPECTED = "ArcGIS JSON or GeoJSON: an object with 'features'"
PROGRESS_EVERY = 500


def read(path: Path, vocabularies: Vocabularies, progress: Progress, told: Told) -> Reading:
    """Read one file. Raises `UnreadableFile`; bad values and rows are refused one by one."""
    content = open_content(path, LIMITS)
    source, notes = dated_source(STATE_LIST, path, told)
    if content.encoding == "cp1252":
        notes.append("The file is not UTF-8 and was read as Windows-1252.")
    roll = Roll(source, notes)
    rows = _features(content, notes) if content.kind == "json" else _table_rows(content, roll)
    for count, (where, cells) in enumerate(rows):
        if count % PROGRESS_EVERY == 0:
            progress("open", count, 0)
        row = Row(where, cells)
        add_facility(roll, row, cells)
        roll.close(row)
    note_expired(roll)
    return roll.reading(vocabularies, progress)


def _table_rows(content: Content, roll: Roll) -> Iterator[tuple[str, Mapping[str, Any]]]:
    table = next(iter(tables_in(content, LIMITS).values()))
    table.require(NEEDED)
    for number, cells in table.named(roll.turn_away):
        yield f"row {number}", cells


def _features(content: Content, notes: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The properties of every feature; the point beside them where they hold none."""
    for line, document in documents_in(content, EXPECTED):
        at = f"line {line}: " if line > 1 else ""
        if isinstance(document, Broken):
            yield f"line {line}", {NEEDED[0]: document.got}
            continue
        if isinstance(document, dict) and document.get("exceededTransferLimit"):
            notes.append("The answer was cut: the service holds more features than the file.")
        for place, feature in enumerate(_listed(content, document)):
            yield f"{at}features[{place}]", _cells(feature)


def _listed(content: Content, document: Any) -> list[Any]:
    if isinstance(document, dict) and ("attributes" in document or "properties" in document):
        return [document]
    features = document.get("features") if isinstance(document, dict) else None
    if isinstance(features, list):
        return features
    error = document.get("error") if isinstance(document, dict) else None
    got = f"an error of the service: {error}"[:200] if error else "JSON without features"
    raise UnreadableFile(content.name, got, EXPECTED)


def _cells(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict):
        return {}
    plain = feature.get("attributes") or feature.get("properties")
    cells = {str(key).strip().lower(): value for key, value in (plain or {}).items()} if (
        isinstance(plain, dict)
    ) else {}  # fmt: skip
    point = feature.get("geometry")
    spot = point.get("coordinates") if isinstance(point, dict) else None
    if cells.get("latitude") is None and isinstance(spot, list) and len(spot) >= 2:
        cells |= {"longitude": spot[0], "latitude": spot[1]}
    return cells
