"""What administrators see of the store: lists by edition, programs that dropped out, tables, imports."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from directory.catalog.evidence import Source
from directory.catalog.operating import LastImport, NoLongerNamed, QuotedList
from directory.catalog.records import Change, Claim, Place
from directory.store.connect import open_database, upgrade, writing
from directory.store.sql_records import SqlRecords
from tests.support import postgres as postgresql

AT = datetime(2026, 11, 24, tzinfo=UTC)
LATER = datetime(2026, 11, 25, tzinfo=UTC)
OLD = Source("A list", date(2025, 11, 1), "list", edition="2024", dated=date(2023, 12, 31))
NEW = Source("A list", date(2026, 11, 20), "list", edition="2025", dated=date(2024, 12, 31))
PAGES = (
    Source("River website", date(2026, 11, 1), "published"),
    Source("Lake website", date(2026, 11, 9), "published"),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """Both databases there are."""
    if request.param == "postgresql":
        yield postgresql.emptied(request.getfixturevalue("postgres"))
        return
    made = open_database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    upgrade(made)
    yield made
    made.dispose()


def say(program: str, fact: str, source: Source, origin: str = "") -> Claim:
    return Claim(("program", program), fact, '"x"', source, origin=origin)


def filled(engine: sa.Engine) -> SqlRecords:
    """Two programs of an old and a new edition and of two pages; the newer list dropped one."""
    records = SqlRecords(engine)
    places = {key: Place("o", "s", f"slug-{key}") for key in ("p", "q")}
    stated = (
        say("p", "name", NEW, "row-1"),
        say("p", "focus", NEW, "row-1"),
        say("q", "name", OLD, "row-2"),
        say("p", "price", PAGES[0]),
        say("q", "price", PAGES[1]),
    )
    with records.desk() as desk:
        desk.apply(Change("A list", AT, ("o",), {"s": "o"}, places, stated=stated, missing=("q",)))
        desk.apply(Change("Somebody", LATER, stated=(say("p", "weeks", PAGES[0]),), what="call"))
    return records


def test_each_edition_tells_how_much_of_it_people_are_told(engine):
    pages, new, old = filled(engine).condition.lists()
    assert (new.edition, old.edition) == ("2025", "2024"), "the newest first"
    assert new == QuotedList(
        name="A list",
        method="list",
        edition="2025",
        dated=date(2024, 12, 31),
        read_first=NEW.seen_on,
        read_last=NEW.seen_on,
        sources=1,
        rows=1,
        programs=1,
        facts=2,
        imported_at=AT,
    )
    assert (pages.name, pages.sources, pages.programs, pages.facts) == ("", 2, 2, 3)
    assert (pages.read_first, pages.read_last) == (date(2026, 11, 1), date(2026, 11, 9))
    assert pages.imported_at == LATER


def test_what_a_list_dropped_and_the_last_import_are_told(engine):
    condition = filled(engine).condition
    assert condition.no_longer_named() == [NoLongerNamed("A list", 1, AT)]
    assert condition.last_import() == LastImport(AT, "A list"), "a call is no import"


def test_an_empty_store_tells_nothing(engine):
    condition = SqlRecords(engine).condition
    assert (condition.lists(), condition.no_longer_named(), condition.last_import()) == (
        [],
        [],
        None,
    )


def test_tables_that_are_not_of_this_release_show(engine):
    condition = SqlRecords(engine).condition
    found = condition.tables()
    assert found.revision == found.newest
    assert found.kind == engine.dialect.name
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001_listings'"))
    assert condition.tables().revision == "0001_listings"
    with writing(engine) as connection:
        where = {"newest": found.newest}
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :newest"), where)
