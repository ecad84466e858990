"""Laws that hold for any program and any need: the vectorised answer is the explained one."""

import math
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from directory.catalog.answer import Answer
from directory.catalog.evidence import Rival, Source, State
from directory.catalog.schedule import Openings, Start, Track
from directory.matching.brief import Briefs
from directory.matching.counting import CLOSE_MINUTES, FACETS
from directory.matching.criteria import CRITERIA
from directory.matching.judgement import judge
from directory.matching.need import NEEDS, Need
from directory.matching.outcome import Relax
from directory.matching.reach import STEPS, reach_of
from directory.matching.table import VERDICTS
from directory.matching.week import FreeWeek, Interval
from tests.support.builders import (
    FORMULA,
    GAZETTEER,
    NOW,
    TODAY,
    VOCABULARIES,
    a_context,
    a_finder,
    a_listing,
    miles_north,
)
from tests.support.random_tracks import some_busy_week, some_track

PROGRAMS = 200

LISTS = frozenset({"conditions", "services", "languages"})
"""Needs that are never answered with no: a list leaves things out."""


def some(rng, kind, most=4):
    codes = VOCABULARIES[kind].codes()
    return tuple(rng.sample(codes, rng.randint(0, min(most, len(codes)))))


def a_random_track(rng):
    track = some_track(rng)
    start = rng.choice(
        (
            Start(),
            Start("rolling", (), rng.choice((None, 1, 5))),
            Start("cohort", tuple(TODAY + timedelta(days=rng.randint(-9, 60)) for _ in range(2))),
        )
    )
    reported = TODAY - timedelta(days=rng.randint(0, 60))
    openings = Openings(rng.choice(("yes", "no", "unknown")), None, reported)
    return replace(track, start=start, openings=openings)


def a_point_nearby(rng, miles=30):
    """Up to so many miles from Pasadena, in any direction."""
    away, bearing = rng.uniform(0, miles), rng.uniform(0, 2 * math.pi)
    lat, lon = miles_north(away * math.cos(bearing))
    return lat, lon + away * math.sin(bearing) / (69.17 * math.cos(math.radians(lat)))


def a_random_listing(rng, number):
    age = Source("Some list", TODAY - timedelta(days=rng.choice((5, 200, 500, 2000))), "list")
    tracks = [a_random_track(rng) for _ in range(rng.randint(0, 3))]
    facts = {
        "level_of_care": rng.choice((None, *VOCABULARIES["levels_of_care"].codes())),
        "level_evidence": rng.choice(("stated", "suggested")),
        "focus": some(rng, "focus", 2),
        "conditions": some(rng, "conditions"),
        "services": some(rng, "services"),
        "ages": rng.choice((None, (18, None), (13, 17), (None, 25))),
        "populations": {
            c: rng.choice(("dedicated", "welcomes", "excludes")) for c in some(rng, "populations")
        },
        "languages": dict.fromkeys(some(rng, "languages"), "staff"),
        "payers": {c: rng.choice(("in", "out", "unknown")) for c in some(rng, "payers")},
    }
    at = None if rng.random() < 0.05 else a_point_nearby(rng)
    rivals = dict(some_rivals(rng, facts))
    listing = a_listing(*tracks, id=f"r{number:04d}", at=at, source=age, rivals=rivals, **facts)
    if rng.random() < 0.8:
        return listing
    elsewhere = {"city": rng.choice(("Altadena", "Irvine", "Nowhere")), "state": "CA"}
    site = replace(listing.site, rivals={"address": (a_rival(rng, elsewhere),)})
    return replace(listing, site=site)


def a_rival(rng, value):
    """What another source says; now and then one that is too old to count."""
    seen_on = TODAY - timedelta(days=rng.choice((5, 200, 500, 2000)))
    return Rival(value, Source("Another list", seen_on, "list"))


