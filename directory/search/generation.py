"""One published generation: an immutable folder with everything a search needs.

manifest.json  name, day, counts, a SHA-256 for each file
roster/        columns, patterns, beginnings
text/          the Whoosh index; lexicon.json
listings.*     each program as a listing file of its own (bytes, and offsets)
public.*       each program as the API shows it (bytes, and offsets)
ids.json       program id and slug of each row
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from directory.catalog.listing import dump_record, load_organization, load_program, load_site
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.matching.criterion import Context
from directory.matching.index import WordHits
from directory.matching.outcome import Understood
from directory.matching.roster import Locate, Roster, build_roster
from directory.matching.statistics import Statistics, count
from directory.search.arrays import open_roster, write_roster
from directory.search.document import document
from directory.search.speller import Speller, word_counts
from directory.search.text_index import TextIndex, write_index
from directory.search.understanding import Words

FORMAT = 1
Encode = Callable[[Listing], bytes]


@dataclass(frozen=True, slots=True)
class Builder:
    """What it takes to build a generation besides the listings."""

    vocabularies: Vocabularies
    locate: Locate
    encode: Encode
    context: Callable[[date], Context]

    def write(self, folder: Path, name: str, listings: Sequence[Listing], as_of: date) -> None:
        """Write a whole generation into an empty folder. Checksums come last."""
        rows, roster = build_roster(listings, self.context(as_of), self.locate)
        write_roster(folder / "roster", roster)
        documents = [document(one, self.vocabularies) for one in rows]
        write_index(folder / "text", documents)
        (folder / "lexicon.json").write_bytes(orjson.dumps(word_counts(documents)))
        _write_rows(folder / "listings", [orjson.dumps(dump_listing(one)) for one in rows])
        _write_rows(folder / "public", [self.encode(one) for one in rows])
        ids = [(one.program.id, one.slug) for one in rows]
        (folder / "ids.json").write_bytes(orjson.dumps(ids))
        manifest = {
            "format": FORMAT,
            "name": name,
            "as_of": as_of.isoformat(),
            "statistics": asdict(count(rows, self.context(as_of))),
            "files": {path: checksum(folder / path) for path in files_in(folder)},
        }
        (folder / "manifest.json").write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))


def dump_listing(listing: Listing) -> dict[str, object]:
    """A listing as JSON: its three records in the listing format, its slug and version."""
    return {
        "organization": dump_record(listing.organization),
        "site": dump_record(listing.site),
        "program": dump_record(listing.program),
        "slug": listing.slug,
        "version": listing.version,
    }


def load_listing(plain: Mapping[str, Any]) -> Listing:
    """The listing that `dump_listing` wrote."""
    return Listing(
        organization=load_organization(plain["organization"]),
        site=load_site(plain["site"]),
        program=load_program(plain["program"]),
        slug=plain["slug"],
        version=plain["version"],
    )


class Generation:
    """An opened generation: the index behind the finder."""

    def __init__(self, folder: Path, words: Words) -> None:
        manifest = orjson.loads((folder / "manifest.json").read_bytes())
        self.name: str = manifest["name"]
        self.as_of: date = date.fromisoformat(manifest["as_of"])
        self.statistics = _statistics(manifest["statistics"])
        self.roster: Roster = open_roster(folder / "roster")
        self._words = words
        lexicon = orjson.loads((folder / "lexicon.json").read_bytes())
        self.text = TextIndex(folder / "text", Speller(lexicon, words.concepts))
        self._listings = _Rows(folder / "listings")
        self._public = _Rows(folder / "public")
        ids = orjson.loads((folder / "ids.json").read_bytes())
        self._row_of = {key: row for row, keys in enumerate(ids) for key in keys}

    def listings(self, rows: Sequence[int]) -> list[Listing]:
        """The records of these rows."""
        return [load_listing(orjson.loads(self._listings[row])) for row in rows]

    def encoded(self, rows: Sequence[int]) -> list[bytes]:
        """The public JSON of these rows, as encoded at publish time."""
        return [self._public[row] for row in rows]

    def row_of(self, slug_or_id: str) -> int | None:
        """The row of a program."""
        return self._row_of.get(slug_or_id)

    def words(self, text: str) -> WordHits:
        """Find by words, with the concepts and spellings we understood."""
        reading = self._words.read(text)
        phrases, spelling = self.text.speller.put_right(reading)
        scores = self.text.scores(phrases, self.roster.size)
        concepts = tuple(dict.fromkeys(c for phrase in phrases for c in phrase.concepts))
        understood = Understood(spelling, concepts, reading.help_first, reading.out_of_scope)
        return WordHits(scores, understood, searched=bool(reading.phrases))


def _statistics(plain: Mapping[str, Any]) -> Statistics:
    sources = tuple((name, programs) for name, programs in plain["sources"])
    return Statistics(**{**plain, "sources": sources})


class _Rows:
    """Byte strings by row: one file of bytes, one of offsets."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path.with_suffix(".bytes"), np.uint8, "r")
        self._offsets = np.load(path.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)

    def __getitem__(self, row: int) -> bytes:
        return self._bytes[self._offsets[row] : self._offsets[row + 1]].tobytes()


def _write_rows(path: Path, rows: Sequence[bytes]) -> None:
    path.with_suffix(".bytes").write_bytes(b"".join(rows) or b"\n")
    offsets = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    np.save(path.with_suffix(".npy"), offsets, allow_pickle=False)


def files_in(folder: Path) -> list[str]:
    """Every file of a generation but its manifest, by relative path."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path != "manifest.json")


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(folder: Path) -> bool:
    """True if every file is there as it was written."""
    try:
        manifest = orjson.loads((folder / "manifest.json").read_bytes())
        files: dict[str, str] = manifest["files"]
        return manifest["format"] == FORMAT and all(
            checksum(folder / path) == digest for path, digest in files.items()
        )
    except (OSError, ValueError, KeyError):
        return False
