"""What is a contradiction between two sources, and what is only spelling, silence or age."""

from datetime import date, timedelta

import pytest

from directory.catalog.conflict import disagree, live_rivals, state_of, supersedes
from directory.catalog.evidence import Rival, Source, State
from directory.catalog.program import Program, Site
from tests.support.builders import FRESHNESS, TODAY


def said(method, day=0, **more):
    return Source(f"{method} {day}", TODAY - timedelta(days=day), method, **more)


def iop(level, evidence="stated"):
    return {"level_of_care": level, "level_evidence": evidence}


def week(*sessions, **more):
    return [{"sessions": [dict(zip(("day", "start", "end"), one, strict=True)) for one in sessions]}
            | more]  # fmt: skip


EVENING, LATER = ("mon", "18:00", "21:00"), ("mon", "18:30", "21:30")


@pytest.mark.parametrize(
    ("fact", "one", "other"),
    [
        ("phone", "626-555-0142", "(626) 555 0142 x7"),
        ("address", {"street": "12 N. Lake Ave", "zip": "91101"},
         {"street": "12 North Lake Avenue", "zip": "91101-2345", "unit": "Suite 4"}),
        ("address", {"street": "1 Main St", "city": "Pasadena"}, {"street": "1 MAIN STREET"}),
        ("address", {"street": "1 Main St", "city": "La Canada", "zip": "91011"},
         {"street": "1 Main St", "city": "La Canada Flintridge", "zip": "91011"}),
        ("ages", {"min": 18}, {"min": 18, "max": 64}),
        ("weeks", {"min": 8}, {"max": 12}),
        ("price", {"cents": 100, "per": "day"}, {"cents": 900, "per": "week"}),
        ("level_of_care", iop("iop"), iop("php", "suggested")),
        ("level_of_care", iop("iop"), iop("outpatient")),
        ("payers", {"payer": "aetna", "network": "in"}, {"payer": "aetna", "network": "unknown"}),
        ("populations", ("women", "dedicated"), ("women", "welcomes")),
        ("tracks", week(EVENING, label="Evening"), week(EVENING, label="Nights")),
        ("tracks", week(EVENING), [{"sessions": [{"count": 3}]}]),
        ("tracks", week(EVENING), [{"mode": "virtual"}]),
        ("name", "Acme", "Acme Recovery, Inc."),
        ("description", "a", "b"),
    ],
)  # fmt: skip
def test_spelling_and_silence_are_no_conflict(fact, one, other):
    assert not disagree(fact, one, other)
    assert not disagree(fact, other, one)


@pytest.mark.parametrize(
    ("fact", "one", "other"),
    [
        ("phone", "626-555-0142", "626-555-0143"),
        ("address", {"street": "12 N Lake Ave", "zip": "91101"},
         {"street": "12 S Lake Ave", "zip": "91101"}),
        ("address", {"street": "12 N Lake Ave", "zip": "91101"}, {"zip": "91001"}),
        ("ages", {"min": 18}, {"min": 13, "max": 17}),
        ("weeks", {"min": 8, "max": 12}, {"min": 8, "max": 10}),
        ("price", {"cents": 100, "per": "day"}, {"cents": 900, "per": "day"}),
        ("level_of_care", iop("iop"), iop("php")),
        ("payers", {"payer": "aetna", "network": "in"}, {"payer": "aetna", "network": "out"}),
        ("populations", ("women", "dedicated"), ("women", "excludes")),
        ("tracks", week(EVENING), week(LATER)),
        ("tracks", week(EVENING, mode="virtual"), week(EVENING, mode="in_person")),
        ("tracks", week(EVENING), [{"sessions": [{"day": "tue"}]}]),
    ],
)  # fmt: skip
def test_values_that_cannot_both_be_right_are_a_conflict(fact, one, other):
    assert disagree(fact, one, other)
    assert disagree(fact, other, one)


@pytest.mark.parametrize(
    ("believed", "other", "settled"),
    [
        (said("phone", 5), said("list", 700), True),  # a call settles what an older list says
        (said("phone", 700), said("list", 5), False),  # a newer list reopens the question
        (said("published", 5), said("list", 5), True),
        (said("list", 5), said("list", 700), False),  # two lists: neither knows better
        (said("published", 5), said("published", 700), False),
        (said("published", 5, confirmed_by="program"), said("published", 700), True),
        (said("phone", 5), said("phone", 700), True),
        (said("phone", 5), said("phone", 5), False),
    ],
)
def test_who_settles_what_another_says(believed, other, settled):
    assert supersedes(believed, other) is settled


def torn(believed_age, rival_age):
    source, rival = said("list", believed_age), said("list", rival_age, edition="other")
    rivals = {"phone": (Rival("626-555-0199", rival),)}
    return Site("s", phone="626-555-0142", evidence={"phone": source}, rivals=rivals)


def test_a_conflict_ends_when_one_side_is_too_old_to_count():
    def state(site: Site) -> State:
        return state_of(site, "phone", FRESHNESS, TODAY)

    assert state(torn(5, 400)) is State.CONFLICTING
    assert state(torn(5, 4000)) is State.CURRENT
    assert state(torn(4000, 5)) is State.UNKNOWN
    assert live_rivals(torn(5, 4000), "phone", FRESHNESS, TODAY) == ()


def test_a_conflict_about_one_item_is_one_of_the_list_and_of_no_other_item():
    source = Source("Acme", date(2026, 11, 20), "published")
    rivals = {"payers:aetna": (Rival([{"payer": "aetna", "network": "out"}], source),)}
    program = Program("p", "P", evidence={"payers": source}, rivals=rivals)

    def state(item=None):
        return state_of(program, "payers", FRESHNESS, TODAY, item)

    assert (state(), state("aetna"), state("medicare")) == (
        State.CONFLICTING,
        State.CONFLICTING,
        State.CURRENT,
    )
