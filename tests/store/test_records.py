"""The store answers what its live claims resolve to, and a change happens whole or not at all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from directory.catalog.evidence import Rival, Source
from directory.catalog.records import Change, Claim, Place
from directory.catalog.trail import Act
from directory.store.connect import reading
from directory.store.resolution import resolve
from directory.store.sql_records import SqlRecords

AT = datetime(2026, 11, 24, tzinfo=UTC)
PAGE = Source("page", date(2026, 11, 1), "published")
LIST = Source("list", date(2026, 11, 20), "list")


def _change(*programs: str) -> Change:
    claims = [Claim(("organization", "o"), "name", '"Acme"', PAGE)]
    claims += [Claim(("program", key), "name", f'"IOP {key}"', PAGE) for key in programs]
    return Change(
        through="page",
        at=AT,
        organizations=("o",),
        sites={"s": "o"},
        programs={key: Place("o", "s", f"slug-{key}") for key in programs},
        stated=tuple(claims),
    )


@pytest.fixture
def records(engine: sa.Engine) -> SqlRecords:
    return SqlRecords(engine)


def _keep(records: SqlRecords, change: Change) -> None:
    with records.desk() as desk:
        desk.apply(change)


def test_programs_come_ordered_by_id_with_site_and_organization(records: SqlRecords) -> None:
    _keep(records, _change("b", "a", "C"))
    listings = list(records.all())
    assert [listing.program.id for listing in listings] == ["C", "a", "b"]
    assert {listing.organization.name for listing in listings} == {"Acme"}
    assert records.count() == 3
    assert records.get("a") == listings[1] == records.by_slug("slug-a")
    assert records.get("x") is records.by_slug("x") is None


def test_a_listing_tells_when_anything_of_it_was_last_said_or_withdrawn(
    records: SqlRecords,
) -> None:
    def on(day: int) -> datetime:
        return datetime(2026, 11, day, 9, 30, tzinfo=UTC)

    def changed(key: str) -> tuple[datetime | None, datetime | None]:
        one = records.get(key)
        assert one is not None
        return one.changed_at, next(it for it in records.all() if it.program.id == key).changed_at

    _keep(records, replace(_change("a", "b"), at=on(1)))
    said = Claim(("program", "a"), "description", '"Warm"', PAGE)
    _keep(records, Change("page", on(2), stated=(said,)))
    assert (changed("a"), changed("b")) == ((on(2),) * 2, (on(1),) * 2)
    with records.desk(write=False) as desk:
        (live,) = [one for one in desk.live_on([("program", "a")]) if one.claim.fact == said.fact]
    _keep(records, Change("page", on(3), withdrawn=(live.kept.id,)))
    assert changed("a") == (on(3),) * 2
    door = Claim(("site", "s"), "phone", '"626-555-0142"', PAGE)
    _keep(records, Change("page", on(4), stated=(door,)))
    assert (changed("a"), changed("b")) == ((on(4),) * 2, (on(4),) * 2)


def test_one_source_holds_one_live_claim_of_a_fact(records: SqlRecords) -> None:
    _keep(records, _change("a"))
    again = Change("page", AT, stated=(Claim(("program", "a"), "name", '"Other"', PAGE),))
    with pytest.raises(sa.exc.IntegrityError):
        _keep(records, again)
    listing = records.get("a")
    assert listing is not None
    assert listing.program.name == "IOP a"


def test_an_error_at_the_desk_leaves_everything_as_it_was(records: SqlRecords) -> None:
    def fail() -> None:
        with records.desk() as desk:
            desk.apply(_change("a"))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail()
    assert records.count() == 0


def test_a_change_of_many_sources_reads_the_editions_once_and_a_listing_only_its_own(
    engine: sa.Engine, records: SqlRecords
) -> None:
    keys = [f"p{number:02}" for number in range(30)]
    pages = [replace(PAGE, name=f"page of {key}", url=f"https://{key}.example") for key in keys]
    said = [
        Claim(("program", key), "name", f'"IOP {key}"', page)
        for key, page in zip(keys, pages, strict=True)
    ]
    whole = _change(*keys)
    with _asked_of_editions(engine) as writing:
        _keep(records, replace(whole, stated=(whole.stated[0], *said)))
    assert len(writing) == 1
    with _asked_of_editions(engine) as looking:
        listing = records.get("p07")
    assert listing is not None
    assert listing.program.evidence["name"] == pages[7]
    assert looking
    assert all("WHERE edition.id IN" in " ".join(one.split()) for one in looking)


@contextmanager
def _asked_of_editions(engine: sa.Engine) -> Iterator[list[str]]:
    """The questions about editions that a database is asked meanwhile."""
    asked: list[str] = []

    def hear(_1: Any, _2: Any, statement: str, *_others: Any) -> None:
        if "FROM edition" in statement:
            asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)


def test_withdrawn_claims_stay_as_history(engine: sa.Engine, records: SqlRecords) -> None:
    _keep(records, _change("a"))
    with records.desk() as desk:
        old = next(one for one in desk.claims("page", ()) if one.claim.subject[0] == "program")
        new = Claim(("program", "a"), "name", '"Night IOP"', PAGE)
        desk.apply(Change("page", AT, stated=(new,), withdrawn=(old.id,)))
    listing = records.get("a")
    assert listing is not None
    assert (listing.program.name, listing.version) == ("Night IOP", 2)
    with reading(engine) as connection:
        query = "SELECT value, withdrawn_at IS NULL FROM claim WHERE subject_id = 'a' ORDER BY id"
        rows = connection.exec_driver_sql(query).all()
    assert [tuple(row) for row in rows] == [('"IOP a"', 0), ('"Night IOP"', 1)]


def test_a_reader_sees_one_state_while_another_writes(records: SqlRecords) -> None:
    _keep(records, _change("a", "b"))
    listings = records.all()
    next(listings)
    new = Change("page", AT, programs={"c": Place("o", "s", "slug-c")}, stated=(
        Claim(("program", "c"), "name", '"IOP c"', PAGE),
    ))  # fmt: skip
    _keep(records, new)
    assert [listing.program.id for listing in listings] == ["b"]
    assert records.count() == 3


def test_the_newer_of_two_equal_methods_is_believed() -> None:
    newer = Source("a newer page", date(2026, 11, 2), "published")
    resolved = resolve([("name", '"New"', newer), ("name", '"Old"', PAGE), ("name", '"L"', LIST)])
    assert resolved.facts["name"] == ("New", newer)


def test_an_item_is_believed_as_its_strongest_source_states_it() -> None:
    page = '[{"network":"out","payer":"aetna"}]'
    bulk = '[{"network":"in","payer":"aetna"},{"network":"in","payer":"medicare"}]'
    resolved = resolve([("payers", bulk, LIST), ("payers", page, PAGE)])
    value, source = resolved.facts["payers"]
    assert [(item["payer"], item["network"]) for item in value] == [
        ("aetna", "out"),
        ("medicare", "in"),
    ]
    assert (source, resolved.items) == (PAGE, {"payers:medicare": LIST})


def test_two_lists_that_disagree_are_both_kept() -> None:
    other = Source("another list", date(2026, 11, 2), "list")
    resolved = resolve([("phone", '"626-555-0142"', LIST), ("phone", '"626-555-0199"', other)])
    assert resolved.facts["phone"] == ("626-555-0142", LIST)
    assert resolved.rivals == {"phone": (Rival("626-555-0199", other),)}


def test_an_older_list_does_not_contradict_a_call() -> None:
    call = Source("call", date(2026, 11, 21), "phone")
    resolved = resolve([("phone", '"626-555-0142"', LIST), ("phone", '"626-555-0199"', call)])
    assert (resolved.facts["phone"][0], resolved.rivals) == ("626-555-0199", {})


def test_two_lists_may_disagree_about_one_payer() -> None:
    other = Source("another list", date(2026, 11, 2), "list")
    one = '[{"network":"in","payer":"aetna"},{"network":"in","payer":"cigna"}]'
    two = '[{"network":"out","payer":"aetna"}]'
    resolved = resolve([("payers", one, LIST), ("payers", two, other)])
    assert len(resolved.facts["payers"][0]) == 2
    rival = Rival([{"network": "out", "payer": "aetna"}], other)
    assert resolved.rivals == {"payers:aetna": (rival,)}


def test_a_street_that_one_source_withholds_is_not_told_as_what_another_says() -> None:
    other = Source("another list", date(2026, 11, 2), "list")
    withheld = '{"city":"Pasadena","withheld":true,"zip":"91101"}'
    shown = '{"street":"1 Main St","unit":"2","zip":"91001"}'
    resolved = resolve([("address", withheld, LIST), ("address", shown, other)])
    assert resolved.rivals["address"][0].value == {"zip": "91001", "withheld": True}


KILLED = """
import os, signal, sys
from directory.store.connect import open_database
from directory.store.sql_records import SqlRecords
from tests.store.test_records import _change

