"""L1 to L12: what each rule finds, and what it leaves alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from directory.catalog.evidence import Source
from directory.catalog.program import License, Span
from directory.catalog.schedule import Choose, Openings, Session, Start
from directory.curation.lint.inspecting import findings_among
from tests.curation.lint.measuring import BY, among, cases, got
from tests.support.builders import CALLED, TODAY, a_listing, a_track, sessions

ADULTS, TEENS = (18, None), (13, 17)


def evenings(days="mon tue wed", start="18:00", end="21:00", **more):
    return a_track(days, start, end, **more)


# --- L1: hours against level of care -------------------------------------------------------------


@pytest.mark.parametrize(("level", "ages", "days", "end", "found"), [
    ("iop", ADULTS, "mon tue wed", "21:00", []),
    ("iop", ADULTS, "mon tue wed", "20:55", ["hours_adult"]),
    ("iop", TEENS, "mon tue", "21:00", []),
    ("iop", TEENS, "mon tue", "20:00", ["hours_young"]),
    ("iop", None, "mon tue", "21:00", []),
    ("iop", None, "mon tue", "20:00", ["hours_young"]),
    ("iop", (13, None), "mon tue", "21:00", []),
    ("php", ADULTS, "mon tue wed thu fri", "22:00", []),
    ("php", ADULTS, "mon tue wed thu fri", "21:30", ["hours_day_program"]),
    ("outpatient", ADULTS, "mon", "19:00", []),
    (None, ADULTS, "mon", "19:00", []),
])  # fmt: skip
def test_l1_hours_are_those_of_the_level(level, ages, days, end, found):
    listing = a_listing(evenings(days, end=end), level_of_care=level, ages=ages)
    assert cases(listing) == found


def test_l1_breaks_count_against_a_program_only_where_they_are_published():
    short = a_track(sessions=sessions("mon tue wed", "18:00", "21:00", contact_minutes=165))
    assert got(a_listing(short, ages=ADULTS), "hours_adult") == ["8.25 hours"]
    long_days = a_track("mon tue wed thu fri", "09:00", "15:00")
    assert cases(a_listing(long_days)) == []
    published = a_track(
        sessions=sessions("mon tue wed thu fri", "09:00", "15:00", contact_minutes=240)
    )
    assert cases(a_listing(published)) == ["hours_above"]


def test_l1_a_choice_is_too_short_only_if_its_fullest_week_is():
    offered = sessions("mon tue wed thu", "18:00", "21:00", attendance="choose")
    three, two = Choose(1, 3), Choose(1, 2)
    assert cases(a_listing(a_track(sessions=offered, choose=three), ages=ADULTS)) == []
    assert got(a_listing(a_track(sessions=offered, choose=two), ages=ADULTS), "hours_adult") == [
        "6 hours"
    ]
    optional = sessions("tue", "18:00", "21:00", attendance="optional")
    both = sessions("mon wed", "18:00", "21:00") + optional
    assert cases(a_listing(a_track(sessions=both), ages=ADULTS)) == []


def test_l1_a_phase_may_taper_as_long_as_one_is_full():
    full, less = evenings(season="first"), evenings("mon", season="later")
    assert cases(a_listing(full, less, ages=ADULTS)) == []
    assert cases(a_listing(less, replace(less, season="last"), ages=ADULTS)) == ["hours_adult"]


@pytest.mark.parametrize("unknown", [
    Session(count=3),
    Session(count=None, span_minutes=60),
    Session(day=0, start=18 * 60),
])  # fmt: skip
def test_l1_hours_that_are_not_published_are_not_too_few(unknown):
    assert cases(a_listing(a_track(sessions=(unknown,)), ages=ADULTS)) == []
    suggested = a_listing(evenings("mon"), level_evidence="suggested", ages=ADULTS)
    assert cases(suggested) == []


def test_l1_speaks_of_the_hours_that_are_published_for_unnamed_days():
    track = a_track(sessions=(Session(count=3, span_minutes=120),))
    assert got(a_listing(track, ages=ADULTS), "hours_adult") == ["6 hours"]


# --- L2, L3: Medicare ------------------------------------------------------------------------------


@pytest.mark.parametrize(("held", "found"), [
    ((), []),
    (("carf",), ["medicare_setting"]),
    (("carf", "hospital_license"), []),
    (("fqhc",), []),
    (("opioid_treatment_program",), []),
])  # fmt: skip
def test_l2_medicare_pays_in_some_settings_only(held, found):
    assert cases(a_listing(payers={"medicare": "in"}, accreditations=held)) == found
    assert cases(a_listing(payers={"medicare": "out"}, accreditations=held)) == []
    assert cases(a_listing(payers={"medicare-advantage": "in"}, accreditations=held)) == []
    assert (
        cases(a_listing(payers={"medicare": "in"}, accreditations=held, level_of_care="php")) == []
    )


@pytest.mark.parametrize(("mode", "found"), [
    ("virtual", ["medicare_video"]),
    ("hybrid", ["medicare_hybrid"]),
    ("in_person", []),
    (None, []),
])  # fmt: skip
def test_l3_medicare_does_not_pay_for_an_iop_by_video(mode, found):
    listing = a_listing(a_track(mode=mode), payers={"medicare": "unknown"})
    assert cases(listing) == found
    assert cases(a_listing(a_track(mode=mode), payers={"aetna": "in"})) == []


# --- L4: certificate and license -------------------------------------------------------------------

DHCS = License("California DHCS", "190001AP", "Certified, outpatient", TODAY + timedelta(days=1))


@pytest.mark.parametrize(("facts", "found"), [
    ({"accreditations": ("carf",)}, ["sud_certificate"]),
    ({"licenses": (License("City of Pasadena", "12"),)}, ["sud_certificate"]),
    ({"licenses": (DHCS,), "accreditations": ("carf",)}, []),
    ({"accreditations": ("carf", "state_substance_use_agency")}, []),
    ({"accreditations": ("carf", "hospital_license")}, []),
    ({"accreditations": ("carf",), "focus": ("mental_health",)}, []),
    ({"accreditations": ("carf",), "state": "NV"}, []),
    ({}, []),
])  # fmt: skip
def test_l4_a_california_substance_use_site_has_a_certificate(facts, found):
    assert cases(a_listing(**{"focus": ("substance_use",)} | facts)) == found


def test_l4_who_meets_only_by_video_has_no_site_to_certify():
    listing = a_listing(a_track(mode="virtual"), focus=("substance_use",), accreditations=("carf",))
    assert cases(listing) == []


def test_l4_a_license_that_ran_out_is_serious_unless_a_newer_one_is_listed():
    old = replace(DHCS, number="190001", expires=TODAY - timedelta(days=1))
    assert got(a_listing(licenses=(old,)), "license_expired") == ["2026-11-23 (190001)"]
    assert cases(a_listing(licenses=(old, DHCS))) == []
    assert cases(a_listing(licenses=(replace(old, expires=TODAY),))) == []
    assert cases(a_listing(licenses=(replace(old, expires=None),))) == []


# --- L5: paid by the day ---------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "end", "found"), [
    ("mon tue wed", "21:00", []),
    ("mon tue wed thu", "20:45", ["short_days"]),
    ("mon tue", "22:30", ["few_days"]),
])  # fmt: skip
def test_l5_commercial_insurance_pays_three_days_of_three_hours(days, end, found):
    insured = {"focus": ("substance_use",), "payers": {"aetna": "in"}, "ages": ADULTS}
    assert cases(a_listing(evenings(days, end=end), **insured)) == found
    assert (
        cases(a_listing(evenings(days, end=end), **insured | {"payers": {"medi-cal": "in"}})) == []
    )
    assert (
        cases(a_listing(evenings(days, end=end), **insured | {"focus": ("mental_health",)})) == []
    )


def test_l5_sessions_of_one_day_add_up_and_unnamed_days_may_be_one():
    insured = {"focus": ("substance_use",), "payers": {"aetna": "in"}}
    parts = sessions("mon tue wed", "18:00", "19:30") + sessions("mon tue wed", "19:30", "21:00")
    assert cases(a_listing(a_track(sessions=parts), **insured)) == []
    unnamed = tuple(Session(count=3, span_minutes=minutes) for minutes in (105, 75))
    assert cases(a_listing(a_track(sessions=unnamed), **insured)) == []
    assert cases(a_listing(a_track(sessions=(Session(day=0),)), **insured)) == ["few_days"]
    assert cases(a_listing(a_track(sessions=(Session(span_minutes=180),)), **insured)) == []


# --- L6: minors and school -------------------------------------------------------------------------


@pytest.mark.parametrize(("ages", "start", "end", "found"), [
    (TEENS, "09:00", "12:00", ["school_hours"]),
    (TEENS, "15:30", "18:30", []),
    (TEENS, "12:30", "15:30", []),
    ((12, None), "09:00", "12:00", ["school_hours"]),
    ((0, None), "09:00", "12:00", ["school_hours"]),
    (ADULTS, "09:00", "12:00", []),
    (None, "09:00", "12:00", []),
])  # fmt: skip
def test_l6_minors_can_come_outside_school_hours(ages, start, end, found):
    listing = a_listing(a_track("mon tue thu", start, end), ages=ages)
    assert cases(listing) == found


def test_l6_one_open_track_or_a_saturday_or_summer_is_enough():
    morning = a_track("mon tue thu", "09:00", "12:00", label="Morning")
    for other in (a_track(label="Ask"), a_track("mon tue sat", "09:00", "12:00", label="Other")):
        assert cases(a_listing(morning, other, ages=TEENS)) == []
    assert cases(a_listing(replace(morning, season="Summer"), ages=TEENS)) == []


# --- L7: one person, one week ----------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "found"), [
    (("mon", "18:00", "21:00"), ("mon", "20:30", "21:30"), ["mon 18:00-21:00 and mon 20:30-21:30"]),
    (("mon", "18:00", "21:00"), ("mon", "21:00", "22:00"), []),
    (("mon", "22:00", "01:00"), ("tue", "00:30", "01:30"), ["mon 22:00-01:00 and tue 00:30-01:30"]),
    (("sun", "22:00", "01:00"), ("mon", "00:30", "01:30"), ["sun 22:00-01:00 and mon 00:30-01:30"]),
    (("sun", "22:00", "00:00"), ("mon", "00:00", "01:00"), []),
])  # fmt: skip
def test_l7_required_sessions_do_not_overlap(one, other, found):
    both = sessions(*one) + sessions(*other)
    assert got(a_listing(a_track(sessions=both), level_of_care=None), "overlap") == found
    apart = a_listing(a_track(sessions=both[:1]), a_track(sessions=both[1:]), level_of_care=None)
    assert got(apart, "overlap") == []
    chosen = tuple(replace(session, attendance="choose") for session in both)
    assert got(a_listing(a_track(sessions=chosen), level_of_care=None), "overlap") == []


@pytest.mark.parametrize(("start", "end", "found"), [
    ("21:30", "00:30", []),
    ("21:00", "02:00", []),
    ("21:00", "09:00", ["past_midnight"]),
])  # fmt: skip
def test_l7_a_session_deep_into_the_night_is_probably_a_slip(start, end, found):
    assert cases(a_listing(a_track("wed", start, end), level_of_care=None)) == found


@pytest.mark.parametrize(("day", "start", "end", "zone", "found"), [
    ("sun", "01:00", "02:00", "America/Los_Angeles", ["clock_change"]),
    ("sun", "02:30", "03:30", "America/New_York", ["clock_change"]),
    ("sat", "23:00", "01:30", "America/Los_Angeles", ["clock_change"]),
    ("sun", "03:00", "04:00", "America/Los_Angeles", []),
    ("sun", "00:00", "01:00", "America/Los_Angeles", []),
    ("mon", "01:00", "02:00", "America/Los_Angeles", []),
    ("sun", "01:00", "02:00", "America/Phoenix", []),
    ("sun", "01:00", "02:00", None, []),
])  # fmt: skip
def test_l7_an_hour_that_the_clock_skips_or_doubles_is_no_hour_for_a_session(
    day, start, end, zone, found
):
    listing = a_listing(a_track(day, start, end), level_of_care=None)
    assert cases(replace(listing, site=replace(listing.site, time_zone=zone))) == found


# --- L8: evening -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "start", "end", "found"), [
    ("Evening", "15:30", "19:00", ["evening"]),
    ("Evening", "15:30", "19:15", []),
    ("Night group", "09:00", "12:00", ["evening"]),
    ("Late night", "21:30", "00:30", []),
    ("Overnight visitors", "09:00", "12:00", []),
    ("Morning", "09:00", "12:00", []),
])  # fmt: skip
def test_l8_an_evening_group_has_a_session_in_the_evening(label, start, end, found):
    assert cases(a_listing(a_track("mon tue wed thu", start, end, label=label))) == found


def test_l8_the_name_of_a_program_is_a_claim_and_a_proper_name_is_not():
    day = a_track("mon tue wed", "09:00", "12:00")
    assert cases(a_listing(day, name="Acme Evening IOP")) == ["evening"]
    assert cases(a_listing(day, name="Evening Star Recovery")) == []
    assert cases(a_listing(day, a_track(label="Later"), name="Acme Evening IOP")) == []


def test_l8_a_session_said_to_be_in_the_evening_is_a_claim_and_an_unknown_time_is_none():
    said = sessions("mon tue wed", "13:00", "16:00", part_of_day="evening")
    assert cases(a_listing(a_track(sessions=said))) == ["evening"]
    unknown = Session(day=3, part_of_day="evening")
    assert cases(a_listing(a_track(sessions=(*said, unknown)))) == []


# --- L9: phases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seasons", "weeks", "found"), [
    (("Weeks 1 to 4", "Weeks 5-8"), (8, 8), []),
    (("Weeks 1 to 4", "Week 6 to 8"), (8, 12), ["nothing for week 5"]),
    (("Weeks 1-4", "Weeks 5-8"), (8, 12), []),
    (("Weeks 1-4", "Weeks 5-9"), (8, 8), ["week 9 of at most 8"]),
    (("Weeks 1-4", "Weeks 5-8"), (10, None), ["nothing for week 9, 10"]),
    (("Weeks 1-4", "Weeks 5-8"), (None, 12), []),
    (("First phase", "Weeks 5-8"), (8, 8), []),
    (("Weeks 1-4", "Weeks 5-8"), (None, None), []),
])  # fmt: skip
def test_l9_phases_cover_the_weeks_of_the_program(seasons, weeks, found):
    phases = [evenings(label="All", season=season) for season in seasons]
    assert got(a_listing(*phases, weeks=Span(*weeks)), "phases") == found
    assert got(a_listing(*phases), "phases") == []


# --- L10: phones -----------------------------------------------------------------------------------


def at_phone(number, organization, **more):
    listing = a_listing(organization=organization, **more)
    return replace(listing, site=replace(listing.site, phone=number))


@pytest.mark.parametrize("number", ["626-155-0100", "12", "911-911-9119"])
def test_l10_a_number_that_no_telephone_has_is_found(number):
    assert cases(at_phone(number, "Acme")) == ["phone_invalid"]


def test_l10_one_number_for_organizations_of_different_names_is_found_at_each():
    one = at_phone("626-795-9988", "Acme", id="a")
    other = at_phone("626-795-9988 x12", "Oak", id="b")
    double = at_phone("626-795-9988", "ACME", id="c")
    alone = at_phone("626-795-9980", "Elm", id="d")
    shared = [("phone_shared", f"{key}-site") for key in "abc"]
    assert among(one, other, double, alone, at_phone(None, "Fir")) == shared
    assert among(one, double) == []


def test_l10_of_many_organizations_a_few_are_named_and_the_others_counted():
    some = [at_phone("626-795-9988", name) for name in ("Ash", "Birch", "Cedar", "Elm", "Fir")]
    last = next(one for one in reversed(findings_among(some, BY)) if one.case == "phone_shared")
    assert last.got == "626-795-9988, also of Ash; Birch; Cedar and 1 more"


# --- L11, L12: age ---------------------------------------------------------------------------------


def with_place(reported, *dates, accepting="yes", rule="cohort"):
    openings = Openings(accepting, None, reported)
    return a_listing(a_track(begins=Start(rule, dates), openings=openings), level_of_care=None)


def test_l11_a_place_goes_with_a_start_that_is_ahead():
    heard = date(2026, 11, 20)
    assert cases(with_place(heard, date(2026, 9, 1), date(2026, 11, 2))) == ["start_past"]
    assert cases(with_place(heard, date(2026, 9, 1), date(2026, 12, 7))) == []
    assert cases(with_place(heard, date(2026, 9, 1), accepting="no")) == []
    assert cases(with_place(heard, rule="rolling")) == []
    assert cases(with_place(heard)) == []


@pytest.mark.parametrize(("days", "found"), [(30, []), (31, ["openings_stale"]), (-3, [])])
def test_l11_openings_count_for_thirty_days(days, found):
    assert cases(with_place(TODAY - timedelta(days=days), rule="rolling")) == found


def test_l12_a_fact_past_its_limit_is_found_and_counts_for_no_other_rule():
    old = Source("Their page", TODAY - timedelta(days=366), "published")
    listing = a_listing(evenings("mon"), ages=ADULTS)
    assert cases(listing) == ["hours_adult"]
    aged = replace(listing.program, evidence=listing.program.evidence | {"tracks": old})
    assert cases(replace(listing, program=aged)) == ["fact_stale"]
    younger = replace(old, seen_on=old.seen_on + timedelta(days=1))
    fresh = replace(listing.program, evidence=listing.program.evidence | {"tracks": younger})
    assert cases(replace(listing, program=fresh)) == ["hours_adult"]


def test_l12_a_site_is_named_once_however_many_programs_stand_in_it():
    old = Source("Their page", date(2020, 1, 1), "published")
    one, other = a_listing(id="a"), a_listing(id="b")
    site = replace(one.site, evidence={"phone": old})
    assert among(replace(one, site=site), replace(other, site=site)) == [("fact_stale", "a-site")]


def test_a_listing_that_adds_up_has_no_finding():
    whole = a_listing(
        evenings(label="Evening", begins=Start("rolling", (), 2)),
        ages=ADULTS,
        focus=("substance_use",),
        payers={"aetna": "in", "medicare": "in"},
        accreditations=("hospital_license",),
        licenses=(DHCS,),
        weeks=Span(8, 12),
        source=CALLED,
    )
    assert cases(whole) == []
