"""What happens at the referral desk: codes, parallel offers, the first start, time."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from directory.catalog.referral import CoarseNeeds, KindOfCase
from directory.catalog.vocabulary import load_vocabularies
from directory.errors import BadValue
from directory.matching.need import Need
from directory.referrals import coarse, desk
from directory.referrals.codes import CODE, DIGITS, FIRST, LETTERS, NoCodeLeft, new_code
from directory.referrals.days import monday_of
from directory.referrals.desk import KEPT, MOST_PARALLEL, LastOfCase, TooManyOffers
from directory.referrals.tickets import MOVES, CannotMove, is_open, is_out, may_move
from directory.store import referral_tables as tables
from directory.store.connect import open_database, upgrade
from directory.store.staff_records import SqlStaffRecords
from tests.house.files import ROOT
from tests.referrals.conftest import TUESDAY
from tests.referrals.test_tickets import act_to

VOCABULARIES = load_vocabularies(ROOT / "data" / "vocabularies")
FOUR = ("acme-day", "acme-evening", "bay-morning", "cove-online")


def test_a_case_has_a_code_of_ours_and_coarse_needs_only(day):
    needs = CoarseNeeds("iop", "adult", "private-insurance", "es")
    case = day.case("acme-day", needs=needs)
    assert CODE.fullmatch(case.code)
    assert day.book.case(case.number) == case
    assert case.needs == needs
    assert case.opened_week == date(2026, 11, 23)


def test_no_two_cases_have_one_code():
    taken = {"A2-000"}
    picks = iter("A2000" + "B3111")
    assert new_code(taken.__contains__, lambda _: next(picks)) == "B3-111"
    with pytest.raises(NoCodeLeft):
        new_code(lambda _: True)


def test_how_many_codes_there_are():
    """adr/032 says it."""
    text = (ROOT / "docs" / "adr" / "032-referrals-without-a-person.md").read_text("utf-8")
    codes = len(LETTERS) * len(FIRST) * len(DIGITS) ** 3
    assert f"({codes:,} for all" in text
    assert f"at most {desk.MOST_CASES:,} cases at once, and {desk.MOST_KINDS} kinds" in text


def test_an_organization_has_room_for_so_many_cases_and_kinds(day, monkeypatch):
    monkeypatch.setattr(desk, "MOST_CASES", 2)
    monkeypatch.setattr(desk, "MOST_KINDS", 1)
    first = day.case("acme-day")
    day.case("acme-day")
    with pytest.raises(desk.TooMany):
        day.case("acme-day")
    desk.close(day.book, TUESDAY, first)
    day.case("acme-day")
    kind = KindOfCase(1, "iop")
    assert desk.save_kind(day.book, kind)
    assert desk.save_kind(day.book, kind) is None, "it is there already"
    with pytest.raises(desk.TooMany):
        desk.save_kind(day.book, KindOfCase(1, "php"))


def test_at_most_three_programs_are_asked_at_once(day):
    tickets = day.tickets(day.case(*FOUR))
    for one in tickets[:MOST_PARALLEL]:
        day.send(one)
    with pytest.raises(TooManyOffers):
        day.send(tickets[3])
    assert day.book.ticket(tickets[3].number).status == "draft"
    day.act(tickets[0], "seen")
    day.act(tickets[0], "declined", reason="no_capacity")
    assert day.send(tickets[3]).status == "sent"


def test_tickets_of_another_case_do_not_count(day):
    for one in day.tickets(day.case(*FOUR[:3])):
        day.send(one)
    (other,) = day.tickets(day.case(FOUR[3]))
    assert day.send(other).status == "sent"


def test_the_first_start_withdraws_the_rest_of_its_case_and_of_no_other(day):
    tickets = day.tickets(day.case(*FOUR))
    (other,) = day.tickets(day.case("acme-day"))
    for one in (*tickets[:3], other):
        day.send(one)
    first = tickets[1]
    day.act(first, "seen")
    day.act(first, "offered", week=date(2026, 11, 23))
    day.act(first, "intake_kept")
    step = day.act(first, "started")
    assert {one.number for one in step.withdrawn} == {tickets[0].number, tickets[2].number}
    left = {one.program: one.status for one in day.book.tickets([first.case])}
    assert left == {"acme-day": "withdrawn", "acme-evening": "started", "bay-morning": "withdrawn"}
    assert day.book.ticket(other.number).status == "sent"
    with pytest.raises(CannotMove):
        day.act(tickets[0], "seen")


def test_a_program_comes_on_the_shortlist_once_and_again_only_after_it_closed(day):
    case = day.case("acme-day")
    assert desk.shortlist(day.book, day.today, case, {"acme-day": "no"}) == ()
    (ticket,) = day.tickets(case)
    day.send(ticket)
    day.act(ticket, "withdrawn", "referrer")
    assert len(desk.shortlist(day.book, day.today, case, {"acme-day": "no"})) == 1


def test_a_shortlist_has_an_end(day):
    case = day.case(*(f"p-{one}" for one in range(desk.MOST_SHORTLISTED)))
    with pytest.raises(BadValue):
        desk.shortlist(day.book, day.today, case, {"one-more": "yes"})


def test_what_was_asked_cannot_be_taken_off_the_shortlist_in_silence(day):
    draft, sent = day.tickets(day.case("acme-day", "acme-evening"))
    sent = day.send(sent)
    desk.take_off(day.book, draft)
    with pytest.raises(CannotMove):
        desk.take_off(day.book, sent)


def test_the_last_program_of_a_case_stays_until_the_case_is_closed(day):
    """A case without one would be swept up by the next look at the desk."""
    case = day.case("acme-day")
    (only,) = day.tickets(case)
    with pytest.raises(LastOfCase):
        desk.take_off(day.book, only)
    desk.shortlist(day.book, day.today, case, {"acme-evening": "yes"})
    desk.take_off(day.book, only)
    assert [one.program for one in day.tickets(case)] == ["acme-evening"]


def test_a_note_is_of_the_list(day):
    (ticket,) = day.tickets(day.case("acme-day"))
    desk.note(day.book, ticket, "left_message")
    assert day.book.ticket(ticket.number).note == "left_message"
    with pytest.raises(BadValue):
        desk.note(day.book, ticket, "Jo's mother called from 626-555-0142")
    desk.note(day.book, day.book.ticket(ticket.number), None)
    assert day.book.ticket(ticket.number).note is None


def test_what_nobody_moves_expires_after_fourteen_days(day):
    (ticket,) = day.tickets(day.case("acme-day"))
    sent = day.send(ticket)
    day.today = sent.due_on + timedelta(days=14)
    assert not desk.needs_tending(day.book, day.today)
    day.today += timedelta(days=1)
    assert desk.needs_tending(day.book, day.today)
    (expired,) = desk.tend(day.book, day.today).expired
    assert day.book.ticket(ticket.number) == expired
    assert (expired.status, expired.closed_week) == ("expired", monday_of(day.today))
    assert not desk.needs_tending(day.book, day.today)


def test_a_shortlist_that_nobody_sends_is_gone_after_fourteen_days(day):
    case = day.case("acme-day")
    desk.tend(day.book, day.today + timedelta(days=14))
    assert day.tickets(case)
    desk.tend(day.book, day.today + timedelta(days=15))
    assert day.book.case(case.number) is None


def test_closed_tickets_and_their_case_are_gone_within_ninety_days(day):
    case = day.case("acme-day")
    (ticket,) = day.tickets(case)
    day.send(ticket)
    day.act(ticket, "withdrawn", "referrer")
    closed = day.book.ticket(ticket.number).closed_week
    desk.tend(day.book, closed + KEPT - timedelta(days=1))
    assert day.tickets(case)
    tended = desk.tend(day.book, closed + KEPT)
    assert (len(tended.purged), tended.cases) == (1, 1)
    assert day.book.case(case.number) is None
    assert timedelta(days=90) == KEPT


def test_closing_a_case_withdraws_what_is_open_and_forgets_what_was_never_sent(day):
    case = day.case("acme-day", "acme-evening")
    day.send(day.tickets(case)[0])
    assert len(desk.close(day.book, day.today, case)) == 1
    assert [one.status for one in day.tickets(case)] == ["withdrawn"]
    never_sent = day.case("acme-day")
    assert desk.close(day.book, day.today, never_sent) == ()
    assert day.book.case(never_sent.number) is None


def test_the_desk_shows_what_is_due_first(day):
    tickets = day.tickets(day.case(*FOUR[:3]))
    day.send(tickets[0])
    day.today += timedelta(days=3)
    day.send(tickets[1])
    shown = desk.by_what_is_due(day.book.tickets([tickets[0].case]))
    assert [one.number for one in shown] == [tickets[0].number, tickets[1].number]


def test_numbers_are_never_given_twice(day):
    case = day.case("acme-day")
    (ticket,) = day.tickets(case)
    day.book.drop_case(case.number)
    again = day.case("acme-day")
    assert again.number > case.number
    assert day.tickets(again)[0].number > ticket.number


def test_kinds_of_case_are_codes(day):
    number = day.book.add_kind(KindOfCase(1, level="iop", payer="medi-cal", week="evening"))
    assert day.book.kind(number).payer == "medi-cal"
    assert [one.number for one in day.book.kinds(1)] == [number]
    day.book.drop_kind(number)
    assert day.book.kind(number) is None


@pytest.mark.parametrize("column", ["payer", "language", "level"])
def test_the_tables_themselves_refuse_words(day, column):
    words = {"code": "A2-345", "organization_id": 1, "opened_week": TUESDAY}
    with pytest.raises(sa.exc.IntegrityError):
        day.book._connection.execute(
            sa.insert(tables.referral_case).values(**words, **{column: "Jo Miller born 1990"})
        )


def test_every_text_of_these_tables_is_a_code_by_law():
    """Each text column has a CHECK: codes of a list, or a short word without blanks."""
    for table in (tables.referral_case, tables.referral_ticket, tables.referral_kind):
        checks = " ".join(
            str(one.sqltext) for one in table.constraints if isinstance(one, sa.CheckConstraint)
        )
        for column in table.columns:
            if isinstance(column.type, sa.Text) and column.name != "program_id":
                assert column.name in checks, f"{table.name}.{column.name}"


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "child"), (12, "child"), (13, "teen"), (17, "teen"), (18, "young_adult"), (25, "young_adult"),
     (26, "adult"), (64, "adult"), (65, "older_adult"), (120, "older_adult")],
)  # fmt: skip
def test_an_age_is_kept_as_a_band(age, band):
    assert coarse.band_of(age) == band


def test_a_plan_is_kept_as_its_widest_class():
    need = Need(near="91101", age=34, payer="aetna", languages=("es", "en"), level_of_care=("iop",),
                text="Jo Miller")  # fmt: skip
    kept = coarse.coarse(need, VOCABULARIES)
    assert kept == CoarseNeeds("iop", "adult", "private-insurance", "es")


def test_a_need_that_asks_nothing_keeps_nothing():
    assert coarse.coarse(Need(), VOCABULARIES) == CoarseNeeds()
    assert coarse.fit_of(None) == "unknown"


# --- anybody does anything, in any order ----------------------------------------------------------


class Anything(RuleBasedStateMachine):
    """Cases, programs and days, moved by everybody as they may: the laws hold after every act."""

    def __init__(self):
        super().__init__()
        self.engine = open_database("sqlite://")
        upgrade(self.engine)
        self.opened = SqlStaffRecords(self.engine).book()
        whole = self.opened.__enter__()
        whole.people.add_organization("Hillside Hospital", None)
        self.book, self.today = whole.referrals, TUESDAY

    def teardown(self):
        self.opened.__exit__(None, None, None)
        self.engine.dispose()

    def all(self):
        cases = [one.number for one in self.book.cases(1)]
        return self.book.tickets(cases)

    @rule(count=st.integers(1, 5))
    def new_case(self, count):
        programs = dict.fromkeys([f"p-{one}" for one in range(count)], "unknown")
        desk.open_case(self.book, self.today, 1, CoarseNeeds("iop"), programs)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.today += timedelta(days=days)
        desk.tend(self.book, self.today)

    @precondition(lambda self: any(map(is_open, self.all())))
    @rule(data=st.data())
    def somebody_acts(self, data):
        ticket = data.draw(st.sampled_from([one for one in self.all() if is_open(one)]))
        by = data.draw(st.sampled_from(sorted(MOVES)[:2]))
        allowed = sorted(may_move(ticket, by))
        if not allowed:
            return
        chosen = act_to(data.draw(st.sampled_from(allowed)), self.today)
        try:
            desk.act(self.book, self.today, ticket, chosen, by, ticket.turn)
        except TooManyOffers:
            assert chosen.to == "sent"

    @invariant()
    def at_most_three_are_out(self):
        by_case = {}
        for one in filter(is_out, self.all()):
            by_case[one.case] = by_case.get(one.case, 0) + 1
        assert all(count <= MOST_PARALLEL for count in by_case.values())

    @invariant()
    def where_one_started_nothing_is_out_that_was_before(self):
        for case in self.book.cases(1):
            tickets = self.book.tickets([case.number])
            started = [one for one in tickets if one.status == "started"]
            assert len(started) <= 1
            assert not started or not any(map(is_open, tickets))

    @invariant()
    def nothing_closed_is_older_than_ninety_days_and_nothing_open_is_past_its_time(self):
        for one in self.all():
            if one.closed_week:
                assert self.today - one.closed_week < KEPT
            else:
                assert one.expires_on >= self.today


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