def some_rivals(rng, facts):
    """Now and then another source says something else of a fact or of one item."""
    if rng.random() < 0.3:
        level = rng.choice(VOCABULARIES["levels_of_care"].codes())
        value = {"level_of_care": level, "level_evidence": "stated"}
        yield "level_of_care", (a_rival(rng, value),)
    if rng.random() < 0.5:
        spans = ({"min": 18}, {"min": 13, "max": 17}, {"max": 30}, {"min": 30, "max": 40})
        yield "ages", tuple(a_rival(rng, value) for value in rng.sample(spans, rng.randint(1, 2)))
    if rng.random() < 0.3:
        yield "tracks", (a_rival(rng, []),)
    for code in facts["payers"]:
        if rng.random() < 0.3:
            yield f"payers:{code}", (a_rival(rng, [{"payer": code, "network": "out"}]),)
    for code in facts["populations"]:
        if rng.random() < 0.3:
            yield f"populations:{code}", (a_rival(rng, {code: "excludes"}),)


def a_random_week(rng):
    return FreeWeek.from_busy(Interval(*one) for one in some_busy_week(rng))


def a_random_need(rng):
    weeks = tuple(a_random_week(rng) for _ in range(rng.choice((0, 1, 1, 2))))
    return Need(
        near=rng.choice((None, "91101", "91101")),
        within_miles=rng.choice((None, 5, 25)),
        travel_minutes=rng.choice((None, None, 20)),
        travel_by=rng.choice(("car", "transit", "walk")),
        weeks=weeks,
        level_of_care=some(rng, "levels_of_care", 2),
        focus=some(rng, "focus", 1),
        conditions=some(rng, "conditions", 1),
        services=some(rng, "services", 2),
        payer=rng.choice((None, *VOCABULARIES["payers"].codes())),
        languages=some(rng, "languages", 1),
        age=rng.choice((None, 16, 34)),
        populations=some(rng, "populations", 1),
        mode=rng.choice(((), ("virtual",), ("in_person", "virtual"))),
        start_by=rng.choice((None, date(2026, 12, 10))),
        must=frozenset(
            rng.sample(("near", "schedule", "payer", "mode", "age", "focus", "start_by"), 3)
        ),
        limit=30,
    )


def one_way_to_ask(rng, name):
    """The fields of a need that ask for this one thing, at random."""

    def code(kind):
        return rng.choice(VOCABULARIES[kind].codes())

    ways = {
        "near": lambda: {"near": "91101", "within_miles": rng.choice((2, 5, 15))},
        "schedule": lambda: {"weeks": (a_random_week(rng),)},
        "level_of_care": lambda: {"level_of_care": (code("levels_of_care"),)},
        "payer": lambda: {"payer": code("payers")},
        "age": lambda: {"age": rng.choice((12, 16, 34))},
        "mode": lambda: {"mode": (rng.choice(("virtual", "in_person")),)},
        "start_by": lambda: {"start_by": TODAY + timedelta(days=rng.randint(1, 20))},
        "text": lambda: {"text": VOCABULARIES["services"].label(code("services"))},
    }
    return ways[name]() if name in ways else {name: (code(name),)}


def a_need_that_must(rng, name):
    """A random need that asks for this and two other things, each a must-have."""
    must = {name, *rng.sample([one for one in NEEDS if one != name], 2)}
    asked = {field: how for one in sorted(must) for field, how in one_way_to_ask(rng, one).items()}
    return replace(a_random_need(rng), **asked, must=frozenset(must), limit=1)


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    rng = random.Random(7)
    listings = [a_random_listing(rng, number) for number in range(PROGRAMS)]
    return a_finder(tmp_path_factory.mktemp("country"), *listings)


@pytest.fixture(scope="module")
def needs():
    rng = random.Random(11)
    return [a_random_need(rng) for _ in range(60)]


@pytest.fixture(scope="module")
def strict(country):
    """Needs with every must-have by turns, each with what the finder answers."""
    rng = random.Random(13)
    asked = [a_need_that_must(rng, name) for name in NEEDS * 6]
    return [(need, country.find(need)) for need in asked]


@pytest.fixture(scope="module")
def whole(country, needs):
    """Each need with all programs that pass, and not one page of them."""
    return [(need, country.find(replace(need, limit=PROGRAMS))) for need in needs]


def test_every_criterion_explains_what_its_columns_answer(country, needs):
    index, context = country.current(), a_context()
    rows = np.arange(index.roster.size)
    listings = index.listings([int(row) for row in rows])
    compared = 0
    for need in needs:
        for criterion in CRITERIA:
            if not criterion.asked(need):
                continue
            judged = criterion.judge(need, index.roster.columns, rows, context)
            for row, listing in enumerate(listings):
                told = [answer.answer for answer in criterion.explain(need, listing, context)]
                seen = [
                    Answer.YES if yes else Answer.NO if no else Answer.UNKNOWN
                    for yes, no in zip(judged.yes[:, row], judged.no[:, row], strict=True)
                ]
                assert told == seen, (criterion.name, need, listing)
                compared += 1
    assert compared > 8_000


