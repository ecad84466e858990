"""My IOP weeks: one track as the weeks of a stay, with its hours, the way there and what it takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.catalog.program import Listing, Price, Program, Span
from directory.catalog.schedule import Track
from directory.matching.need import Need
from directory.matching.outcome import FirstGroup, ScheduleAnswer
from directory.matching.weeks_ahead import days_a_week, occasions, plans, stages
from directory.matching.work_missed import hours_of
from directory.web.i18n import gettext, ngettext
from directory.web.proofs import proof_today, week_proof
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.names import track_name
from directory.web.showing.program_facts import weeks_as_they_stand, weeks_said
from directory.web.showing.stays import bounded, over

Told = tuple[Track, ScheduleAnswer | None, FirstGroup]


@dataclass(frozen=True, slots=True)
class Stage:
    """One or several weeks and what usually happens in them."""

    first: int
    count: int
    when: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MyWeeks:
    """The section, in the order it is read. `calendars` are keys and names of what can be kept."""

    title: str
    lines: tuple[str, ...]
    total: int
    stages: tuple[Stage, ...]
    sums: tuple[tuple[str, str], ...]
    calendars: tuple[tuple[str, str], ...]
    first_day: str


def my_weeks(listing: Listing, told: Told, need: Need, minutes: int | None) -> MyWeeks:
    """The weeks of the track that is told; `minutes` is the way there, one way, if it is known.

    Nothing is reckoned from a week that is in doubt.
    """
    track, schedule, first = told
    if words.in_doubt(schedule, week_proof(listing.program)):
        track, schedule = replace(track, sessions=()), None
    hours = schedule or hours_of(track, services.clock().date())
    stay = stay_of(listing.program)
    shown = stay.min or stay.max or 0
    return MyWeeks(
        title=_title(stay),
        lines=tuple(_lines(listing.program, track, first, hours, stay)),
        total=shown,
        stages=_stages(shown, first.date) if shown else (),
        sums=tuple(_sums(listing, track, hours, need, minutes, stay)),
        calendars=tuple(_calendars(listing)),
        first_day=first.date.isoformat() if first.date else "",
    )


def stay_of(program: Program) -> Span:
    """Fewest and most weeks, as far as they are named and still count."""
    if program.weeks is None or proof_today(program, "weeks").in_doubt:
        return Span()
    return program.weeks


def _title(stay: Span) -> str:
    if not (stay.min and stay.max):
        return words.capitalized(weeks_said(stay.min, stay.max)) or gettext("Your weeks")
    if stay.min == stay.max:
        return ngettext("Your %(num)d week", "Your %(num)d weeks", stay.min)
    return gettext("Your %(least)d to %(most)d weeks", least=stay.min, most=stay.max)


def _lines(
    program: Program, track: Track, first: FirstGroup, hours: ScheduleAnswer, stay: Span
) -> Iterator[str]:
    yield from _length(program, stay)
    if stay != Span() and (sums := _in_all(track, hours, stay)):
        yield _if_you_start(first, sums)
    if stay.min and stay.min != stay.max:
        yield gettext("The picture shows the shortest stay they name. Ask how long yours would be.")
    elif stay.max and not stay.min:
        yield gettext("The picture shows the longest stay they name. Ask how long yours would be.")
    yield gettext("They may close on holidays. Ask which days.")


def _length(program: Program, stay: Span) -> Iterator[str]:
    """What to ask where the length is not known."""
    told = weeks_as_they_stand(program)
    if told is None:
        yield gettext("They do not say how many weeks it takes. Ask. Many programs take 6 to 10.")
    elif stay == Span():
        yield told.text


def _in_all(track: Track, hours: ScheduleAnswer, stay: Span) -> str:
    """Such as '24 days, 72 hours in all'."""
    days, minutes = days_a_week(track), hours.weekly_span_minutes
    parts = []
    if days:
        count = over(stay, lambda one: str(days * one))
        parts.append(gettext("%(count)s days", count=count))
    if minutes:
        parts.append(over(stay, lambda one: words.duration(minutes * one)))
    return bounded(stay, gettext("%(sums)s in all", sums=", ".join(parts))) if parts else ""


def _if_you_start(first: FirstGroup, sums: str) -> str:
    if first.date is None:
        return gettext("%(sums)s.", sums=words.capitalized(sums))
    day = words.weekday_and_date(first.date)
    if first.certainty == "stated":
        return gettext("If you start %(day)s: %(sums)s.", day=day, sums=sums)
    return gettext("If you start about %(day)s: %(sums)s.", day=day, sums=sums)


def _stages(weeks: int, begins: date | None) -> tuple[Stage, ...]:
    told = _usual()
    return tuple(
        Stage(first, count, _when(first, count, begins), *told[at])
        for at, (first, count) in enumerate(stages(weeks))
        if count
    )


def _when(first: int, count: int, begins: date | None) -> str:
    last = first + count - 1
    if count == 1:
        shown = gettext("Week %(first)d", first=first)
    elif count == 2:
        shown = gettext("Weeks %(first)d and %(last)d", first=first, last=last)
    else:
        shown = gettext("Weeks %(first)d to %(last)d", first=first, last=last)
    if begins is None:
        return shown
    day = words.day_and_month(begins + timedelta(weeks=first - 1))
    return gettext("%(weeks)s, %(day)s", weeks=shown, day=day)


def _usual() -> Sequence[tuple[str, str]]:
    """What usually happens, as the guide tells it; no program's own promise."""
    return (
        (gettext("Settle in"), gettext("You meet your team. They ask how you are. You set goals.")),
        (gettext("Learn tools"), gettext("What sets things off, and ways to get through it.")),
        (gettext("Use them"), gettext("Skills in real life, the people around you, your goals.")),
        (gettext("Look ahead"), gettext("Life after: work, home, plans for hard days.")),
        (gettext("Finish"), gettext("You look back, and leave with a plan on paper.")),
    )


