"""Each trap of published schedules, one table each."""

import pytest

from directory.curation.phrases import read

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def on(days, times):
    """The lines of these days."""
    return [f"{day} {times}" for day in days.split()]


@pytest.mark.parametrize(("text", "days"), [
    ("Monday", "mon"), ("Mondays", "mon"), ("Mon.", "mon"), ("MON", "mon"), ("Tues", "tue"), ("Thurs.", "thu"),
    ("Monday and Thursday", "mon thu"), ("Mon & Thu", "mon thu"), ("Mon, Wed, and Fri", "mon wed fri"),
    ("Mon Wed Fri", "mon wed fri"), ("Mon/Wed/Fri", "mon wed fri"), ("Mon-Wed-Fri", "mon wed fri"),
    ("MWF", "mon wed fri"), ("mwf", "mon wed fri"), ("M/W/F", "mon wed fri"), ("M-W-F", "mon wed fri"),
    ("M, W & F", "mon wed fri"), ("M W F", "mon wed fri"), ("TTh", "tue thu"), ("T/Th", "tue thu"), ("TuTh", "tue thu"),
    ("MTWTh", "mon tue wed thu"), ("MTWTF", "mon tue wed thu fri"), ("MTThF", "mon tue thu fri"), ("MW", "mon wed"),
    ("M-F", "mon tue wed thu fri"), ("M–Th", "mon tue wed thu"), ("Mon thru Thu", "mon tue wed thu"),
    ("Tuesday through Friday", "tue wed thu fri"), ("Saturday to Monday", "sat sun mon"),
    ("weekdays", "mon tue wed thu fri"), ("weekends", "sat sun"), ("every day", "mon tue wed thu fri sat sun"),
    ("daily from", "mon tue wed thu fri sat sun"), ("MO/TU/WE", "mon tue wed"), ("Sat. & Sun.", "sat sun"),
    ("Monday through Friday except Wednesday,", "mon tue thu fri"), ("weekdays excluding Friday", "mon tue wed thu"),
    ("every day but not Sunday", "mon tue wed thu fri sat"),
    ("lunes, miércoles y viernes", "mon wed fri"), ("de lunes a viernes", "mon tue wed thu fri"),
    ("L-V", "mon tue wed thu fri"), ("sábados", "sat"), ("todos los días excepto domingo", "mon tue wed thu fri sat"),
    ("fines de semana", "sat sun"), ("entre semana", "mon tue wed thu fri"), ("lun, mié y vie", "mon wed fri"),
])  # fmt: skip
def test_days_are_named_in_many_ways(week, text, days):
    assert week(f"{text} 9am-12pm") == on(days, "09:00-12:00")


@pytest.mark.parametrize("text", [
    "T-Th 9am-12pm", "M/F 9am-12pm", "S 9am-12pm", "R 9am-12pm", "MT 9am-12pm", "L/M/V 9am-12pm", "B/C/D 9am-12pm",
])  # fmt: skip
def test_letters_that_can_be_two_things_name_no_day(words, week, text):
    assert week(text) == ["?x 09:00-12:00"]
    found = read(text, words)
    assert "days_unknown" in found.flags
    assert found.unread[0].text == text.partition(" ")[0]


@pytest.mark.parametrize(("text", "times"), [
    ("9a-12p", "09:00-12:00"), ("9am-12pm", "09:00-12:00"), ("9 a.m. to noon", "09:00-12:00"),
    ("9:00 A.M. – 12:00 P.M.", "09:00-12:00"), ("9AM until 12PM", "09:00-12:00"), ("0900-1200", "09:00-12:00"),
    ("noon to 3 p.m.", "12:00-15:00"), ("12 noon - 3pm", "12:00-15:00"), ("12pm-3pm", "12:00-15:00"),
    ("09:00-12:00", "09:00-12:00"), ("18:00-21:00", "18:00-21:00"), ("18h30 a 21h00", "18:30-21:00"),
    ("between the hours of 8:30 AM and 12:30 PM", "08:30-12:30"), ("between 9am and noon", "09:00-12:00"),
    ("begins at 1:15 p.m. and concludes at 7 p.m.", "13:15-19:00"), ("starts at 9 am and ends at 12 pm", "09:00-12:00"),
    ("de 9 de la mañana a 1 de la tarde", "09:00-13:00"), ("de 9 a.m. a mediodía", "09:00-12:00"),
    ("de 6 p. m. a 9 p. m.", "18:00-21:00"),
])  # fmt: skip
def test_times_that_say_their_half_of_the_day_need_no_flag(words, week, text, times):
    assert week(f"Monday {text}") == [f"mon {times}"]
    assert read(f"Monday {text}", words).flags == ()


