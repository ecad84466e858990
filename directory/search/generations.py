"""The generations in our home: built aside, swapped by one rename, the last good one always kept."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from directory.catalog.nodes import Finished
from directory.catalog.program import Listing
from directory.catalog.whereabouts import Journal, Standing
from directory.errors import NoGeneration
from directory.exchange.aside import aside, make_names_durable, sole_writer
from directory.search.building import Builder, Differing
from directory.search.durability import make_durable
from directory.search.generation import Generation
from directory.search.journal import newest_change
from directory.search.manifest import (
    NAME,
    Manifest,
    Stamp,
    is_as_written,
    is_whole,
    read_manifest,
    stamp_of,
)
from directory.search.names import read_names
from directory.search.sharing import PREFIX, Sharing, name_of, standing_in
from directory.search.understanding import Words

KEPT = 3
MOST_REVISIONS = 100
"""Revisions in a row; then the whole is built anew, so that no leftovers pile up."""

LOOK_EVERY_SECONDS = 0.25
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
"""What reading a damaged manifest raises, beside errors of the disk."""
NO_CHANGES = Journal()
Found = TypeVar("Found")


class Generations:
    """Writes generations and serves the current one. Safe for several threads and processes."""

    def __init__(
        self,
        home: Path,
        words: Words,
        *,
        examples: bool = True,
        sharing: Sharing | None = None,
    ) -> None:
        self._home = home
        self._words = words
        self._examples = examples
        self._sharing = sharing
        self._open: Generation | None = None
        self._looked = 0.0
        self._lock = threading.Lock()
        self._seen: set[Stamp] = set()
        self._readable: set[str] = set()
        self._refused: set[str] = set()
        self._refused_under: Stamp | None = None

    def current(self) -> Generation:
        """The newest whole generation; changes over within a second of a swap.

        Raises NoGeneration if there is none. A damaged one is passed over for the one before; so
        is one that other code wrote, and one with invented programs, unless the settings allow `examples`.
        """
        now = time.monotonic()
        if self._open is not None and now - self._looked < LOOK_EVERY_SECONDS:
            return self._open
        with self._lock:
            self._looked = now
            name = self.named()
            if self._open is None or (name is not None and name != self._open.name):
                self._open = self._newest_whole(name)
            return self._open

    def named(self) -> str | None:
        """The one that was put in place last, whole or not."""
        try:
            return (self._home / "CURRENT").read_text(encoding="ascii").strip()
        except OSError:
            return None

    def _newest_whole(self, named: str | None) -> Generation:
        """The named generation, or the newest one that is whole, or the one that is open.

        If others were put in place meanwhile, those we tried may be pruned: then we look again.
        """
        self._forgive()
        for name in ([named] if named else []) + self._others(named):
            if self._open is not None and name == self._open.name:
                return self._open
            if name not in self._refused and (generation := self._if_fit(name)):
                return generation
        if (now := self.named()) != named:
            return self._newest_whole(now)
        if self._open is not None:
            return self._open
        raise NoGeneration(str(self._home))

    def _others(self, named: str | None) -> list[str]:
        """The ones to try if the named one cannot be served, in this order."""
        return [name for name in reversed(self.names()) if name != named]

    def _forgive(self) -> None:
        """Look anew at what was refused once CURRENT is written again."""
        swapped = None
        with suppress(OSError):
            swapped = stamp_of(self._home / "CURRENT")
        if swapped != self._refused_under:
            self._refused, self._refused_under = set(), swapped

    def _if_fit(self, name: str) -> Generation | None:
        """A generation, unless it is damaged, written by other code or has programs it may not have.

        What was refused is remembered, for hashing and opening take long and others wait meanwhile;
        not so if the disk, or the process, only could not read for now.
        """
        return self._judged(name, lambda manifest: self._opened_whole(name, manifest))

    def _is_fit(self, name: str) -> bool:
        """The same, and not opened if what was written on the same basis could be read: that takes long."""

        def can_be_read(manifest: Manifest) -> bool:
            known = manifest.basis in self._readable
            return known or self._opened_whole(name, manifest) is not None

        return self._judged(name, can_be_read) or False

    def _judged(self, name: str, read: Callable[[Manifest], Found]) -> Found | None:
        folder = self._home / name
        try:
            manifest = read_manifest(folder)
            may_stand = self._examples or not manifest.statistics.examples
            if may_stand and is_as_written(folder, manifest, self._seen):
                return read(manifest)
        except (FileNotFoundError, NotADirectoryError, *UNREADABLE):
            pass
        except OSError:
            return None
        self._refused.add(name)
        return None

    def _opened_whole(self, name: str, manifest: Manifest) -> Generation:
        """The same as `opened`. Raises FileNotFoundError if it was pruned while we opened it."""
        written = stamp_of(self._home / name / NAME)
        generation = self.opened(name)
        if stamp_of(self._home / name / NAME) != written:
            raise FileNotFoundError(name)
        self._readable.add(manifest.basis)
        return generation

    def opened(self, name: str) -> Generation:
        """The generation of a name, whichever is current."""
        return Generation(self._home / name, self._words)

    def names(self) -> list[str]:
        """The generations on disk, oldest first."""
        if not self._home.is_dir():
            return []
        return sorted(path.name for path in self._home.iterdir() if path.name.startswith(PREFIX))

    def standing(self, basis: str, as_of: date, *, examples: bool) -> Standing | None:
        """What is published, if the current generation can be revised.

        None if there is none, if it is damaged, of another day or basis, revised too often, or was
        written where invented programs may stand (`examples`) and now they may not, or the reverse.
        """
        try:
            folder = self._home / (self.named() or "")
            manifest = read_manifest(folder)
            fits = manifest.as_of == as_of and manifest.basis == basis
            fits = fits and manifest.examples == examples
            if fits and manifest.revisions < MOST_REVISIONS and is_whole(folder, self._seen):
                versions = {name.program: name.version for name in read_names(folder)}
                return Standing(versions, *newest_change(folder))
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def write(
        self,
        builder: Builder,
        listings: Sequence[Listing],
        as_of: date,
        journal: Journal = NO_CHANGES,
    ) -> Manifest:
        """Build a whole generation aside and swap it in. One writer at a time."""
        return self._put(lambda folder, name: builder.write(folder, name, listings, as_of, journal))

    def revise(
        self,
        builder: Builder,
        came: Sequence[Listing],
        gone: frozenset[str],
        journal: Journal = NO_CHANGES,
    ) -> Manifest:
        """Build a generation from the current one aside and swap it in."""

        def write(folder: Path, name: str) -> Manifest:
            before = self._home / (self.named() or "")
            return builder.revise(before, folder, name, Differing(came, gone, journal))

        return self._put(write)

    def own(self) -> Finished | None:
        """What stands here, as other nodes know it; None if nothing can be read."""
        return standing_in(self._home / (self.named() or "none"))

    def fetch(self, finished: Finished) -> None:
        """Bring in a generation of another node and swap it in.

        Raises `OSError` or `ValueError` if it is not there whole; then nothing has changed here.
        """
        if self._sharing is None:
            raise ValueError("this node shares no folder")
        name = name_of(finished.number)
        with self._aside() as unfinished:
            current = self.named()
            if current == name:  # an older backup was restored, and numbers were given again
                raise ValueError(f"another generation of number {finished.number} stands here")
            self._sharing.fetch(finished, unfinished, self._home / (current or "none"))
            make_durable(unfinished)
            if (self._home / name).exists():
                self._remove(name)
            self._put_in_place(unfinished, name)

    def _put(self, write: Callable[[Path, str], Manifest]) -> Manifest:
        with self._aside() as unfinished:
            name = self._next_name()
            manifest = write(unfinished, name)
            make_durable(unfinished)
            if self._sharing:
                self._sharing.announce(unfinished, manifest)
            self._readable.add(manifest.basis)
            self._put_in_place(unfinished, name)
        return manifest

    def _put_in_place(self, unfinished: Path, name: str) -> None:
        unfinished.rename(self._home / name)
        self._swap(name)
        self._prune(name)

    @contextmanager
    def _aside(self) -> Iterator[Path]:
        """A folder to write a generation into, for one writer at a time; gone after an error."""
        self._home.mkdir(parents=True, exist_ok=True)
        with sole_writer(self._home):
            for left in self._home.glob(".tmp-*"):
                shutil.rmtree(left)
            unfinished = self._home / ".tmp-next"
            unfinished.mkdir()
            try:
                yield unfinished
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)

    def _next_name(self) -> str:
        """One that no node has given."""
        numbers = [int(name.removeprefix(PREFIX)) for name in self.names()]
        shared = self._sharing.newest_number() if self._sharing else 0
        return name_of(max([shared, *numbers]) + 1)

    def _swap(self, name: str) -> None:
        with aside(self._home / "CURRENT") as unfinished:
            unfinished.write_text(name, encoding="ascii")
        make_names_durable(self._home)

    def _prune(self, current: str) -> None:
        """Keep the newest few, and the one that would be served if `current` could not, however old.

        To find it the others are judged from the newest on until one is fit: nearly always the first, and
        cheaply. A reviser has compared its files; else reading them is less work than writing their like.
        What cannot be read for now is kept. Who reads what is pruned has it mapped.
        """
        old, fit = set(self.names()[:-KEPT]), False
        for name in self._others(current) if old - {current} else ():
            if not fit and (fit := self._is_fit(name)):
                continue
            if name in old and (fit or name in self._refused):
                self._remove(name)

    def _remove(self, name: str) -> None:
        """Its name goes first: under its name it is there whole, or not at all."""
        shutil.rmtree((self._home / name).rename(self._home / ".tmp-gone"))
