"""HSDS of others becomes what it states: no session out of opening hours, no code out of thin air."""

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.curation.importers.hsds import reader
from directory.curation.importing import Report
from directory.curation.reading import Reading, Told, silent
from directory.errors import UnreadableFile
from directory.exchange.formats import export, formats
from directory.store.sql_records import SqlRecords
from tests.curation.builders import full_file, today, vocabularies, write_json
from tests.exchange.stores import empty_store, taken

Plain = dict[str, Any]


def term(name: str, code: str = "", taxonomy: str = "Open Eligibility") -> Plain:
    return {"id": "t", "taxonomy_term": {"code": code, "name": name, "taxonomy": taxonomy}}


def service(**changes: Any) -> Plain:
    plain = {
        "id": "s1",
        "name": "Evening groups",
        "status": "active",
        "organization": {"id": "o1", "name": "Acme", "description": "", "website": "https://acme.example.org"},
        "service_at_locations": [
            {
                "id": "sal1",
                "location": {
                    "id": "l1",
                    "name": "Lake",
                    "phones": [{"id": "p", "number": "(626) 796-3141", "extension": 12}],
                    "addresses": [
                        {"address_1": "12 N Lake Ave", "city": "Pasadena", "state_province": "California",
                         "postal_code": "91101-1234", "country": "US", "address_type": "physical"}
                    ],
                    "latitude": 34.1,
                    "longitude": -118.1,
                },
            }
        ],
    }  # fmt: skip
    return plain | changes


def take(
    folder: Path, document: Any, records: SqlRecords | None = None
) -> tuple[Report, SqlRecords]:
    records = records or empty_store()
    path = write_json(folder, document, "services.json")
    return taken(records, "hsds", path, vocabularies()), records


def only(records: SqlRecords):
    (listing,) = records.all()
    return listing


def test_a_foreign_service_becomes_what_it_states(tmp_path: Path) -> None:
    report, records = take(
        tmp_path, service(minimum_age=18, description="<p>Groups &amp; more</p>")
    )
    listing = only(records)
    assert (report.refused, report.created) == ((), ("hsds:services:s1-l1",))
    assert (listing.program.name, listing.program.description) == (
        "Evening groups",
        "Groups & more",
    )
    assert listing.program.ages.min == 18
    assert listing.site.phone == "626-796-3141 x12"
    address = listing.site.address
    assert (address.street, address.city, address.state, address.zip) == (
        "12 N Lake Ave", "Pasadena", "CA", "91101",
    )  # fmt: skip
    assert listing.program.level_of_care is None


def test_opening_hours_never_become_sessions(tmp_path: Path) -> None:
    hours = {
        "id": "h",
        "freq": "WEEKLY",
        "byday": "MO,WE",
        "opens_at": "18:00",
        "closes_at": "21:00",
    }
    report, records = take(tmp_path, service(schedules=[hours]))
    assert only(records).program.tracks == ()
    assert "opening hours" in report.notes[0]


def test_terms_are_known_by_code_name_or_our_words_and_others_are_reported(tmp_path: Path) -> None:
    attributes = [term("", "iop"), term("Cognitive", "cbt"), term("Food pantry", "BD-1800"), term("x", "no-such", "stepwise/services")]  # fmt: skip
    report, records = take(
        tmp_path, service(attributes=attributes, languages=[{"name": "es"}, {"code": "tlh"}])
    )
    program = only(records).program
    assert (program.level_of_care, program.services) == ("iop", ("cbt",))
    assert program.languages == {"es": "interpreter"}
    assert set(report.unknown_codes) == {
        "Open Eligibility BD-1800 Food pantry", "stepwise/services no-such x", "language tlh",
    }  # fmt: skip


