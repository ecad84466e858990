"""Referral staff at a desk over the shipped listings, and programs that answer by link."""

import re
from dataclasses import replace
from datetime import date

from directory.catalog.referral import CoarseNeeds
from directory.curation import reporting
from directory.curation.reporting import Reporting
from directory.referrals import desk as referral_desk
from directory.store.connect import open_database
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from tests.support.desk import Desk, People, renew
from tests.support.homes import copy_database

ANSWERS = {"place": "91101", "how": "car", "week": "evening", "need": "mh", "pay": "plan",
           "plan": "aetna", "age": "34"}  # fmt: skip
PROGRAMS = ("lamplight-example-lamplight-evening-program", "blue-door-example-blue-door-behavioral-health",
            "sparrow-hill-example-sparrow-hill-recovery", "open-gate-example-open-gate-online")  # fmt: skip


class Referring:
    """The app, its store, and people at it."""

    def __init__(self, app, watch, house, folder):
        self.app, self.watch = app, watch
        own = copy_database(house.config.home, folder / "directory.sqlite")
        self.engine = open_database(f"sqlite:///{own}")
        self.records = SqlRecords(self.engine)
        renew(self.app, SqlStaffRecords(self.engine))
        taken = Reporting(lambda: self.records, house.vocabularies, self.watch)
        services = self.app.extensions["directory"]
        self.app.extensions["directory"] = replace(services, report=taken.report)
        self.people = People(self.app)
        self.slugs = [slug for slug in PROGRAMS if services.finder.program(slug)]

    @property
    def services(self):
        return self.people.services

    def planner(self, at="Hillside Hospital"):
        """A referrer who is signed in."""
        desk = Desk(self.app)
        desk.sign_in(self.people.add("referrer", "Jo Miller", at))
        return desk

    def program(self):
        """Somebody at a program, without an account."""
        return Desk(self.app)

    def open_case(self, desk, *slugs, **answers):
        """Answer the questions, keep programs, open the case; answers its page."""
        page = desk.post("/staff/find", {**ANSWERS, **answers})
        sealed = page.form("/staff/cases")["sealed"][0]
        return desk.post("/staff/cases", {"sealed": sealed, "p": list(slugs or self.slugs[:1])})

    def tickets(self):
        """Every ticket that is kept, in order."""
        with self.services.book(write=False) as book:
            numbers = [one.number for org in book.people.organizations()
                       for one in book.referrals.cases(org.number)]  # fmt: skip
            return book.referrals.tickets(numbers)

    def ticket(self, number):
        with self.services.book(write=False) as book:
            return book.referrals.ticket(number)

    def send(self, desk, ticket):
        """Make the ticket ready; answers the path of the program's link."""
        page = desk.post(f"/staff/tickets/{ticket.number}/send")
        return link_on(page)

    def opened(self, desk, slug=0):
        """A case with one program that has opened its ticket: the ticket, the link, the program."""
        self.open_case(desk, self.slugs[slug])
        ticket = self.tickets()[-1]
        link = self.send(desk, ticket)
        program = self.program()
        program.post(f"{link}/open")
        return ticket, link, program

    def reply(self, program, link, status=200, **fields):
        """Answer as the form of the page would."""
        turn = program.get(link).form(link)["turn"][0]
        return program.post(link, {"turn": turn, **fields}, status)

    def reports(self):
        """What curators find in their queue."""
        with self.records.desk() as opened:
            return reporting.reports(opened, self.watch().date())

    def acts(self):
        """(act, details) of the audit trail."""
        with self.services.book(write=False) as book:
            return [(one.actor, one.act, one.details) for one in book.trail.read()]

    def everything_kept(self):
        """All texts of the database, whatever the table."""
        with self.engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
            names = [name for (name,) in tables]
            return "\n".join(
                str(row)
                for name in names
                if name.startswith(("referral", "staff", "magic", "sign_in", "report"))
                for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
            )


def link_on(page):
    """The path of the link that a ticket's page shows."""
    (found,) = [one for one in page.read.all("textarea") if one.attributes.get("id") == "link"]
    return re.sub(r"^https?://[^/]+", "", found.text.strip())


def make_case(book, organization, day=date(2026, 11, 24), program="acme"):
    """A case with one program on its shortlist, straight in the book: its number and the ticket's."""
    case = referral_desk.open_case(
        book.referrals, day, organization, CoarseNeeds("iop"), {program: "yes"}
    )
    return case.number, book.referrals.tickets([case.number])[0].number
