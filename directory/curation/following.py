"""How one of several nodes stays up to date: it fetches what another finished, or builds in its turn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from directory.catalog.clock import Clock
from directory.catalog.nodes import Finished, Line

GENERATION_FORMAT = "a newer release published. Bring this node up to it"
SHUT = "our user may not use it. All nodes need the same uid and gid, and this folder theirs"


class Tried(NamedTuple):
    """What came of fetching: what is told of it, and whether we may build instead."""

    told: str = ""
    may_build: bool = True


class Own(Protocol):
    """The generations of this node."""

    def own(self) -> Finished | None:
        """The one that stands."""

    def fetch(self, finished: Finished) -> None:
        """Bring in another node's. Raises `OSError` or `ValueError`."""


@dataclass(frozen=True, slots=True)
class Following:
    """One node of several over one database. Call it from one process of a node at a time.

    `shared`: nodes share a folder, so what one has built the others fetch. `format`: what we can read.
    """

    line: Line
    generations: Own
    clock: Clock
    shared: bool
    format: int

    def step(self, publish: Callable[[], object]) -> str:
        """Come up to date as far as that can be now; answers what keeps us back, or ""."""
        if self._is_current() and not self._is_behind():
            return ""
        tried = self._fetched()
        if self._is_current() or not tried.may_build:
            return tried.told
        with self.line.turn(wait=False) as mine:
            if not mine:
                return f"{self._stands()} is old; another node builds the next one"
            return self._in_our_turn(publish)

    def _in_our_turn(self, publish: Callable[[], object]) -> str:
        tried = self._fetched()  # somebody may have finished since we looked
        if tried.may_build and not self._is_current():
            publish()
        return tried.told

    def catch_up(self) -> bool:
        """Fetch what is newest, in our turn; True if there is nothing to build."""
        self._fetched()
        return self._is_current()

    def _is_current(self) -> bool:
        own, today = self.generations.own(), self.clock().date()
        return own is not None and own.covers(self.line.newest(), today)

    def _is_behind(self) -> bool:
        """True if another node finished a later one, though nothing changed: cursors hold for one only."""
        own, finished = self.generations.own(), self.line.finished() if self.shared else None
        if own is None or finished is None or finished.format != self.format:
            return False
        return finished.number > own.number

    def _fetched(self) -> Tried:
        """Fetch the newest finished one, unless it stands here."""
        finished = self.line.finished() if self.shared else None
        if finished is None:
            return Tried()
        if finished.format > self.format:
            return Tried(f"{self._stands()} is old; {GENERATION_FORMAT}", may_build=False)
        own = self.generations.own()
        if finished.format == self.format and (own is None or own.digest != finished.digest):
            try:
                self.generations.fetch(finished)
            except PermissionError as error:
                return Tried(f"{error.filename}: {SHUT}")
            except (OSError, ValueError):
                pass  # missing or damaged in the folder: whoever has the turn builds another
        return Tried()

    def _stands(self) -> str:
        own = self.generations.own()
        return f"generation {own.number} of {own.as_of}, change {own.change}," if own else "nothing"
