"""Partners: keys given, changed and revoked; a copy that is seconds old; counts that tell of nobody."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from directory.accounts.choices import Known
from directory.accounts.counting import Tally, writing_to
from directory.accounts.known_partners import FRESH_SECONDS, RETRY_SECONDS, KnownPartners
from directory.accounts.partners import KEPT_DAYS, MOST_KEYS, PartnerDesk
from directory.catalog.partner import Choices, Partner
from directory.errors import BadChoices, BadValue, PartnerHasChanged, UnknownPartner
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from tests.accounts.test_choices import VOCABULARIES

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()
CLINIC = "https://clinic.example"


@pytest.fixture
def records(engine):
    return SqlRecords(engine)


@pytest.fixture
def desk(engine):
    book = SqlStaffRecords(engine)
    return PartnerDesk(
        lambda: book, Known(VOCABULARIES, ("en", "es"), lambda _: True), lambda: NOON
    )


def test_a_new_partner_is_kept_whole(desk):
    chosen = {
        "place": "Pasadena, CA",
        "services": "cbt,dbt",
        "accent": "#7a2d5b",
        "examples": "off",
    }
    made = desk.add("  River   Clinic ", [CLINIC, "https://www.clinic.example:443"], chosen)
    assert made == desk.one(made.key) == desk.all()[0]
    assert made.key.startswith("pk_")
    assert made.name == "River Clinic"
    assert made.origins == (CLINIC, "https://www.clinic.example")
    assert made.choices == Choices(
        place="Pasadena, CA", services=("cbt", "dbt"), accent="#7a2d5b", examples=False
    )


def test_each_partner_has_a_key_of_its_own_and_stands_in_order(desk):
    made = [desk.add(f"Clinic {number}", [CLINIC]) for number in range(12)]
    assert [one.key for one in desk.all()] == [one.key for one in made]
    assert len({one.key for one in made}) == 12


def test_a_wrong_partner_is_not_kept(desk):
    with pytest.raises(BadValue, match="name"):
        desk.add(" ", [CLINIC])
    with pytest.raises(BadValue, match="0 origins"):
        desk.add("Clinic", [])
    with pytest.raises(BadValue, match="without a path"):
        desk.add("Clinic", [CLINIC + "/"])
    with pytest.raises(BadChoices, match=r"4\.5 to 1"):
        desk.add("Clinic", [CLINIC], {"accent": "#ffcc00"})
    assert desk.all() == []


def test_a_change_touches_what_is_named_and_an_empty_word_opens_a_choice(desk):
    key = desk.add("Clinic", [CLINIC], {"count": "3", "lang": "es"}).key
    changed = desk.change(key, choices={"count": "", "radius": "0"})
    assert changed == desk.one(key)
    assert changed.choices == Choices(lang="es", radius=0)
    assert (changed.name, changed.origins, changed.version) == ("Clinic", (CLINIC,), 2)


def test_who_changes_what_somebody_else_has_changed_is_told(desk):
    key = desk.add("Clinic", [CLINIC]).key
    desk.change(key, name="Clinic One", version=1)
    with pytest.raises(PartnerHasChanged):
        desk.change(key, name="Clinic Two", version=1)
    assert desk.one(key).name == "Clinic One"


def test_every_act_is_a_line_of_the_trail(desk):
    made = desk.add("Clinic", [CLINIC])
    by_jo = replace(desk, actor=7)
    by_jo.change(made.key, name="Clinic One", choices={"count": "3"})
    for act in (by_jo.pause, by_jo.reopen, by_jo.revoke, desk.restore):
        act(made.key)
    with desk.records().book(write=False) as book:
        lines = [(one.actor, one.act, one.details) for one in book.trail.read()]
    assert lines == [
        (0, "partner_added", '{"origins":1}'),
        (7, "partner_changed", '{"what":"name.choices"}'),
        (7, "partner_paused", "{}"),
        (7, "partner_reopened", "{}"),
        (7, "partner_revoked", "{}"),
        (0, "partner_restored", "{}"),
    ]


def test_a_refused_change_leaves_no_line(desk):
    key = desk.add("Clinic", [CLINIC]).key
    with pytest.raises(PartnerHasChanged):
        desk.change(key, name="Clinic Two", version=9)
    with desk.records().book(write=False) as book:
        assert book.trail.head().number == 1


def test_a_key_is_open_while_it_is_neither_paused_nor_revoked(desk):
    key = desk.add("Clinic", [CLINIC]).key
    assert desk.one(key).is_open
    assert not desk.pause(key).is_open
    assert not desk.revoke(key).is_open
    assert not desk.restore(key).is_open, "it was paused by whoever has it"
    assert desk.reopen(key).is_open


def test_a_key_is_given_to_an_organization_that_is_there(desk):
    key = desk.add("Clinic", [CLINIC]).key
    with desk.records().book() as book:
        number = book.people.add_organization("River Clinic", None)
    assert desk.give_to(key, number) == desk.one(key)
    assert desk.one(key).organization == number
    with pytest.raises(BadValue, match="number of an organization"):
        desk.give_to(key, number + 1)
    assert desk.give_to(key, None).organization is None


def test_an_organization_has_so_many_keys_and_revoked_ones_make_room(desk):
    with desk.records().book() as book:
        number = book.people.add_organization("River Clinic", None)
    keys = [desk.add(f"C{at}", [CLINIC], None, number).key for at in range(MOST_KEYS)]
    with pytest.raises(BadValue, match="at most 50"):
        desk.add("One more", [CLINIC], None, number)
    desk.revoke(keys[0])
    assert desk.add("One more", [CLINIC], None, number).organization == number


def test_an_unknown_key_is_named(desk):
    with pytest.raises(UnknownPartner, match="pk_nobody"):
        desk.revoke("pk_nobody")


class Watch:
    """Seconds that pass when told."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def test_the_web_asks_the_store_once_in_a_while_and_a_revoked_key_closes_then():
    asked, partners, watch = [], [Partner("pk_a", "A", (CLINIC,))], Watch()
    known = KnownPartners(lambda: asked.append(1) or list(partners), watch)
    assert [known.get("pk_a").name for _ in range(50)] == ["A"] * 50
    assert len(asked) == 1
    for closed in ({"active": False}, {"paused": True}):
        partners[0] = Partner("pk_a", "A", (CLINIC,), **closed)
        watch.seconds += FRESH_SECONDS
        assert known.get("pk_a") is None
    assert known.get("pk_unknown") is None
    assert len(asked) == 3


