"""The whole house over a home of its own, somebody of each role signed in, and every form they can see.

Forms are found by walking: from every address of the desk, over the links of its pages and the answers of
its forms. A page that is added tomorrow is walked tomorrow.
"""

import re
import sqlite3
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule
from werkzeug.test import TestResponse

from directory.accounts import magic_links, staff
from directory.accounts.staff import Wanted
from directory.app import create_app
from directory.catalog.magic_link import Errand
from directory.catalog.referral import CoarseNeeds
from directory.catalog.staff import ROLES, StaffMember
from directory.house import House
from directory.referrals import desk as referrals
from directory.referrals.tickets import Act
from directory.store.connect import open_database
from directory.store.tables import metadata
from directory.web.staff.access import ROUTES
from directory.web.staff.bulk_words import ACTS
from directory.web.staff.fact_forms import FORMS, key_text
from directory.web.staff.parts import REMOVAL, START
from tests.support.desk import SECRET, Desk, People, Watch, renew
from tests.support.forms import Form, forms_of
from tests.support.homes import DATABASE, copy_home
from tests.support.page import Reader
from tests.support.patience import be_patient
from tests.support.waiting import OFF, leave_waiting

# Who is not in, or not quite: at the form, asked for a code, asked to set up the second step.
NOBODY, AT_CODE, AT_SETUP = "nobody", "code", "setup"
PROGRAM, SLUG = "example-lamplight-evening", "lamplight-example-lamplight-evening-program"
OTHER = "example-blue-door"
# What a form needs to be taken, by the name of its field, where the page leaves it empty.
FILLED_IN: Mapping[str, str] = {
    "place": "91101", "p": SLUG, "q": "evening group", "text": "The evening group has moved.",
    "email": "new@example.org", "name": "Rosa Brook", "organization": "Rosa Court",
    "origins": "https://clinic.example", "origin": "https://clinic.example",
    "phone": "626-555-0142", "website": "https://clinic.example", "owner": "County line",
}  # fmt: skip
# Parts of addresses of the desk, beside the numbers of things that `tests.web.staff.test_door` makes.
KNOWN: Mapping[str, str] = {"slug": SLUG}
# One fact of each kind of form that facts have; and what a program may change beside them.
FACT_OF = {form: key_text(key) for key, form in FORMS.items()}
PARTS = (*FACT_OF.values(), START, REMOVAL.key)
WORDS = (FACT_OF["line"], FACT_OF["text"], FACT_OF["address"])
# What a page is asked for beside its address, so that it has something to show.
ASKED: Mapping[str, tuple[str, ...]] = {
    "bulk": (f"organization={PROGRAM}",),
    "bulk_act": tuple(f"organization={PROGRAM}&act={act}&fact=site.phone" for act in ACTS),
    "record": (f"program={OFF}",),
    "edit_record": (f"program={PROGRAM}&" + "&".join(f"fact={fact}" for fact in WORDS),),
}
MOST_ALIKE = 3  # pages of one view that links lead to, for one person
# What ends the walk of whoever does it: seen, tried, and taken back.
LEAVING = ("staff.sign_out", "staff.end_session", "staff.remove_second_factor")


@dataclass(frozen=True)
class State:
    """What is kept at one moment: the database, and what each browser holds."""

    database: bytes = field(repr=False)
    cookies: Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """A form on a page that somebody sees, and how things stood when they saw it."""

    who: str
    address: str
    endpoint: str
    form: Form
    state: State

    def __str__(self) -> str:
        return f"{self.endpoint} for {self.who}, on {self.address}"


