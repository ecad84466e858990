"""Laws of all importers: no bytes crash them, nothing goes in unchecked, nothing goes in by halves."""

import contextlib
import copy
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalog.listing import dump_listings
from directory.curation.importers import IMPORTERS
from directory.curation.importing import Report
from directory.curation.listing_format.tree import read_tree
from directory.curation.reading import Told, silent
from directory.errors import UnreadableFile
from directory.store.sql_records import SqlRecords
from tests.curation.builders import full_file, new_store
from tests.curation.hsds.test_import_hsds import service
from tests.curation.importers.lists import ACME, FEDERAL, HOUSE, SAMPLES, TOLD, found, take
from tests.curation.nppes.test_import_nppes import entry
from tests.support.builders import VOCABULARIES

NAMES = [name for name, _ in IMPORTERS]
SAMPLE = {
    "listing": json.dumps(full_file()).encode(),
    "hsds": json.dumps(service()).encode(),
    "nppes": json.dumps({"result_count": 1, "results": [entry()]}).encode(),
    **SAMPLES,
}
# These are dated by whoever imports them; the others carry their own dates.
UNDATED = tuple(SAMPLES)
WITHOUT_HARM = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def told(importer: str) -> Told:
    return Told(TOLD.seen_on, TOLD.edition if importer in UNDATED else None)


def attempt(records: SqlRecords, folder: Path, importer: str, content: bytes) -> None:
    """Import, and hold the laws: whole or not at all, and only what the format takes."""
    before = _standing(records)
    report, refused = _taken(records, folder, importer, content)
    assert all(got is not None and expected for got, expected in refused)
    if report is None:
        assert _standing(records) == before
        return
    listings = [records.get(key) for key in (*report.created, *report.changed)]
    for listing in listings:
        assert listing is not None
        source = listing.program.evidence["name"]
        plain = json.loads(json.dumps(dump_listings([listing], source)))
        assert read_tree(plain, VOCABULARIES, silent).refused == []


def _taken(
    records: SqlRecords, folder: Path, importer: str, content: bytes
) -> tuple[Report | None, list[tuple[str, str]]]:
    """The report, if the file could be read at all, and what was refused."""
    try:
        report = take(records, folder, importer, content, told=told(importer))
    except UnreadableFile as refusal:
        return None, [(refusal.got, refusal.expected)]
    return report, [(one.got, one.expected) for one in report.refused]


def _standing(records: SqlRecords) -> tuple[frozenset[str], dict[str, str], int]:
    with records.desk(write=False) as desk:
        return desk.organizations(), dict(desk.sites()), records.count()


@pytest.fixture(scope="module", params=NAMES)
def importer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(tmp_path: Path) -> SqlRecords:
    return new_store(tmp_path)


