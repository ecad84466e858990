"""What holds of every rule: unknown accuses nobody, order does not matter, every row has a rule."""

import random
from dataclasses import fields, replace
from datetime import timedelta
from types import ModuleType

import pytest

from directory.catalog.evidence import Rival, Source
from directory.catalog.program import License, Program, Site, Span
from directory.catalog.schedule import Openings, Session, Start, Track
from directory.curation.lint import rules
from directory.curation.lint.inspecting import findings_among, findings_of
from tests.curation.lint.measuring import BY, LIMITS, cases, shipped
from tests.matching.test_laws import a_random_listing
from tests.support.builders import FRESHNESS, TODAY, a_listing

SEASONS = (None, "Summer", "Weeks 1-4", "Weeks 6-8")
LABELS = (None, "Evening", "Night", "Day")


def a_doubtful_listing(rng, number):
    """A random listing with everything that some rule reads, right or wrong."""
    one = a_random_listing(rng, number)
    tracks = tuple(_doubtful(rng, track) for track in one.program.tracks)
    expires = TODAY + timedelta(days=rng.randint(-9, 9))
    program = replace(
        one.program,
        name=rng.choice(("Evening IOP", "Oak IOP")),
        tracks=tracks,
        weeks=rng.choice((None, Span(8, 8))),
        ages=rng.choice((None, Span(13, 17), Span(18, None))),
        licenses=rng.choice(((), (License("California DHCS", "1", None, expires),))),
        accreditations=rng.choice(((), ("carf",))),
        level_of_care=rng.choice(("iop", "php", None)),
    )
    return replace(one, program=program)


def _doubtful(rng, track):
    reported = TODAY - timedelta(days=rng.randint(0, 60))
    start = Start("cohort", (TODAY - timedelta(days=rng.randint(-30, 90)),))
    return replace(
        track,
        label=rng.choice(LABELS),
        season=rng.choice(SEASONS),
        openings=rng.choice((Openings(), Openings("yes", None, reported))),
        start=rng.choice((Start(), start)),
    )


OF_PROGRAM = {field.name for field in fields(Program)} - {"id", "name", "evidence", "rivals"}
OF_SITE = {field.name for field in fields(Site)} - {"id", "name", "evidence", "rivals"}

# A finding may change its case, and what would have excused a program may be the fact that is gone.
EXCUSED = {
    ("ages", "hours_young"): "adults are asked for 9 hours, and whoever does not say for 6",
    ("licenses", "sud_certificate"): "the accreditations they state have no certificate either",
    ("tracks", "sud_certificate"): "only who meets by video alone needs none",
}


def without(listing, fact):
    """The listing as it would be if nobody had told this fact."""
    if fact in OF_SITE:
        return replace(listing, site=replace(listing.site, **{fact: getattr(Site("x"), fact)}))
    gone = {fact: getattr(Program("x", "x"), fact)}
    return replace(listing, program=replace(listing.program, **gone))


@pytest.mark.parametrize("seed", range(300))
def test_a_fact_that_nobody_told_never_makes_a_finding(seed):
    rng = random.Random(seed)
    listing = a_doubtful_listing(rng, seed)
    found = set(cases(listing))
    for fact in OF_PROGRAM | OF_SITE:
        extra = set(cases(without(listing, fact))) - found
        assert {case for case in extra if (fact, case) not in EXCUSED} == set(), fact


@pytest.mark.parametrize("seed", range(100))
def test_a_session_time_that_is_not_published_never_makes_a_finding(seed):
    rng = random.Random(seed)
    listing = a_doubtful_listing(rng, seed)
    if not any(track.sessions for track in listing.program.tracks):
        return
    found = set(cases(listing))
    tracks = tuple(
        replace(t, sessions=(*t.sessions, Session(count=None))) for t in listing.program.tracks
    )
    less = replace(listing, program=replace(listing.program, tracks=tracks))
    assert set(cases(less)) <= found


def test_nothing_known_is_nothing_found():
    bare = a_listing(Track(), at=None, city="", state=None, level_of_care=None, level_evidence=None)
    assert findings_of(bare, BY) == ()


