"""`setup`, `publish`, `rebuild`: from the store to what people search."""

import argparse

from directory.catalog.evidence import Source
from directory.cli.command import Command, Result
from directory.cli.importing import import_one
from directory.cli.meetings import take_in
from directory.cli.telling import say, working
from directory.cli.tending import tend_all
from directory.curation.publishing import Published
from directory.errors import NoGeneration
from directory.house import House

SHIPPED = ("pasadena/pasadena.json", "examples/examples.json")


def _publish(house: House, _options: argparse.Namespace) -> Result:
    return publish_all(house)


def _rebuild(house: House, _options: argparse.Namespace) -> Result:
    return publish_all(house, whole=True)


def publish_all(house: House, *, whole: bool = False) -> Result:
    """Publish the store, let time do its work, and write the open data."""
    with working("Generation: building the index and the columns"):
        published = house.publish(house.records(), whole=whole)
    tend_all(house)
    return {**published.as_dict(), **_open_data(house, published)}


def _open_data(house: House, published: Published) -> Result:
    """Write the files of open data, once people can search the generation."""
    house.release(published, say)
    current = house.releases.current()
    return {"open_data": current.name if current else None}


def _setup(house: House, _options: argparse.Namespace) -> Result:
    """Load the listings that ship and publish them, as far as anything is new."""
    wanted = SHIPPED if house.config.examples else SHIPPED[:1]
    new = 0
    for name in wanted:
        report = import_one(house, "listing", house.config.data / "listings" / name)
        new += len(report.created) + len(report.changed)
        say(f"Listings: {report.file}: {report.accepted} programs, {len(report.created)} new")
        for row in report.refused:
            say(f"  refused {row.row}: {row.field}: got {row.got!r}, expected {row.expected}")
    if house.config.examples:
        _example_meetings(house)
    if not new and (current := _still_good(house)):
        say(f"Generation: {current.generation} is up to date")
        return {"generation": current.generation, **_open_data(house, current)}
    return publish_all(house)


def _example_meetings(house: House) -> None:
    """Invented support meetings, called examples wherever they are shown."""
    source = Source("Invented meetings", house.clock().date(), "example")
    report = take_in(house, house.config.data / "guide" / "meetings.json", source)
    say(f"Meetings: {report['accepted']} invented examples")


def _still_good(house: House) -> Published | None:
    """What stands, if it is of today and holds what the settings ask for."""
    try:
        current = house.generations.current()
    except NoGeneration:
        return None
    counts = current.statistics
    if current.as_of != house.clock().date() or bool(counts.examples) != house.config.examples:
        return None
    return Published(current.name, counts.programs, counts.examples, whole=False)


COMMANDS = (
    Command("setup", _setup, "Load the listings that ship with us, and publish them."),
    Command("publish", _publish, "Write the store as a new generation and swap it in."),
    Command("rebuild", _rebuild, "Publish, built anew from the store even if little changed."),
)
