"""Curators at the desk over a home of their own, with real commands that read what they upload."""

import io
import json
from dataclasses import replace

from directory.curation.uploading.workshop import Workshop
from directory.settings import for_strangers_files
from directory.store.connect import open_database
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from tests.support.desk import Desk, People, renew
from tests.support.homes import DATABASE, copy_home

# Told of every file: before today on any clock.
SEEN = {"seen_on": "2024-06-01"}


class Uploading:
    """The app over a copy of the shipped home, and people at it."""

    def __init__(self, app, watch, house, folder):
        self.app, self.watch = app, watch
        self.home = copy_home(house.config.home, folder / "home")
        self.engine = open_database(f"sqlite:///{self.home / DATABASE}")
        self.records = SqlRecords(self.engine)
        renew(self.app, SqlStaffRecords(self.engine))
        config = replace(house.config, home=self.home)
        shop = Workshop(self.home / "uploads", for_strangers_files(config), self.home / DATABASE)
        # A test waits for the work to end, however slow the machine is.
        self.shop = replace(shop, patience=120)
        services = self.app.extensions["staff"]
        self.app.extensions["staff"] = replace(services, workshop=self.shop)
        self.people = People(self.app)

    @property
    def services(self):
        return self.people.services

    def curator(self, name="Ada Stone"):
        desk = Desk(self.app)
        desk.sign_in(self.people.add("curator", name))
        return desk

    def send(self, desk, body, source="listing", status=200, name="list.json", **fields):
        """Upload a file; answers the page that follows."""
        file = (io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode()), name)
        return desk.post(
            "/staff/imports", {"source": source, **SEEN, "file": file, **fields}, status
        )

    def uploads(self):
        with self.services.book(write=False) as book:
            return list(book.uploads.newest(100))[::-1]

    def press(self, desk, number, action, status=200):
        """Press the button of a file's page that leads there."""
        address = f"/staff/imports/{number}/{action}"
        form = desk.get(f"/staff/imports/{number}").form(address)
        fields = {name: values[0] for name, values in form.items() if name != "csrf_token"}
        return desk.post(address, fields, status)

    def acts(self):
        with self.services.book(write=False) as book:
            return [(one.act, json.loads(one.details)) for one in book.trail.read()]

    def everything_kept(self):
        """All texts of the tables of staff."""
        with self.engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
            return "\n".join(
                str(row)
                for (name,) in tables.all()
                if name.startswith(("staff", "upload"))
                for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
            )