@pytest.mark.parametrize(("text", "times", "flag"), [
    ("9 -1 p.m.", "09:00-13:00", "meridiem_assumed"), ("10-1 pm", "10:00-13:00", "meridiem_assumed"),
    ("11:30-2:30pm", "11:30-14:30", "meridiem_assumed"), ("9am-3", "09:00-15:00", "meridiem_assumed"),
    ("noon-3", "12:00-15:00", "meridiem_assumed"), ("4 to 6", "16:00-18:00", "meridiem_assumed"),
    ("1:00-2:00", "13:00-14:00", "meridiem_assumed"), ("9-12", "09:00-12:00", "meridiem_assumed"),
    ("8:30-3:30", "08:30-15:30", "meridiem_assumed"), ("mornings 8-11", "08:00-11:00", "meridiem_assumed"),
    ("evenings 6-9", "18:00-21:00", "meridiem_assumed"), ("01:00-04:00", "13:00-16:00", "meridiem_assumed"),
    ("3 to 6:15 p.m.", "15:00-18:15", "meridiem_carried"), ("5:30 - 9 PM", "17:30-21:00", "meridiem_carried"),
    ("6–9 p.m.", "18:00-21:00", "meridiem_carried"), ("12-3pm", "12:00-15:00", "meridiem_carried"),
    ("10 - 10:50 a.m.", "10:00-10:50", "meridiem_carried"), ("de 6 a 9 de la noche", "18:00-21:00", "meridiem_carried"),
    ("de 9 a 12", "09:00-12:00", "meridiem_assumed"),
])  # fmt: skip
def test_a_half_of_the_day_that_is_not_written_carries_a_flag(words, week, text, times, flag):
    assert week(f"Monday {text}") == [f"mon {times}"]
    assert read(f"Monday {text}", words).flags == (flag,)


@pytest.mark.parametrize("text", [
    "6-9", "7-10", "8-11", "9-11", "6:00 - 9:00", "5am-8am", "10pm-1am", "7 a.m. to 10 p.m.", "9am-9am", "8-8",
    "midnight to 3am",
])  # fmt: skip
def test_times_with_two_readings_or_none_stay_unknown_and_unread(words, week, text):
    found = read(f"Monday {text}", words)
    assert week(f"Monday {text}") in (["mon -"], [])
    assert found.unread
    assert found.tracks == () or "times_unknown" in found.flags


@pytest.mark.parametrize(("text", "count"), [
    ("three days a week", 3), ("3 days per week", 3), ("3 days/week", 3), ("3x/week", 3), ("3x a week", 3),
    ("three times weekly", 3), ("twice a week", 2), ("once a week", 1), ("four mornings per week", 4),
    ("three evenings", 3), ("three (3) days per week", 3), ("5 sessions per week", 5), ("tres días a la semana", 3),
    ("tres veces por semana", 3), ("3 noches por semana", 3), ("4 day(s), unnamed", 4),
])  # fmt: skip
def test_a_number_of_days_names_none(words, week, text, count):
    assert week(text) == [f"{count}x -"]
    assert {"days_unknown", "times_unknown"} <= set(read(text, words).flags)


