"""`follow`: one process of each node that keeps it up to date with the others."""

import argparse
import threading
import time
from collections.abc import Mapping, Sequence

from directory.catalog.nodes import Finished
from directory.cli.command import Command, Result
from directory.cli.refusing import NO_ROOM, NoRoom
from directory.cli.telling import say
from directory.cli.tending import Daily
from directory.errors import BadSetting, Refusal, StoreAway
from directory.exchange.aside import sole_writer
from directory.exchange.release import Release
from directory.exchange.releases import takes_back
from directory.house import House
from directory.search.names import Name, read_names
from directory.search.sharing import name_of
from directory.store.troubles import note_following

SOON, LATER = 1.0, 10.0
"""Seconds until we look by ourselves: while something keeps us back, and else. Who tells is heard at once."""


class OpenData:
    """The open data of this node, looked at once for each generation that comes to stand here.

    Whoever published it: this process, a web worker, another node.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._looked_at: Finished | None = None
        self._versions: Mapping[str, int] | None = None
        self._work = threading.Thread()

    def begin(self) -> None:
        """Keep up beside us, unless that goes on already: the files of a country take minutes."""
        if not self._work.is_alive() and self._house.generations.own() != self._looked_at:
            self._work = threading.Thread(target=self._try, name="open-data", daemon=True)
            self._work.start()

    def _try(self) -> None:
        """What cannot be written is told, and tried again with the next generation."""
        try:
            self.keep_up()
        except (OSError, Refusal) as error:
            say(f"Open data: {error}")

    def keep_up(self) -> None:
        """Write the files that are due."""
        own = self._house.generations.own()
        if own is None or own == self._looked_at:
            return
        self._looked_at = own
        name = name_of(own.number)
        names = read_names(self._house.config.generations / name)
        before = self._house.releases.current()
        if before is None or before.generation != name:
            whole = before is None or before.as_of < own.as_of
            withdraws = before is not None and self._takes_back(before, name, names)
            self._house.release(self._house.stands(whole=whole, withdraws=withdraws), say)
        self._versions = {one.program: one.version for one in names}

    def _takes_back(self, before: Release, name: str, names: Sequence[Name]) -> bool:
        """Reading every program of a country takes seconds, so only if what changed since may do it."""
        stands, known = self._house.generations.opened(name), self._versions
        if known is None:
            return takes_back(before, stands.all())
        changed = [at for at, one in enumerate(names) if known.get(one.program) != one.version]
        gone = known.keys() - {one.program for one in names}
        may = gone or any(one.site.address.withheld for one in stands.listings(changed))
        return bool(may) and takes_back(before, stands.all())


def _follow(house: House, _options: argparse.Namespace) -> Result:
    if not house.has_nodes:
        got, expected = house.config.url.partition(":")[0], "postgresql://...: SQLite has one node"
        raise BadSetting("DIRECTORY_DATABASE_URL", got, expected)
    said, open_data, daily = Said(), OpenData(house), Daily(house)
    try:
        while True:
            try:
                _stay_current(house, said, open_data, daily)
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


def _stay_current(house: House, said: Said, open_data: OpenData, daily: Daily) -> None:
    """Look, then wait for word, until the database is away."""
    with house.following.line.listening() as wait:
        while True:
            wait(_looked(house, said, open_data, daily))


def _looked(house: House, said: Said, open_data: OpenData, daily: Daily) -> float:
    """Come up to date, and let time in; answers the seconds until we look by ourselves."""
    told = _look(house, open_data)
    _note(house, told)
    said(told or "Up to date")
    daily.keep_up()
    return SOON if told else LATER


def _look(house: House, open_data: OpenData) -> str:
    try:
        return _follow_once(house, open_data)
    except StoreAway:
        raise
    except Refusal as refusal:
        return str(refusal)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        return str(NoRoom.of(error))


def _follow_once(house: House, open_data: OpenData) -> str:
    """Bring this node up to date, its open data too; answers what keeps it back, or ""."""
    with sole_writer(house.config.home):
        told = house.following.step(lambda: house.build(house.records()))
    open_data.begin()
    return told


def _note(house: House, told: str) -> None:
    note_following(house.config.home, house.clock(), told)


COMMANDS = (
    Command("follow", _follow, "Keep this node up to date with the others, until stopped."),
)
