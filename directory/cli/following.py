"""`follow`: one process of each node that keeps it up to date with the others."""

import argparse
import time

from directory.cli.command import Command, Result, say
from directory.curation.publishing import Published
from directory.errors import BadSetting, Refusal, StoreAway
from directory.exchange.aside import sole_writer
from directory.exchange.releases import takes_back
from directory.house import House
from directory.store.troubles import note_following

SOON, LATER = 1.0, 10.0
"""Seconds until we look by ourselves: while something keeps us back, and else. Who tells is heard at once."""


def _follow(house: House, _options: argparse.Namespace) -> Result:
    if not house.has_nodes:
        got, expected = house.config.url.partition(":")[0], "postgresql://...: SQLite has one node"
        raise BadSetting("DIRECTORY_DATABASE_URL", got, expected)
    said = Said()
    try:
        while True:
            try:
                _stay_current(house, said)
            except StoreAway:
                _note(house, "the database is away; what stands is served")
                said("The database is away")
            time.sleep(SOON)
    except KeyboardInterrupt:
        return {"stopped": True}


class Said:
    """Says what is new, once."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, text: str) -> None:
        """Say it, unless it was said last."""
        if text != self._last:
            say(text)
        self._last = text


def _stay_current(house: House, said: Said) -> None:
    """Look, then wait for word, until the database is away."""
    with house.following.line.listening() as wait:
        while True:
            told = _look(house)
            _note(house, told)
            said(told or "Up to date")
            wait(SOON if told else LATER)


def _look(house: House) -> str:
    try:
        return _follow_once(house)
    except StoreAway:
        raise
    except Refusal as refusal:
        return str(refusal)


def _follow_once(house: House) -> str:
    """Bring this node up to date, its open data too; answers what keeps it back, or ""."""
    before = house.generations.own()
    with sole_writer(house.config.home):
        told = house.following.step(lambda: house.build(house.records()))
    if house.generations.own() != before:
        house.release(_as_published(house), say)
    return told


def _as_published(house: House) -> Published:
    """What stands now, whoever built it."""
    stands, before = house.generations.current(), house.releases.current()
    return Published(
        stands.name,
        stands.statistics.programs,
        stands.statistics.examples,
        whole=before is None or before.as_of < stands.as_of,
        withdraws=before is not None and takes_back(before, stands.all()),
    )


def _note(house: House, told: str) -> None:
    note_following(house.config.home, house.clock(), told)


COMMANDS = (
    Command("follow", _follow, "Keep this node up to date with the others, until stopped."),
)