@pytest.mark.parametrize(("text", "bounds", "pool"), [
    ("3-5 days a week", (3, 5), 5), ("3 to 4 days per week", (3, 4), 4), ("3 or 5 days a week", (3, 5), 5),
    ("5 days or 3 days a week", (3, 5), 5), ("between three and five days a week", (3, 5), 5),
    ("up to four times a week", (1, 4), 4), ("no more than 4 days a week", (1, 4), 4),
    ("minimum of three days per week", (3, None), 3), ("at least 3 days a week", (3, None), 3),
    ("choose 3 of 5 mornings", (3, 3), 5), ("any three of the four days", (3, 3), 4), ("3 or 5 of 5 days", (3, 5), 5),
    ("pick any 3 days", (3, 3), 3), ("de 3 a 5 días por semana", (3, 5), 5), ("hasta cuatro días por semana", (1, 4), 4),
    ("mínimo de tres días por semana", (3, None), 3), ("elija 3 de 5 mañanas", (3, 3), 5),
])  # fmt: skip
def test_a_choice_keeps_its_bounds(words, text, bounds, pool):
    (track,) = read(text, words).tracks
    (session,) = track.sessions
    assert (track.choose.at_least, track.choose.at_most) == bounds
    assert (session.day, session.count, session.attendance) == (None, pool, "choose")


def test_a_choice_among_named_days_names_them(words, week):
    text = "Monday to Thursday 9am-noon, choose 3 of 4"
    assert week(text) == [f"{day} 09:00-12:00 choose" for day in WEEKDAYS[:4]]
    assert week("Monday or Wednesday 6pm-8pm") == [
        "mon 18:00-20:00 choose",
        "wed 18:00-20:00 choose",
    ]


def test_fewer_days_than_are_named_are_some_of_them(words):
    (track,) = read("3 days a week, Monday through Friday, 9am-noon", words).tracks
    (session,) = track.sessions
    assert (session.day, session.count, session.day_among) == (None, 3, (0, 1, 2, 3, 4))


def test_more_days_than_are_named_is_a_contradiction(words, week):
    text = "4 days a week: Mon, Wed, Fri 9am-12pm"
    assert week(text) == on("mon wed fri", "09:00-12:00")
    assert "days_do_not_add_up" in read(text, words).flags


@pytest.mark.parametrize(("text", "span", "contact"), [
    ("3 hours a day, 3 days a week", 180, None), ("3-hour groups, 3 evenings a week", 180, None),
    ("2.5 hours, 3 times a week", 150, None), ("3 1/2 hours a day, 4 days a week", 210, None),
    ("three 50-minute groups, three days a week", None, 150), ("3½ hours a day, 4 days a week", None, None),
    ("two and a half hours a day, 3 days a week", None, None), ("3 to 4 hours a day, 3 days a week", None, None),
])  # fmt: skip
def test_hours_a_day_are_the_span_and_those_of_groups_are_contact(words, text, span, contact):
    (track,) = read(text, words).tracks
    assert [(one.span_minutes, one.contact_minutes) for one in track.sessions] == [(span, contact)]


def test_stated_hours_beside_times_are_contact_where_breaks_explain_the_rest(words):
    found = read("three hours a day, Monday 9:00 am - 12:15 pm", words)
    assert [(one.end, one.contact_minutes) for one in found.tracks[0].sessions] == [(735, 180)]
    assert found.flags == ("contact_minutes",)
    assert read("three hours a day, Monday 9am-12pm", words).flags == ()
    assert read("three hours a day, Monday 9am-2pm", words).flags == ("hours_do_not_add_up",)


def test_a_start_with_a_length_has_no_invented_end(words):
    (track,) = read("Tuesday 6 p.m. for 3 hours", words).tracks
    assert [(one.start, one.end, one.span_minutes) for one in track.sessions] == [(1080, None, 180)]


