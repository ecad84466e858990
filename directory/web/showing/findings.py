"""What does not add up, in words for everyone, and what to ask about it.

The English is that of `data/lint.csv` (a test holds them equal); here it is marked for translation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from directory.catalog.finding import Finding
from directory.catalog.track_format import minutes_of
from directory.web.i18n import gettext
from directory.web.showing import words


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that does not add up, and the question that settles it."""

    text: str
    question: str


def doubts(findings: Iterable[Finding]) -> tuple[Doubt, ...]:
    """Each doubt once: several tracks or licenses may raise the same."""
    return tuple({one.case: doubt(one) for one in findings}.values())


def doubt(finding: Finding) -> Doubt:
    """A finding in the reader's language; in English if its words are not known here."""
    text = sentences(_as_people_say(finding)).get(finding.case, finding.sentence)
    return Doubt(text, questions().get(finding.case, finding.question))


def _as_people_say(finding: Finding) -> str:
    """What the listing says, where it is a time: hours and minutes, a time of day, a date."""
    first = finding.got.partition(" ")[0]
    if finding.case.startswith("hours_"):
        return words.duration(round(float(first) * 60))
    if finding.case == "evening":
        return words.clock(minutes_of(first) or 0)
    if finding.case == "license_expired":
        return words.full_date(date.fromisoformat(first))
    return finding.got


def sentences(got: str) -> Mapping[str, str]:
    """What is said of each case; `got` is what the listing says."""
    return {**_about_hours(got), **_about_others(got)}


def _about_hours(got: str) -> Mapping[str, str]:
    return {
        "hours_adult": gettext(
            "The times they publish for a group come to %(got)s a week. "
            "An IOP for adults has 9 or more.",
            got=got,
        ),
        "hours_young": gettext(
            "The times they publish for a group come to %(got)s a week. An IOP has 6 or more.",
            got=got,
        ),
        "hours_above": gettext(
            "The times they publish for a group come to %(got)s a week. "
            "An IOP has fewer than 20. With more, it is a day program (PHP).",
            got=got,
        ),
        "hours_day_program": gettext(
            "The times they publish for a group come to %(got)s a week. "
            "A day program (PHP) has 20 or more.",
            got=got,
        ),
    }


def _about_others(got: str) -> Mapping[str, str]:
    return {
        "medicare_video": gettext(
            "They list Medicare, and they have a group that meets by video. "
            "Medicare may not pay for an IOP by video."
        ),
        "license_expired": gettext(
            "The list we have says a license of theirs runs out on %(got)s. "
            "That day is past. It may have been renewed.",
            got=got,
        ),
        "overlap": gettext("Two groups that everyone has to attend are listed for the same time."),
        "evening": gettext(
            "They speak of an evening group. But the last time they publish ends at %(got)s.",
            got=got,
        ),
        "phases": gettext("The parts they describe do not add up to the length they name."),
        "start_past": gettext(
            "They say they have a place. But every start date they publish is past."
        ),
    }


def questions() -> Mapping[str, str]:
    """What to ask about each case."""
    hours = gettext("How many hours a week would I be in groups?")
    which = gettext("Is this an IOP or a day program? How many hours a week is it?")
    return {
        "hours_adult": hours,
        "hours_young": hours,
        "hours_above": which,
        "hours_day_program": which,
        "medicare_video": gettext("Which of your groups does Medicare pay for?"),
        "license_expired": gettext("Is your state license current? Until which day?"),
        "overlap": gettext("On which days does the group meet, and from when to when?"),
        "evening": gettext("When does the evening group meet?"),
        "phases": gettext("How many weeks is it, and when do the hours change?"),
        "start_past": gettext("When does the next group start?"),
    }
