"""A program's weeks as events of a calendar, in words; or with a title that tells nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from directory.catalog.program import Address, Listing, Span
from directory.catalog.schedule import Track
from directory.exchange.calendar_file import Entry
from directory.matching.weeks_ahead import Occasion, Plan, occasions
from directory.web.addresses import site_url
from directory.web.first_groups import first_group_of
from directory.web.i18n import gettext, page_url
from directory.web.proofs import week_proof
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.cards import fresh
from directory.web.showing.my_weeks import stay_of
from directory.web.showing.names import called, track_name
from directory.web.showing.program_facts import weeks, weeks_as_they_stand


def entries(listing: Listing, plan: Plan, first: date, *, plain: bool) -> tuple[Entry, ...]:
    """Every published session of a plan. `plain` leaves out all that says what it is."""
    found = tuple(occasions(plan, first, stay_of(listing.program)))
    if plain:
        return tuple(_plain(one, listing, plan) for one in found)
    return tuple(_told(one, listing, plan) for one in found)


def timetable(
    listing: Listing, chosen: Iterable[Plan], first: date | None = None, *, plain: bool = False
) -> tuple[Entry, ...]:
    """The weeks of these plans; nothing where no day with its hours is published.

    They begin on the day that is named, else with each plan's first group. Where none is known they
    begin today. Then, and where the week is in doubt, they say maybe and tell why. `plain` leaves out
    all that says what it is.
    """
    return tuple(entry for plan in chosen for entry in _begun(listing, plan, first, plain))


def _begun(listing: Listing, plan: Plan, named: date | None, plain: bool) -> tuple[Entry, ...]:
    first = first_group_of(listing.program, plan.phases[0])
    known = named or first.date
    found = entries(listing, plan, known or services.clock().date(), plain=plain)
    why = () if known else (words.first_group(first, services.clock().date())[1],)
    if doubt := words.doubt(week_proof(listing.program)):
        told = words.ask_for(doubt, plan.phases[0])
        why = (*why, f"{told.claim} {told.rest}")
    if not why:
        return found
    ask = "" if plain else "\n".join(("", *why))
    return tuple(replace(one, sure=False, text=one.text + ask) for one in found)


def _key(one: Occasion, listing: Listing, plan: Plan) -> str:
    session, part = one.session, "" if one.sure or one.session.attendance != "required" else "more"
    season = plan.phases[0].season if len(plan.phases) == 1 else one.start.isoformat()
    names = (listing.program.id, plan.key, season, session.day, session.start, session.end, part)
    return "/".join(str(name) for name in names)


def _plain(one: Occasion, listing: Listing, plan: Plan) -> Entry:
    title = gettext("Appointment")
    return Entry(_key(one, listing, plan), title, one.start, one.end, one.weeks, one.sure)


def _told(one: Occasion, listing: Listing, plan: Plan) -> Entry:
    track = plan.phases[0]
    return Entry(
        key=_key(one, listing, plan),
        title=_title(one, listing, track),
        start=one.start,
        end=one.end,
        weeks=one.weeks,
        sure=one.sure,
        text="\n".join(_text(listing, plan)),
        place="" if _is_virtual(one, track) else street(listing.site.address),
        url=site_url(page_url("program", slug=listing.slug)),
    )


def _is_virtual(one: Occasion, track: Track) -> bool:
    return (one.session.mode or track.mode) != "in_person"


def _title(one: Occasion, listing: Listing, track: Track) -> str:
    group = one.session.label or track_name(track, with_season=False)
    title = gettext("%(group)s, %(program)s", group=group, program=listing.program.name)
    if listing.example:
        title = gettext("Example: %(title)s", title=title)
    if one.session.attendance == "choose":
        count = track.choose.at_least if track.choose else 1
        return gettext("%(title)s (you choose %(count)d a week)", title=title, count=count)
    if one.session.attendance == "optional":
        return gettext("%(title)s (if you like)", title=title)
    return title if one.sure else gettext("%(title)s (maybe: ask how long yours is)", title=title)


def _text(listing: Listing, plan: Plan) -> Iterator[str]:
    if listing.example:
        yield gettext("This program is invented, so that you can try this site.")
    if listing.site.phone:
        yield gettext("Call them first: %(phone)s.", phone=listing.site.phone)
    yield gettext("Days and hours: %(fresh)s.", fresh=fresh(listing).rstrip("."))
    yield how_long(listing)
    yield from _left_out(plan)
    yield gettext("They may close on holidays. Ask which days.")


def how_long(listing: Listing) -> str:
    """What they say of the length, and what a calendar makes of it."""
    span, told = stay_of(listing.program), weeks(listing.program)
    if not told:
        return gettext("They do not say how many weeks. These events come back until you end them.")
    if span == Span() and (asked := weeks_as_they_stand(listing.program)):
        return gettext("%(told)s These events come back until you end them.", told=asked.text)
    if span.max is None or span.min == span.max:
        return gettext("They say %(weeks)s.", weeks=told)
    return gettext("They say %(weeks)s. The last weeks are marked “maybe”.", weeks=told)


def _left_out(plan: Plan) -> Iterator[str]:
    if any(words.unpublished(track) for track in plan.phases):
        yield gettext("Sessions whose day or hour they do not publish are left out. Ask when.")
    if len(plan.phases) == 1 and plan.phases[0].season:
        season = called(plan.phases[0].season)
        yield gettext("These are the hours of: %(season)s. Ask when they change.", season=season)


def street(address: Address) -> str:
    """The address on one line, as far as it is published."""
    line = " ".join(part for part in (address.street, address.unit) if part)
    if address.withheld:
        line = ""
    last = " ".join(part for part in (address.state, address.zip) if part)
    return ", ".join(part for part in (line, address.city, last) if part)