@pytest.mark.parametrize(("text", "hours", "adds_up"), [
    ("9 hours per week, MWF 9am-12pm", (9, 9), True), ("9 hours per week, MWF 9am-12:15pm", (9, 9), True),
    ("9 hours per week, MWF 9am-2pm", (9, 9), False), ("15 hours a week, MWF 9am-12pm", (15, 15), False),
    ("at least 9 hours a week, MWF 9am-12pm", (9, None), True), ("9-12 hours weekly", (9, 12), True),
    ("3 days a week for 3 hours a day", (9, 9), True), ("3-5 days a week for 3.5 hours a day", (10.5, 17.5), True),
])  # fmt: skip
def test_hours_a_week_are_compared_with_the_sessions(words, text, hours, adds_up):
    found = read(text, words)
    assert (found.hours_per_week.min, found.hours_per_week.max) == hours
    assert ("hours_do_not_add_up" not in found.flags) == adds_up


@pytest.mark.parametrize(("text", "weeks"), [
    ("8-week program", (8, 8)), ("for a period of 8 weeks", (8, 8)), ("8 to 12 weeks", (8, 12)),
    ("twelve-week curriculum", (12, 12)), ("durante 8 semanas", (8, 8)), ("for one to six weeks", (1, 6)),
])  # fmt: skip
def test_how_long_it_lasts_is_no_session(words, text, weeks):
    found = read(text, words)
    assert (found.weeks.min, found.weeks.max) == weeks
    assert found.tracks == ()


@pytest.mark.parametrize("text", [
    "Office hours: Monday-Friday 8am-5pm", "Open Monday-Friday 8-5", "24/7", "Open 24 hours a day", "Hours: Mon-Fri 8-5",
    "Hours of operation Mon-Thu 8-8, Fri 8-5", "Call us Monday to Friday, 9am-5pm", "Reception: Mon-Fri 8am-4:30pm",
    "Office hours:\nMonday 8am-5pm\nTuesday 8am-5pm", "Horario de oficina: lunes a viernes de 8 a 5", "Abierto de lunes a viernes",
    "Clinic Hours: Monday - Friday 8am - 5pm", "Pharmacy hours M-F 9-5", "Library hours: Mon-Fri 9am-5pm", "Contact us: Mon-Fri 9-5",
    "Mon-Fri 8:00am - 5:00pm\nSaturday: Closed", "Registration Monday-Friday 8am-4pm", "Staff available Mon-Fri 8am-5pm",
    "Monday-Friday 8am-5pm office hours", "Llame de lunes a viernes de 9 a 5", "Our admissions line is open Mon-Fri 9am-6pm",
])  # fmt: skip
def test_opening_hours_give_no_session_and_say_so(words, text):
    found = read(text, words)
    assert found.tracks == ()
    assert "opening_hours" in found.flags


def test_a_program_named_after_opening_hours_has_its_sessions(week):
    assert week("Office hours M-F 8-5. IOP meets MWF 6pm-9pm") == on("mon wed fri", "18:00-21:00")


@pytest.mark.parametrize("text", [
    "", " ", "Ask us about our schedule", "626-795-9988", "(626) 555-0142", "ages 13-17", "grades 9-12", "Suite 3-5",
    "12-step groups", "Level 2.1", "$9-12", "20-30%", "January 9-12", "12/1/2026", "2026-12-01", "91101-1234", "Group 3 of 5",
    "8-10 participants", "18-65 years old", "60 to 90 days", "30 sessions", "Sun Valley", "He sat with us", "We care", "Mar 3",
    "Good Friday", "M", "9-12", "9", "founded on a Monday in 1998", "every other Saturday 9am-12pm",
    "the 2nd Wednesday of the month 6pm-8pm", "no groups on Fridays", "alternating Saturdays", "5 half-days per week",
    "Rooftop music after 6 pm", "multiple sessions per week with a personalized daily schedule", "https://acme.example/mon-fri/9-12",
])  # fmt: skip
def test_a_text_without_a_schedule_gives_nothing(words, text):
    found = read(text, words)
    assert (found.tracks, found.weeks, found.hours_per_week) == ((), None, None)
    assert "nothing_read" in found.flags


