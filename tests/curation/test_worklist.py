"""What curators have to look at: each thing once, the most important first, measured again where changed."""

import math
from datetime import date, timedelta
from pathlib import Path

import pytest

from directory.catalog.evidence import BY_CURATOR, Limit, Source, load_freshness
from directory.catalog.listing import FACTS
from directory.curation.mending import Mending, Stated, revision_of
from directory.curation.standing import Deciding
from directory.curation.worklist.importance import lateness, load_weights, nearness
from directory.curation.worklist.items import Measure
from directory.curation.worklist.setting_aside import bring_back, set_aside
from directory.curation.worklist.worklist import Worklist
from directory.errors import BadValue
from tests.curation.builders import (
    NOON,
    imported,
    listing_file,
    new_store,
    organization,
    program,
    site,
    write_json,
)
from tests.curation.lint.measuring import BY

DATA = Path(__file__).parents[2] / "data"
WEIGHTS = load_weights(DATA / "worklist.csv")
PATIENT = 60.0


class Counting:
    """Miles that are looked up, and how often."""

    def __init__(self):
        self.asked = []
        self.miles = {}

    def __call__(self, listing):
        self.asked.append(listing.program.id)
        return self.miles.get(listing.program.id)


@pytest.fixture
def store(tmp_path):
    return new_store(tmp_path)


@pytest.fixture
def miles():
    return Counting()


@pytest.fixture
def worklist(miles):
    return Worklist(lambda: Measure(BY, WEIGHTS, miles))


def take(store, tmp_path, *sites, org="acme", **source):
    plain = listing_file(organization(*sites, id=org), **source)
    return imported(store, write_json(tmp_path, plain))


def lists(worklist, store):
    return worklist.current(store, PATIENT)