def _sums(
    listing: Listing,
    track: Track,
    hours: ScheduleAnswer,
    need: Need,
    minutes: int | None,
    stay: Span,
) -> Iterator[tuple[str, str]]:
    contact, span = hours.weekly_contact_minutes, hours.weekly_span_minutes
    ask = gettext("Ask")
    yield gettext("Therapy a week"), words.duration(contact) if contact else ask
    yield gettext("With breaks"), words.duration(span) if span else ask
    if minutes and track.mode == "in_person" and (days := days_a_week(track)):
        about = gettext("about %(time)s a week", time=words.duration(2 * minutes * days))
        yield gettext("The way, there and back"), about
        if leave := _leave_and_return(track, minutes):
            yield gettext("Leave and be back, about"), leave
    price = None if proof_today(listing.program, "price").in_doubt else listing.program.price
    if cost := cost_in_all(price, track, stay):
        yield gettext("If you pay yourself"), cost
    if need.weeks:
        yield gettext("Time to free up"), _to_free(hours, stay)


def cost_in_all(price: Price | None, track: Track, stay: Span) -> str:
    """Such as '$7,440 in all', from the price and the weeks that they name; '' where one is open."""
    if price is None or stay == Span() or price.per == "session":
        return ""
    times = {"day": days_a_week(track) or 0, "week": 1, "program": 0}[price.per]
    if not times:
        return ""
    cents = price.cents * times
    amount = over(stay, lambda one: f"${cents * one / 100:,.2f}".removesuffix(".00"))
    if not stay.max:
        return gettext("from %(amount)s in all", amount=amount)
    return bounded(stay, gettext("%(amount)s in all", amount=amount))


def _leave_and_return(track: Track, minutes: int) -> str:
    """Such as '5:45 to 9:15 pm', where every session has the same hours."""
    times = {(one.start, one.end) for one in words.judged(track)}
    if len(times) != 1:
        return ""
    ((start, end),) = times
    if start is None or end is None:
        return ""
    way = -(-minutes // 5) * 5  # an estimate is not told to the minute
    return words.hours(start - way, end + way)


def _to_free(hours: ScheduleAnswer, stay: Span) -> str:
    """What of the group lies outside the free week, with the way there."""
    if hours.verdict == "cannot_tell":
        return gettext("Ask")
    if not hours.missed_minutes:
        return gettext("None")
    a_week = gettext("%(time)s a week", time=words.duration(hours.missed_minutes))
    if stay == Span():
        return a_week
    in_all = over(stay, lambda one: words.duration(hours.missed_minutes * one))
    return gettext("%(a_week)s, %(in_all)s in all", a_week=a_week, in_all=bounded(stay, in_all))


def _calendars(listing: Listing) -> Iterator[tuple[str, str]]:
    today = services.clock().date()
    for plan in plans(listing.program.tracks):
        if any(occasions(plan, today, listing.program.weeks)):
            track = plan.phases[0]
            yield plan.key, track_name(track, with_season=len(plan.phases) == 1)
