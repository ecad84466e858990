"""What the job calculator says: work missed a week and in all, leave used, and which laws to ask about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_percent

from directory.catalog.program import Listing, Span
from directory.catalog.schedule import Track
from directory.matching.need import Need
from directory.matching.outcome import ScheduleAnswer
from directory.matching.work_missed import LEAVE_WEEKS, Job, work_missed
from directory.web.i18n import gettext, locale
from directory.web.job_form import Asked
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import Said
from directory.web.showing.my_weeks import stay_of
from directory.web.showing.names import track_name
from directory.web.showing.program_facts import weeks_said
from directory.web.showing.stays import bounded, over
from directory.web.showing.words import Mark

# The middle half of those that name a length (card `shape`).
USUAL_WEEKS = Span(6, 10)


@dataclass(frozen=True, slots=True)
class TrackMissed:
    """One track: its name, a mark and the claim, and the sums, one sentence each."""

    name: str
    mark: Mark
    claim: str
    lines: tuple[str, ...]


def answered(asked: Asked, listing: Listing | None) -> tuple[TrackMissed, ...]:
    """The group whose hours were typed; without any, each track of the program, least work first."""
    weeks = weeks_of(listing)
    if asked.group or listing is None:
        group = asked.group or Track()
        today = services.clock().date()
        found = work_missed(asked.job, group, asked.travel_minutes, today)
        return (_told(gettext("The group"), group, found, asked.job, weeks),)
    need = Need(weeks=(asked.job.week,), travel_minutes=asked.travel_minutes)
    tracks = [(track, found) for track, found, _ in services.finder.tracks(need, listing) if found]
    tracks.sort(key=lambda one: (one[1].verdict == "cannot_tell", one[1].missed_minutes))
    return tuple(
        _told(track_name(track, with_season=False), track, found, asked.job, weeks)
        for track, found in tracks
    )


def weeks_of(listing: Listing | None) -> Span:
    """Fewest and most weeks, of which one may be open; the usual ones where they are not known."""
    stay = stay_of(listing.program) if listing else Span()
    return USUAL_WEEKS if stay == Span() else stay


def _told(name: str, track: Track, found: ScheduleAnswer, job: Job, weeks: Span) -> TrackMissed:
    if words.in_doubt(found, found.proof):
        doubt = words.ask_for(found.ask, track)
        return TrackMissed(name, "ask", gettext("We cannot tell yet."), (doubt.claim, doubt.rest))
    when = words.capitalized(words.meets(track))
    known = (gettext("%(when)s.", when=when),) if when else ()
    if found.verdict == "cannot_tell":
        claim = gettext("We cannot tell yet.")
        rest = gettext("They do not publish all of their days and hours. Ask, then type them here.")
        return TrackMissed(name, "ask", claim, (*known, rest))
    if found.verdict == "fits":
        return TrackMissed(name, "yes", gettext("You would miss no work."), known)
    missed = words.duration(found.missed_minutes)
    claim = (
        gettext("You would miss %(time)s of work a week, or more.", time=missed)
        if words.unpublished(track)
        else gettext("You would miss %(time)s of work a week.", time=missed)
    )
    return TrackMissed(name, "no", claim, (*known, *_sums(found, job, weeks)))


def _sums(found: ScheduleAnswer, job: Job, weeks: Span) -> Sequence[str]:
    """On which days, which part of a week, how much in all, and how much leave."""
    minutes = found.missed_minutes
    days = words.days(conflict.day for conflict in found.conflicts)
    each = gettext(
        "That is %(share)s of a week of %(hours)s.",
        share=_percent(job.share_of_week(minutes)),
        hours=words.duration(job.paid_minutes),
    )
    in_all = gettext(
        "Over %(weeks)s it is %(time)s.",
        weeks=weeks_said(weeks.min, weeks.max),
        time=bounded(weeks, over(weeks, lambda one: words.duration(minutes * one))),
    )
    leave = gettext(
        "%(leave_weeks)d weeks of leave are %(hours)s of your work. This would use %(share)s of it.",
        leave_weeks=LEAVE_WEEKS,
        hours=words.duration(job.paid_minutes * LEAVE_WEEKS),
        share=bounded(weeks, over(weeks, lambda one: _percent(job.share_of_leave(minutes, one)))),
    )
    on = (gettext("It is on %(days)s, with the way there.", days=days),) if days else ()
    return (*on, each, in_all, leave)


def _percent(share: float) -> str:
    return format_percent(share, format="#,##0%", locale=locale())


# law -> sizes of employer at which it may cover somebody; all ask for more than size.
LAWS: Mapping[str, frozenset[str]] = {
    "fmla": frozenset({"50-up", "public"}),
    "cfra": frozenset({"5-24", "25-49", "50-up", "public"}),
    "labor-1025": frozenset({"25-49", "50-up"}),
    "feha": frozenset({"5-24", "25-49", "50-up", "public"}),
}


def laws(size: str) -> tuple[tuple[str, Said], ...]:
    """Each law's card id, and if it is worth asking about with an employer of this size."""
    return tuple((law, _law(law, size)) for law in LAWS)


def _law(law: str, size: str) -> Said:
    names = {
        "fmla": gettext("Federal family and medical leave (FMLA)"),
        "cfra": gettext("California family rights (CFRA)"),
        "labor-1025": gettext("California Labor Code 1025"),
        "feha": gettext("California fair employment law (FEHA)"),
    }
    if size == "unsure":
        return Said("ask", gettext("%(law)s: ask how many people work there.", law=names[law]))
    if size in LAWS[law]:
        return Said("yes", gettext("%(law)s: worth asking about.", law=names[law]))
    return Said("no", gettext("%(law)s: not for this kind of employer.", law=names[law]))


def sizes() -> Mapping[str, str]:
    """How many people work there, as it is asked."""
    return {
        "under-5": gettext("1 to 4"),
        "5-24": gettext("5 to 24"),
        "25-49": gettext("25 to 49"),
        "50-up": gettext("50 or more"),
        "public": gettext("Government or public school"),
        "unsure": gettext("I am not sure"),
    }