def test_a_day_that_is_denied_is_never_a_session(words):
    assert read("Monday-Friday 9am-12pm. No group on Wednesday.", words).tracks == ()
    assert read("Monday-Friday 9am-12pm (closed Wednesday)", words).tracks == ()


@pytest.mark.parametrize(("text", "days", "unread"), [
    ("Mon: 6-9pm Tue: — Wed: 6-9pm Thu: — Fri: 6-9pm", "mon wed fri", ["Tue: —", "Thu: —"]),
    ("Mon: 6-9pm, Tue: -, Wed: 6-9pm", "mon wed", ["Tue: -"]), ("Mon 6-9pm | Tue - | Wed 6-9pm", "mon wed", ["Tue -"]),
    ("Mon 6-9pm\nTue --\nWed 6-9pm", "mon wed", ["Tue --"]), ("Mon\n6-9pm\nTue\n-\nWed\n6-9pm", "mon wed", ["Tue\n-"]),
    ("| Mon | 6-9pm | Tue | - | Wed | 6-9pm |", "mon wed", ["Tue | -"]), ("Tue: - Wed: 6-9pm", "wed", ["Tue: -"]),
    ("Mon: 6-9pm Tue: none Thu: 6-9pm", "mon thu", ["Tue: none"]), ("Mon, Wed 6-9pm, Tue/Thu: none", "mon wed", ["Tue/Thu: none"]),
    ("Monday 6-9pm; Tuesday (none); Wednesday 6-9pm", "mon wed", ["Tuesday (none)"]), ("Mon: 6-9pm Tue: Wed: 6-9pm", "mon wed", ["Tue:"]),
    ("Monday: 6-9pm\nTuesday: off\nWednesday: N/A\nFriday: 6-9pm", "mon fri", ["Tuesday: off\nWednesday: N/A"]),
    ("IOP groups: Mon 6-9pm | Tue closed | Wed 6-9pm", "mon wed", ["Tue closed"]), ("Mon: 6-9pm / Tue: - / Wed: 6-9pm", "mon wed", ["Tue: -"]),
    ("Mon: 6-9pm Tue: (-) Wed: 6-9pm", "mon wed", ["Tue: (-)"]), ("Mon: 6-9pm Tue: - and Wed: 6-9pm", "mon wed", ["Tue: -"]),
    ("Mon: 6-9pm\nTue: — (holiday)\nWed: 6-9pm", "mon wed", ["Tue: — (holiday)"]),
    ("Mon 6-9pm Tue - Wed 6-9pm Thu - Fri 6-9pm", "mon wed fri", ["Tue -", "Thu -"]),
    ("lunes: 6-9pm, martes: ninguno, miércoles: 6-9pm, jueves: no hay", "mon wed", ["martes: ninguno", "jueves: no hay"]),
])  # fmt: skip
def test_a_day_with_a_dash_or_a_none_is_no_session_and_is_shown_as_unread(
    words, week, text, days, unread
):
    assert week(text) == on(days, "18:00-21:00")
    assert [part.text for part in read(text, words).unread] == unread


@pytest.mark.parametrize("text", [
    "Mon-Fri 9am-12pm. Tue: none", "Mon-Thu 9am-12pm, none on Friday", "lunes a viernes 9am-12pm, ninguno el martes",
])  # fmt: skip
def test_a_none_that_contradicts_the_days_refuses_the_whole(words, text):
    assert read(text, words).tracks == ()


@pytest.mark.parametrize("text", [
    "Mon | Tue | Wed\n6-9pm | - | 6-9pm", "Mon  Tue  Wed  Thu\n6-9pm  —  6-9pm  —",
    "| Mon | Tue | Wed |\n|---|---|---|\n| 6-9pm | — | 6-9pm |",
])  # fmt: skip
def test_a_dash_below_some_day_or_other_refuses_the_whole(words, text):
    assert read(text, words).tracks == ()