records = SqlRecords(open_database(sys.argv[1]))
with records.desk() as desk:
    desk.apply(_change("a", *map(str, range(5_000))))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_killed_half_way_leaves_the_state_before(
    engine: sa.Engine, records: SqlRecords
) -> None:
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", KILLED, engine.url.render_as_string(hide_password=False)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert records.count() == 0
    _keep(records, _change("a"))
    assert records.count() == 1


def test_desks_within_one_transaction_write_together_or_not_at_all(records: SqlRecords) -> None:
    with records.together() as own:
        with own.desk() as desk:
            desk.apply(_change("a"))
        assert own.get("a") is not None, "what was just written is read"
        with own.desk(write=False) as desk:
            desk.trail.append(Act("2026-11-24T00:00:00", 1, "signed_in", "staff", "1", {}))
    assert records.get("a") is not None
    with pytest.raises(sa.exc.IntegrityError):
        _state_and_fail(records)
    with records.desk(write=False) as desk:
        assert desk.organizations() == {"o"}
        assert desk.trail.head().number == 1


def test_who_reads_one_state_still_writes_in_a_transaction_of_its_own(records: SqlRecords) -> None:
    with records.still() as seen:
        assert seen.get("a") is None
        with seen.desk() as desk:
            desk.apply(_change("a"))
        assert seen.get("a") is None
    assert records.get("a") is not None


def _state_and_fail(records: SqlRecords) -> None:
    """A change and a line of the trail, and then one that cannot be."""
    with records.together() as own:
        with own.desk() as desk:
            desk.apply(replace(_change(), organizations=("p",), sites={"q": "p"}, stated=()))
            desk.trail.append(Act("2026-11-24T00:00:00", 1, "signed_out", "staff", "1", {}))
        with own.desk() as desk:
            desk.apply(_change("a"))