def test_a_term_counts_only_where_its_value_says_yes_or_a_word_of_ours(tmp_path: Path) -> None:
    said: list[tuple[str, Any]] = [
        ("women", "No"), ("veterans", "Dedicated"), ("cbt", False), ("dbt", "yes"), ("iop", "false"),
        ("family_therapy", True), ("medicare", "in"), ("aetna", "No"), ("medi-cal", ""), ("depression", ["x"]),
    ]  # fmt: skip
    attributes = [term(code, code) | {"value": value} for code, value in said]
    report, records = take(tmp_path, service(attributes=attributes))
    program = only(records).program
    assert (program.level_of_care, program.conditions) == (None, ())
    assert program.populations == {"veterans": "dedicated"}
    assert program.services == ("dbt", "family_therapy")
    assert {one.payer: one.network for one in program.payers} == {
        "medi-cal": "unknown", "medicare": "in",
    }  # fmt: skip
    assert set(report.unknown_codes) == {
        f"Open Eligibility {code} {code}: {value}"
        for code, value in (
            ("women", "No"), ("cbt", "False"), ("iop", "false"), ("aetna", "No"), ("depression", "['x']"),
        )
    }  # fmt: skip


def test_whoever_speaks_a_language_is_an_interpreter_unless_our_profile_says_more(
    tmp_path: Path,
) -> None:
    spoken = [{"code": "es", "note": "interpreter by appointment"}, {"code": "en"}]
    _, records = take(tmp_path, service(languages=spoken))
    assert set(only(records).program.languages.values()) == {"interpreter"}


def test_a_bad_value_of_a_feed_is_left_out_and_reported_not_its_service(tmp_path: Path) -> None:
    bad = service()
    bad["organization"]["website"] = "acme"
    bad["service_at_locations"][0]["location"] |= {
        "latitude": 999,
        "phones": [{"number": "call us"}],
    }
    report, records = take(tmp_path, bad)
    listing = only(records)
    assert (
        listing.organization.website,
        listing.site.phone,
        listing.site.lat,
        listing.site.lon,
    ) == (None,) * 4
    assert {(one.field, one.got) for one in report.refused} == {
        ("website", "acme"), ("phone", "call us"), ("lat", "999"),
    }  # fmt: skip
    assert all("left out" in one.expected for one in report.refused)


def test_a_service_without_a_name_is_refused_alone(tmp_path: Path) -> None:
    report, records = take(tmp_path, [service(), service(id="s2", name="  "), {"hello": 1}, 7])
    assert records.count() == 1
    assert [one.row for one in report.refused] == [
        "line 1, service 3", "line 1, service 4", "line 1, service 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        {"id": "o", "name": "Acme", "description": "", "website": "https://acme.example.org"},
        {"id": "l", "name": "Lake", "location_type": "physical", "organization_id": "o"},
        {"id": "t", "name": "Term", "code": "iop", "description": ""},
    ],
)
def test_what_is_no_service_never_becomes_a_program(document: Plain, tmp_path: Path) -> None:
    report, records = take(tmp_path, {"contents": [document]})
    assert records.count() == 0
    assert "service" in report.refused[0].expected


def test_where_mail_goes_is_not_the_door(tmp_path: Path) -> None:
    plain = service()
    plain["service_at_locations"][0]["location"]["addresses"][0]["address_type"] = "postal"
    _, records = take(tmp_path, plain)
    assert only(records).site.address.street is None


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_a_service_not_offered_now_is_left_out_and_flagged(status: str, tmp_path: Path) -> None:
    _, records = take(tmp_path, [service(), service(id="s2")])
    report, _ = take(tmp_path, [service(), service(id="s2", status=status)], records)
    assert report.missing == ("hsds:services:s2-l1",)
    assert records.count() == 2
    assert "not active" in report.notes[0]


def test_a_service_at_two_places_is_two_programs(tmp_path: Path) -> None:
    places = [{"location": {"id": "l1"}}, {"location_id": "l2"}]
    report, _ = take(tmp_path, service(service_at_locations=places))
    assert report.created == ("hsds:services:s1-l1", "hsds:services:s1-l2")


