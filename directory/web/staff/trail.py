"""The audit trail, read: who did what and when; and whether every line is as it was written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, request

from directory.accounts.trail import BY_LINK, COMMAND_LINE, Verdict, verify
from directory.catalog.trail import Entry, Wanted
from directory.web.i18n import gettext
from directory.web.staff import words
from directory.web.staff.act_words import ACT_WORDS
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page

MOST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown."""

    number: int
    at: str
    who: str
    act: str
    what: str
    details: str


@blueprint.get("/staff/trail")
def trail() -> Response:
    """The newest lines that are wanted, fifty at a time."""
    return page()


@blueprint.post("/staff/trail/verify")
def verify_trail() -> Response:
    """Read the whole trail, and say if it holds."""
    with staff_services.book(write=False) as book:
        found = verify(book.trail.read(), book.trail.head())
    return page(found)


def page(verdict: Verdict | None = None) -> Response:
    """The page."""
    asked = {name: request.args.get(name, "")[:40] for name in ("who", "act", "since", "until")}
    before = _number(request.args.get("before", "")) or 0
    with staff_services.book(write=False) as book:
        names = {one.number: one.name for one in book.people.all()}
        found = book.trail.find(_wanted(asked), MOST + 1, before)
    names[COMMAND_LINE] = gettext("Command line")
    lines = [_line(one, names) for one in found[:MOST]]
    return desk_page(
        "staff/trail.html",
        at="trail" if verdict else "",
        lines=lines,
        older=lines[-1].number if len(found) > MOST else 0,
        asked={name: value for name, value in asked.items() if value},
        people=[(str(number), name) for number, name in names.items()],
        acts=list(ACT_WORDS.items()),
        verdict=verdict,
    )


def _wanted(asked: Mapping[str, str]) -> Wanted:
    """What cannot be read is not asked for; a day is one of UTC, the last one included."""
    until = _day(asked["until"])
    return Wanted(
        actor=_number(asked["who"]),
        act=asked["act"] if asked["act"] in ACT_WORDS else "",
        since=(_day(asked["since"]) or date.min).isoformat(),
        until=(until + timedelta(days=1)).isoformat() if until and until < date.max else "",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _actor(number: int, names: Mapping[int, str]) -> str:
    """Who did it; a program has no account."""
    if number == BY_LINK:
        return gettext("A program, by its link")
    return names.get(number, str(number))


def _line(entry: Entry, names: Mapping[int, str]) -> Line:
    kinds = {
        "staff": gettext("Account"),
        "organization": gettext("Organization"),
        "session": gettext("Sign-in"),
        "case": gettext("Case"),
        "ticket": gettext("Ticket"),
        "kind": gettext("Kind of case"),
        "partner": gettext("Partner site"),
        "api_key": gettext("Key for a server"),
        "upload": gettext("Uploaded file"),
        "audit": gettext("Call audit"),
        "change": gettext("Change"),
        "report": gettext("Report"),
        "pair": gettext("Pair of rows"),
        "proposal": gettext("Wish of a program"),
        "listing": gettext("Listing"),
        "item": gettext("Item of a queue"),
    }
    subject = f"{kinds.get(entry.kind, entry.kind)} {entry.subject}"
    named = names.get(_number(entry.subject) or -1, "") if entry.kind == "staff" else ""
    details = json.loads(entry.details)
    return Line(
        entry.number,
        words.moment(entry.at),
        _actor(entry.actor, names),
        str(ACT_WORDS.get(entry.act, entry.act)),  # type: ignore[call-overload]
        f"{subject}, {named}" if named else subject,
        ", ".join(f"{name}: {value}" for name, value in details.items()),
    )