def test_frames_go_on_while_the_database_is_away():
    broken, asked, watch = [False], [], Watch()

    def read():
        asked.append(1)
        if broken[0]:
            raise OSError("gone")
        return [Partner("pk_a", "A", (CLINIC,))]

    known = KnownPartners(read, watch)
    assert known.get("pk_a")
    broken[0] = True
    watch.seconds += FRESH_SECONDS
    assert all(known.get("pk_a") for _ in range(50))
    assert len(asked) == 2, "it is not asked again at once"
    broken[0] = False
    watch.seconds += RETRY_SECONDS
    assert known.get("pk_a")
    assert len(asked) == 3


def test_nobody_waits_for_whoever_reads_anew():
    watch, during = Watch(), []

    def read():
        if len(during) < 2:
            during.append(known.get("pk_a"))
        return [Partner("pk_a", "A", (CLINIC,))]

    known = KnownPartners(lambda: [Partner("pk_a", "A", (CLINIC,))], watch)
    known.get("pk_a")
    known._read = read
    watch.seconds += FRESH_SECONDS
    assert known.get("pk_a")
    assert [one.key for one in during] == ["pk_a"], "asked while it was read: the old copy answers"


def test_counts_are_gathered_and_written_in_one_batch(records, desk):
    key, planned, written = desk.add("Clinic", [CLINIC]).key, [], []

    def write(day, totals):
        written.append(dict(totals))
        writing_to(lambda: records)(day, totals)

    tally = Tally(write, lambda: NOON, planned.append)
    for _ in range(12):
        tally.count(key, "shown")
    tally.count(key, "asked")
    tally.count("pk_nobody", "shown")
    assert (len(planned), written) == (1, [])
    planned.pop()()
    assert written == [{(key, "shown"): 12, (key, "asked"): 1, ("pk_nobody", "shown"): 1}]
    tally.count(key, "asked")
    planned.pop()()
    with records.desk(write=False) as open_desk:
        (day,) = open_desk.partners.counts(key, TODAY)
    assert (day.shown, day.asked) == (12, 2)


def test_counts_that_cannot_be_written_are_written_later(records, desk):
    key, planned, broken = desk.add("Clinic", [CLINIC]).key, [], [True]

    def write(day, totals):
        if broken[0]:
            raise OSError("gone")
        writing_to(lambda: records)(day, totals)

    tally = Tally(write, lambda: NOON, planned.append)
    tally.count(key, "shown")
    planned.pop()()
    tally.count(key, "shown")
    broken[0] = False
    planned.pop()()
    with records.desk(write=False) as open_desk:
        assert open_desk.partners.counts(key, TODAY)[0].shown == 2


def test_a_process_that_ends_writes_what_it_gathered(records, desk):
    key = desk.add("Clinic", [CLINIC]).key
    tally = Tally(writing_to(lambda: records), lambda: NOON, lambda _: None)
    tally.count(key, "shown")
    tally.flush()
    with records.desk(write=False) as open_desk:
        assert open_desk.partners.counts(key, TODAY)[0].shown == 1


def test_counts_are_told_from_11_up_and_only_of_days_that_are_over(records, desk):
    key, yesterday = desk.add("Clinic", [CLINIC]).key, TODAY - timedelta(days=1)
    with records.desk() as open_desk:
        open_desk.partners.count(yesterday, {(key, "shown"): 11, (key, "asked"): 10})
        open_desk.partners.count(TODAY, {(key, "shown"): 500})
    told = desk.counts(key, 3)
    assert [(one.day, one.shown, one.asked) for one in told] == [
        (date(2026, 11, 21), None, None),
        (date(2026, 11, 22), None, None),
        (yesterday, 11, None),
    ]


def test_old_counts_are_forgotten(records, desk):
    key = desk.add("Clinic", [CLINIC]).key
    write = writing_to(lambda: records)
    write(TODAY - timedelta(days=KEPT_DAYS + 1), {(key, "shown"): 50})
    write(TODAY, {(key, "shown"): 50})
    with records.desk(write=False) as open_desk:
        assert [one.day for one in open_desk.partners.counts(key, date.min)] == [TODAY]


def test_the_store_has_no_room_for_a_visit(records):
    import sqlalchemy as sa

    from directory.store.tables import partner_count

    assert set(partner_count.c.keys()) == {"partner_key", "day", "shown", "asked"}
    assert isinstance(partner_count.c.day.type, sa.Date)


def test_an_error_at_the_desk_leaves_everything_as_it_was(records, desk):
    @contextmanager
    def failing():
        with records.desk() as open_desk:
            yield open_desk
            raise OSError

    key = desk.add("Clinic", [CLINIC]).key
    with pytest.raises(OSError), failing() as open_desk:
        open_desk.partners.count(TODAY, {(key, "shown"): 5})
    with records.desk(write=False) as open_desk:
        assert open_desk.partners.counts(key, date.min) == []
