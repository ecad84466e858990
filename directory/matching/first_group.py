"""The earliest day a person could sit in a group of this track, if they called today."""

from dataclasses import dataclass
from datetime import date, timedelta

from directory.catalog.evidence import Freshness, State
from directory.catalog.program import Program
from directory.catalog.schedule import Openings, Start, Track
from directory.matching.outcome import FirstGroup, Proof

NOT_KNOWN = FirstGroup(None, "unknown")


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that decides the first group: tracks that begin alike share one.

    `days` are the weekdays the track meets (0 is Monday), empty if not published.
    """

    rule: str
    dates: tuple[date, ...]
    lead_days: int | None
    days: tuple[int, ...]
    full_since: date | None


def beginning_of(track: Track, program: Program) -> Beginning:
    """What is published about the start of one track.

    Where they take nobody and no day tells since when, nothing is known of the start.
    """
    days = {s.day for s in track.sessions if s.attendance != "optional" and s.day is not None}
    start, full = track.start, None
    if track.openings.accepting == "no":
        full = told_on(track.openings, program)
        start = start if full else Start()
    return Beginning(
        start.rule, tuple(sorted(start.dates)), start.lead_days, tuple(sorted(days)), full
    )


def told_on(openings: Openings, program: Program) -> date | None:
    """The day as of which openings were told: their own, else that of their source."""
    source = program.source_of("openings")
    return openings.reported_on or (source.as_of if source else None)


def first_group(beginning: Beginning, today: date, freshness: Freshness) -> FirstGroup:
    """Stated for a published date, estimated for a rolling start; unknown otherwise.

    A track that said it is full, not longer ago than openings count, has no first group.
    """
    if beginning.full_since and _still_counts(beginning.full_since, today, freshness):
        return FirstGroup(None, "unknown", beginning.full_since)
    ready = today + timedelta(days=beginning.lead_days or 0)
    if beginning.rule == "cohort":
        later = [day for day in beginning.dates if day >= ready]
        return FirstGroup(min(later), "stated") if later else NOT_KNOWN
    if beginning.rule == "rolling" and beginning.lead_days is not None:
        return FirstGroup(_next_meeting(ready, beginning.days), "estimated")
    return NOT_KNOWN


def first_group_of(
    track: Track, program: Program, today: date, freshness: Freshness, proof: Proof
) -> FirstGroup:
    """The same of a track of a program whose week has this proof.

    No day is told of a week that is in doubt; that a track is full has a date of its own.
    """
    first = first_group(beginning_of(track, program), today, freshness)
    return FirstGroup(None, "unknown", first.full_since) if proof.in_doubt else first


def _still_counts(reported: date, today: date, freshness: Freshness) -> bool:
    age = max(0, (today - reported).days)
    return freshness.state_at_age("openings", age) is not State.UNKNOWN


def _next_meeting(ready: date, days: tuple[int, ...]) -> date:
    if not days:
        return ready
    return min(ready + timedelta(days=(day - ready.weekday()) % 7) for day in days)
