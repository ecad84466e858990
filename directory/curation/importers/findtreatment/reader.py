"""Read answers of the FindTreatment.gov API (v2): pages of rows, services as labels."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from directory.catalog.vocabulary import Vocabularies
from directory.curation.files.content import open_content
from directory.curation.files.documents import Broken, documents_in
from directory.curation.files.limits import MEGABYTE, Limits
from directory.curation.public_lists.editions import PublicList, dated_source
from directory.curation.public_lists.federal_codes import Meanings, service_codes
from directory.curation.public_lists.federal_facts import FederalFacts
from directory.curation.public_lists.federal_place import FederalPlace, add_place
from directory.curation.public_lists.roll import Roll
from directory.curation.public_lists.row import Row
from directory.curation.reading import Progress, Reading, Told
from directory.errors import UnreadableFile

SERVICE = PublicList("findtreatment", "SAMHSA FindTreatment.gov", "https://findtreatment.gov/")
LIMITS = Limits(largest=200 * MEGABYTE)
EXPECTED = "an answer of the FindTreatment API: an object with 'rows'"
PROGRESS_EVERY = 500
# An OTP is a place that gives methadone: it stands in the substance use survey.
SURVEYS = {"SA": "substance", "OTP": "substance", "MH": "mental"}


def read(path: Path, vocabularies: Vocabularies, progress: Progress, told: Told) -> Reading:
    """Read one file. Raises `UnreadableFile`; bad values and rows are refused one by one."""
    source, notes = dated_source(SERVICE, path, told)
    roll = Roll(source, notes)
    facts = FederalFacts(Meanings(vocabularies), source["dated"])
    for count, (where, plain) in enumerate(_rows(path)):
        if count % PROGRESS_EVERY == 0:
            progress("open", count, 0)
        _add(roll, facts, where, plain)
    return roll.reading(vocabularies, progress)


def _rows(path: Path) -> Iterator[tuple[str, Any]]:
    """Every row with its place in the file: an answer, a list of answers, or one a line."""
    content = open_content(path, LIMITS)
    for line, document in documents_in(content, EXPECTED):
        if isinstance(document, Broken):
            yield f"line {line}", document
            continue
        for page, answer in enumerate(document if isinstance(document, list) else [document]):
            at = (
                f"line {line}: " if line > 1 else f"[{page}]." if isinstance(document, list) else ""
            )
            yield from _rows_of(path.name, at, answer)


def _rows_of(name: str, at: str, answer: Any) -> Iterator[tuple[str, Any]]:
    rows = answer.get("rows") if isinstance(answer, dict) else None
    if isinstance(answer, dict) and "name1" in answer:
        rows = [answer]
    if not isinstance(rows, list):
        keys = ", ".join(list(answer)[:5]) if isinstance(answer, dict) else type(answer).__name__
        raise UnreadableFile(name, f"no list of rows in {keys[:200]!r}", EXPECTED)
    for place, plain in enumerate(rows):
        yield f"{at}rows[{place}]", plain


def _add(roll: Roll, facts: FederalFacts, where: str, plain: Any) -> None:
    row = Row(where, plain if isinstance(plain, dict) else {})
    if not isinstance(plain, dict):
        got = plain.got if isinstance(plain, Broken) else plain
        row.refuse("", got, "an object with name1 and services")
    else:
        kind = row.text("type_facility") or row.text("typeFacility")
        if kind.upper() in SURVEYS:
            codes, unread = _codes(row, plain.get("services"))
            # The place of a row on its page changes with every answer, as do the miles.
            lasting = {key: one for key, one in plain.items() if key not in ("_irow", "miles")}
            survey = SURVEYS[kind.upper()]
            add_place(
                roll, facts, FederalPlace(row, survey, codes, "findtreatment", lasting, unread)
            )
        else:
            row.refuse("type_facility", kind, f"one of {', '.join(SURVEYS)}")
    roll.close(row)


def _codes(row: Row, services: Any) -> tuple[frozenset[str], tuple[str, ...]]:
    """The codes of a row's labels, and the labels that mean none (with their category)."""
    codes: set[str] = set()
    unread: list[str] = []
    if services is not None and not isinstance(services, list):
        row.refuse("services", services, "a list of services, or null")
    for service in services if isinstance(services, list) else ():
        if not isinstance(service, dict):
            row.refuse("services", service, "an object with f1, f2 and f3")
            continue
        category = str(service.get("f2") or "")[:20]
        for label in filter(None, map(str.strip, str(service.get("f3") or "").split(";"))):
            code = service_codes().of_label(category, label)
            if code:
                codes.add(code)
            else:
                unread.append(f"{category}: {label[:100]}")
    return frozenset(codes), tuple(unread)
