"""Writes generations: whole ones from all listings, or from the one before and what changed."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import orjson

from directory.catalog.accuracy import Accuracy
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.catalog.whereabouts import Journal
from directory.exchange.aside import checksum
from directory.matching.criterion import Context
from directory.matching.roster import Locate, Roster, build_roster
from directory.matching.statistics import count, revised
from directory.search import suggesting
from directory.search.arrays import revise_roster, write_roster
from directory.search.document import document
from directory.search.generation import dump_listing, load_listing
from directory.search.journal import revise_journal, write_journal
from directory.search.manifest import Manifest, checksums, read_manifest
from directory.search.moves import Moves, moves
from directory.search.names import Name, NameIndex, revise_names, write_names
from directory.search.rows import Rows, revise_rows, write_rows
from directory.search.speller import word_counts
from directory.search.text_index import Revision, revise_index, write_index

Encode = Callable[[Listing], bytes]
BASIS = {".csv", ".py", ".sqlite"}
ROOMS = (
    *("catalog", "places", "matching", "search"),
    *("exchange/hsds", "curation/lint", "web/api"),
)


class Beside(Protocol):
    """Further encodings of each listing, kept in a folder each."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the folders."""

    def encode(self, listing: Listing) -> tuple[bytes, ...]:
        """A listing in each of these encodings."""


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs from a generation: listings that are new or changed, ids of programs that are gone,
    and what became of programs since.
    """

    came: Sequence[Listing]
    gone: frozenset[str]
    journal: Journal


@dataclass(frozen=True, slots=True)
class Builder:
    """What it takes to build a generation besides the listings.

    `basis` changes when anything does that decides how a listing is encoded. `audit` answers what
    the newest call audit found.
    """

    vocabularies: Vocabularies
    locate: Locate
    encode: Encode
    context: Callable[[date], Context]
    basis: str
    audit: Callable[[], Accuracy | None] = lambda: None
    beside: Beside | None = None

    def write(
        self, folder: Path, name: str, listings: Sequence[Listing], as_of: date, journal: Journal
    ) -> Manifest:
        """Write a whole generation into an empty folder. Checksums come last."""
        context = self.context(as_of)
        rows, roster = build_roster(listings, context, self.locate)
        documents = [document(one, self.vocabularies) for one in rows]
        write_roster(folder / "roster", roster)
        write_index(folder / "text", documents)
        write_counts(folder, word_counts(documents))
        suggesting.write_counts(folder, suggesting.counts_of(rows))
        for kind, encoded in self._encoded(rows).items():
            write_rows(folder / kind, encoded)
        write_names(folder, [Name.of(one) for one in rows])
        write_journal(folder, journal)
        statistics = replace(count(rows, context), audit=self.audit())
        files = checksums(folder)
        manifest = Manifest(name, as_of, self.basis, 0, journal.examples, statistics, files)
        manifest.save(folder)
        return manifest

    def revise(self, before: Path, folder: Path, name: str, change: Differing) -> Manifest:
        """Write a generation from the one before. It answers as a whole build would.

        Files that stay are linked.
        """
        came, gone = change.came, change.gone
        manifest = read_manifest(before)
        context = self.context(manifest.as_of)
        rows, roster = build_roster(came, context, self.locate)
        how = _moves(before, rows, roster, gone)
        stored = Rows(before / "listings")
        left = [load_listing(orjson.loads(stored[row])) for row in how.left]
        old, new = ([document(one, self.vocabularies) for one in some] for some in (left, rows))
        revise_roster(before / "roster", folder / "roster", how, roster)
        revision = Revision(
            dict(zip(how.left, old, strict=True)), dict(zip(how.came, new, strict=True)), how.moved
        )
        revise_index(before / "text", folder / "text", revision)
        _revise_counts(before, folder, word_counts(old), word_counts(new))
        _revise_suggestions(before, folder, left, rows)
        for kind, encoded in self._encoded(rows).items():
            revise_rows(before / kind, folder / kind, how, encoded)
        revise_names(before, folder, how, [Name.of(one) for one in rows])
        revise_journal(before, folder, change.journal)
        counted = revised(manifest.statistics, count(left, context), count(rows, context))
        manifest = replace(
            manifest,
            name=name,
            revisions=manifest.revisions + 1,
            statistics=replace(counted, audit=self.audit()),
            files=checksums(folder, before),
        )
        manifest.save(folder)
        return manifest

    def _encoded(self, rows: Sequence[Listing]) -> Mapping[str, Sequence[bytes]]:
        """The rows in each way in which they are kept, by folder."""
        kept = {
            "listings": [dumped(one) for one in rows],
            "public": [self.encode(one) for one in rows],
        }
        if self.beside is not None:
            beside = [self.beside.encode(one) for one in rows]
            kept |= {kind: [one[at] for one in beside] for at, kind in enumerate(self.beside.kinds)}
        return kept


def _moves(before: Path, rows: Sequence[Listing], roster: Roster, gone: frozenset[str]) -> Moves:
    """Where the changed programs stand in the roster before, and where they will."""
    names = NameIndex(before)
    leaving = gone | {one.program.id for one in rows}
    left = [row for one in leaving if (row := names.row_of_program(one)) is not None]
    cells = np.load(before / "roster" / "cell.npy", allow_pickle=False)
    came = [
        (cell, one.program.id)
        for cell, one in zip(roster.columns["cell"].tolist(), rows, strict=True)
    ]
    return moves(cells, lambda row: names.name_of(row).program, left, came)


def _revise_counts(
    before: Path, folder: Path, left: Mapping[str, int], came: Mapping[str, int]
) -> None:
    counts = Counter(read_counts(before))
    counts.subtract(left)
    counts.update(came)
    write_counts(folder, +counts)


def _revise_suggestions(
    before: Path, folder: Path, left: Sequence[Listing], came: Sequence[Listing]
) -> None:
    counts, old, new = (
        suggesting.read_counts(before),
        suggesting.counts_of(left),
        suggesting.counts_of(came),
    )
    for kind, own in counts.items():
        own.subtract(old[kind])
        own.update(new[kind])
    suggesting.write_counts(folder, counts)


def dumped(listing: Listing) -> bytes:
    """A listing as it is kept."""
    return orjson.dumps(dump_listing(listing))


def read_counts(folder: Path) -> Mapping[str, int]:
    """How many documents hold each word."""
    found: dict[str, int] = orjson.loads((folder / "lexicon.json").read_bytes())
    return found


def write_counts(folder: Path, counts: Mapping[str, int]) -> None:
    """Write what `read_counts` reads, sorted by word."""
    (folder / "lexicon.json").write_bytes(orjson.dumps(counts, option=orjson.OPT_SORT_KEYS))


def basis_of(data: Path) -> str:
    """A digest of what decides, besides a listing, how it is encoded: our data and our code."""
    code = Path(__file__).resolve().parents[1]
    rooms = [code / room for room in ROOMS]
    folders = [data / "vocabularies", data / "gazetteer", *rooms]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in BASIS]
    digest = hashlib.sha256()
    for path in sorted([*files, data / "freshness.csv", data / "lint.csv"]):
        digest.update(path.name.encode())
        digest.update(checksum(path).encode())
    return digest.hexdigest()
