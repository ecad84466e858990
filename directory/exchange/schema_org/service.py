"""The program as a `Service`, each group within it as one too, with the hours it is held at."""

from collections.abc import Iterator
from itertools import groupby

from directory.catalog.fact_format import stated
from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Session, Track
from directory.catalog.track_format import clock_text, span_minutes
from directory.exchange.schema_org.page import Json, Page

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHANNELS = {
    "in_person": ("In person",),
    "virtual": ("Online",),
    "hybrid": ("In person", "Online"),
}


def service_of(listing: Listing, page: Page) -> Json | None:
    """Level of care, whom it is for, languages and groups; None if none of these is current."""
    program = listing.program
    languages = page.codes(program, "languages")
    told = stated(
        {
            "serviceType": _level(program, page),
            "audience": [*_ages(program, page), *_populations(program, page)],
            "availableChannel": {"@type": "ServiceChannel", "availableLanguage": list(languages)}
            if languages
            else None,
            "hasOfferCatalog": _groups(listing, page),
        }
    )
    return {"@type": "Service", "name": program.name, **told} if told else None


def _level(program: Program, page: Page) -> str | None:
    """The level of care that somebody stated; one that was only suggested is no fact."""
    level = program.level_of_care
    if level is None or program.level_evidence != "stated":
        return None
    return (
        page.label("levels_of_care", level) if page.is_current(program, "level_of_care") else None
    )


def _ages(program: Program, page: Page) -> list[Json]:
    ages = page.current(program, "ages")
    if ages is None:
        return []
    told = stated({"suggestedMinAge": ages.min, "suggestedMaxAge": ages.max})
    return [{"@type": "PeopleAudience", **told}] if told else []


def _populations(program: Program, page: Page) -> list[Json]:
    """Those whom the program is made for."""
    return [
        {"@type": "Audience", "audienceType": page.label("populations", code)}
        for code in page.codes(program, "populations")
        if program.populations[code] == "dedicated"
    ]


def _groups(listing: Listing, page: Page) -> Json | None:
    if not page.is_current(listing.program, "tracks"):
        return None
    zone = page.current(listing.site, "time_zone")
    told = [_group(track, zone) for track in listing.program.tracks]
    return {"@type": "OfferCatalog", "itemListElement": told} if told else None


def _group(track: Track, zone: str | None) -> Json:
    return {
        "@type": "Service",
        **stated(
            {
                "name": track.label,
                "disambiguatingDescription": track.season,
                "availableChannel": _channels(track.mode),
                "hoursAvailable": [_hours(*one, zone) for one in _alike(track)],
            }
        ),
    }


def _channels(mode: str | None) -> list[Json]:
    return [{"@type": "ServiceChannel", "name": name} for name in CHANNELS.get(mode or "", ())]


Times = tuple[int, int, str, str]


def _alike(track: Track) -> Iterator[tuple[Times, list[int]]]:
    """Days of sessions that are alike. Only of those whose day, start and end are all published."""
    told = sorted(
        (_times(session), session.day) for session in track.sessions if _is_published(session)
    )
    for times, some in groupby(told, key=lambda one: one[0]):
        yield times, [day for _, day in some if day is not None]


def _is_published(session: Session) -> bool:
    return None not in (session.day, session.start, session.end)


def _times(session: Session) -> Times:
    return session.start or 0, session.end or 0, session.mode or "", session.attendance


def _hours(times: Times, days: list[int], zone: str | None) -> Json:
    """Hours of these days at the site, as opening hours and as a schedule in one.

    An end before its start lies on the next day: `closes` says so by rule, `duration` in full.
    """
    start, end, mode, attendance = times
    on = [f"https://schema.org/{DAYS[day]}" for day in dict.fromkeys(days)]
    opens, closes = f"{clock_text(start)}:00", f"{clock_text(end)}:00"
    notes = (attendance if attendance != "required" else "", *_names(mode))
    return stated(
        {
            "@type": ["OpeningHoursSpecification", "Schedule"],
            "dayOfWeek": on,
            "opens": opens,
            "closes": closes,
            "byDay": on,
            "startTime": opens,
            "endTime": closes,
            "duration": f"PT{span_minutes(start, end)}M",
            "repeatFrequency": "P1W",
            "scheduleTimezone": zone,
            "description": ", ".join(filter(None, notes)),
        }
    )


def _names(mode: str) -> tuple[str, ...]:
    return CHANNELS.get(mode, ())
