"""Generations between nodes: one writes a generation, the others fetch it by its digest."""

from collections.abc import Callable
from pathlib import Path

from directory.catalog.nodes import Finished, Ledger
from directory.exchange.aside import checksum
from directory.search.journal import newest_change
from directory.search.manifest import FORMAT, NAME, Manifest, read_manifest
from directory.search.shelf import Shelf

PREFIX = "gen-"
KEPT = 3


def name_of(number: int) -> str:
    """What the generation of a number is called, on every node."""
    return f"{PREFIX}{number:08d}"


def finished_in(folder: Path, manifest: Manifest, digest: str) -> Finished:
    """What a generation on disk is to the other nodes."""
    number = int(manifest.name.removeprefix(PREFIX))
    return Finished(number, manifest.as_of, *newest_change(folder), FORMAT, digest)


def standing_in(folder: Path) -> Finished | None:
    """The same of what stands in a folder; None if it cannot be read."""
    try:
        return finished_in(folder, read_manifest(folder), checksum(folder / NAME))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Sharing:
    """Puts what this node writes where the others find it, before it serves it itself."""

    def __init__(self, shelf: Shelf, ledger: Callable[[], Ledger]) -> None:
        self._shelf, self._ledger = shelf, ledger

    def newest_number(self) -> int:
        """The number of the newest generation of all nodes; 0 without any."""
        newest = self._ledger().finished()
        return newest.number if newest else 0

    def announce(self, folder: Path, manifest: Manifest) -> None:
        """Copy it and write it down. Raises what keeps it from being both: then nobody serves it."""
        ledger = self._ledger()
        ledger.record(finished_in(folder, manifest, self._shelf.put(folder)))
        self._shelf.prune(ledger.kept(KEPT))

    def fetch(self, finished: Finished, into: Path, before: Path) -> None:
        """Fill a folder with it. Raises `OSError` or `ValueError`."""
        self._shelf.fetch(finished.digest, into, before)
