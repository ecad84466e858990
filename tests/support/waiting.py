"""What waits at the desk for somebody to act on it: one of each kind, straight in the store."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

from flask import Flask

from directory.catalog.links import Answered, LinkChange, Pair
from directory.catalog.partner import Partner
from directory.curation.proposals import Asked, propose
from directory.curation.publishing import keep_links
from directory.curation.standing import Deciding
from directory.curation.worklist.setting_aside import set_aside
from tests.journeys.uploads import keep_tried
from tests.support.desk import services_of
from tests.support.patience import PATIENT

OFF = "example-juniper-gate"  # a program that was taken off the list


def leave_waiting(app: Flask, home: Path, program: str, curator: int) -> None:
    """Wishes of a program, pairs, a finding left as it is, sites with keys, a file that was tried."""
    _ask(app, program)
    _doubt(app)
    _leave_as_it_is(app)
    services = services_of(app)
    Deciding(services.listings(), services.clock).remove(OFF, "closed")
    site = Partner("pk_" + "a" * 20, "A clinic", ("https://a.example",))
    sites = (
        site,
        replace(site, key="pk_" + "b" * 20, paused=True),
        replace(site, key="pk_" + "c" * 20, active=False),
    )
    with services.book() as book:
        for one in sites:
            book.partners.add(one, services.clock().date())
        keep_tried(book, home, curator)


def _ask(app: Flask, program: str) -> None:
    """Two wishes, as one is answered on the way."""
    services = services_of(app)
    records = services.listings()
    listing = records.get(program)
    assert listing is not None
    asked = (
        Asked("program", "name", "Evening Groups", json.dumps(listing.program.name)),
        Asked("site", "phone", "626-555-0144", json.dumps(listing.site.phone)),
    )
    with records.desk() as desk:
        for one in asked:
            propose(desk, listing, one, services.clock(), "link")


def _doubt(app: Flask) -> None:
    """Two rows that may be one place, and two of which it was said that they are not."""
    services = services_of(app)
    now = services.clock()
    row = {"name": "Lamplight", "city": "Pasadena", "phone": "626-555-0142"}
    records = services.listings()
    sites = dict.fromkeys(found.site.id for found in records.all())
    one, other, third = islice(sites, 3)
    pairs = [
        Pair(f"site:{left}", f"site:{right}", row, row, "phone", "Same name", now)
        for left, right in ((one, other), (other, third))
    ]
    with records.desk() as desk:
        _, second = keep_links(desk, LinkChange(now, found=tuple(pairs)))
        said = Answered(second, "different", "curator")
        keep_links(desk, LinkChange(now, answered=(said,)))


def _leave_as_it_is(app: Flask) -> None:
    """The first thing that does not add up."""
    services = services_of(app)
    records = services.listings()
    lists = app.extensions["curating"].worklist.current(records, PATIENT)
    assert lists is not None
    with records.desk() as desk:
        set_aside(desk, next(iter(lists.marks.values())), "cannot_tell", services.clock)
