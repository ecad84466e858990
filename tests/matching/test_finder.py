"""What a person gets for a need."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from directory.catalog.answer import Answer
from directory.catalog.evidence import Source
from directory.catalog.schedule import Choose, Openings, Session, Start
from directory.matching.need import Need
from directory.matching.week import FreeWeek, Interval
from directory.places.place import AmbiguousPlace, UnknownPlace
from tests.support.builders import (
    NEVER_BUSY,
    NINE_TO_FIVE,
    TODAY,
    a_finder,
    a_listing,
    a_track,
    miles_north,
    sessions,
)


def names(outcome):
    return [match.listing.program.id for match in outcome.matches]


def test_programs_that_fit_come_before_those_to_ask_and_those_that_miss(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(a_track("mon wed fri", "09:00", "12:00"), id="day"),
        a_listing(a_track(), id="unpublished"),
        a_listing(a_track("mon wed thu"), id="evening", at=miles_north(6)),
    )
    outcome = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE,)))
    assert names(outcome) == ["evening", "unpublished", "day"]
    assert dict(outcome.counts) == {"fits": 1, "cannot_tell": 1, "misses": 1}


def test_a_program_with_unknown_hours_is_not_ruled_out(tmp_path):
    finder = a_finder(tmp_path, a_listing(id="quiet"))
    need = Need(near="91101", weeks=(NINE_TO_FIVE,), must=frozenset({"near", "schedule"}))
    outcome = finder.find(need)
    assert names(outcome) == ["quiet"]
    assert outcome.matches[0].schedule.ask == ("sessions",)


def a_call(days_ago):
    return Source("Phone call", TODAY - timedelta(days=days_ago), "phone")


def test_a_week_that_was_read_too_long_ago_neither_fits_nor_misses(tmp_path):
    """Law 3: a schedule counts for a year; a day later it is one more thing to ask."""
    evening, day = (
        a_track("mon wed thu", begins=Start("rolling", (), 3)),
        a_track("mon", "09:00", "12:00"),
    )
    finder = a_finder(
        tmp_path,
        a_listing(evening, id="counts", source=a_call(365)),
        a_listing(evening, id="old", source=a_call(366)),
        a_listing(day, id="old-day", source=a_call(366)),
    )
    need = Need(
        near="91101",
        weeks=(NINE_TO_FIVE,),
        mode=("in_person",),
        start_by=TODAY + timedelta(days=30),
        must=frozenset({"near", "schedule", "mode", "start_by"}),
    )
    found = {one.listing.program.id: one for one in finder.find(need).matches}
    assert {name: one.schedule.verdict for name, one in found.items()} == {
        "counts": "fits",
        "old": "cannot_tell",
        "old-day": "cannot_tell",
    }
    old = found["old"]
    assert (old.schedule.ask, old.schedule.missed_minutes) == (("old",), 0)
    assert found["counts"].first_group.date is not None
    assert old.first_group.date is None
    asked = {one.need: one.answer for one in old.answers}
    assert (asked["mode"], asked["start_by"]) == (Answer.UNKNOWN, Answer.UNKNOWN)
    assert finder.explain(need, old.listing).schedule == old.schedule


def test_a_must_have_rules_out_no_and_keeps_unknown(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(id="in", payers={"medi-cal": "in"}),
        a_listing(id="out", payers={"medi-cal": "out"}),
        a_listing(id="silent"),
    )
    outcome = finder.find(Need(near="91101", payer="medi-cal", must=frozenset({"near", "payer"})))
    assert names(outcome) == ["in", "silent"]
    relaxed = {one.need: one.more for one in outcome.relax}
    assert relaxed == {"payer": 1}


def test_the_minutes_missed_are_those_of_the_padded_sessions(tmp_path):
    """GAADS with a half-hour trip, for somebody free from 18:15: 15 minutes on three evenings."""
    track = a_track(sessions=sessions("mon tue wed", "18:30", "21:30"))
    finder = a_finder(tmp_path, a_listing(track, id="gaads"))
    free = FreeWeek.from_free(Interval(day, 18 * 60 + 15, 23 * 60) for day in range(7))
    found = finder.find(Need(near="91101", weeks=(free,), travel_minutes=30)).matches[0].schedule
    assert (found.verdict, found.missed_minutes) == ("misses", 45)
    assert [(i.day, i.start, i.end) for i in found.smallest_change] == [
        (day, 18 * 60, 18 * 60 + 15) for day in range(3)
    ]
    assert [c.minutes for c in found.conflicts] == [15, 15, 15]


def test_a_virtual_track_has_no_travel_and_reaches_its_whole_state(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(a_track("mon", mode="virtual"), id="far-online", at=miles_north(250)),
        a_listing(
            a_track("mon", mode="virtual"), id="other-state", at=miles_north(250), state="NV"
        ),
        a_listing(a_track("mon"), id="far-door", at=miles_north(250)),
    )
    outcome = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE,)))
    assert names(outcome) == ["far-online"]
    assert outcome.matches[0].travel_minutes == 0


@pytest.mark.parametrize(
    ("modes", "found", "mode"),
    [
        (("virtual", "virtual"), True, "virtual"),
        (("virtual", "in_person"), False, "hybrid"),
        (("virtual", None), False, None),
    ],
)
def test_a_track_that_does_not_say_its_mode_has_that_of_its_sessions(tmp_path, modes, found, mode):
    held = tuple(
        replace(one, mode=own)
        for one, own in zip(sessions("mon wed", "18:00", "21:00"), modes, strict=True)
    )
    track = a_track(mode=None, sessions=held)
    ours = a_finder(tmp_path, a_listing(track, id="far", at=miles_north(250)))
    assert bool(ours.find(Need(near="91101", weeks=(NEVER_BUSY,))).matches) is found
    (match,) = ours.find(Need(mode=("virtual",))).matches
    assert match.track.mode == mode
    assert (
        match.answers[0].answer.value == {"virtual": "yes", "hybrid": "no", None: "unknown"}[mode]
    )


def test_a_program_that_says_no_place_is_asked_not_dropped(tmp_path):
    finder = a_finder(tmp_path, a_listing(id="somewhere", at=None, city=""))
    match = finder.find(Need(near="91101")).matches[0]
    assert match.miles is None
    assert match.answers[0].answer is Answer.UNKNOWN


def test_the_best_track_speaks_for_the_program(tmp_path):
    day = a_track("mon tue wed", "09:00", "12:00", label="Day")
    evening = a_track("mon tue wed", "18:00", "21:00", label="Evening")
    finder = a_finder(tmp_path, a_listing(day, evening))
    match = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE,))).matches[0]
    assert (match.track.label, match.schedule.verdict) == ("Evening", "fits")


def test_a_track_of_the_wrong_mode_does_not_speak_for_a_must_have(tmp_path):
    online = a_track("mon", "09:00", "12:00", label="Online", mode="virtual")
    door = a_track("mon", "18:00", "21:00", label="Door")
    finder = a_finder(tmp_path, a_listing(door, online))
    must = frozenset({"near", "mode"})
    match = finder.find(
        Need(near="91101", weeks=(NINE_TO_FIVE,), mode=("virtual",), must=must)
    ).matches[0]
    assert (match.track.label, match.schedule.missed_minutes) == ("Online", 180)


def test_every_season_has_to_fit(tmp_path):
    term = a_track("mon wed", "16:00", "19:00", label="Teens", season="school term")
    summer = a_track("mon wed", "09:00", "12:00", label="Teens", season="summer")
    finder = a_finder(tmp_path, a_listing(term, summer))
    match = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE,), travel_minutes=0)).matches[0]
    assert (match.schedule.verdict, match.schedule.missed_minutes) == ("misses", 360)


def test_every_rotating_week_has_to_fit(tmp_path):
    late = FreeWeek.from_busy(Interval(day, 13 * 60, 22 * 60) for day in range(5))
    finder = a_finder(tmp_path, a_listing(a_track("mon wed thu")))
    one = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE,), travel_minutes=0)).matches[0]
    both = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE, late), travel_minutes=0)).matches[0]
    assert (one.schedule.verdict, both.schedule.verdict) == ("fits", "misses")
    assert both.schedule.missed_minutes == 540


def test_a_virtual_group_of_another_zone_is_read_on_my_clock(tmp_path):
    """18:00 in Boise is 17:00 in the part of Idaho that keeps Pacific time."""
    track = a_track("mon", "18:00", "21:00", mode="virtual")
    listing = a_listing(track, at=(43.6, -116.2), city="Boise", state="ID")
    listing = replace(listing, site=replace(listing.site, time_zone="America/Boise"))
    finder = a_finder(tmp_path, listing)
    free = FreeWeek.from_free([Interval(0, 17 * 60, 20 * 60)])
    match = finder.find(Need(near="83814", weeks=(free,))).matches[0]
    assert match.schedule.verdict == "fits"


def test_choosing_three_of_five_mornings_takes_the_ones_that_are_free(tmp_path):
    pool = sessions("mon tue wed thu fri", "09:00", "12:00", attendance="choose")
    finder = a_finder(tmp_path, a_listing(a_track(sessions=pool, choose=Choose(3))))
    free = FreeWeek.from_free(Interval(day, 480, 800) for day in (0, 2, 4))
    found = finder.find(Need(near="91101", weeks=(free,))).matches[0].schedule
    assert found.verdict == "fits"
    assert [one.day for one in found.sessions] == [0, 2, 4]
    assert found.weekly_span_minutes == 540
    assert found.weekly_contact_minutes is None


def test_the_first_group_is_stated_estimated_or_unknown(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(a_track("mon", begins=Start("rolling", (), 2)), id="rolling"),
        a_listing(a_track("mon", begins=Start("cohort", (date(2026, 12, 7),))), id="cohort"),
        a_listing(a_track("mon"), id="silent"),
        a_listing(
            a_track("mon", begins=Start("rolling", (), 2), openings=Openings("no", 0, TODAY)),
            id="full",
        ),
    )
    first = {m.listing.program.id: m.first_group for m in finder.find(Need(near="91101")).matches}
    assert (first["rolling"].date.isoformat(), first["rolling"].certainty) == (
        "2026-11-30",
        "estimated",
    )
    assert (first["cohort"].date.isoformat(), first["cohort"].certainty) == ("2026-12-07", "stated")
    assert (first["silent"].date, first["silent"].certainty) == (None, "unknown")
    assert first["full"].full


FULL = a_track("mon", begins=Start("rolling", (), 2), openings=Openings("no"))


@pytest.mark.parametrize(
    ("heard", "full_since", "date_told"),
    [(5, TODAY - timedelta(5), False), (30, TODAY - timedelta(30), False), (31, None, True)],
)
def test_a_full_group_without_a_day_of_its_own_is_full_as_of_its_source(
    tmp_path, heard, full_since, date_told
):
    finder = a_finder(tmp_path, a_listing(FULL, source=a_call(heard)))
    (match,) = finder.find(Need(near="91101")).matches
    assert match.first_group.full_since == full_since
    assert (match.first_group.date is not None) == date_told


def test_a_full_group_that_no_day_and_no_source_tells_has_no_first_day(tmp_path):
    full = a_listing(FULL, id="full")
    evidence = {key: one for key, one in full.program.evidence.items() if key != "openings"}
    full = replace(full, program=replace(full.program, evidence=evidence))
    finder = a_finder(tmp_path, full)
    need = Need(near="91101", start_by=date(2026, 12, 31))
    (match,) = finder.find(need).matches
    assert (match.first_group.date, match.first_group.full) == (None, False)
    assert [one.answer for one in match.answers if one.need == "start_by"] == [Answer.UNKNOWN]
    assert finder.explain(need, full).first_group == match.first_group
    ((_, _, told),) = finder.tracks(need, full)
    assert told == match.first_group


def test_start_by_rules_out_only_dates_that_are_known_and_later(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(a_track("mon", begins=Start("cohort", (date(2026, 12, 7),))), id="soon"),
        a_listing(a_track("mon", begins=Start("cohort", (date(2027, 1, 11),))), id="late"),
        a_listing(a_track("mon"), id="silent"),
    )
    need = Need(near="91101", start_by=date(2026, 12, 10), must=frozenset({"start_by"}))
    assert names(finder.find(need)) == ["soon", "silent"]


def test_a_suggested_level_is_asked_and_a_stated_other_level_is_no(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(id="stated"),
        a_listing(id="suggested", level_evidence="suggested"),
        a_listing(id="outpatient", level_of_care="outpatient"),
        a_listing(id="php", level_of_care="php"),
    )
    outcome = finder.find(Need(near="91101", level_of_care=("iop",)))
    assert set(names(outcome)) == {"stated", "suggested", "outpatient"}
    assert names(outcome)[0] == "stated"
    details = {m.listing.program.id: m.answers[1].detail for m in outcome.matches}
    assert details == {"stated": None, "suggested": "suggested", "outpatient": "outpatient"}


def test_a_class_of_payers_is_asked_about_each_plan(tmp_path):
    finder = a_finder(tmp_path, a_listing(payers={"private-insurance": "in"}))
    match = finder.find(Need(near="91101", payer="anthem-blue-cross")).matches[0]
    answer = next(one for one in match.answers if one.need == "payer")
    assert (answer.answer, answer.detail) == (Answer.UNKNOWN, "class_only")


def test_widening_brings_the_number_it_promises(tmp_path):
    listings = [a_listing(at=miles_north(miles)) for miles in (1, 5, 9, 12, 14, 22)]
    finder = a_finder(tmp_path, *listings)
    outcome = finder.find(Need(near="91101", within_miles=10))
    wider = next(one for one in outcome.relax if one.need == "near")
    again = finder.find(Need(near="91101", within_miles=wider.to["within_miles"]))
    assert (outcome.total, wider.more, again.total) == (3, 2, 5)


def test_who_has_nobody_near_is_told_how_far_the_first_ones_are(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(at=miles_north(42)),
        a_listing(at=miles_north(44)),
        a_listing(a_track("mon", mode="virtual"), id="online", at=miles_north(150)),
    )
    need = Need(near="91101", within_miles=5)
    outcome = finder.find(need)
    assert names(outcome) == ["online"]
    (farther,) = [one for one in outcome.relax if one.need == "near"]
    assert (farther.to, farther.more) == ({"within_miles": 50.0}, 2)
    assert finder.find(replace(need, within_miles=50)).total == outcome.total + farther.more


def test_who_is_farther_than_any_radius_is_offered_any_distance(tmp_path):
    finder = a_finder(tmp_path, a_listing(at=miles_north(400)))
    need = Need(near="91101")
    (anywhere,) = finder.find(need).relax
    assert (anywhere.need, anywhere.to, anywhere.more) == ("near", {"must": False}, 1)
    assert finder.find(replace(need, must=need.must - {"near"})).total == 1


def test_a_row_at_the_edge_is_decided_by_the_geodesic(tmp_path):
    from directory.places.distance import miles_between
    from tests.support.builders import GAZETTEER, locate

    here = GAZETTEER.locate("91101")
    listings = [a_listing(at=miles_north(9.9 + step / 100)) for step in range(20)]
    finder = a_finder(tmp_path, *listings)
    within = {x.program.id for x in listings if miles_between(here, locate(x)) <= 10}
    outcome = finder.find(Need(near="91101", within_miles=10, limit=50))
    assert set(names(outcome)) == within
    assert 0 < len(within) < 20


def test_nearer_never_ranks_lower_all_else_equal(tmp_path):
    listings = [a_listing(id=f"p{i}", at=miles_north(i)) for i in (7, 1, 4, 9)]
    outcome = a_finder(tmp_path, *listings).find(Need(near="91101", weeks=(NEVER_BUSY,)))
    assert names(outcome) == ["p1", "p4", "p7", "p9"]


def test_the_receipts_score_again_to_the_same_order(tmp_path):
    listings = [
        a_listing(a_track("mon wed fri", f"{hour}:00", f"{hour + 3}:00"), at=miles_north(hour % 7))
        for hour in range(8, 20)
    ]
    outcome = a_finder(tmp_path, *listings).find(
        Need(near="91101", weeks=(NINE_TO_FIVE,), limit=50)
    )
    keys = [(match.receipt.tier, -match.receipt.score()) for match in outcome.matches]
    assert keys == sorted(keys)
    for match in outcome.matches:
        weights, parts = match.receipt.weights, match.receipt.parts
        assert weights.keys() >= parts.keys()
        points = [weights[name] * part for name, part in parts.items()]
        assert match.score == pytest.approx(sum(points) / sum(weights.values()))
    assert len({match.score for match in outcome.matches}) > 1


def test_pages_of_results_neither_repeat_nor_lose_a_program(tmp_path):
    finder = a_finder(tmp_path, *(a_listing() for _ in range(23)))
    pages = [finder.find(Need(near="91101", limit=10, offset=at)) for at in (0, 10, 20)]
    seen = [name for page in pages for name in names(page)]
    assert len(seen) == len(set(seen)) == 23


@pytest.mark.parametrize(
    ("text", "kind"), [("Springfield", AmbiguousPlace), ("Passadena", UnknownPlace)]
)
def test_a_place_we_cannot_tell_is_an_answer(tmp_path, text, kind):
    assert isinstance(a_finder(tmp_path, a_listing()).find(Need(near=text)), kind)


def test_words_find_names_with_a_slip_and_concepts_by_peoples_words(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(id="casa", organization="Casa Treatment Center"),
        a_listing(id="family", services=("family_therapy",)),
        a_listing(id="other"),
    )
    search = Need(near="91101", must=frozenset({"text"}))
    slip = finder.find(replace(search, text="casa treatmant"))
    assert names(slip) == ["casa"]
    assert slip.understood.spelling == (("treatmant", "treatment"),)
    assert names(finder.find(replace(search, text="terapia familiar"))) == ["family"]
    assert finder.find(replace(search, text="zzzzqqqq")).total == 0


def test_words_put_programs_first_and_rule_out_only_as_a_must_have(tmp_path):
    finder = a_finder(tmp_path, a_listing(id="a"), a_listing(id="z", organization="Casa Center"))
    assert names(finder.find(Need(near="91101", text="casa"))) == ["z", "a"]


def test_a_season_that_comes_again_is_another_track(tmp_path):
    early = a_track("mon", "10:00", "12:00", label="Fall", season="fall")
    late = a_track("mon", "18:00", "20:00", label="Fall", season="fall")
    need = Need(near="91101", weeks=(NINE_TO_FIVE,), travel_minutes=0)
    answer = a_finder(tmp_path, a_listing(early, late)).find(need).matches[0].schedule
    assert answer.verdict == "fits"
    assert "season" in answer.ask


def test_travel_is_of_the_session_not_of_the_first_season(tmp_path):
    home = a_track("mon", "17:00", "20:00", label="A", season="winter", mode="virtual")
    door = a_track("mon", "17:00", "20:00", label="A", season="summer")
    need = Need(near="91101", weeks=(NINE_TO_FIVE,), travel_minutes=20)
    match = a_finder(tmp_path, a_listing(home, door)).find(need).matches[0]
    assert (match.schedule.verdict, match.schedule.missed_minutes) == ("misses", 30)
    assert match.travel_minutes == 20


def test_minutes_of_treatment_are_those_of_the_sessions_picked(tmp_path):
    pool = (
        *sessions("mon", "18:00", "21:00", attendance="choose", contact_minutes=165),
        *sessions("sat", "09:00", "12:00", attendance="choose", contact_minutes=150),
    )
    finder = a_finder(tmp_path, a_listing(a_track(sessions=pool, choose=Choose(1))))
    free = FreeWeek.from_free([Interval(5, 480, 800)])
    found = finder.find(Need(near="91101", weeks=(free,))).matches[0].schedule
    assert (found.verdict, found.weekly_contact_minutes) == ("fits", 150)


@pytest.mark.parametrize(
    ("pool", "contact", "span"),
    [
        (sessions("mon wed", "18:00", "21:00", contact_minutes=165), None, None),
        (sessions("mon wed fri", "18:00", "21:00", contact_minutes=165), 495, 540),
        ((Session(start=1080, end=1260, count=3, contact_minutes=165),), 495, 540),
        ((Session(start=1080, end=1260, day_among=(0, 2), contact_minutes=165),), None, None),
    ],
)
def test_minutes_of_a_session_that_is_attended_and_not_listed_are_unknown(
    tmp_path, pool, contact, span
):
    pool = tuple(replace(session, attendance="choose") for session in pool)
    finder = a_finder(tmp_path, a_listing(a_track(sessions=pool, choose=Choose(3))))
    found = finder.find(Need(near="91101", weeks=(NEVER_BUSY,))).matches[0].schedule
    assert (found.weekly_contact_minutes, found.weekly_span_minutes) == (contact, span)


def test_the_way_of_meeting_is_asked_where_it_decides(tmp_path):
    track = a_track("mon", "17:00", "20:00", mode=None)
    need = Need(near="91101", weeks=(NINE_TO_FIVE,), travel_minutes=20)
    found = a_finder(tmp_path, a_listing(track)).find(need).matches[0].schedule
    assert (found.verdict, found.ask) == ("cannot_tell", ("mode",))


def test_words_of_danger_are_understood_first(tmp_path):
    finder = a_finder(tmp_path, a_listing())
    understood = finder.find(Need(near="91101", text="I want to die")).understood
    assert understood.help_first
    assert finder.find(Need(near="91101", text="detox")).understood.out_of_scope == "detox"


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "name:*",
        "a~9",
        "((((",
        "NOT NOT",
        '"',
        "\x00\x07",
        "🙂" * 50,
        "x" * 500,
        "[TO]",
        "مرحبا",
    ],
)
def test_no_text_is_a_syntax_error_or_a_wildcard(tmp_path, text):
    finder = a_finder(tmp_path, a_listing(), a_listing())
    assert finder.find(Need(near="91101", text=text)).total in {0, 2}


def test_facets_count_yes_and_unknown(tmp_path):
    finder = a_finder(
        tmp_path,
        a_listing(payers={"medi-cal": "in"}),
        a_listing(payers={"medi-cal": "out"}),
        a_listing(),
        a_listing(),
    )
    facets = finder.find(Need(near="91101")).facets
    assert facets["payer"]["medi-cal"] == {"yes": 1, "unknown": 2}


def test_a_fact_past_its_limit_counts_as_unknown(tmp_path):
    from directory.catalog.evidence import Source

    old = Source("Old list", date(2018, 1, 1), "list")
    finder = a_finder(tmp_path, a_listing(payers={"medi-cal": "in"}, source=old))
    match = finder.find(Need(near="91101", payer="medi-cal")).matches[0]
    answer = next(one for one in match.answers if one.need == "payer")
    assert (answer.answer, answer.proof.state) == (Answer.UNKNOWN, "unknown")


def test_how_much_more_free_time_would_help_is_counted(tmp_path):
    track = a_track("mon wed", "17:00", "20:00")
    finder = a_finder(tmp_path, a_listing(track), a_listing(a_track("mon", "09:00", "12:00")))
    outcome = finder.find(Need(near="91101", weeks=(NINE_TO_FIVE,), travel_minutes=15))
    more = next(one for one in outcome.relax if "free_minutes" in one.to)
    assert (more.to["free_minutes"], more.more) == (30, 1)


def test_an_unnamed_day_is_asked_about(tmp_path):
    track = a_track(sessions=(Session(count=3, start=18 * 60, end=21 * 60),))
    free = FreeWeek.from_free(Interval(day, 900, 1410) for day in range(4))
    match = a_finder(tmp_path, a_listing(track)).find(Need(near="91101", weeks=(free,))).matches[0]
    assert (match.schedule.verdict, match.schedule.ask) == ("cannot_tell", ("days",))


def test_an_empty_directory_answers_with_nothing(tmp_path):
    need = Need(near="91101", weeks=(NINE_TO_FIVE,), text="trauma", payer="medi-cal")
    assert a_finder(tmp_path).find(need).total == 0
