"""Curators at a desk over a home of its own: what they do, in a few verbs, and what became of it."""

from dataclasses import replace

from directory.app import create_app
from directory.curation import reporting
from tests.support.desk import Desk, People, Watch, renew
from tests.support.editing import EVENING, Editing
from tests.support.homes import copy_home
from tests.support.patience import be_patient


class Curating(Editing):
    """The whole app over a copy of the shipped home: it may be written to, and is published."""

    def __init__(self, house, folder):
        self.watch = Watch()
        home = copy_home(house.config.home, folder)
        self.app = create_app(replace(house.config, home=home), self.watch)
        renew(self.app)
        self.people = People(self.app)
        self._member = None
        be_patient(self.app)

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