def _book(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            archive.writestr(f"{name}.xml", content)
    return file.getvalue()


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t ",
    "NUL bytes": b"name1,name2\0",
    "UTF-16": "name1,zip".encode("utf-16"),
    "two encodings": b"name1\nCa\xf1ada\nCa\xc3\xb1ada\n",
    "latin-1 without a header": b"\xf1\xe9",
    "an open quote": b'name1,zip\n"a,b\n',
    "a column twice": b"zip,ZIP\n1,2\n",
    "a cell of a megabyte": b"name1,zip\n" + b"x" * 2**20 + b",1\n",
    "a wall of commas": b"," * 100_000,
    "broken JSON": b'{"rows": [',
    "deep JSON": b"[" * 100_000,
    "NaN": b'{"rows": NaN}',
    "a key twice": b'{"rows": [], "rows": []}',
    "an endless number": b'{"rows": ' + b"9" * 10_000 + b"}",
    "other JSON": b'{"hello": [1, 2]}',
    "a list of lists": b"[[[1]]]",
    "a zip bomb": _book(bomb=b"0" * 50_000_000),
    "a far cell": _book(sheet=b'<c r="XFD1048576"/>'),
    "600,000 rows": _book(sheet=b'<row r="600000"/>'),
    "billion laughs": _book(sheet=b'<!DOCTYPE x [<!ENTITY a "ha">]><row>&a;</row>'),
    "an outer file": _book(sheet=b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
    "no sheet": _book(),
    "a damaged zip": b"PK\x03\x04 and nothing",
    "old Excel": b"\xd0\xcf\x11\xe0rest",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(range(1, 200)),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(
    importer: str, case: str, tmp_path: Path, store: SqlRecords
) -> None:
    report, refused = _taken(store, tmp_path, importer, HOSTILE[case])
    assert refused
    assert all(got and expected for got, expected in refused)
    assert report is None or report.accepted == 0
    assert _standing(store) == (frozenset(), {}, 0)


def test_the_content_decides_and_not_the_name(
    importer: str, tmp_path: Path, store: SqlRecords
) -> None:
    report = take(store, tmp_path, importer, SAMPLE[importer], told=told(importer))
    assert (report.refused, report.read) == ((), 1)


def test_formulas_are_text_and_not_run(tmp_path: Path, store: SqlRecords) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Facilities List")
        sheet.write_row(0, 0, FEDERAL)
        sheet.write_row(1, 0, [ACME.get(name, "") for name in FEDERAL])
        sheet.write_formula(1, 1, '=WEBSERVICE("http://127.0.0.1/")', None, "Acme Recovery")
    assert take(store, tmp_path, "samhsa", file.getvalue()).accepted == 1
    (listing,) = store.all()
    assert listing.site.name == "Acme Recovery"


@WITHOUT_HARM
@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"{", b"\xef\xbb\xbf", b"["]))
def test_no_bytes_crash_an_importer(
    importer: str, tmp_path: Path, content: bytes, start: bytes
) -> None:
    path = tmp_path / "list.dat"
    path.write_bytes(start + content)
    with contextlib.suppress(UnreadableFile):
        dict(IMPORTERS)[importer](path, VOCABULARIES, silent, told(importer))


@WITHOUT_HARM
@given(st.data())
def test_no_change_of_a_good_file_gets_past_the_checks(
    importer: str, tmp_path: Path, store: SqlRecords, data: st.DataObject
) -> None:
    """Bytes exchanged, cut out or repeated in a file that would go in."""
    content = bytearray(SAMPLE[importer])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 8))
        content[at : at + length] = data.draw(st.binary(max_size=8))
        if not content:
            break
    attempt(store, tmp_path, importer, bytes(content))


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=2), st.dictionaries(st.text(max_size=3), st.none()),
    st.text("0123456789-/. ,xX", max_size=12),
)  # fmt: skip


@WITHOUT_HARM
@given(st.dictionaries(st.sampled_from(list(found())), VALUES, max_size=5))
def test_no_value_of_an_answer_gets_past_the_checks(
    tmp_path: Path, store: SqlRecords, changes: dict[str, object]
) -> None:
    content = json.dumps({"rows": [found(**changes)]}).encode()
    attempt(store, tmp_path, "findtreatment", content)


@WITHOUT_HARM
@given(st.dictionaries(st.sampled_from(list(HOUSE)), VALUES, max_size=5))
def test_no_value_of_a_feature_gets_past_the_checks(
    tmp_path: Path, store: SqlRecords, changes: dict[str, object]
) -> None:
    content = json.dumps({"features": [{"attributes": HOUSE | changes}]}).encode()
    attempt(store, tmp_path, "dhcs", content)


def _spoiled(plain: Any, sign: str) -> Iterator[Any]:
    """The document once for each of its texts, with a sign at the end of that one."""
    if isinstance(plain, str):
        yield plain + sign
    places = range(len(plain)) if isinstance(plain, list) else list(plain) if isinstance(plain, dict) else ()  # fmt: skip
    for place in places:
        for one in _spoiled(plain[place], sign):
            whole = copy.copy(plain)
            whole[place] = one
            yield whole


@pytest.mark.parametrize("importer", ["listing", "hsds", "nppes", "findtreatment"])
def test_a_letter_that_no_store_takes_costs_a_value_and_can_be_reported(
    importer: str, store: SqlRecords, tmp_path: Path
) -> None:
    for spoiled in _spoiled(json.loads(SAMPLE[importer]), "\ud800\0"):
        content = json.dumps(spoiled).encode()
        with contextlib.suppress(UnreadableFile):
            report = take(store, tmp_path, importer, content, told=told(importer))
            json.dumps(report.as_dict(), ensure_ascii=False).encode()
