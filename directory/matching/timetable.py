"""One track's schedule explained for one person: verdict, conflicts, what to free, what to ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from directory.catalog.evidence import State
from directory.catalog.schedule import Session, SessionMode, Track
from directory.matching.attend import WAYS, Attendance, Trip, Verdict, attend
from directory.matching.expand import Meeting, Week, only_week
from directory.matching.outcome import Conflict, Proof, ScheduleAnswer
from directory.matching.pattern import Pattern, pattern_of
from directory.matching.table import VERDICTS, shift_between
from directory.matching.week import DAY, DAY_MINUTES, FreeWeek, Interval, intervals_of

Minutes = Callable[[Session], int | None]
Tried = tuple[Track, Pattern, FreeWeek, Trip, Attendance]


def explain_schedule(
    course: Sequence[Track],
    weeks: Sequence[FreeWeek],
    quarters: int,
    zones: tuple[str | None, str | None],
    today: date,
    proof: Proof,
) -> ScheduleAnswer:
    """Judge a track in all its seasons against all rotating weeks; the worst one is told.

    `quarters` is travel one way in quarter hours; `zones` are the site's and the person's.
    """
    shift = shift_between(zones[0], zones[1], today)
    tried = [
        _try(track, zones[0], week, Trip(quarters, shift)) for track in course for week in weeks
    ]
    return _with_season(_told(max(tried, key=_badness), proof), course)


def settled(
    course: Sequence[Track], zone: str | None, proof: Proof
) -> Mapping[Verdict, ScheduleAnswer]:
    """The answers that follow from the verdict alone, whatever the week and the way.

    So it is where times are open, unless the mode is too; and where one week only is possible
    and it fits. For people on the site's clock.
    """
    (track,), pattern = course[:1], pattern_of(course[0], zone)
    found, known = only_week(pattern), all(slot.mode for slot in pattern.slots)
    if len(course) > 1 or found is None or (found and not known):
        return {}
    verdicts: tuple[Verdict, ...] = ("fits",) if found or not known else ("fits", "cannot_tell")
    nothing = FreeWeek(0)
    return {
        one: _with_season(
            _told((track, pattern, nothing, Trip(), Attendance(one, 0, found, 0)), proof), course
        )
        for one in verdicts
    }


def _with_season(told: ScheduleAnswer, course: Sequence[Track]) -> ScheduleAnswer:
    """One season of a track says nothing of the others."""
    if len(course) == 1 and course[0].season:
        return replace(told, ask=(*told.ask, "season"))
    return told


def doubted(told: ScheduleAnswer) -> ScheduleAnswer:
    """The same of a week that is in doubt: two sources differ, or it was true too long ago."""
    why = "sources" if told.proof.state is State.CONFLICTING else "old"
    return replace(
        told,
        verdict="cannot_tell",
        missed_minutes=0,
        conflicts=(),
        smallest_change=None,
        ask=(why, *told.ask),
    )


def _try(track: Track, zone: str | None, week: FreeWeek, trip: Trip) -> Tried:
    pattern = pattern_of(track, zone)
    free = week.bits & _telling(pattern, trip)
    return track, pattern, week, trip, attend(pattern, free, trip)


@lru_cache(maxsize=16_384)
def _telling(pattern: Pattern, trip: Trip) -> int:
    """The quarter hours that decide: two weeks that differ elsewhere have one answer."""
    slots = ((slot, day) for slot in pattern.slots for day in slot.days)
    meetings = (
        Meeting(day * DAY + slot.hull[0], day * DAY + slot.hull[1], None) for slot, day in slots
    )
    bits = 0
    for meeting in meetings:
        for way in WAYS:
            bits |= trip.needed(meeting, way)
    return bits


def _badness(tried: Tried) -> tuple[int, int]:
    attendance = tried[-1]
    return VERDICTS.index(attendance.verdict), attendance.missed


def _told(tried: Tried, proof: Proof) -> ScheduleAnswer:
    track, _, week, trip, found = tried
    missing = found.needed & ~week.bits if found.verdict == "misses" else 0
    return ScheduleAnswer(
        verdict=found.verdict,
        missed_minutes=found.missed * 15,
        conflicts=_conflicts(found, week, trip, missing),
        smallest_change=intervals_of(missing) if missing else None,
        weekly_contact_minutes=weekly_contact_minutes(track, found.week),
        weekly_span_minutes=weekly_span_minutes(track, found.week),
        ask=_asks(tried),
        sessions=_sessions(found.week, trip),
        proof=proof,
    )


def _sessions(week: Week, trip: Trip) -> tuple[Interval, ...]:
    """The sessions of a week on the person's clock."""
    return tuple(_on_my_clock(meeting, trip) for meeting in week)