def test_the_verdict_of_each_match_is_the_one_it_was_sorted_by(country, needs):
    compared = 0
    for need in needs:
        for match in country.find(need).matches:
            if match.schedule:
                assert VERDICTS[match.receipt.tier] == match.schedule.verdict
                points = FORMULA.of_schedule(
                    np.array([match.receipt.tier]), np.array([match.schedule.missed_minutes])
                )
                assert match.receipt.parts["schedule"] == pytest.approx(points[0])
                compared += 1
    assert compared > 500


def test_a_page_says_of_each_program_what_its_own_page_says(country, needs):
    """Short briefs and arrays tell a page; the whole record tells one program: the same."""
    compared = 0
    for need in needs:
        for match in country.find(need).matches:
            alone = country.explain(replace(need, text=""), match.listing)
            assert replace(alone, record=match.record) == match, (need, match.listing)
            compared += 1
    assert compared > 800


def test_the_same_page_again_says_the_same(country, needs):
    """What is kept of a program between pages changes nothing."""
    for need in needs[:20]:
        again = replace(country, briefs=Briefs(most=1)).find(need)
        assert [replace(one, record=None) for one in again.matches] == [
            replace(one, record=None) for one in country.find(need).matches
        ]


def test_no_need_is_answered_from_a_week_that_is_in_doubt(country, needs):
    met = Counter()
    for need in needs:
        for match in country.find(replace(need, must=frozenset())).matches:
            if match.schedule and match.schedule.proof.in_doubt:
                why = "sources" if match.schedule.proof.state is State.CONFLICTING else "old"
                assert match.schedule.verdict == "cannot_tell"
                assert match.schedule.missed_minutes == 0
                assert match.schedule.ask[0] == why
                assert match.first_group.date is None
                asked = {a.need: a.answer for a in match.answers}
                assert {asked.get(need) for need in ("mode", "start_by")} <= {None, Answer.UNKNOWN}
                met[why] += 1
    assert min(met["sources"], met["old"]) > 20


def test_the_receipts_give_the_order(country, needs):
    for need in needs:
        keys = [(m.receipt.tier, -round(m.receipt.score(), 12)) for m in country.find(need).matches]
        assert keys == sorted(keys)


def test_nothing_is_ruled_out_unless_a_must_have_says_no(country, whole):
    index = country.current()
    for need, outcome in whole[:20]:
        shown = {match.listing.program.id for match in outcome.matches}
        for match in outcome.matches:
            says_no = {a.need for a in match.answers if a.answer is Answer.NO}
            assert not says_no & (need.must - {"schedule"})
        place = GAZETTEER.locate(need.near) if need.near else None
        reach = reach_of(need, place, index.roster, changes=True)
        judged = judge(need, reach, index, a_context(), NOW)
        kept = {
            one.program.id for one in index.listings([int(r) for r in reach.rows[judged.passing]])
        }
        assert shown == kept


def test_what_another_need_would_bring_is_what_a_recount_finds(country, strict):
    """Each must-have by turns: what its promise says, or nothing where nothing is promised."""
    kept, silent = Counter(), Counter()
    for need, outcome in strict:
        promises = {r.need: r for r in outcome.relax if r.need != "schedule" or "must" in r.to}
        for name in need.must:
            if promise := promises.get(name):
                more, changed = promise.more, with_less_asked(need, promise)
                kept[name] += 1
            else:
                more, changed = 0, with_less_asked(need, nothing_promised(name, outcome))
                silent[name] += 1
            again = country.find(changed, changes=False)
            assert again.total - outcome.total == more, (name, need)
    assert set(kept) == set(NEEDS) - LISTS
    assert min(kept.values()) >= 5, kept
    assert min(silent[name] for name in LISTS) >= 10, silent


def with_less_asked(need, relax):
    """The need that a promise speaks of."""
    if relax.to == {"must": False}:
        return replace(need, must=need.must - {relax.need})
    assert set(relax.to) <= {"within_miles", "text"}
    return replace(need, **relax.to)


