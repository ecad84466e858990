"""Where SQLite and PostgreSQL differ by themselves, our store answers alike."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from directory.catalog.records import Change, Claim
from directory.errors import BadSetting, BadValue, StoreAway
from directory.store.connect import Database, open_database, reading, writing
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from directory.store.tables import change, source
from tests.store.test_records import PAGE, _change, _keep

PACIFIC = timezone(timedelta(hours=-8))


def test_names_are_sorted_by_code_point_whatever_language_the_server_speaks(engine):
    names = ["Zion House", "acme", "Acme", "Ångström", "a-b", "ab", "a c"]
    with SqlStaffRecords(engine).book() as book:
        for name in names:
            book.people.add_organization(name, None)
        assert [one.name for one in book.people.organizations()] == sorted(names)


def test_a_moment_comes_back_in_utc_whatever_the_zone_of_who_wrote_it_and_of_the_server(engine):
    evening = datetime(2026, 11, 24, 17, 30, tzinfo=PACIFIC)
    records = SqlRecords(engine)
    _keep(records, _change("a"))
    _keep(records, Change("page", evening, stated=(Claim(("site", "s"), "phone", '"1"', PAGE),)))
    listing = records.get("a")
    assert listing.changed_at == evening
    assert listing.changed_at.isoformat() == "2026-11-25T01:30:00+00:00"
    with reading(engine) as connection:
        at = connection.scalar(sa.select(sa.func.max(change.c.at)))
    assert at.isoformat() == "2026-11-25T01:30:00+00:00"


def test_a_text_with_the_character_nul_is_refused_when_it_is_kept_and_when_it_is_looked_for(engine):
    def add(name: str) -> None:
        with SqlStaffRecords(engine).book() as book:
            book.people.add_organization("Hillside", None)
            book.people.add_organization(name, None)

    with pytest.raises(BadValue, match="NUL"):
        add("Hill\0side")
    with SqlStaffRecords(engine).book(write=False) as book:
        assert book.people.organizations() == []
    records = SqlRecords(engine)
    with pytest.raises(BadValue, match="NUL"):
        records.by_slug("acme\0")


def test_text_beyond_ascii_and_quotes_come_back_as_they_were(engine):
    said = "Señora’s “IOP” \\ 50% _ \N{GRINNING FACE} '; --"
    with SqlStaffRecords(engine).book() as book:
        number = book.people.add_organization(said, None)
        assert [(one.number, one.name) for one in book.people.organizations()] == [(number, said)]


def test_numbers_of_what_was_taken_back_may_be_missing_and_are_never_out_of_order(engine):
    records = SqlRecords(engine)

    def fail() -> None:
        with records.desk() as desk:
            desk.apply(Change("page", datetime(2026, 11, 24, tzinfo=UTC)))
            raise RuntimeError

    _keep(records, _change("a"))
    with pytest.raises(RuntimeError):
        fail()
    with records.desk() as desk:
        later = desk.apply(Change("page", datetime(2026, 11, 25, tzinfo=UTC)))
        assert later > 1
        assert desk.written(later) is not None


def test_a_reader_changes_nothing(engine):
    def write_while_reading() -> None:
        with reading(engine) as connection:
            connection.execute(sa.insert(source).values(name="page"))
            raise RuntimeError("SQLite lets a reader write; it is not kept")

    with pytest.raises((StoreAway, RuntimeError)):
        write_while_reading()
    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(source)) == 0


def test_a_fault_of_ours_is_no_trouble_of_the_database(engine):
    def ask() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("SELECT nothing FROM nowhere")

    with pytest.raises(sa.exc.DBAPIError):
        ask()


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:9/none", "sqlite:////proc/nowhere/store.sqlite"]
)
def test_a_database_that_cannot_be_asked_is_away(tmp_path, url):
    database = Database(tmp_path, url)
    with pytest.raises((StoreAway, OSError)):
        database.engine()


def test_a_damaged_file_is_away(tmp_path):
    (tmp_path / "store.sqlite").write_bytes(b"no database at all" * 400)
    with pytest.raises(StoreAway, match="not a database"):
        Database(tmp_path, f"sqlite:///{tmp_path / 'store.sqlite'}").engine()


def test_an_address_of_another_kind_of_database_is_refused_without_its_password():
    for url in ("mysql://keeper:pass-word-7@db/one", "nothing at all"):
        with pytest.raises(BadSetting) as refused:
            open_database(url)
        assert "pass-word-7" not in str(refused.value)
        assert "postgresql://" in str(refused.value)


def test_the_driver_need_not_be_named_and_what_the_address_says_holds():
    for start in ("postgresql", "postgresql+psycopg"):
        url = open_database(f"{start}://db/one?connect_timeout=9").url
        assert (url.drivername, url.query["connect_timeout"]) == ("postgresql+psycopg", "9")
