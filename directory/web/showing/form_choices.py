"""What the form offers to pick, in words: what to treat, how to pay, and weeks with small pictures."""

from dataclasses import dataclass

from directory.catalog.schedule import DAYS
from directory.web.i18n import gettext
from directory.web.week_form import PRESETS, ROTATES


@dataclass(frozen=True, slots=True)
class WeekChoice:
    """One week to pick: its words and its small picture (x and y, height of each free bar)."""

    code: str
    label: str
    hint: str
    bars: tuple[tuple[float, float, float], ...]


def helps() -> dict[str, str]:
    """What one may need help with."""
    return {
        "mh": gettext("My mental health"),
        "sud": gettext("Alcohol or drugs"),
        "ed": gettext("Eating"),
        "unsure": gettext("I am not sure"),
    }


def pays() -> dict[str, str]:
    """How one may pay."""
    return {
        "plan": gettext("Insurance"),
        "medi-cal": gettext("Medi-Cal"),
        "medicare": gettext("Medicare"),
        "self": gettext("I pay myself"),
        "unsure": gettext("I am not sure"),
    }


def week_choice(code: str, label: str) -> WeekChoice:
    """One week to pick, in words and as a small picture."""
    hints = {
        "nine": gettext("Evenings and weekends"),
        "evening": gettext("5 to 10 pm, any day"),
        "school": gettext("Weekdays, 8:30 to 2:30"),
        "night": gettext("10 am to 8 pm, any day"),
        ROTATES: gettext("Paint two weeks just below"),
        "any": gettext("I can move things"),
        "own": gettext("Paint it just below"),
    }
    return WeekChoice(code, label, hints[code], tuple(_mini(code)))


def _mini(code: str) -> list[tuple[float, float, float]]:
    """The free bars of a preset, 6 am to 11 pm on 40 pixels, as in the design."""
    bars = []
    for on, start, end in PRESETS.get(code, ()):
        top, bottom = _mini_y(start), _mini_y(end)
        bars += [(DAYS.index(day) * 11 + 0.5, top, round(bottom - top, 1)) for day in on]
    return bars


def _mini_y(time: str) -> float:
    hour = int(time[:2]) + int(time[3:]) / 60
    return round(min(39.5, max(0.5, (hour - 6) * 40 / 17)), 1)