def test_every_fact_that_ages_has_a_weight_and_a_reason():
    ages = set(load_freshness(DATA / "freshness.csv").facts()) - {"meetings", "guide"}
    assert set(WEIGHTS) == ages == {fact for facts in FACTS.values() for fact in facts}
    rows = (DATA / "worklist.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(row.split(",", 2)[2].strip() for row in rows)
    assert min(WEIGHTS.values()) >= 1


@pytest.mark.parametrize(
    ("days", "late"), [(0, 0.0), (90, 0.0), (91, 91 / 365), (365, 1.0), (730, 2.0), (9_000, 2.0)]
)
def test_a_fact_is_late_by_its_age_and_never_more_than_twice(days, late):
    assert math.isclose(lateness(days, Limit(90, 365)), late)


def test_near_counts_three_times_and_no_place_once():
    assert [nearness(one) for one in (0.0, 10.0, 10.1, 25.0, 25.1, None)] == [3, 3, 2, 2, 1, 1]


def test_a_program_with_old_facts_is_one_item_and_nearer_ones_come_first(
    store, tmp_path, worklist, miles
):
    far, near = program("far", tracks=[]), program("near", tracks=[])
    take(store, tmp_path, site(far, near), seen_on="2021-01-01")
    miles.miles = {"near": 2.0, "far": 300.0}
    found = lists(worklist, store).of["stale"]
    assert [one.program for one in found] == ["near", "far"]
    assert found[0].importance == 3 * found[1].importance
    assert [fact for _, fact, _ in found[0].facts] == ["address", "name", "name"], "heaviest first"
    days = (NOON.date() - date(2021, 1, 1)).days
    facts = ("address", "name", "name")
    points = sum(WEIGHTS[one] * lateness(days, BY.freshness.limit(one)) for one in facts)
    assert math.isclose(found[0].importance, 3 * points)


def test_a_call_takes_a_program_off_the_list_and_measures_nothing_else(
    store, tmp_path, worklist, miles
):
    take(store, tmp_path, site(program("one", tracks=[]), program("two", tracks=[])))
    assert lists(worklist, store).counts()["stale"] == 0
    take(store, tmp_path, site(program("old", tracks=[]), id="s2"), org="o2", seen_on="2021-01-01")
    assert [one.program for one in lists(worklist, store).of["stale"]] == ["old"]
    miles.asked.clear()
    call = Source(BY_CURATOR["phone"], date(2026, 11, 23), "phone", confirmed_by="program")
    listing = store.get("old")
    told = [
        Stated("program", "name", listing.program.name),
        Stated("organization", "name", listing.organization.name),
        Stated("site", "address", {"city": "Pasadena", "state": "CA", "zip": "91101"}),
    ]
    Mending(store, lambda: NOON).mend("old", revision_of(store.history("old")), told, call)
    assert lists(worklist, store).counts()["stale"] == 0
    assert "old" in miles.asked
    assert lists(worklist, store) is lists(worklist, store), "nothing changed: nothing is measured"


def test_a_conflict_at_a_site_is_one_item_for_all_its_programs(store, tmp_path, worklist):
    take(store, tmp_path, site(program("a"), program("b"), phone="626-795-9988"))
    other = site(program("a"), program("b"), phone="626-795-0000")
    take(store, tmp_path, other, name="Their other page")
    (found,) = lists(worklist, store).of["conflicts"]
    assert (found.subject, found.fact) == (("site", "acme-lake"), "phone")


def test_findings_come_serious_first_and_without_old_facts(store, tmp_path, worklist):
    wrong = program(
        "wrong",
        level_of_care="iop",
        level_evidence="stated",
        ages={"min": 18},
        tracks=[
            {
                "label": "Evening",
                "schedule_grade": "days_and_times",
                "sessions": [{"day": "mon", "start": "09:00", "end": "11:00"}],
            }
        ],
    )
    take(store, tmp_path, site(wrong))
    found = lists(worklist, store).of["findings"]
    assert found[0].finding.serious
    cases = {one.finding.case for one in found}
    assert "hours_adult" in cases
    assert "fact_stale" not in cases, "old facts have a queue of their own"


def test_a_program_that_is_taken_off_leaves_the_list(store, tmp_path, worklist):
    take(store, tmp_path, site(program("old", tracks=[])), seen_on="2021-01-01")
    assert lists(worklist, store).counts()["stale"] == 1
    Deciding(store, lambda: NOON).remove("old", "closed")
    assert lists(worklist, store).counts()["stale"] == 0


def test_who_does_not_wait_is_told_that_we_are_counting(store, worklist):
    assert worklist.current(store, patience=-1) in (None, worklist.current(store, PATIENT))


# --- left as it is ------------------------------------------------------------------------------


def leave(store, item, why="right", at=NOON):
    with store.desk() as desk:
        return set_aside(desk, item, why, lambda: at)


def marks(store, day):
    with store.desk(write=False) as desk:
        return desk.set_asides.marks(day)


def test_what_is_left_as_it_is_stays_away_until_its_day_or_until_it_changes(
    store, tmp_path, worklist
):
    take(store, tmp_path, site(program("a"), phone="626-795-9988"))
    take(store, tmp_path, site(program("a"), phone="626-795-0000"), name="Their other page")
    (item,) = lists(worklist, store).of["conflicts"]
    kept = leave(store, item, "cannot_tell")
    away = marks(store, NOON.date())
    assert lists(worklist, store).waiting("conflicts", away) == []
    assert lists(worklist, store).counts(away)["conflicts"] == 0
    assert marks(store, kept.until) == frozenset()
    assert (kept.until - kept.on).days == 90
    take(store, tmp_path, site(program("a"), phone="626-795-1111"), name="Their other page")
    assert len(lists(worklist, store).waiting("conflicts", away)) == 1, "another value: look again"


def test_what_is_over_is_forgotten_and_a_later_word_replaces_an_earlier_one(
    store, tmp_path, worklist
):
    take(store, tmp_path, site(program("old", tracks=[])), seen_on="2021-01-01")
    (item,) = lists(worklist, store).of["stale"]
    leave(store, item, "not_reached")
    leave(store, item, "right")
    with store.desk() as desk:
        (kept,) = desk.set_asides.newest("stale", NOON.date(), 10)
        assert (kept.program, kept.why) == ("old", "right")
        assert bring_back(desk, kept.mark)
        assert not bring_back(desk, kept.mark)
    leave(store, item, "not_reached")
    leave(store, item, "not_reached", NOON + timedelta(days=30))
    assert len(marks(store, NOON.date())) == 1
    with pytest.raises(BadValue):
        leave(store, item, "bored")
