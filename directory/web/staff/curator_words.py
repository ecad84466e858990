"""The words of the curators' pages."""

from collections.abc import Mapping
from typing import Literal

from directory.catalog.evidence import Source
from directory.catalog.proposal import Reason
from directory.catalog.set_aside import WhyAside
from directory.catalog.whereabouts import Why
from directory.curation.phrases.flags import Flag
from directory.errors import BadValue, TellsOfAPerson
from directory.web.i18n import gettext
from directory.web.pages.report import kind_words
from directory.web.showing import words
from directory.web.showing.program_facts import source_words

How = Literal["phone", "page", "letter", "list"]
Outcome = Literal["mended", "right", "cannot_tell", "not_ours"]


def ways() -> Mapping[How, str]:
    """How a curator knows a fact."""
    return {
        "phone": gettext("I called them"),
        "page": gettext("I read it on their website"),
        "letter": gettext("They wrote it to us"),
        "list": gettext("I read it on a public list, such as the state’s"),
    }


def outcomes() -> Mapping[Outcome, str]:
    """What came of a report."""
    return {
        "mended": gettext("It was wrong, and is mended"),
        "right": gettext("The listing is right"),
        "cannot_tell": gettext("We could not find out"),
        "not_ours": gettext("It is not about this listing"),
    }


def reasons() -> Mapping[Reason, str]:
    """Why a curator leaves out what a program asks for."""
    return {
        "not_confirmed": gettext("Nobody there confirmed it"),
        "contradicted": gettext("A better source says something else"),
        "other_program": gettext("It is about another program"),
        "unclear": gettext("We do not understand it"),
        "not_a_fact": gettext("It is advertising, or no fact"),
        "mended": gettext("It is mended in another way"),
    }


def flag(one: Flag) -> str:
    """What to look at before a reading of a schedule is taken."""
    said: Mapping[Flag, str] = {
        "days_unknown": gettext("The text does not name the days."),
        "times_unknown": gettext("The times are not said, or can be read in two ways."),
        "meridiem_assumed": gettext("It does not say am or pm. Only one of them can be meant."),
        "meridiem_carried": gettext("It says am or pm once for both ends."),
        "approximate": gettext("It says “about” or “usually”."),
        "count_range": gettext("The number of days has a least and a most."),
        "contact_minutes": gettext("The length it names is time in treatment, without breaks."),
        "same_day_blocks": gettext("Two times close together are taken as one day’s two parts."),
        "day_shift": gettext("One day has other hours than the rest."),
        "tracks_assumed": gettext("It does not say if this is one group or several."),
        "days_do_not_add_up": gettext("The number of days differs from the days it names."),
        "hours_do_not_add_up": gettext("The hours it names differ from those of the sessions."),
        "seasonal": gettext("It holds for a part of the year."),
        "taper": gettext("It changes from one phase to the next."),
        "opening_hours": gettext("Opening hours are no groups. They were left out."),
        "nothing_read": gettext("We found no days and hours in this text."),
    }
    return said[one]


def whys_aside() -> Mapping[WhyAside, str]:
    """Why an item of a queue stays as it is."""
    return {
        "right": gettext("The listing is right"),
        "cannot_tell": gettext("We could not find out"),
        "not_reached": gettext("Nobody answered"),
    }


def whys() -> Mapping[Why, str]:
    """Why a program is taken off."""
    return {
        "closed": gettext("It closed"),
        "not_iop": gettext("It is no such program"),
        "listed_twice": gettext("It is listed twice"),
        "asked": gettext("The program asked for it"),
    }


def done(code: str) -> str:
    """What was just done; "" for a code that is none of ours."""
    said = {
        "live": gettext("The change is kept, and the public page shows it."),
        "soon": gettext("The change is kept. The public page shows it in a few moments."),
        "same": gettext("Nothing was changed: it is listed like this already."),
        "closed": gettext("The report is closed."),
        "linked": gettext("Your answer is kept."),
        "back": gettext("The answer is taken back."),
        "aside": gettext("It stays as it is. You find it below, and can put it back."),
        "again": gettext("It is back in its queue."),
        "left": gettext("The wish is left out. The program sees why."),
    }
    return said.get(code, "")


def complaint(bad: BadValue | TellsOfAPerson) -> str:
    """What to type instead."""
    if isinstance(bad, TellsOfAPerson):
        return kind_words(bad)
    said = {
        "how": gettext("Pick how you know it."),
        "url": gettext("Give the address of the page, such as https://example.org/iop."),
        "day": gettext("Give the day, not after today. A newer word than yours may stand already."),
        "phone": gettext("Type a US phone number such as 626-555-0142."),
        "website": gettext("Type a web address that begins with https:// or http://."),
        "npi": gettext("Type the 10 digits of the number; the last one has to fit."),
        "address": gettext("Give street, city, state by two letters and a ZIP of 5 digits."),
        "ages": gettext("Type whole numbers, the lower one first."),
        "weeks": gettext("Type whole numbers, the lower one first."),
        "price": gettext("Type dollars such as 310 or 310.50, and pick what it is for."),
        "licenses": gettext("Each license needs who gave it and its number; a date is 2027-05-31."),
        "tracks": gettext("We could not use these days and hours. Look at what we read."),
        "location": gettext("Give latitude and longitude, such as 34.1461 and -118.1322."),
        "time_zone": gettext("Type a time zone such as America/Los_Angeles."),
    }
    return said.get(bad.field, gettext("We cannot use this. Look at it again."))


def cited(source: Source | None) -> str:
    """Who says so, and of which day."""
    if source is None:
        return gettext("Nobody has told us")
    told = words.confirmed_by(source_words(source), source.confirmed_by)
    day = words.full_date(source.as_of)
    return told if day in told else gettext("%(source)s, of %(day)s", source=told, day=day)