class Grounds:
    """The app, its home, and people at it; everybody's browser by role, and one of nobody."""

    def __init__(self, house: House, folder: Path) -> None:
        self.home = copy_home(house.config.home, folder / "home")
        self.watch = Watch()
        self.app = create_app(replace(house.config, home=self.home), self.watch)
        renew(self.app)
        be_patient(self.app)
        self._wait_for_files()
        self.engine = open_database(f"sqlite:///{self.home / DATABASE}")
        self.people = People(self.app)
        self.desks = {NOBODY: Desk(self.app)}
        self.take_seats()
        self._half_way()
        self.tickets = self._referred()
        services = self.app.extensions["directory"]
        listing = services.finder.program(SLUG)
        services.report(listing, "hours", "The evening group has moved.")
        leave_waiting(self.app, self.home, PROGRAM, self.members["curator"].number)

    def _wait_for_files(self) -> None:
        """What is done to an uploaded file is done when the answer comes, however slow the machine is."""
        services = self.app.extensions["staff"]
        shop = replace(services.workshop, patience=120)
        self.app.extensions["staff"] = replace(services, workshop=shop)

    def take_seats(self) -> None:
        """Somebody new of each role, signed in; whoever sat there before may have been sent away."""
        self.members = {role: self.people.add(role) for role in ROLES}
        self._may_do_without(self.members["partner"])
        for role, member in self.members.items():
            self.desks[role] = Desk(self.app)
            for desk in (self.desks[role], Desk(self.app)):
                assert desk.sign_in(member).heading == "Your desk"
        self._linked(self.members["editor"])

    def _may_do_without(self, member: StaffMember) -> None:
        """Somebody who has a second step though their role asks for none, so that it may be removed."""
        with self.people.services.book() as book:
            kept = book.people.get(member.number)
            assert kept is not None
            book.people.put(replace(kept, secret=self.people.services.keeper.seal(SECRET)))

    def _linked(self, member: StaffMember) -> None:
        """Their organization runs the program."""
        with self.people.services.book() as book:
            book.people.put_organization(replace(member.organization, listed_as=PROGRAM))

    def _half_way(self) -> None:
        """Two curators who have typed their password, and no more."""
        self.desks[AT_CODE], self.desks[AT_SETUP] = Desk(self.app), Desk(self.app)
        self.desks[AT_CODE].type_in(self.people.add("curator"))
        without = self.people.add("curator")
        with self.people.services.book() as book:
            kept = book.people.get(without.number)
            assert kept is not None
            book.people.put(replace(kept, secret=None))
        self.desks[AT_SETUP].type_in(without)

    def _referred(self) -> list[int]:
        """Tickets of the referrer: one is out, one was opened by its program."""
        today, ours = self.watch().date(), self.members["referrer"].organization.number
        with self.people.services.book() as book:
            fits = {PROGRAM: "yes", OTHER: "unknown"}
            case = referrals.open_case(book.referrals, today, ours, CoarseNeeds("iop"), fits)
            first, second = book.referrals.tickets([case.number])
            for one in (first, second):
                referrals.act(book.referrals, today, one, Act("sent"), "referrer", 0)
            sent = book.referrals.ticket(second.number)
            referrals.act(book.referrals, today, sent, Act("seen"), "program", 1)
        return [first.number, second.number]

    def close(self) -> None:
        self.engine.dispose()

    # --- what is kept -----------------------------------------------------------------------

    def state(self) -> State:
        """Everything, to come back to."""
        with (
            closing(sqlite3.connect(self.home / DATABASE)) as now,
            closing(sqlite3.connect(":memory:")) as kept,
        ):
            now.backup(kept)  # waits where a file is locked, as serialize does not
            database = bytearray(kept.serialize())
        database[18:20] = b"\1\1"  # no write-ahead log: it lives in memory until it is copied back
        return State(bytes(database), {who: desk.cookie() for who, desk in self.desks.items()})

    def back_to(self, state: State) -> None:
        """As if nothing had happened since."""
        with closing(sqlite3.connect(":memory:")) as kept:
            kept.deserialize(state.database)
            with closing(sqlite3.connect(self.home / DATABASE)) as now:
                now.execute("PRAGMA synchronous = OFF")  # no test outlives its machine
                kept.backup(now)
                now.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what was, is in no file any more
        for who, token in state.cookies.items():
            for path in ("/staff", "/es/staff"):
                if token:
                    self.desks[who].client.set_cookie("staff", token, path=path)
                else:
                    self.desks[who].client.delete_cookie("staff", path=path)

    def kept(self) -> Iterator[tuple[str, str, object]]:
        """(table, column, value) of all that the database holds."""
        with self.engine.connect() as connection:
            for table in metadata.sorted_tables:
                for row in connection.execute(sa.select(table)).mappings():
                    yield from ((table.name, column, value) for column, value in row.items())

    # --- asking -----------------------------------------------------------------------------

    def get(self, who: str, address: str) -> TestResponse:
        """A page as this person sees it; redirects are followed."""
        desk = self.desks[who]
        return desk.client.get(address, headers=desk.headers, follow_redirects=True)

    def send(self, who: str, form: Form, fields: Mapping[str, list[str]]) -> TestResponse:
        """Send a form as its page would, and follow nothing."""
        desk = self.desks[who]
        if form.method == "GET":
            return desk.client.get(form.action, query_string=fields, headers=desk.headers)
        files = {name: (BytesIO(), "") for name in form.files}
        how = {"content_type": "multipart/form-data"} if files else {}
        data = {**fields, **files}
        return desk.client.post(form.action, data=data, headers=desk.headers, **how)

    def endpoint(self, address: str, method: str) -> str:
        """Which view answers, in English; "" if none."""
        adapter = self.app.url_map.bind("localhost")
        try:
            endpoint, _ = adapter.match(urlsplit(address).path, method)
        except (HTTPException, RequestRedirect):
            return ""
        return re.sub(r"^(pages|staff|frame)_[a-z]{2}\.", r"\1.", endpoint)

    # --- addresses --------------------------------------------------------------------------

    def rules(self, method: str = "GET") -> list[Rule]:
        """Every address of the desk, in English."""
        return sorted(
            (
                rule
                for rule in self.app.url_map.iter_rules()
                if rule.endpoint.startswith("staff.") and method in (rule.methods or ())
            ),
            key=lambda rule: rule.rule,
        )

    def addresses(self, rule: Rule, who: str) -> list[str]:
        """Where this address may lead somebody: things of theirs made anew, links that open."""
        found = [rule.rule]
        for part in re.findall(r"<[^>]+>", rule.rule):
            name = part.strip("<>").rpartition(":")[2]
            found = [one.replace(part, str(value)) for one in found
                     for value in self._values(name, rule, who)]  # fmt: skip
        asked = ASKED.get(rule.endpoint.partition(".")[2], ())
        return found + [f"{one}?{query}" for one in found for query in asked]

    def _values(self, name: str, rule: Rule, who: str) -> list[object]:
        from tests.web.staff.test_door import THINGS

        if name == "token":
            return list(self.tokens())
        if name == "part":  # with an account they are the same forms
            return list(PARTS) if who == NOBODY else [PARTS[0]]
        touched = ROUTES[rule.endpoint.partition(".")[2]].touches
        if name == "number" and touched in THINGS and who in self.members:
            mine, make = self.members[who], THINGS[touched]
            reach = ROUTES[rule.endpoint.partition(".")[2]].roles[mine.role]
            whose = [mine] if reach == "own" else [self.people.add("referrer"), mine]
            return [make(self.people, self.app, one) for one in whose]
        return [KNOWN.get(name, PROGRAM)]

    def tokens(self) -> list[str]:
        """Links that open: to join, and one of each errand to each kind of thing it may be for."""
        services, now = self.people.services, self.watch()
        with services.book() as book:
            number = len(book.people.all())
            place = self.members["referrer"].organization
            wanted = Wanted(f"new{number}@example.org", "Newcomer", "referrer", place)
            newcomer = staff.add(book, now, 0, wanted)
            return [
                staff.link(book, now, 0, newcomer),
                *(
                    magic_links.make(book, services.keeper, now, errand, subject, timedelta(days=9))
                    for errand in get_args(Errand)
                    for subject in (map(str, self.tickets) if errand == "ticket" else [PROGRAM])
                ),
            ]

    # --- walking ----------------------------------------------------------------------------

    def walk(self, *, send: bool = True) -> "Walked":
        """Every page of the desk that somebody comes to, and every form on them; by links alone if asked."""
        walked = Walked(sends=send)
        for who in self.desks:
            self._walk_as(who, walked)
        return walked

    def _walk_as(self, who: str, walked: "Walked") -> None:
        start = self.state()
        for rule in self.rules():
            access = ROUTES[rule.endpoint.partition(".")[2]]
            is_theirs = who in access.roles if who in self.members else access.is_open
            if is_theirs or who in access.stages:
                self._walk_from(self.addresses(rule, who), who, walked)
        self.back_to(start)

    def _walk_from(self, addresses: list[str], who: str, walked: "Walked") -> None:
        ahead = deque(addresses)
        while ahead:
            address = ahead.popleft()
            endpoint = self.endpoint(address, "GET")
            asked = frozenset(name for name, _ in parse_qsl(urlsplit(address).query))
            seen = walked.tried.setdefault((who, endpoint, asked), [])
            in_english = endpoint.startswith("staff.") and address.startswith("/staff")
            is_told = address in addresses or address in walked.led
            is_new = address not in seen or address in walked.led
            if not in_english or not is_new or (len(seen) >= MOST_ALIKE and not is_told):
                continue
            walked.led.discard(address)
            seen.append(address)
            answer = self.get(who, address)
            if answer.status_code == 200 and answer.request.path == urlsplit(address).path:
                is_page = answer.mimetype == "text/html"
                (walked.pages if is_page else walked.files).append((who, endpoint, address))
            if answer.mimetype == "text/html":
                ahead.extend(self._read(answer, address, who, walked))

    def _read(
        self, answer: TestResponse, address: str, who: str, walked: "Walked"
    ) -> Iterator[str]:
        """Links of a page, and where its forms lead once they are sent as they stand."""
        yield from links_of(answer.text)
        for form in forms_of(answer.text):
            endpoint = self.endpoint(form.action, form.method)
            key = (endpoint, tuple(form.names))
            if not endpoint.startswith("staff.") or key in walked.forms:
                continue
            state = self.state()
            walked.forms[key] = Standing(who, address, endpoint, form, state)
            if not walked.sends:
                continue
            sent = self.send(who, form, as_it_stands(form))
            assert sent.status_code < 500, (endpoint, sent.text[:500])
            if location := sent.headers.get("Location"):
                walked.led.add(location)
                yield location
            elif sent.mimetype == "text/html":
                yield from self._read(sent, address, who, walked)
            if endpoint in LEAVING:
                self.back_to(state)


@dataclass(repr=False)
class Walked:
    """What a walk came to: pages and files as (who, view, address), and forms by view and fields.

    `led`: where forms led to and that is not looked at since; a page that was seen may be another by now.
    """

    sends: bool = True
    pages: list[tuple[str, str, str]] = field(default_factory=list)
    files: list[tuple[str, str, str]] = field(default_factory=list)
    forms: dict[tuple[str, tuple[str, ...]], Standing] = field(default_factory=dict)
    tried: dict[tuple[str, str, frozenset[str]], list[str]] = field(default_factory=dict)
    led: set[str] = field(default_factory=set)


def as_it_stands(form: Form) -> dict[str, list[str]]:
    """What a form sends, with what it needs where the page leaves it empty."""
    fields: dict[str, list[str]] = {}
    for name, value in form.sent:
        value = value or FILLED_IN.get(name, "")
        if value or name not in fields:
            fields.setdefault(name, []).append(value)
    return fields


def links_of(html: str) -> Iterator[str]:
    """Where the links of a page lead, on this site."""
    read = Reader()
    read.feed(html)
    for one in read.all("a"):
        address = one.attributes.get("href") or ""
        if address.startswith("/") and not address.startswith("//"):
            yield address
