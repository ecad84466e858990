"""A second opinion on schedules, written from the published semantics alone.

It shares no code with the matcher: minutes instead of quarter hours, every allowed week tried one
by one, nothing precomputed but the list of weeks. Slow, and meant to be read beside docs/adr/009.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from directory.catalog.schedule import Session, Track

DAY = 1440
WEEK = 7 * DAY
EVERYTHING = (1 << WEEK) - 1
WINDOWS = {
    None: (360, 1380),
    "morning": (360, 780),
    "afternoon": (720, 1140),
    "evening": (960, 1380),
}


def minutes(start: int, end: int) -> int:
    """The minutes from start to end as a set of bits, wrapping at the end of the week."""
    if end - start >= WEEK:
        return EVERYTHING
    whole = ((1 << (end - start)) - 1) << (start % WEEK)
    return (whole & EVERYTHING) | (whole >> WEEK)


def free_minutes(busy: list[tuple[int, int, int]]) -> int:
    """Minutes of free quarter hours, for busy times (day, start, end); one busy minute spoils 15."""
    taken = 0
    for day, start, end in busy:
        stop = DAY if end in (0, 1439) else end
        if stop <= start:
            stop += DAY
        taken |= minutes(day * DAY + start, day * DAY + stop)
    free = 0
    for quarter in range(WEEK // 15):
        block = minutes(quarter * 15, quarter * 15 + 15)
        if not taken & block:
            free |= block
    return free


def clock_options(session: Session) -> list[tuple[int, int]]:
    """Every (start, end) in minutes of the day that the published parts allow, on the grid."""
    if session.start is not None and session.end is not None:
        stop = DAY if session.end in (0, 1439) else session.end
        stop += DAY if stop <= session.start else 0
        return [(session.start // 15 * 15, (stop + 14) // 15 * 15)]
    if session.start is not None or session.end is not None:
        return half_open(session)
    first, last = WINDOWS[session.part_of_day]
    spans = (
        [(session.span_minutes + 14) // 15 * 15] if session.span_minutes else range(15, 1440, 15)
    )
    found = []
    for span in spans:
        for start in range(first, last, 15):
            if start + span <= last:
                found.append((start, start + span))
    return found


def half_open(session: Session) -> list[tuple[int, int]]:
    """Only the start or only the end is published."""
    if session.start is not None:  # it ends some time, at 23:00 at the latest
        start = session.start // 15 * 15
        if session.span_minutes:
            return [(start, start + (session.span_minutes + 14) // 15 * 15)]
        return [(start, end) for end in range(start + 15, max(1380, start + 15) + 1, 15)]
    end = (session.end + 14) // 15 * 15  # it begins some time, at 06:00 at the earliest
    if session.span_minutes:
        return [(end - (session.span_minutes + 14) // 15 * 15, end)]
    return [(start, end) for start in range(min(360, end - 15), end, 15)]


def day_options(session: Session) -> list[tuple[int, ...]]:
    """Every set of days the session may lie on."""
    if session.day is not None:
        return [(session.day,)]
    return list(combinations(session.day_among or range(7), session.count or 1))


def placements(session: Session) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to place one entry: a (start, end) of the week for each of its days."""
    for days in day_options(session):
        for clocks in product(clock_options(session), repeat=len(days)):
            yield tuple((d * DAY + a, d * DAY + b) for d, (a, b) in zip(days, clocks, strict=True))


@dataclass
class Oracle:
    """All weeks of one track: for each resolution and way, the minutes needed by each pick."""

    resolutions: list[list[int]]

    def judge(self, free: int) -> tuple[str, int]:
        if not self.resolutions:  # the published facts contradict each other
            return "cannot_tell", 0
        best = [min((need & ~free).bit_count() for need in picks) for picks in self.resolutions]
        if max(best) == 0:
            return "fits", 0
        return ("cannot_tell", 0) if min(best) == 0 else ("misses", min(best))


def oracle_of(track: Track, travel: int) -> Oracle:
    """List every allowed week of a track for someone `travel` minutes away (one way)."""
    padding = (travel + 14) // 15 * 15
    judged = [s for s in track.sessions if s.attendance != "optional"]
    resolutions = []
    for placed in product(*(list(placements(s)) for s in judged)):
        for unknown_is in ("in_person", "virtual"):
            fixed, pool = 0, []
            for session, times in zip(judged, placed, strict=True):
                mode = (
                    session.mode or (track.mode if track.mode != "hybrid" else None) or unknown_is
                )
                around = padding if mode == "in_person" else 0
                for start, end in times:
                    need = minutes(start - around, end + around)
                    if session.attendance == "choose":
                        pool.append((published(session, start, end), start // DAY, need))
                    else:
                        fixed |= need
            picks = list(_picks(track, fixed, pool))
            if picks:
                resolutions.append(picks)
    return Oracle(resolutions)


def published(session: Session, start: int, end: int) -> int:
    """The minutes a session takes, to the minute where they are published."""
    if session.start is None or session.end is None:
        return minutes(start, end)
    stop = DAY if session.end in (0, 1439) else session.end
    day = start // DAY * DAY
    return minutes(day + session.start, day + stop + (DAY if stop <= session.start else 0))


def _picks(track: Track, fixed: int, pool: list[tuple[int, int, int]]) -> Iterator[int]:
    if not pool:
        yield fixed
        return
    wanted = min(track.choose.at_least if track.choose else 1, len(pool))
    for chosen in combinations(pool, wanted):
        overlap = any(a[0] & b[0] for a, b in combinations(chosen, 2))
        days = {day for _, day, _ in chosen}
        if overlap or (track.choose and track.choose.different_days and len(days) < len(chosen)):
            continue
        need = fixed
        for _, _, one in chosen:
            need |= one
        yield need
