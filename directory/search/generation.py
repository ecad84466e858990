"""One published generation: an immutable folder with everything a search needs.

manifest.json  name, day, counts, a SHA-256 for each file
roster/        columns, patterns, beginnings
text/          the Whoosh index, and its postings as arrays
lexicon.json   how many programs hold each word
suggestions.json  the names and cities, with how many programs have each
listings/      each program as `dump_listing` writes it
public/        each program as the API shows it
hsds/          each program as a service of HSDS, packed; hsds_short/ as lists show it,
               hsds_entries/ what they ask of it
names/         program id, slug and version of each row; program_*.npy and slug_*.npy find them
journal/       what became of every program that was ever listed, by address and in the order of changes
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from directory.catalog.finding import Finding
from directory.catalog.listing import dump_record, load_organization, load_program, load_site
from directory.catalog.program import Listing
from directory.matching.index import Suggestion, WordHits
from directory.matching.outcome import Highlight, Understood
from directory.matching.roster import Roster
from directory.search.arrays import open_roster
from directory.search.highlighting import highlighted, marks_of
from directory.search.journal import JournalIndex
from directory.search.manifest import read_manifest
from directory.search.names import Name, NameIndex
from directory.search.rows import Rows
from directory.search.speller import Speller
from directory.search.suggesting import Suggester
from directory.search.text_index import TextIndex
from directory.search.understanding import Words


def dump_listing(listing: Listing) -> dict[str, object]:
    """A listing as JSON: its three records in the listing format, slug, version, findings, last change."""
    return {
        "organization": dump_record(listing.organization),
        "site": dump_record(listing.site),
        "program": dump_record(listing.program),
        "slug": listing.slug,
        "version": listing.version,
        "findings": [asdict(finding) for finding in listing.findings],
        "changed_at": listing.changed_at and listing.changed_at.isoformat(),
    }


def load_listing(plain: Mapping[str, Any]) -> Listing:
    """The listing that `dump_listing` wrote."""
    return Listing(
        organization=load_organization(plain["organization"]),
        site=load_site(plain["site"]),
        program=load_program(plain["program"]),
        slug=plain["slug"],
        version=plain["version"],
        findings=tuple(_load_finding(finding) for finding in plain["findings"]),
        changed_at=_load_moment(plain["changed_at"]),
    )


def _load_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _load_finding(plain: Mapping[str, Any]) -> Finding:
    return Finding(**{**plain, "subject": tuple(plain["subject"])})


class Generation:
    """An opened generation: the index behind the finder."""

    def __init__(self, folder: Path, words: Words) -> None:
        manifest = read_manifest(folder)
        self.name = manifest.name
        self.as_of = manifest.as_of
        self.statistics = manifest.statistics
        self.roster: Roster = open_roster(folder / "roster")
        self._words = words
        lexicon = orjson.loads((folder / "lexicon.json").read_bytes())
        self.text = TextIndex(folder / "text", Speller(lexicon, words.concepts))
        self._suggester = Suggester(words.sayings, folder)
        self._folder = folder
        self._listings = Rows(folder / "listings")
        self._public = Rows(folder / "public")
        self._names = NameIndex(folder)
        self.journal = JournalIndex(folder, examples=manifest.examples)

    def all(self) -> Iterator[Listing]:
        """Every program, by id; one at a time in memory."""
        rows = range(self.roster.size)
        for row in sorted(rows, key=lambda row: self._names.name_of(row).program):
            yield from self.listings([row])

    def listings(self, rows: Sequence[int]) -> list[Listing]:
        """The records of these rows."""
        return [load_listing(orjson.loads(self._listings[row])) for row in rows]

    def records(self, rows: Sequence[int]) -> list["Stored"]:
        """The same, each read when somebody looks inside."""
        return [Stored(self, row) for row in rows]

    def encoded(self, row: int) -> bytes:
        """The public JSON of a row, as encoded at publish time."""
        return self._public[row]

    def beside(self, kind: str) -> Rows:
        """Every row in another encoding, by the name of its folder.

        Opened now, so ask before the generation is pruned: soon after you got it.
        """
        return Rows(self._folder / kind)

    def name_of(self, row: int) -> Name:
        """What a row is called."""
        return self._names.name_of(row)

    def row_of(self, slug_or_id: str) -> int | None:
        """The row of a program."""
        return self._names.row_of(slug_or_id)

    def words(self, text: str) -> WordHits:
        """Find by words, with the concepts and spellings we understood."""
        reading = self._words.read(text)
        phrases, spelling = self.text.speller.put_right(reading)
        scores = self.text.scores(phrases)
        concepts = tuple(dict.fromkeys(c for phrase in phrases for c in phrase.concepts))
        danger = self._words.shows_help_first(reading, dict(spelling))
        understood = Understood(spelling, concepts, danger, reading.out_of_scope)
        searched = bool(scores.any()) or any(not phrase.optional for phrase in phrases)
        return WordHits(scores, understood, searched, marks_of(phrases))

    def highlight(self, row: int, marks: frozenset[str]) -> Highlight | None:
        """A line of the description of a row with these words."""
        text = orjson.loads(self._listings[row])["program"].get("description")
        return highlighted(text, marks) if text else None

    def suggest(self, beginning: str, limit: int) -> tuple[Suggestion, ...]:
        """What has a word that begins so."""
        return self._suggester.beginning(beginning, limit)


class Stored:
    """One row of a generation, unread. Equal records hold the same version of a program."""

    __slots__ = ("_generation", "_listing", "_row")

    def __init__(self, generation: Generation, row: int) -> None:
        self._generation = generation
        self._row = row
        self._listing: Listing | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stored) and self._name == other._name

    def __hash__(self) -> int:
        return hash(self._name)

    @property
    def _name(self) -> Name:
        return self._generation.name_of(self._row)

    @property
    def id(self) -> str:
        """The program's id."""
        return self._name.program

    @property
    def slug(self) -> str:
        """Its address on our site."""
        return self._name.slug

    @property
    def generation(self) -> str:
        """The name of the generation that holds it."""
        return self._generation.name

    @property
    def listing(self) -> Listing:
        """Everything listed of it, read once."""
        if self._listing is None:
            (self._listing,) = self._generation.listings([self._row])
        return self._listing

    @property
    def encoded(self) -> bytes:
        """Its public JSON."""
        return self._generation.encoded(self._row)
