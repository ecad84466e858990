"""Read the SAMHSA National Directory: one row a place and survey, its services as codes."""

from collections.abc import Mapping
from pathlib import Path

from directory.catalog.vocabulary import Vocabularies
from directory.curation.files.content import open_content
from directory.curation.files.limits import Limits
from directory.curation.files.tables import Table, tables_in
from directory.curation.importers.samhsa.columns import CODE_SHEET, FACILITIES, NEEDED, SURVEYS
from directory.curation.public_lists.editions import PublicList, dated_source
from directory.curation.public_lists.federal_codes import Meanings, service_codes
from directory.curation.public_lists.federal_facts import FederalFacts
from directory.curation.public_lists.federal_place import FederalPlace, add_place
from directory.curation.public_lists.roll import Roll
from directory.curation.public_lists.row import Row
from directory.curation.reading import Progress, Reading, Told

DIRECTORY = PublicList(
    "samhsa",
    "SAMHSA National Directory",
    "https://www.samhsa.gov/data/data-we-collect/n-sumhss-national-substance-use-and-"
    "mental-health-services-survey/national-directories",
)
LIMITS = Limits(windows_1252=True)
PROGRESS_EVERY = 500


def read(path: Path, vocabularies: Vocabularies, progress: Progress, told: Told) -> Reading:
    """Read one file. Raises `UnreadableFile`; bad values and rows are refused one by one."""
    tables = tables_in(content := open_content(path, LIMITS), LIMITS)
    source, notes = dated_source(DIRECTORY, path, told)
    if content.encoding == "cp1252":
        notes.append("The file is not UTF-8 and was read as Windows-1252.")
    survey = _survey_of_codes(tables)
    facilities = _facilities(tables)
    facilities.require(NEEDED)
    roll = Roll(source, notes)
    facts = FederalFacts(Meanings(vocabularies), source["dated"])
    for count, (number, cells) in enumerate(facilities.named(roll.turn_away)):
        if count % PROGRESS_EVERY == 0:
            progress("open", count, 0)
        _add(roll, facts, Row(f"row {number}", cells), cells, survey)
    return roll.reading(vocabularies, progress)


def _facilities(tables: Mapping[str, Table]) -> Table:
    """The sheet of facilities, or the first."""
    named = {name.strip().lower(): table for name, table in tables.items()}
    return named.get(FACILITIES) or next(iter(tables.values()))


def _survey_of_codes(tables: Mapping[str, Table]) -> str | None:
    """The survey of a workbook by its sheet of codes; a CSV says it row by row."""
    for name, table in tables.items():
        if name.strip().lower() == CODE_SHEET:
            rows = table.named(lambda _: None)  # a note beside the codes states nothing of a place
            codes = {cells.get("service_code", "") for _, cells in rows}
            return service_codes().survey_of(codes)
    return None


def _add(
    roll: Roll, facts: FederalFacts, row: Row, cells: Mapping[str, str], survey: str | None
) -> None:
    codes = frozenset(cells["service_code_info"].replace("*", " ").split())
    if _is_code_row(row, cells):
        row.refuse("name1", cells["name1"], "a facility; a row of the code sheet stands here")
    else:
        said = SURVEYS.get(cells.get("directory_type", "").lower())
        found = said or survey or service_codes().survey_of(codes)
        place = FederalPlace(row, found, codes, "samhsa", cells)
        add_place(roll, facts, place)
    roll.close(row)


def _is_code_row(row: Row, cells: Mapping[str, str]) -> bool:
    """True for a row of the code sheet that was pasted below the facilities, or its header."""
    known = service_codes().categories | {"category_code"}
    return row.text("name1") in known and not (cells["phone"] or cells["service_code_info"])