def test_what_stands_in_the_cell_of_a_day_gives_it_no_times_of_the_next_day(week):
    assert week("Mon: 6-9pm Tue: x Wed: 6-9pm") == ["mon 18:00-21:00", "tue -", "wed 18:00-21:00"]


def test_a_range_of_a_whole_week_from_the_middle_is_none(week):
    assert week("Mon 9am-12pm Tue/Thu — Wed 9am-12pm") == ["mon -"]
    assert len(week("Sunday to Saturday 9am-12pm")) == len(week("Mon-Sun 9am-12pm")) == 7


@pytest.mark.parametrize(("text", "days"), [
    ("Mon - Wed - Fri 6-9pm", "mon wed fri"), ("Mon-Fri 6-9pm", "mon tue wed thu fri"), ("Tue - 6-9pm", "tue"),
    ("Mon – Thu 6–9pm", "mon tue wed thu"), ("Mon/Wed/Fri - 6pm to 9pm", "mon wed fri"), ("Mon & Wed -\n6-9pm", "mon wed"),
    ("Tue: - 6-9pm", "tue"), ("Mon 6-9pm, Tue - Wed 6-9pm", "mon tue wed"), ("Mon – Thu – 6–9pm", "mon tue wed thu"),
])  # fmt: skip
def test_a_dash_before_a_day_or_a_time_joins_them(week, text, days):
    assert week(text) == on(days, "18:00-21:00")


@pytest.mark.parametrize("text", [
    "Monday, Wednesday 17:30-20:30, twice a month", "once a month Monday 6-9 pm", "Tuesday 6-9 pm once per month",
    "First and third Tuesday 6-9pm", "Tuesday 6-9pm, first and third week of the month", "every second Tuesday 6-9pm",
    "Tuesday 6-9pm, first two weeks of each month", "one Monday a month 6-9pm", "Monday 6-9pm, 2x/month",
    "Monday 6-9pm (monthly)", "Monday 6-9pm. Meets twice a month.", "Twice a month\nMonday 6-9pm",
    "Saturday 9am-12pm, every other week", "Tuesday 6-9pm, 1st and 3rd", "first and last Monday 6-9pm",
    "martes de 6 a 9 p.m., dos veces al mes", "primer y tercer martes de 6 a 9 p.m.", "el primer y el tercer martes 6-9pm",
    "martes 6-9pm, primera y tercera semana del mes", "Monday 6-9pm every fourth week", "lunes 6-9pm cada quince días",
])  # fmt: skip
def test_what_comes_by_the_month_is_no_week(words, text):
    found = read(text, words)
    assert (found.tracks, found.flags) == ((), ("nothing_read",))


@pytest.mark.parametrize("text", [
    "MWF 9am-12pm, alumni group monthly", "MWF 9am-12pm, family group once a month", "MWF 9am-12pm for a month",
    "MWF 9am-12pm, 36 hours per month", "MWF 9am-12pm. Family night first Saturday of the month.",
])  # fmt: skip
def test_a_month_that_speaks_of_something_else_leaves_the_week(week, text):
    assert week(text) == on("mon wed fri", "09:00-12:00")


@pytest.mark.parametrize(("text", "tracks"), [
    ("MWF 9am-12pm or TTh 6pm-9pm", [(None, 3), (None, 2)]),
    ("MWF. Daytime 10am-1pm and evening 6pm-9pm", [("day", 3), ("evening", 3)]),
    ("morning 9-12 or evening 6-9, Mon-Thu", [("morning", 4), ("evening", 4)]),
    ("Track A: MWF 9am-12pm. Track B: TTh 5pm-8pm", [("track a", 3), ("track b", 2)]),
    ("Adults: MWF 9am-noon. Teens: M-Th 4pm-7pm", [("adults", 3), ("teens", 4)]),
    ("MWF 9am-12pm (adults) and M-Th 4pm-7pm (teens)", [("adults", 3), ("teens", 4)]),
    ("PHP: M-F 9am-3pm; IOP: MWF 9am-12pm", [("php", 5), ("iop", 3)]),
    ("Mon & Thu 6-9pm (English), Tue & Fri 6-9pm (Spanish)", [("english", 2), ("spanish", 2)]),
    ("Monday-Friday 9am-12:15pm or 1pm-4:15pm", [(None, 5), (None, 5)]),
])  # fmt: skip
def test_alternatives_are_tracks(words, text, tracks):
    assert [(one.label, len(one.sessions)) for one in read(text, words).tracks] == tracks


