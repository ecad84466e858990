"""How we say it: times, days, schedules, verdicts and freshness, in plain words.

Sixth grade. Every sentence goes through gettext whole, so that word order can change.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal

from directory.catalog.evidence import Source, State
from directory.catalog.schedule import Session, Track
from directory.matching.outcome import FirstGroup, Proof, ScheduleAnswer
from directory.matching.week import Interval
from directory.web.i18n import gettext, locale, ngettext
from directory.web.kept import remembered

Mark = Literal["yes", "no", "ask", ""]
HOUR = 60
NOON = 12 * HOUR
DAY = 24 * HOUR
_HALF = re.compile(r"\b([ap])\.\s?m\.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mark, a bold claim, one plain line, and the change that would make it fit."""

    mark: Mark
    claim: str
    rest: str = ""
    change: str = ""


# --- times, days, dates -------------------------------------------------------------------


def clock(minute: int) -> str:
    """A time of day as people say it: '6 pm', '5:30 pm', 'noon'."""
    minute %= DAY
    if minute in {0, NOON}:
        return gettext("noon") if minute else gettext("midnight")
    return _with_half(_digits(minute), minute)


@remembered
def hours(start: int, end: int) -> str:
    """'6 to 9 pm', '9 am to noon', '11 am to 1 pm'."""
    start, end = start % DAY, end % DAY
    same_half = start // NOON == end // NOON and start < end and not {0, NOON} & {start, end}
    first = _digits(start) if same_half else clock(start)
    return gettext("%(start)s to %(end)s", start=first, end=clock(end))


def narrow(times: str) -> str:
    """Times where there is no room: '6 a 9 pm' for '6 a 9 p. m.'."""
    return _HALF.sub(r"\1m", times)


def tick(minute: int) -> str:
    """A time beside the picture: 'noon', or '12 pm' where that word is too long."""
    said = clock(minute)
    return narrow(said if len(said) < 8 else _with_half(_digits(minute), minute))


def _digits(minute: int) -> str:
    hour, rest = divmod(minute, HOUR)
    hour = hour % 12 or 12
    return f"{hour}:{rest:02d}" if rest else str(hour)


def _with_half(digits: str, minute: int) -> str:
    return (
        gettext("%(time)s pm", time=digits)
        if minute >= NOON
        else gettext("%(time)s am", time=digits)
    )


@remembered
def day_name(day: int) -> str:
    """'Monday' for 0."""
    return str(get_day_names("wide", locale=locale())[day])


@remembered
def day_short(day: int) -> str:
    """'Mon' for 0."""
    return str(get_day_names("abbreviated", locale=locale())[day])


def days(numbers: Iterable[int]) -> str:
    """'Mon, Wed, Thu'; a run of three or more is 'Mon to Thu'; all seven is 'every day'."""
    found = sorted(set(numbers))
    if len(found) == 7:
        return gettext("every day")
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return gettext("%(start)s to %(end)s", start=day_short(found[0]), end=day_short(found[-1]))
    return ", ".join(day_short(day) for day in found)


def day_and_month(day: date) -> str:
    """'Nov 12'."""
    return format_date(day, gettext("MMM d"), locale=locale())


def weekday_and_date(day: date) -> str:
    """'Mon, Dec 7'."""
    return format_date(day, gettext("EEE, MMM d"), locale=locale())


def full_date(day: date) -> str:
    """'Nov 24, 2026'."""
    return format_date(day, gettext("MMM d, y"), locale=locale())


@remembered
def duration(minutes: int) -> str:
    """'15 minutes', '13 hours', '2 hours 45 minutes'."""
    whole, rest = divmod(minutes, HOUR)
    in_minutes = ngettext("%(num)d minute", "%(num)d minutes", rest)
    if not whole:
        return in_minutes
    in_hours = ngettext("%(num)d hour", "%(num)d hours", whole)
    return (
        gettext("%(hours)s %(minutes)s", hours=in_hours, minutes=in_minutes) if rest else in_hours
    )


def ago(days_ago: int) -> str:
    """'today', '12 days ago', '5 months ago', '2 years ago'."""
    if days_ago <= 0:
        return gettext("today")
    if days_ago <= 60:
        return ngettext("%(num)d day ago", "%(num)d days ago", days_ago)
    months = days_ago // 30
    if months < 24:
        return ngettext("%(num)d month ago", "%(num)d months ago", months)
    years = days_ago // 365
    return ngettext("%(num)d year ago", "%(num)d years ago", years)


