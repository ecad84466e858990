"""The life of one ticket: who may do what when, and which clock runs."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.catalog.referral import ASKED, REASONS, STATUSES, Ticket
from directory.errors import BadValue
from directory.referrals.days import business_days_after, friday_of, monday_of, weeks_from
from directory.referrals.tickets import (
    MOST_TURNS,
    MOVES,
    NAMES_A_WEEK,
    TASK_STATUS,
    WEEKS_AHEAD,
    Act,
    CannotMove,
    Moved,
    SaidAlready,
    TooManyTurns,
    is_open,
    may_move,
    moved,
)

MON, TUE, FRI, SAT = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
ACTORS = st.sampled_from(sorted(MOVES))
# FHIR R4 TaskStatus without `ready` and `received`, as SDOHCC has it.
TASK_STATUSES = {"draft", "requested", "accepted", "rejected", "cancelled", "on-hold",
                 "in-progress", "failed", "completed"}  # fmt: skip


def ticket(status="seen", **more):
    return Ticket(1, "acme-evening", MON, status=status, **more)


def act_to(to, today, reason="payer", asked="insurance", week=None):
    """The act with the choice it needs."""
    return Act(
        to,
        reason=reason if to == "declined" else None,
        asked=asked if to == "needs_info" else None,
        week=(week or monday_of(today)) if to in NAMES_A_WEEK else None,
    )


@st.composite
def lives(draw):
    """A ticket moved by anybody, as they may, on days that go on."""
    one, today = ticket("draft"), draw(DAYS)
    told = [(one, today)]
    for _ in range(draw(st.integers(0, 12))):
        by = draw(ACTORS)
        allowed = sorted(may_move(one, by))
        if allowed:
            today += timedelta(days=draw(st.integers(0, 9)))
            to = draw(st.sampled_from(allowed))
            weeks = [week for week in weeks_from(today, WEEKS_AHEAD) if week != one.week]
            week = draw(st.sampled_from(weeks))
            chosen = act_to(
                to, today, draw(st.sampled_from(REASONS)), draw(st.sampled_from(ASKED)), week
            )
            one = moved(one, chosen, by, today)
            told.append((one, today))
    return told


@settings(deadline=None)
@given(lives())
def test_a_closed_ticket_keeps_weeks_and_no_day(told):
    for one, _ in told[1:]:
        dates = [one.opened_week, one.week, one.closed_week]
        assert all(day.weekday() == 0 for day in dates if day)
        assert is_open(one) == (one.closed_week is None)
        assert is_open(one) == (one.due_on is not None) == (one.expires_on is not None)


@settings(deadline=None)
@given(lives())
def test_every_act_is_a_turn_and_nothing_moves_a_closed_ticket(told):
    assert [one.turn for one, _ in told] == list(range(len(told)))
    last, today = told[-1]
    if not is_open(last):
        for by in MOVES:
            for to in STATUSES:
                with pytest.raises(CannotMove):
                    moved(last, act_to(to, today), by, today)


@settings(deadline=None)
@given(lives())
def test_a_ticket_outlives_its_clock_by_two_weeks(told):
    for one, today in told[1:]:
        if is_open(one):
            assert one.expires_on == max(one.due_on, today) + timedelta(days=14)


@settings(deadline=None)
@given(ACTORS, st.sampled_from(STATUSES), st.sampled_from(STATUSES), DAYS)
def test_who_may_not_move_it_there_changes_nothing(by, status, to, today):
    if to not in MOVES[by].get(status, ()):
        with pytest.raises(CannotMove):
            moved(ticket(status), act_to(to, today), by, today)


def test_every_status_has_a_fhir_status_and_can_be_reached():
    assert set(TASK_STATUS) == set(STATUSES)
    assert set(TASK_STATUS.values()) == TASK_STATUSES
    reached = {to for by in MOVES.values() for tos in by.values() for to in tos}
    assert reached == set(STATUSES) - {"draft"}


def test_each_status_is_set_by_those_the_table_names():
    """docs/referrals.md: 'set by'."""
    by = {to: {who for who, moves in MOVES.items() for tos in moves.values() if to in tos}
          for to in STATUSES}  # fmt: skip
    assert by["sent"] == {"referrer"}
    assert {to for to in STATUSES if by[to] == {"program"}} == {
        "needs_info", "offered", "waitlisted", "intake_kept", "no_show", "unable_to_reach", "started",
        "declined",
    }  # fmt: skip
    assert by["declined_by_person"] == by["chose_other"] == {"referrer"}
    assert by["withdrawn"] == {"referrer", "system"}
    assert by["expired"] == {"system"}
    assert by["seen"] == {"program", "referrer"}, "a referrer sends it back once they told more"


@pytest.mark.parametrize(
    ("status", "by", "act", "today", "due"),
    [
        ("draft", "referrer", Act("sent"), TUE, date(2026, 11, 25)),
        ("draft", "referrer", Act("sent"), FRI, date(2026, 11, 30)),
        ("draft", "referrer", Act("sent"), SAT, date(2026, 11, 30)),
        ("sent", "program", Act("seen"), TUE, date(2026, 11, 26)),
        ("sent", "program", Act("seen"), FRI, date(2026, 12, 1)),
        ("seen", "program", Act("needs_info", asked="call_us"), TUE, TUE),
        ("seen", "program", Act("offered", week=date(2026, 11, 30)), TUE, date(2026, 12, 4)),
        ("seen", "program", Act("waitlisted", week=date(2026, 12, 14)), TUE, date(2026, 12, 18)),
        ("offered", "program", Act("no_show"), TUE, date(2026, 11, 26)),
        ("offered", "program", Act("intake_kept"), TUE, date(2026, 12, 1)),
    ],
)
def test_the_clocks(status, by, act, today, due):
    """1 business day to open it, 2 to answer, the week that was named, 7 days to start."""
    assert moved(ticket(status), act, by, today).due_on == due


def test_an_answer_that_comes_twice_or_late_changes_nothing():
    before = ticket("seen", turn=4)
    after = moved(before, Act("declined", reason="payer"), "program", TUE, turn=4)
    with pytest.raises(Moved):
        moved(after, Act("declined", reason="payer"), "program", TUE, turn=4)
    with pytest.raises(Moved):
        moved(before, Act("declined", reason="payer"), "program", TUE, turn=3)


@pytest.mark.parametrize("to", sorted(NAMES_A_WEEK))
def test_a_program_that_says_the_same_again_changes_nothing(to):
    stands = ticket(to, week=MON)
    with pytest.raises(SaidAlready):
        moved(stands, Act(to, week=MON), "program", TUE)
    later = MON + timedelta(days=7)
    assert moved(stands, Act(to, week=later), "program", TUE).week == later


def test_after_a_hundred_turns_a_program_may_only_close_a_ticket():
    often = ticket("offered", week=MON, turn=MOST_TURNS)
    for act in (Act("waitlisted", week=MON), Act("offered", week=MON + timedelta(days=7))):
        with pytest.raises(TooManyTurns):
            moved(often, act, "program", TUE)
    assert not is_open(moved(often, Act("declined", reason="payer"), "program", TUE))
    assert not is_open(moved(often, Act("chose_other"), "referrer", TUE))
    assert not is_open(moved(often, Act("expired"), "system", TUE))


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (Act("declined"), "reason"),
        (Act("declined", reason="because John said so"), "reason"),
        (Act("needs_info"), "asked"),
        (Act("needs_info", asked="the phone of Jo"), "asked"),
        (Act("offered"), "week"),
        (Act("offered", week=TUE), "week"),
        (Act("offered", week=MON - timedelta(days=7)), "week"),
        (Act("offered", week=MON + timedelta(weeks=WEEKS_AHEAD)), "week"),
        (Act("offered", week=MON, reason="payer"), "reason"),
        (Act("declined", reason="payer", week=MON), "week"),
    ],
)
def test_each_act_takes_the_choice_it_needs_and_no_other(act, field):
    with pytest.raises(BadValue) as refused:
        moved(ticket("seen"), act, "program", TUE)
    assert refused.value.field == field


def test_no_field_of_a_ticket_or_an_act_takes_words():
    assert {one.name for one in fields(Act)} == {"to", "reason", "asked", "week"}
    free = {one.name for one in fields(Ticket) if one.type in (str, "str")}
    assert free == {"program"}, "the id of a listed program"


@settings(deadline=None)
@given(DAYS, st.integers(1, 20))
def test_business_days_are_counted_like_a_calendar(day, count):
    end = business_days_after(day, count)
    passed = [day + timedelta(days=one) for one in range(1, (end - day).days + 1)]
    assert sum(one.weekday() < 5 for one in passed) == count
    assert end.weekday() < 5
    assert monday_of(day) <= day <= friday_of(monday_of(day)) + timedelta(days=2)