def test_a_listing_too_old_to_count_is_only_old():
    longest = max(FRESHNESS.limit(fact).confirm_days for fact in FRESHNESS.facts())
    old = Source("An old page", TODAY - timedelta(days=longest + 1), "published")
    for seed in range(50):
        listing = a_doubtful_listing(random.Random(seed), seed)
        told = dict.fromkeys(FRESHNESS.facts(), old)
        site, program = (
            replace(listing.site, evidence=told),
            replace(listing.program, evidence=told),
        )
        found = {one.rule for one in findings_of(replace(listing, site=site, program=program), BY)}
        assert found <= {"L11", "L12"}


@pytest.mark.parametrize("fact", ["level_of_care", "ages", "weeks", "tracks"])
def test_a_fact_that_two_sources_dispute_accuses_nobody(fact):
    told = dict.fromkeys(FRESHNESS.facts(), Source("A list", TODAY, "list"))
    rivals = {fact: (Rival("anything else", Source("Another list", TODAY, "list")),)}
    of_age = {case for rule in rules.RULES if rule.of_age for case in rule.cases}
    quiet = 0
    for seed in range(60):
        listing = a_doubtful_listing(random.Random(seed), seed)
        agreed = replace(listing, program=replace(listing.program, evidence=told, rivals={}))
        disputed = replace(agreed, program=replace(agreed.program, rivals=rivals))
        assert set(cases(disputed)) - of_age <= set(cases(without(agreed, fact)))
        quiet += cases(disputed) != cases(agreed)
    assert quiet > 0


def test_the_order_of_listings_does_not_matter_and_each_is_found_once():
    rng = random.Random(5)
    some = [a_doubtful_listing(rng, number) for number in range(80)]
    found = findings_among(some, BY)
    assert len(set(found)) == len(found)
    rng.shuffle(some)
    assert set(findings_among(some, BY)) == set(found)
    own = {finding for one in some for finding in findings_of(one, BY)}
    across = {case for case, _ in rules.RULES_ACROSS}
    assert own == {finding for finding in found if finding.case not in across}


# --- the table ---------------------------------------------------------------------------------------


def test_every_row_of_the_table_is_a_case_of_its_rule_and_back():
    registered = [(rule.name, case) for rule in rules.RULES for case in rule.cases]
    registered += [(LIMITS[case].rule, case) for case, _ in rules.RULES_ACROSS]
    assert sorted(registered) == sorted((LIMITS[case].rule, case) for case in LIMITS.cases())
    assert {LIMITS[case].rule for case in LIMITS.cases()} == {f"L{n}" for n in range(1, 13)}


def test_every_module_of_rules_is_registered():
    modules = {one for one in vars(rules).values() if isinstance(one, ModuleType)}
    named = {rule.look.__module__ for rule in rules.RULES}
    assert named == {one.__name__ for one in modules}


def test_every_row_says_who_says_so_and_only_serious_ones_speak_to_everyone():
    for case in LIMITS.cases():
        row = LIMITS[case]
        assert row.source, case
        assert row.expected, case
        assert row.limit, case
        assert row.severity in ("serious", "worth_a_look")
        assert bool(row.sentence) == bool(row.question) == (row.severity == "serious"), case


def test_what_depends_on_other_programs_is_never_serious():
    """So a generation that is revised program by program shows what a whole build shows."""
    for case, _ in rules.RULES_ACROSS:
        assert LIMITS[case].severity == "worth_a_look"


def test_invented_programs_show_only_that_openings_grow_old():
    found = findings_among(shipped("examples"), BY)
    assert {one.case for one in found} == {"openings_stale"}


def test_shipped_programs_say_how_their_hours_differ_from_their_level():
    found = findings_among(shipped("pasadena"), BY)
    hours = [(one.subject[1], one.got) for one in found if one.rule == "L1"]
    assert hours == [("ucsf-health-php", "16.67 hours")]
    assert {one.case for one in found if one.serious} == {"hours_day_program", "license_expired"}