def test_teens_do_not_inherit_the_days_of_adults(words):
    adults, teens = read("Adults: MWF 9am-noon. Teens: 4pm-7pm", words).tracks
    assert len(adults.sessions) == 3
    assert [one.day for one in teens.sessions] == [None]


def test_sessions_of_one_week_are_one_track(words, week):
    text = "Mon, Tue, Thu 6-9 p.m. and family session Saturday 9-12:15"
    (track,) = read(text, words).tracks
    assert week(text) == [*on("mon tue thu", "18:00-21:00"), "sat 09:00-12:15"]
    assert track.sessions[-1].label == "family session"


def test_one_day_may_have_other_hours(words, week):
    shifted = [*on("mon tue thu fri", "09:00-15:00"), "wed 13:15-19:00"]
    assert week("Monday-Friday 9am-3pm, except Wednesdays 1:15pm-7pm") == shifted
    assert week("Monday-Friday 9am-3pm, Wednesdays 1:15pm-7pm") == shifted
    assert "day_shift" in read("Monday-Friday 9am-3pm, Wednesdays 1:15pm-7pm", words).flags


def test_an_optional_day_is_optional_wherever_it_says_so(week):
    wanted = [*on("mon wed", "09:00-11:50"), "tue 10:00-13:50 optional"]
    assert week("MW 9-11:50 am, optional Tuesday 10am-1:50pm") == wanted
    assert week("MW 9-11:50 am; Tuesday 10am-1:50pm (optional)") == wanted


def test_two_blocks_with_a_short_break_are_one_day_and_others_are_not_told(words, week):
    assert week("Mon 6:30pm-8:15pm and 8:30pm-9:30pm") == ["mon 18:30-20:15", "mon 20:30-21:30"]
    assert "same_day_blocks" in read("Mon 6:30pm-8:15pm and 8:30pm-9:30pm", words).flags
    assert week("M-F 9am-12pm and 6pm-9pm") == on("mon tue wed thu fri", "-")


def test_seasons_and_phases_are_seasons_of_a_track(words):
    seasons = read("School year: M-Th 4pm-7pm. Summer: M-Th 1pm-4pm", words)
    assert [one.season for one in seasons.tracks] == ["school year", "summer"]
    assert "seasonal" in seasons.flags
    taper = read("5 days a week for 2 weeks, then 3 days a week, then 2 days", words)
    assert [(one.season, one.sessions[0].count) for one in taper.tracks] == [
        ("first", 5),
        ("then", 3),
        ("then (2)", 2),
    ]
    assert "taper" in taper.flags
    assert taper.weeks is None


def test_each_session_keeps_its_mode(words):
    (track,) = read("Mon & Wed 6pm-8pm virtual, Fri 9am-12pm in person", words).tracks
    assert [one.mode for one in track.sessions] == ["virtual", "virtual", "in_person"]
    assert track.mode == "hybrid"
    (either,) = read("Tues 9-12 in person or via Zoom", words).tracks
    assert (either.mode, either.sessions[0].mode) == (None, None)


def test_another_service_is_left_unread(words, week):
    text = "Mon, Tue, Thu 5:30-8:30 PM, plus individual therapy once a week"
    assert week(text) == on("mon tue thu", "17:30-20:30")
    assert [part.text for part in read(text, words).unread] == ["individual therapy once a week"]


def test_what_is_not_understood_is_shown_where_it_stands(words):
    text = "Monday, Wenesday 9am-12pm"
    (part,) = read(text, words).unread
    assert (part.text, text[part.start : part.end]) == ("Wenesday", "Wenesday")