def test_facts_are_as_old_as_the_feed_says(tmp_path: Path) -> None:
    _, records = take(tmp_path, service(last_modified="2024-03-01T10:00:00Z"))
    assert str(only(records).program.evidence["name"].as_of) == "2024-03-01"


def ndjson(services: list[Plain]) -> bytes:
    return b"\n".join(json.dumps(one).encode() for one in services)


SHAPES = {
    "one service": lambda one: json.dumps(one).encode(),
    "a list": lambda one: json.dumps([one]).encode(),
    "a page": lambda one: json.dumps({"total_items": 1, "contents": [one]}).encode(),
    "NDJSON": lambda one: ndjson([one, one | {"id": "s2"}]),
    "an organization": lambda one: json.dumps(one["organization"] | {"services": [one]}).encode(),
    "a place": lambda one: json.dumps(one["service_at_locations"][0] | {"service": one}).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_answer_of_an_hsds_server_can_be_read(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.dat"
    path.write_bytes(SHAPES[shape](service()))
    report = taken(empty_store(), "hsds", path, vocabularies())
    assert "hsds:feed:s1-l1" in report.created
    assert report.refused == ()


def test_a_broken_line_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.ndjson"
    path.write_bytes(ndjson([service(), service(id="s3")]) + b'\n{"id": \n')
    report = taken(empty_store(), "hsds", path, vocabularies())
    assert [(one.row, "broken JSON" in one.got) for one in report.refused] == [("line 3", True)]
    assert len(report.created) == 2


def test_importing_a_feed_twice_changes_nothing(tmp_path: Path) -> None:
    report, records = take(tmp_path, [service(), service(id="s2")])
    again, _ = take(tmp_path, [service(), service(id="s2")], records)
    assert again.unchanged == report.created
    assert again.change is None


TABLES = {
    "organizations.csv": "id,name,description\no1,Acme,Acme\n",
    "services.csv": "id,organization_id,name,status,minimum_age\ns1,o1,Evening groups,active,18\n",
    "locations.csv": "id,location_type,name,latitude,longitude\nl1,physical,Lake,34.1,-118.1\n",
    "service_at_location.csv": "id,service_id,location_id\nx,s1,l1\n",
    "addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "a,l1,12 N Lake Ave,Pasadena,CA,91101,US\n",
    "phones.csv": "id,location_id,number,extension\np,l1,626-796-3141,12\n",
    "attributes.csv": "id,link_id,link_entity,taxonomy_term_id\na1,s1,service,t1\n",
    "taxonomy_terms.csv": "id,code,name,description\nt1,iop,IOP,IOP\n",
}


def zipped(parts: dict[str, str | bytes], folder: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(folder + name, content)
    return file.getvalue()


@pytest.mark.parametrize("folder", ["", "data/"])
def test_tables_are_read_from_a_zip(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(zipped({**TABLES, "readme.txt": "hello"}, folder))
    records = empty_store()
    assert taken(records, "hsds", path, vocabularies()).refused == ()
    listing = only(records)
    assert (listing.program.level_of_care, listing.program.ages.min) == ("iop", 18)
    assert (listing.site.phone, listing.site.address.zip) == ("626-796-3141 x12", "91101")
    assert listing.organization.name == "Acme"


def test_a_row_of_a_table_that_does_not_fit_its_header_is_refused_with_its_table(
    tmp_path: Path,
) -> None:
    services = TABLES["services.csv"] + "s2,o1,Day groups, mornings,active,18\n"
    terms = TABLES["taxonomy_terms.csv"] + "t2\n"
    path = tmp_path / "feed.zip"
    path.write_bytes(zipped({**TABLES, "services.csv": services, "taxonomy_terms.csv": terms}))
    report = taken(empty_store(), "hsds", path, vocabularies())
    assert {(one.row, one.got, one.expected) for one in report.refused} == {
        ("services.csv row 3", "6 cells", "5 cells, as its header"),
        ("taxonomy_terms.csv row 3", "1 cells", "4 cells, as its header"),
    }
    assert report.created == ("hsds:feed:s1-l1",)


def test_tables_named_after_the_thing_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    one = {
        "services.csv": "service.csv",
        "locations.csv": "location.csv",
        "phones.csv": "phone.csv",
    }
    path.write_bytes(zipped({one.get(name, name): text for name, text in TABLES.items()}))
    assert taken(empty_store(), "hsds", path, vocabularies()).created == ("hsds:feed:s1-l1",)


def test_a_row_of_services_is_a_service_without_a_status_too(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    services = "id,name,organization_id\ns1,Evening groups,o1\n"
    path.write_bytes(zipped({"services.csv": services, "organizations.csv": "id,name\no1,Acme\n"}))
    assert taken(empty_store(), "hsds", path, vocabularies()).created == ("hsds:feed:s1",)


def test_a_service_that_nobody_runs_is_refused_with_the_reason(tmp_path: Path) -> None:
    report, records = take(tmp_path, {"id": "s1", "name": "Evening groups", "status": "active"})
    assert records.count() == 0
    assert [(one.field, one.expected) for one in report.refused] == [
        ("name", "a value"),
        ("organization", "an organization that is not refused itself"),
    ]


def test_tables_are_read_from_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert taken(empty_store(), "hsds", folder, vocabularies()).created == ("hsds:feed:s1-l1",)


HOSTILE = {
    "a bomb": (zipped({"services.csv": b"0" * 20_000_000}), "unpack to"),
    "no services": (zipped({"organizations.csv": "id\n"}), "no services.csv"),
    "a table twice": (zipped({"services.csv": "id\n", "x/services.csv": "id\n"}), "twice"),
    "many parts": (zipped({f"{n}.csv": "" for n in range(201)}), "201 files"),
    "damage": (b"PK\x03\x04 and then nothing", "damaged zip"),
    "no columns": (zipped({"services.csv": "a,b\n1,2\n"}), "no column 'id'"),
    "a listing file": (b"source_name,organization_id\n", "CSV"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_cannot_be_read_says_why(case: str, tmp_path: Path) -> None:
    content, got = HOSTILE[case]
    path = tmp_path / "feed.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refusal:
        taken(empty_store(), "hsds", path, vocabularies())
    assert got in refusal.value.got


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(zipped(TABLES, "../../../../"))
    before = set(tmp_path.parent.rglob("*.csv"))
    assert taken(empty_store(), "hsds", path, vocabularies()).created == ("hsds:feed:s1-l1",)
    assert set(tmp_path.parent.rglob("*.csv")) == before


def read(folder: Path, content: bytes) -> Reading:
    path = folder / "file.dat"
    path.write_bytes(content)
    return reader.read(path, vocabularies(), silent, Told(today()))


WITHOUT_HARM = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@WITHOUT_HARM
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"{", b"[", b'{"id":1}\n']))
def test_no_bytes_crash_the_reader(tmp_path: Path, content: bytes, start: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        read(tmp_path, start + content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "code", "number", "x_id"]), inner)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    """A service of ours with every fact."""
    folder = tmp_path_factory.mktemp("own")
    records = empty_store()
    taken(records, "listing", write_json(folder, full_file()), vocabularies())
    hsds = next(one for one in formats(vocabularies()) if one.name == "hsds")
    made: Plain = json.loads(export(records, hsds, folder / "own.ndjson").file.read_text())
    return made


@pytest.mark.parametrize("whose", ["ours", "foreign"])
@WITHOUT_HARM
@given(data=st.data())
def test_no_value_in_any_place_crashes_the_reader(
    tmp_path: Path, own: Plain, whose: str, data: st.DataObject
) -> None:
    plain = json.loads(json.dumps(own if whose == "ours" else service(attributes=[term("a")])))
    place: Any = plain
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            break
        place = inner
    with contextlib.suppress(UnreadableFile):
        read(tmp_path, json.dumps(plain).encode())
