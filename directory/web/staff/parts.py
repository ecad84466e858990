"""The facts a program may look after on its page, in the order they are shown, with their forms.

Most are forms of one fact (`fact_forms`). When people may start is a part of the groups, and has a form
of its own; days and hours are read from a pasted sentence and shown back first (`schedule_part`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict

from directory.catalog.listing import Json, Kind
from directory.catalog.program import Listing
from directory.catalog.schedule import Start, StartRule, Track
from directory.catalog.track_format import dump_track, load_track
from directory.catalog.whereabouts import REMOVED
from directory.errors import BadValue
from directory.web.i18n import gettext, ngettext
from directory.web.showing import words
from directory.web.showing.names import track_name
from directory.web.staff.fact_forms import FORMS, key_text
from directory.web.staff.fact_words import lines_of, name_of

START = "start"
NOT_ASKED = frozenset({("site", "location"), ("site", "time_zone")})
"""They follow from the address."""
MOST_DATES = 3
MOST_AHEAD = timedelta(days=400)
RULES: tuple[StartRule, ...] = ("rolling", "cohort", "unknown")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that may be changed. `key` stands in its address."""

    key: str
    kind: Kind
    fact: str

    def name(self) -> str:
        """What it is called."""
        own = {START: gettext("Next start"), "remove": gettext("Take this program off the list")}
        return own.get(self.key) or name_of((self.kind, self.fact))

    def lines(self, value: Json) -> tuple[str, ...]:
        """A value of its fact in words."""
        if self.key != START:
            return lines_of(self.fact, value)
        tracks = [load_track(one) for one in value or ()]
        told = [(one, start_words(one.start)) for one in tracks]
        if len(told) == 1:
            return tuple(said for _, said in told if said)
        return tuple(f"{track_name(one)}: {said}" for one, said in told if said)


def _parts() -> Sequence[Part]:
    own = [Part(key_text(key), *key) for key in FORMS if key not in NOT_ASKED]
    first = [one for one in own if one.fact in ("openings", "tracks")][::-1]
    rest = [one for one in own if one not in first]
    return (first[0], Part(START, "program", "tracks"), *first[1:], *rest)


PARTS = _parts()
SCHEDULE = "program.tracks"
REMOVAL = Part("remove", "program", REMOVED)


def part_of(key: str) -> Part | None:
    """The part of an address; None if there is none."""
    return next((one for one in (*PARTS, REMOVAL) if one.key == key), None)


def start_words(start: Start) -> str:
    """When a person can begin; "" if nobody has told us."""
    parts = {
        "rolling": gettext("People may start any week"),
        "cohort": gettext("People start on set days"),
        "unknown": "",
    }
    days = words.in_a_row([words.full_date(day) for day in start.dates])
    lead = start.lead_days
    after = lead and ngettext(
        "%(num)d day after the first call", "%(num)d days after the first call", lead
    )
    return ", ".join(one for one in (parts[start.rule], days, after) if one)


def rules() -> Mapping[StartRule, str]:
    """When people may start, to pick."""
    return {
        "rolling": gettext("Any week"),
        "cohort": gettext("On set days only"),
        "unknown": gettext("I do not know"),
    }


def start_fields(listing: Listing) -> dict[str, str]:
    """The fields of the form of starts, as it is listed."""
    fields: dict[str, str] = {}
    for at, track in enumerate(listing.program.tracks):
        fields[f"{at}.rule"] = track.start.rule
        fields[f"{at}.lead"] = "" if track.start.lead_days is None else str(track.start.lead_days)
        fields |= {f"{at}.date.{n}": day.isoformat() for n, day in enumerate(track.start.dates)}
    return fields


def read_starts(form: "MultiDict[str, str]", listing: Listing, today: date) -> Json:
    """The groups with the starts of a form. Raises `BadValue`."""
    tracks = listing.program.tracks
    return [dump_track(_started(form, at, one, today)) for at, one in enumerate(tracks)]


def _started(form: "MultiDict[str, str]", at: int, track: Track, today: date) -> Track:
    rule = next((one for one in RULES if one == form.get(f"{at}.rule", "")), None)
    if rule is None:
        raise BadValue("start", form.get(f"{at}.rule", "")[:40], "when people start", RULES)
    lead = form.get(f"{at}.lead", "").strip()
    if lead and not (lead.isascii() and lead.isdigit() and int(lead[:4]) <= 365 and len(lead) < 4):
        raise BadValue("lead", lead[:40], "days up to 365")
    texts = [form.get(f"{at}.date.{n}", "").strip() for n in range(MOST_DATES)]
    days = sorted({_day(text, today) for text in texts if text})
    later = [day for day in track.start.dates[MOST_DATES:] if day not in days]
    dates = tuple(sorted([*days, *later])) if rule == "cohort" and days else ()
    start = Start(rule, dates, int(lead) if lead else None)
    return replace(track, start=start)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadValue("date", text[:40], "a date") from None
    if not today <= day <= today + MOST_AHEAD:
        raise BadValue("date", text[:40], f"a day from {today} on, within a year")
    return day
