"""Programs that look after their listing: the link a curator hands over, and what one does with it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from directory.accounts import administering
from directory.catalog.evidence import Source
from directory.catalog.records import Change, Claim, Place
from directory.curation.publishing import keep
from tests.support.desk import Desk, services_of

PAGE = Source("A page", date(2026, 11, 20), "published")
LAMPLIGHT = "example-lamplight-evening"


class Providing:
    """A desk over the shipped listings with a store of its own.

    Without `published` nothing goes out, and it is counted how often it would.
    """

    def __init__(self, desk, *, published=False):
        self.desk, self.app, self.watch = desk, desk.app, desk.watch
        self.people, self.records = desk.people, desk.records
        self.put_out = 0
        if not published:
            services = services_of(self.app)
            self.app.extensions["staff"] = replace(
                services, listings=lambda: self.records, put_out=self._put_out
            )

    def _put_out(self):
        self.put_out += 1
        return True

    def listing(self, program=LAMPLIGHT):
        """As the store has it now."""
        return self.records.get(program)

    def curator(self):
        """A curator who is signed in."""
        desk = Desk(self.app)
        desk.sign_in(self.people.add("curator", "Cam Ruiz", "Stepwise"))
        return desk

    def program(self):
        """Somebody at a program, without an account."""
        return Desk(self.app)

    def editor(self, listed_as=LAMPLIGHT, at="Lamplight"):
        """Program staff who are signed in; an administrator has linked their organization."""
        member = self.people.add("editor", "Ed Lopez", at)
        admin = self.people.add("administrator", "Ada Cole", "Stepwise")
        place = member.organization
        with self.people.services.book() as book:
            administering.change_organization(
                book, self.watch(), admin, place.number, place.name, listed_as
            )
        desk = Desk(self.app)
        desk.sign_in(member)
        return desk

    def link(self, desk=None, program=LAMPLIGHT):
        """The path of a new link that a curator makes."""
        page = (desk or self.curator()).post("/staff/listing-links", {"program": program})
        (shown,) = [one for one in page.read.all("textarea") if one.attributes.get("id") == "link"]
        return re.sub(r"^https?://[^/]+", "", shown.text.strip())

    def confirm(self, desk, path, status=200):
        """Press the one button."""
        return desk.post(path, {"seen": desk.get(path).form(path)["seen"][0]}, status)

    def change(self, desk, path, part, status=200, **fields):
        """Send the form of one fact as its page would; fields as they are called there."""
        address = f"{path}/change/{part}"
        form = desk.get(address).form(address)
        return desk.post(address, {**form, **fields}, status)

    def waiting(self):
        """What waits for a curator."""
        with self.records.desk(write=False) as desk:
            return desk.proposals.waiting()

    def acts(self):
        """(actor, act, subject, details) of the audit trail about listings."""
        with self.people.services.book(write=False) as book:
            lines = [one for one in book.trail.read() if one.kind == "listing"]
        return [(one.actor, one.act, one.subject, one.details) for one in lines]


def make_listing(records, organization, program):
    """An organization with one program, straight in the store."""
    stated = (
        Claim(("organization", organization), "name", f'"{organization}"', PAGE),
        Claim(("program", program), "name", f'"{program}"', PAGE),
    )
    change = Change(
        "A page",
        datetime(2026, 11, 20, tzinfo=UTC),
        organizations=(organization,),
        sites={f"site-{program}": organization},
        programs={program: Place(organization, f"site-{program}", program)},
        stated=stated,
    )
    with records.desk() as desk:
        keep(desk, change)
