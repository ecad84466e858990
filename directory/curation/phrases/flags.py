"""What a person should look at before a reading is taken: each flag with what it says."""

from collections.abc import Mapping
from typing import Literal

Flag = Literal[
    "days_unknown",
    "times_unknown",
    "meridiem_assumed",
    "meridiem_carried",
    "approximate",
    "count_range",
    "contact_minutes",
    "same_day_blocks",
    "day_shift",
    "tracks_assumed",
    "days_do_not_add_up",
    "hours_do_not_add_up",
    "seasonal",
    "taper",
    "opening_hours",
    "nothing_read",
]

MEANINGS: Mapping[Flag, str] = {
    "days_unknown": "the text does not name the days",
    "times_unknown": "the text does not say the times, or they can be read in two ways",
    "meridiem_assumed": "a.m. or p.m. is not written; only one of them can be meant",
    "meridiem_carried": "a.m. or p.m. is written once for both ends ('6-9 p.m.')",
    "approximate": "the text says 'about' or 'usually'",
    "count_range": "the number of days has a least and a most, or only one of them",
    "contact_minutes": "the stated length is treatment time, shorter than the session",
    "same_day_blocks": "two times close together are taken as two parts of the same day",
    "day_shift": "one day has other hours than the rest",
    "tracks_assumed": "the text does not say whether these are one track or several",
    "days_do_not_add_up": "the number of days differs from the days that are named",
    "hours_do_not_add_up": "the stated hours differ from those of the sessions",
    "seasonal": "the schedule holds for a part of the year",
    "taper": "the schedule changes from one phase of the program to the next",
    "opening_hours": "opening hours are no sessions and were left out",
    "nothing_read": "no schedule was found in the text",
}