def nothing_promised(name, outcome):
    """What would have been promised, had it brought a program."""
    if name != "near":
        return Relax(name, {"must": False}, 0)
    return Relax(name, {"within_miles": min(s for s in STEPS if s > outcome.within_miles)}, 0)


def test_more_time_brings_the_programs_that_miss_the_week_by_no_more(country, whole):
    told = Counter()
    for need, outcome in whole:
        if not need.weeks:
            continue
        anyhow = outcome
        if "schedule" in need.must:  # who misses the week is not shown
            anyhow = country.find(replace(need, must=need.must - {"schedule"}, limit=PROGRAMS))
        answers = [match.schedule for match in anyhow.matches]
        missed = [one.missed_minutes for one in answers if one.verdict == "misses"]
        counted = [(most, sum(one <= most for one in missed)) for most in CLOSE_MINUTES]
        promised = [
            (one.to["free_minutes"], one.more) for one in outcome.relax if "free_minutes" in one.to
        ]
        assert promised == [one for one in counted if one[1]][:1], need
        told.update(minutes for minutes, _ in promised)
    assert min(told[minutes] for minutes in CLOSE_MINUTES) >= 3, told


def test_facets_count_what_the_programs_that_pass_answer(country, whole):
    context = a_context()
    counting = [criterion for criterion in CRITERIA if criterion.name in FACETS]
    known = {
        one.program.id: {c.name: c.known(one.program, context) for c in counting}
        for one in country.current().listings(range(PROGRAMS))
    }
    compared = 0
    for need, outcome in whole:
        passing = [known[match.record.id] for match in outcome.matches]
        assert len(passing) == outcome.total
        assert outcome.facets.keys() == FACETS.keys()
        for name, kind in FACETS.items():
            answers = {
                code: Counter(one[name].answer(code) for one in passing)
                for code in VOCABULARIES[kind].codes()
            }
            assert outcome.facets[name] == {
                code: {"yes": found[Answer.YES], "unknown": found[Answer.UNKNOWN]}
                for code, found in answers.items()
                if found[Answer.YES]
            }, (name, need)
            compared += len(outcome.facets[name])
    assert compared > 5_000


def test_leaving_out_what_a_change_would_bring_changes_nothing_else(country, whole):
    for need, outcome in whole:
        bare = country.find(replace(need, limit=PROGRAMS), changes=False)
        assert bare == replace(outcome, relax=())


def test_more_free_time_never_loses_a_program_that_fits(country, needs):
    for need in needs[:25]:
        if len(need.weeks) != 1:
            continue
        wider = FreeWeek(need.weeks[0].bits | FreeWeek.from_free([Interval(2, 480, 1320)]).bits)
        before = country.find(replace(need, limit=PROGRAMS, must=frozenset()))
        after = country.find(replace(need, limit=PROGRAMS, must=frozenset(), weeks=(wider,)))
        assert _fitting(before) <= _fitting(after)


def _fitting(outcome):
    return {m.listing.program.id for m in outcome.matches if m.schedule.verdict == "fits"}


def test_a_generation_gives_back_the_listings_it_was_built_from(tmp_path):
    rng = random.Random(3)
    listings = [a_random_listing(rng, number) for number in range(80)]
    index = a_finder(tmp_path, *listings).current()
    given = sorted(index.listings(range(80)), key=lambda one: one.program.id)
    assert [_plain(one) for one in given] == [_plain(one) for one in listings]


def _plain(listing):
    """Evidence of facts that nobody stated is not kept; the rest is equal."""
    program = replace(listing.program, evidence={})
    return replace(
        listing,
        program=program,
        site=replace(listing.site, evidence={}),
        organization=replace(listing.organization, evidence={}),
    )


def test_a_program_without_tracks_is_judged_as_one_that_publishes_nothing(tmp_path):
    none = a_finder(tmp_path / "a", a_listing(id="x"))
    blank = a_finder(tmp_path / "b", a_listing(Track(), id="x"))
    need = Need(near="91101", weeks=(FreeWeek.from_free([Interval(0, 600, 700)]),))
    assert (
        none.find(need).matches[0].schedule.verdict == blank.find(need).matches[0].schedule.verdict
    )