def in_a_row(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


# --- schedules ----------------------------------------------------------------------------


def judged(track: Track) -> tuple[Session, ...]:
    """The sessions a person attends or chooses from; optional ones are never judged."""
    return tuple(session for session in track.sessions if session.attendance != "optional")


@remembered
def meets(track: Track) -> str:
    """What is published of a track's week: 'Mon, Wed, Thu, 6 to 9 pm'. Nothing known is ''."""
    kinds: dict[Session, list[int | None]] = {}
    for session in judged(track):
        kinds.setdefault(_without_day(session), []).append(session.day)
    fixed = [one for one in kinds.items() if one[0].attendance != "choose"]
    pool = [one for one in kinds.items() if one[0].attendance == "choose"]
    parts = [_kind(kind, found) for kind, found in fixed]
    if pool:
        parts.append(_chosen(pool, track.choose.at_least if track.choose else 1))
    return in_a_row(parts) if len(parts) < 3 else "; ".join(parts)


def _without_day(session: Session) -> Session:
    return Session(
        start=session.start,
        end=session.end,
        count=session.count,
        day_among=session.day_among,
        part_of_day=session.part_of_day,
        attendance=session.attendance,
    )


def _kind(kind: Session, found: Sequence[int | None], count: int | None = None) -> str:
    """Sessions that are alike; with `count`, so many of them are attended."""
    named = [day for day in found if day is not None]
    if not named:
        return _unnamed(kind)
    shown = days(named)
    if count is not None:
        shown = gettext("any %(count)d of %(days)s", count=count, days=shown)
    return gettext("%(days)s, %(hours)s", days=shown, hours=_when(kind))


def _chosen(pool: Sequence[tuple[Session, Sequence[int | None]]], count: int) -> str:
    """What a person chooses from."""
    if len(pool) == 1:
        return _kind(*pool[0], count)
    weeks = "; ".join(_kind(kind, found) for kind, found in pool)
    return gettext("any %(count)d of these: %(weeks)s", count=count, weeks=weeks)


def _when(kind: Session) -> str:
    if kind.start is not None and kind.end is not None:
        return hours(kind.start, kind.end)
    if kind.start is not None:
        return gettext("from %(time)s", time=clock(kind.start))
    if kind.end is not None:
        return gettext("until %(time)s", time=clock(kind.end))
    parts = {
        "morning": gettext("in the morning"),
        "afternoon": gettext("in the afternoon"),
        "evening": gettext("in the evening"),
    }
    return parts.get(kind.part_of_day or "", gettext("hours not published"))


def _unnamed(kind: Session) -> str:
    shown = how_often(kind)
    if kind.day_among and len(kind.day_among) < 7:
        shown = gettext("%(sessions)s (%(days)s)", sessions=shown, days=days(kind.day_among))
    if kind.start is None and kind.end is None:
        return shown
    return gettext("%(days)s, %(hours)s", days=shown, hours=_when(kind))


def part_of_day(session: Session) -> str:
    """'morning', 'afternoon', 'evening', or '' where not even that is published."""
    if session.part_of_day or session.start is None:
        return session.part_of_day or ""
    if session.start < NOON:
        return "morning"
    return "afternoon" if session.start < 16 * HOUR + 30 else "evening"


def how_often(session: Session) -> str:
    """'3 evenings a week', 'some mornings'."""
    part, count = part_of_day(session), session.count
    if count is None:
        some = {
            "morning": gettext("some mornings"),
            "afternoon": gettext("some afternoons"),
            "evening": gettext("some evenings"),
        }
        return some.get(part, gettext("some days"))
    if part == "morning":
        return ngettext("%(num)d morning a week", "%(num)d mornings a week", count)
    if part == "afternoon":
        return ngettext("%(num)d afternoon a week", "%(num)d afternoons a week", count)
    if part == "evening":
        return ngettext("%(num)d evening a week", "%(num)d evenings a week", count)
    return ngettext("%(num)d day a week", "%(num)d days a week", count)


def unpublished(track: Track | None) -> tuple[str, ...]:
    """What the schedule leaves open: 'sessions', 'days', 'times'."""
    sessions = judged(track) if track else ()
    if not sessions:
        return ("sessions",)
    open_days = any(session.day is None for session in sessions)
    open_times = any(session.start is None or session.end is None for session in sessions)
    return (*(("days",) if open_days else ()), *(("times",) if open_times else ()))


# --- verdicts -----------------------------------------------------------------------------


def verdict(schedule: ScheduleAnswer | None, track: Track | None, proof: Proof) -> Verdict:
    """The answer for a person's week; without a week, what the track publishes, as far as it counts."""
    if schedule is None:
        return _plain(track, proof)
    if schedule.verdict == "fits":
        return _fits(track)
    if schedule.verdict == "misses":
        return _misses(schedule, track)
    return ask_for(schedule.ask or unpublished(track), track)


def _plain(track: Track | None, proof: Proof) -> Verdict:
    asked = left_open(None, track, proof)
    if track is None or asked:
        return ask_for(asked, track)
    return Verdict("", gettext("Meets:"), meets(track))


def _fits(track: Track | None) -> Verdict:
    if track is None or not judged(track):
        return Verdict(
            "yes", gettext("Fits your week"), gettext("You are free whenever they meet.")
        )
    shown = meets(track)
    if "days" in unpublished(track):
        shown = gettext("%(when)s, whatever days they pick", when=shown)
    return Verdict("yes", gettext("Fits your week:"), shown)


def _misses(schedule: ScheduleAnswer, track: Track | None) -> Verdict:
    missed = duration(schedule.missed_minutes)
    small = schedule.missed_minutes < 2 * HOUR
    claim = (
        gettext("Misses by %(time)s", time=missed)
        if small
        else gettext("Clashes by %(time)s", time=missed)
    )
    on = days(conflict.day for conflict in schedule.conflicts)
    rest = gettext("on %(days)s.", days=on) if on else gettext("in the best case.")
    group = meets(track) if track else ""
    if group:
        rest = gettext("%(days)s Group: %(when)s.", days=rest, when=group)
    return Verdict("no", claim, rest, change(schedule.smallest_change))


def change(intervals: tuple[Interval, ...] | None) -> str:
    """Such as 'It would fit if you were free Tue, 5:15 to 5:30 pm.'."""
    return (
        gettext("It would fit if you were free %(when)s.", when=times(intervals))
        if intervals
        else ""
    )


def times(intervals: Iterable[Interval]) -> str:
    """'Tue and Thu, 5:15 to 5:30 pm': days that are alike together."""
    alike: dict[tuple[int, int], list[int]] = {}
    for one in intervals:
        alike.setdefault((one.start, one.end), []).append(one.day)
    parts = [
        gettext("%(days)s, %(hours)s", days=days(found), hours=hours(*ends))
        for ends, found in alike.items()
    ]
    return in_a_row(parts) if len(parts) < 3 else "; ".join(parts)


def left_open(
    schedule: ScheduleAnswer | None, track: Track | None, proof: Proof
) -> tuple[str, ...]:
    """What to ask about a week: what the matcher asks, or, of a week it did not judge, its proof."""
    return (schedule.ask if schedule else doubt(proof)) or unpublished(track)


def doubt(proof: Proof) -> tuple[str, ...]:
    """Why a week with this proof does not count: 'sources' differ, or it is too 'old'; () if it does."""
    if not proof.in_doubt:
        return ()
    return ("sources",) if proof.state is State.CONFLICTING else ("old",)


def in_doubt(schedule: ScheduleAnswer | None, proof: Proof) -> bool:
    """True of a week that two sources tell differently, or that was read too long ago."""
    return bool({"sources", "old"} & {*(schedule.ask if schedule else doubt(proof))})


def ask_for(left_open: Sequence[str], track: Track | None) -> Verdict:
    """What they do not publish, what we do know, and what to ask."""
    known = meets(track) if track else ""
    if "sources" in left_open:
        claim = gettext("Two sources disagree about their days or hours.")
        return _ask(
            claim, gettext("One says: %(when)s", when=known), gettext("Ask which is right.")
        )
    if "old" in left_open and known:
        claim = gettext("We read their week too long ago.")
        return _ask(
            claim, gettext("It was: %(when)s", when=known), gettext("Ask if that is still so.")
        )
    if "sessions" in left_open or not known:
        return Verdict(
            "ask", gettext("No days or hours published."), gettext("Ask for their week.")
        )
    if "days" in left_open and "times" in left_open:
        return _ask(
            gettext("They do not publish their days or hours."), known, gettext("Ask when.")
        )
    if "days" in left_open:
        return _ask(gettext("They do not publish their days."), known, gettext("Ask which days."))
    if "times" in left_open:
        return _ask(gettext("They do not publish their hours."), known, gettext("Ask when."))
    if "mode" in left_open:
        claim = gettext("They do not say if you go there or join by video.")
        return _ask(claim, known, gettext("Ask which."))
    return _ask(gettext("It may fit your week."), known, gettext("Ask for their week."))


def _ask(claim: str, known: str, question: str) -> Verdict:
    return Verdict(
        "ask",
        claim,
        gettext("%(known)s. %(question)s", known=capitalized(known), question=question),
    )


def schedule_question(left_open: Sequence[str], track: Track | None) -> str:
    """The words to say on the phone, or '' where the week is published."""
    parts = {part_of_day(session) for session in judged(track)} if track else set()
    if "sources" in left_open or "old" in left_open or "sessions" in left_open:
        return gettext("On which days does the group meet, and from when to when?")
    if "days" in left_open and parts == {""}:
        return gettext("On which days does the group meet, and from when to when?")
    if "days" in left_open:
        if parts == {"evening"}:
            return gettext("Which evenings does the group meet, and from when to when?")
        return gettext("Which days does the group meet?")
    if "times" in left_open:
        return gettext("When does the group start, and when does it end?")
    return gettext("Do I come to you, or join by video?") if "mode" in left_open else ""


def first_group(first: FirstGroup, today: date) -> tuple[str, str]:
    """The day in bold and the rest: ('Mon, Dec 7', ', if you call today')."""
    if first.full_since:
        when = ago((today - first.full_since).days)
        return "", gettext(
            "They said %(when)s that they are full. Ask about a waiting list.", when=when
        )
    if first.date is None:
        return "", gettext("Starts are not published. Ask.")
    if first.certainty == "stated":
        return capitalized(weekday_and_date(first.date)), ""
    about = gettext("About %(day)s", day=weekday_and_date(first.date))
    return about, gettext(", if you call today")


# --- freshness and the way there ----------------------------------------------------------


def freshness(source: Source | None, state: State, today: date) -> str:
    """How far the facts may be trusted: who said so, and when."""
    if source is None:
        return gettext("Nobody has told us. Call to check.")
    if state is State.CONFLICTING:
        return gettext("Two sources disagree. Call to check.")
    if source.method == "example":
        return gettext("Invented, so that you can try this site")
    if source.method == "list":
        return gettext("%(list)s. Call to check.", list=listed(source))
    if source.method == "published":
        return _published(source, state)
    when = ago((today - source.as_of).days)
    if state is not State.CURRENT:
        return gettext("Confirmed %(when)s. Call to check.", when=when)
    if source.method == "phone":
        return gettext("Confirmed %(when)s by phone", when=when)
    return gettext("Confirmed %(when)s by the program", when=when)


def confirmed_by(source: str, role: str | None) -> str:
    """'Their website, Nov 23, 2026. Confirmed by the program.'."""
    if role is None:
        return source
    roles = {"program": gettext("the program"), "curator": gettext("our staff")}
    by = roles.get(role, role)
    return gettext("%(source)s. Confirmed by %(role)s.", source=source, role=by)


def _published(source: Source, state: State) -> str:
    if state is State.CURRENT:
        return gettext("Published by the program, not yet confirmed")
    return gettext(
        "Published by the program, as of %(day)s. Call to check.", day=full_date(source.as_of)
    )


def listed(source: Source) -> str:
    """'From a federal list of 2024', 'From a state list of Aug 21, 2026'."""
    edition = (
        source.edition if source.edition and len(source.edition) == 4 else full_date(source.as_of)
    )
    if "SAMHSA" in source.name or "National" in source.name:
        return gettext("From a federal list of %(edition)s", edition=edition)
    if "DHCS" in source.name or "California" in source.name:
        return gettext("From a state list of %(edition)s", edition=edition)
    return gettext("From a list of %(edition)s", edition=edition)


def miles(distance: float) -> str:
    """'2.3 miles', '1 mile'."""
    if distance < 0.5:
        return gettext("less than half a mile")
    rounded = round(distance, 1 if distance < 10 else 0)
    number = format_decimal(rounded, format="0.#", locale=locale())
    return gettext("1 mile") if rounded == 1 else gettext("%(number)s miles", number=number)


def travel(distance: float | None, minutes: int | None, by: str) -> str:
    """'2.3 miles, about 9 minutes by car'. The minutes are an estimate, and we say 'about'."""
    if distance is None:
        return gettext("They do not give an address. Ask.")
    far = miles(distance)
    if minutes is None:
        return capitalized(far)
    time = duration(minutes)
    ways = {
        "car": gettext("%(miles)s, about %(time)s by car", miles=far, time=time),
        "transit": gettext("%(miles)s, about %(time)s by bus or train", miles=far, time=time),
        "walk": gettext("%(miles)s, about %(time)s on foot", miles=far, time=time),
    }
    return capitalized(ways[by])


def sentence(text: str) -> str:
    """The text with its point at the end, once: '9 p. m.' has it already."""
    return text if text.endswith(".") else f"{text}."


def capitalized(text: str) -> str:
    """The text as it opens a sentence; the rest of it stays."""
    return text[:1].upper() + text[1:]
