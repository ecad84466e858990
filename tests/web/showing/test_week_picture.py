import pytest

from directory.catalog.schedule import Session
from directory.matching.attend import Trip
from directory.matching.week import FreeWeek, Interval
from directory.web.showing import week_picture
from tests.support.outcomes import FRI, MON, SAT, SUN, THU, TUE, WED, nine_to_five, sessions, track

pytestmark = pytest.mark.usefixtures("speaking")


def bars(one, free=None, quarters=0):
    week = week_picture.week_of(one, nine_to_five() if free is None else free, Trip(quarters))
    return week_picture.draw(week, week_picture.scale_for([week]), "caption").drawing.bars


def kinds(bar):
    return [shape.kind for shape in bar.shapes if shape.kind != "free"]


def test_a_group_in_free_time_is_a_solid_block_where_its_hours_are():
    monday = bars(track(*sessions(MON, WED, THU)))[MON]
    (block,) = [shape for shape in monday.shapes if shape.kind == "fits"]
    assert (block.y, block.height) == (99.0, 27.0)  # as in the design
    assert monday.mark == "yes"
    assert monday.sentence == "You are free 5:30 to 10 pm. Group 6 to 9 pm. Fits."


def test_of_a_week_in_doubt_nothing_is_drawn_as_known():
    week = week_picture.week_of(track(*sessions(MON, WED)), nine_to_five(), Trip(), doubtful=True)
    bars = week_picture.draw(week, week_picture.scale_for([week]), "caption").drawing.bars
    assert [kinds(bars[day]) for day in (MON, TUE, WED)] == [["maybe"], [], ["maybe"]]
    assert bars[MON].mark == "ask"
    assert bars[MON].sentence == "You are free 5:30 to 10 pm. Could be this day, 6 to 9 pm. Ask."


def test_a_day_without_a_group_says_so():
    sunday = bars(track(*sessions(MON)))[SUN]
    assert kinds(sunday) == []
    assert sunday.mark == ""
    assert sunday.sentence == "You are free 7 am to 10 pm. No group."


def test_a_group_in_busy_time_is_hatched_as_a_whole():
    tuesday = bars(track(*sessions(TUE, start=540, end=720)))[TUE]
    assert kinds(tuesday) == ["clash"]
    assert tuesday.mark == "no"
    assert tuesday.sentence.endswith("Clashes.")


def test_the_part_that_is_missed_is_hatched_and_said():
    tuesday = bars(track(*sessions(TUE, start=1020, end=1200)))[TUE]
    assert kinds(tuesday) == ["fits", "clash"]
    assert tuesday.shapes[-1].height == 5.0  # 30 minutes are 4.5 px; a hatch is at least 5
    assert "Misses by 30 minutes." in tuesday.sentence


def test_only_the_way_there_is_missed_and_still_shows():
    tuesday = bars(track(*sessions(TUE, start=1050, end=1230)), quarters=1)[TUE]
    assert kinds(tuesday) == ["fits", "clash"]
    assert tuesday.mark == "no"
    assert tuesday.shapes[-1].height == 5.0


def test_a_group_by_video_needs_no_way():
    assert (
        bars(track(*sessions(TUE, start=1050, end=1230), mode="virtual"), quarters=4)[TUE].mark
        == "yes"
    )


def test_a_mode_nobody_published_is_drawn_as_a_maybe_where_it_matters():
    assert (
        bars(track(*sessions(TUE, start=1050, end=1230), mode=None), quarters=4)[TUE].mark == "ask"
    )


def test_days_nobody_published_are_dashed_on_every_day_they_could_be():
    drawn = bars(track(Session(count=3, start=1110, end=1290)))
    assert [kinds(bar) for bar in drawn] == [["maybe"]] * 7
    assert all("Could be this day" in bar.sentence for bar in drawn)


def test_days_are_dashed_only_among_those_the_page_names():
    drawn = bars(track(Session(count=1, day_among=(SAT, SUN), start=540, end=720)))
    assert [bar.mark for bar in drawn] == ["", "", "", "", "", "ask", "ask"]


def test_hours_nobody_published_are_never_a_solid_block():
    drawn = bars(track(Session(day=FRI)))
    assert kinds(drawn[FRI]) == ["maybe"]
    assert drawn[FRI].hours == ""


@pytest.mark.parametrize(
    "one", [None, track(), track(Session(count=3)), track(Session(count=None))]
)
def test_a_week_of_which_nothing_is_known_has_no_picture(one):
    assert week_picture.week_of(one, nine_to_five(), Trip()) is None


def test_without_a_free_week_nothing_is_yellow_and_nothing_is_judged():
    drawn = bars(track(*sessions(MON)), free=())
    assert [shape.kind for shape in drawn[MON].shapes] == ["fits"]
    assert drawn[MON].mark == ""
    assert drawn[MON].sentence == "Group 6 to 9 pm."


def test_the_scale_grows_for_a_group_outside_the_usual_hours_and_is_shared():
    early = week_picture.week_of(track(*sessions(MON, start=330, end=510)), nine_to_five(), Trip())
    usual = week_picture.week_of(track(*sessions(MON)), nine_to_five(), Trip())
    scale = week_picture.scale_for([usual, early, None])
    assert (scale.first, scale.last) == (5, 22)
    assert (
        week_picture.draw(usual, scale, "").drawing.height
        == week_picture.draw(early, scale, "").drawing.height
    )


def test_an_overnight_group_is_drawn_on_both_days():
    drawn = bars(track(*sessions(SUN, start=1320, end=60)), free=(FreeWeek.from_busy(()),))
    assert kinds(drawn[SUN]) == ["fits"]
    assert kinds(drawn[MON]) == ["fits"]


def test_of_weeks_that_rotate_only_time_free_in_all_is_yellow():
    day, night = ([Interval(MON, 540, 780)], [Interval(MON, 660, 900)])
    drawn = bars(track(*sessions(MON)), free=(FreeWeek.from_free(day), FreeWeek.from_free(night)))
    assert drawn[MON].sentence.startswith("You are free 11 am to 1 pm.")


def test_a_choice_that_is_not_free_is_shown_as_such():
    pool = sessions(MON, TUE, start=600, end=780, attendance="choose")
    assert [bar.mark for bar in bars(track(*pool))][:2] == ["no", "no"]
    assert bars(track(*sessions(WED, attendance="choose")))[WED].mark == "yes"


def test_a_week_that_was_drawn_is_not_drawn_again():
    one = track(*sessions(MON, TUE, start=540, end=720))
    first, again = (
        week_picture.draw(week, week_picture.scale_for([week]), "caption").drawing
        for week in (week_picture.week_of(one, nine_to_five(), Trip(2)) for _ in range(2))
    )
    assert again is first


def test_another_way_or_another_free_week_is_another_picture():
    one = track(*sessions(TUE, start=1050, end=1230))
    drawn = [
        week_picture.week_of(one, free, Trip(quarters))
        for free, quarters in ((nine_to_five(), 0), (nine_to_five(), 1), ((), 0))
    ]
    assert len({*drawn}) == 3
    assert [week.asked for week in drawn] == [True, True, False]