def _on_my_clock(meeting: Meeting, trip: Trip) -> Interval:
    shift = trip.shift if meeting.mode == "virtual" else 0
    start, end = meeting.start + shift, meeting.end + shift
    return Interval(start // DAY % 7, start % DAY * 15, end % DAY * 15)


def _conflicts(found: Attendance, week: FreeWeek, trip: Trip, missing: int) -> tuple[Conflict, ...]:
    """Each session with the minutes it misses (travel included); stretches, where days are open."""
    if not missing:
        return ()
    if not found.week:
        return tuple(
            Conflict(i.day, i.start, i.end, (i.end or DAY_MINUTES) - i.start)
            for i in intervals_of(missing)
        )
    told = []
    for meeting in found.week:
        minutes = _missed(meeting, week, trip, found.needed)
        if minutes:
            mine = _on_my_clock(meeting, trip)
            told.append(Conflict(mine.day, mine.start, mine.end, minutes))
    return tuple(told)


def _missed(meeting: Meeting, week: FreeWeek, trip: Trip, needed: int) -> int:
    """Minutes missed by one session, in the way (in person or not) that the best week took."""
    if meeting.mode is not None:
        return week.missed(trip.needed(meeting, meeting.mode))
    in_person = trip.needed(meeting, "in_person")
    if in_person & needed == in_person:
        return week.missed(in_person)
    return week.missed(trip.needed(meeting, "virtual"))


def _asks(tried: Tried) -> tuple[str, ...]:
    """What is not published and keeps us from telling: sessions, days, times, mode."""
    track, pattern, week, trip, found = tried
    judged = [s for s in track.sessions if s.attendance != "optional"]
    if not judged:
        return ("sessions",)
    asks = []
    if any(s.day is None for s in judged):
        asks.append("days")
    if any(_time_open(s) for s in judged):
        asks.append("times")
    if found.verdict == "cannot_tell" and _depends_on_mode(pattern, week, trip):
        asks.append("mode")
    return tuple(asks)


def _time_open(session: Session) -> bool:
    known = (session.start is not None) + (session.end is not None)
    return known + (session.span_minutes is not None) < 2 or not known


def _depends_on_mode(pattern: Pattern, week: FreeWeek, trip: Trip) -> bool:
    """True if holding the sessions of unpublished mode all in one way gives another verdict."""
    if all(slot.mode is not None for slot in pattern.slots):
        return False
    verdicts = {attend(_held(pattern, way), week.bits, trip).verdict for way in WAYS}
    return len(verdicts) > 1


def _held(pattern: Pattern, way: SessionMode) -> Pattern:
    return replace(pattern, slots=tuple(replace(s, mode=s.mode or way) for s in pattern.slots))


def weekly_span_minutes(track: Track, week: Week) -> int | None:
    """From start to end of all sessions a person attends in a week; None if any is unknown."""
    return _weekly(track, week, _span)


def weekly_contact_minutes(track: Track, week: Week) -> int | None:
    """Treatment minutes a week, without breaks; None if any session's is unknown."""
    return _weekly(track, week, lambda session: session.contact_minutes)


def _span(session: Session) -> int | None:
    if session.start is None or session.end is None:
        return session.span_minutes
    start, end = Interval(0, session.start, session.end).minutes()
    return end - start


def _weekly(track: Track, week: Week, minutes_of: Minutes) -> int | None:
    judged = [s for s in track.sessions if s.attendance != "optional"]
    fixed = [s for s in judged if s.attendance == "required"]
    pool = [s for s in judged if s.attendance == "choose"]
    parts = [_times(minutes_of(s), 1 if s.day is not None else s.count) for s in fixed]
    if pool:
        parts.append(_chosen(track, judged, week, minutes_of))
    if not parts or None in parts:
        return None
    return sum(part for part in parts if part is not None)


def _times(minutes: int | None, count: int | None) -> int | None:
    return None if minutes is None or count is None else minutes * count


def _chosen(track: Track, judged: list[Session], week: Week, minutes_of: Minutes) -> int | None:
    """The minutes of the sessions picked: those of the best week, or as many that are alike.

    None where more are attended than are listed: nobody says how long the others are.
    """
    pool = [session for session in judged if session.attendance == "choose"]
    attended = track.choose.at_least if track.choose else 1
    if attended > sum(map(_listed, pool)):
        return None
    each = {minutes_of(session) for session in pool}
    if len(each) == 1:
        return _times(each.pop(), attended)
    slots = [meeting.slot for meeting in week if meeting.slot < len(judged)]
    picked = [minutes_of(judged[s]) for s in slots if judged[s].attendance == "choose"]
    return sum(m for m in picked if m is not None) if picked and None not in picked else None


def _listed(session: Session) -> int:
    """How many sessions to choose from an entry lists: one on its day, or on so many days."""
    return 1 if session.day is not None else session.count or len(set(session.day_among)) or 7
