"""Curators at a desk over a home of its own: what they do, in a few verbs, and what became of it."""

from dataclasses import replace

from directory.app import create_app
from directory.curation import reporting
from tests.support.desk import Desk, People, Watch, renew
from tests.support.homes import copy_home

EDIT = "/staff/record/edit"
EVENING = "example-lamplight-evening"
PATIENT = 300.0


class Curating:
    """The whole app over a copy of the shipped home: it may be written to, and is published."""

    def __init__(self, house, folder):
        self.watch = Watch()
        home = copy_home(house.config.home, folder)
        self.app = create_app(replace(house.config, home=home), self.watch)
        renew(self.app)
        self.people = People(self.app)
        self._member = None
        # Tests wait as long as it takes: a busy machine is no fault.
        self.services.put_out._most = PATIENT
        self.app.extensions["curating"].worklist.patience = PATIENT

    @property
    def services(self):
        return self.people.services

    @property
    def records(self):
        return self.services.listings()

    def curator(self):
        """A curator who is signed in."""
        self._member = self._member or self.people.add("curator", "Rosa Diaz")
        desk = Desk(self.app)
        desk.sign_in(self._member)
        return desk

    def administrator(self):
        """An administrator who is signed in."""
        desk = Desk(self.app)
        desk.sign_in(self.people.add("administrator", "Ada"))
        return desk

    def visitor(self):
        """Somebody who reads the public pages, as they are published now."""
        generations = self.app.extensions["directory"].finder.current.__self__
        generations._looked = 0.0  # it looks four times a second, which is soon enough for people
        return Desk(self.app)

    def listing(self, program=EVENING):
        """The program as the store has it."""
        return self.records.get(program)

    def editor(self, desk, *facts, program=EVENING):
        """The editor with these facts ('site.phone'), as the record's form leads to it."""
        asked = "&".join(f"fact={one}" for one in facts)
        return desk.get(f"{EDIT}?program={program}&{asked}")

    def look(self, desk, page, status=200, **fields):
        """Send the editor as it stands, some fields typed over; names have '.' written as '__'."""
        form = {**page.form(EDIT), **typed(fields)}
        return desk.post(EDIT, {"step": "look", **form}, status)

    def keep(self, desk, page, status=200):
        """Press 'keep' on the page that shows the change."""
        return desk.post(EDIT, {**page.form(EDIT), "step": "keep"}, status)

    def mend(self, desk, *facts, program=EVENING, **fields):
        """Open the editor, type, look, keep: the record's page."""
        page = self.editor(desk, *facts, program=program)
        return self.keep(desk, self.look(desk, page, **fields))

    def report(self, program, what="phone", text=""):
        """A visitor reports a problem."""
        taken = self.app.extensions["directory"].report
        taken(self.listing(program), what, text)

    def reports(self):
        """The open reports."""
        with self.records.desk() as desk:
            return reporting.reports(desk, self.watch().date())

    def acts(self):
        """(act, kind, details) of the trail, the oldest first."""
        with self.services.book(write=False) as book:
            return [(one.act, one.kind, one.details) for one in book.trail.read()]


def typed(fields):
    """Python names as names of fields."""
    return {name.replace("__", "."): value for name, value in fields.items()}
