"""Is all well with this directory? Each thing with what we see, and what to do where it is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import Response

from directory.catalog.records import Desk
from directory.catalog.trail import Wanted
from directory.errors import NoGeneration
from directory.referrals.desk import needs_tending
from directory.web.i18n import gettext, ngettext
from directory.web.services import services
from directory.web.showing.names import source_name
from directory.web.showing.words import full_date
from directory.web.staff import words
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page

GIGABYTE = 1_000_000_000
LEAST_FREE, LITTLE_FREE = 0.05, 0.10
FRESH_DAYS = 1
"""Listings and backups are of today or yesterday where both are made each day."""
LONG_DAYS = 14
"""Nobody should wait longer in a queue."""

State = Literal["yes", "ask", "no"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing: its mark (`ask`: look at it, `no`: mend it), what we see, what to do."""

    name: str
    state: State
    seen: str
    do: str = ""
    command: str = ""


@blueprint.get("/staff/health")
def health() -> Response:
    """Everything that may need somebody."""
    today = staff_services.clock().date()
    checks = [listings(today), database(), disk(), backup(today), last_import(), tickets(today)]
    with staff_services.listings().desk(write=False) as desk:
        checks += queues(desk, today)
    wrong = sum(one.state != "yes" for one in checks)
    return desk_page("staff/health.html", checks=checks, wrong=wrong)


def listings(today: date) -> Check:
    """What visitors search."""
    name, command = gettext("Published listings"), "python -m directory publish"
    try:
        as_of, programs = services.finder.as_of, services.finder.statistics().programs
    except NoGeneration:
        seen = gettext("Nothing is published: visitors cannot search.")
        return Check(name, "no", seen, gettext("Publish what is kept."), command)
    count = ngettext("%(num)d program", "%(num)d programs", programs)
    seen = gettext("%(count)s, as of %(day)s.", count=count, day=full_date(as_of))
    if (today - as_of).days <= FRESH_DAYS:
        return Check(name, "yes", seen)
    return Check(name, "ask", seen, gettext("Facts age: publish once a day."), command)


def database() -> Check:
    """The system of record. That it answers is shown by this page."""
    found = staff_services.operating.condition().tables()
    kinds = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    name, kind = gettext("Database"), kinds.get(found.kind, found.kind)
    if found.revision == found.newest:
        seen = gettext("%(kind)s answers; its tables are up to date (%(revision)s).")
        return Check(name, "yes", seen % {"kind": kind, "revision": found.revision})
    seen = gettext(
        "%(kind)s answers; its tables are of %(revision)s, this release knows %(newest)s.",
        kind=kind,
        revision=found.revision or gettext("no release"),
        newest=found.newest,
    )
    return Check(name, "no", seen, gettext("Run one release everywhere, and start it again."))


def disk() -> Check:
    """Room for the next generation and the next backup."""
    found = staff_services.operating.disk()
    seen = gettext(
        "%(free)s GB of %(total)s GB are free.",
        free=f"{found.free / GIGABYTE:,.1f}",
        total=f"{found.total / GIGABYTE:,.1f}",
    )
    share = found.free / found.total if found.total else 0.0
    if share >= LITTLE_FREE:
        return Check(gettext("Disk"), "yes", seen)
    do = gettext("Delete what is not needed, or give it a larger disk.")
    return Check(gettext("Disk"), "no" if share < LEAST_FREE else "ask", seen, do)


def backup(today: date) -> Check:
    """The newest one that was made from this machine's home."""
    name, at = gettext("Backup"), staff_services.operating.last_backup()
    do = gettext("Back up each day, and copy the folder to another machine.")
    command = "python -m directory backup FOLDER --keep 14"
    if at is None:
        return Check(name, "ask", gettext("None was made on this machine."), do, command)
    seen = gettext("The last one was made %(day)s.", day=full_date(at.date()))
    if (today - at.date()).days <= FRESH_DAYS:
        return Check(name, "yes", seen)
    return Check(name, "no", seen, do, command)


def last_import() -> Check:
    """When something was last taken in. It may be long ago: lists come out once a year."""
    name, found = gettext("Import"), staff_services.operating.condition().last_import()
    if found is None:
        do = gettext("Take in a list or a file of listings.")
        command = "python -m directory import SOURCE FILE"
        return Check(name, "ask", gettext("Nothing was ever taken in."), do, command)
    day, source = full_date(found.at.date()), source_name(found.source)
    return Check(name, "yes", gettext("%(day)s, from %(source)s.", day=day, source=source))


def tickets(today: date) -> Check:
    """Whether time was let in on referrals."""
    with staff_services.book(write=False) as book:
        late = needs_tending(book.referrals, today)
        last = next(iter(book.trail.find(Wanted(act="referrals_tended"), 1)), None)
    name = gettext("Tickets")
    if late:
        seen = gettext("Some are past their time.")
        do = gettext("Publishing does it; where you do not publish each day, run this.")
        return Check(name, "ask", seen, do, "python -m directory referrals tend")
    if last is None:
        return Check(name, "yes", gettext("None is past its time."))
    seen = gettext("None is past its time. Some were last ended %(at)s.", at=words.moment(last.at))
    return Check(name, "yes", seen)


def queues(desk: Desk, today: date) -> Iterator[Check]:
    """What waits for a curator."""
    reports = [one.told_on for one in desk.reports.all() if one.closed_on is None]
    yield queue(gettext("Problems that visitors told"), reports, today)
    asked = [one.told_at.date() for one in desk.proposals.waiting()]
    yield queue(gettext("Changes that programs ask for"), asked, today)
    pairs = [one.found_at.date() for one in desk.links.pairs(waiting=True)]
    yield queue(gettext("Rows that may be one place"), pairs, today)


def queue(name: str, days: Sequence[date], today: date) -> Check:
    """One queue by the days its things came in."""
    if not days:
        return Check(name, "yes", gettext("Nothing waits."))
    count = ngettext("%(num)d waits", "%(num)d wait", len(days))
    seen = gettext("%(count)s, the oldest since %(day)s.", count=count, day=full_date(min(days)))
    if (today - min(days)).days <= LONG_DAYS:
        return Check(name, "yes", seen)
    return Check(name, "ask", seen, gettext("Ask a curator to look: two weeks are long."))
