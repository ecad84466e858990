"""The text index as arrays: for each term the rows it is in, and how much it says there.

Whoosh counts words and lengths; a *pair* is how often a term stands in a field and how long that
field is (in Whoosh's own rounding). Pairs are few, so a posting is a row and the place of a pair,
and the score of a pair is Whoosh's BM25F once the lengths of all fields are known.

Terms are 'field:text', sorted. Rows are kept in 16 bits, in blocks of 65,536: the postings of a
term in a block lie between `offsets[term * blocks + block]` and the next offset.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh.reading import IndexReader
from whoosh.util.numeric import length_to_byte

from directory.search.moves import GONE, Ints

Narrow = NDArray[np.int32] | Ints

BLOCK = 1 << 16
LENGTH_BYTES = 256


@dataclass(frozen=True, slots=True)
class Analysed:
    """One document as its fields' terms: how often each stands there, and each field's length."""

    counts: Mapping[str, int]
    lengths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Triples:
    """Postings one by one, sorted by term and row. `says` is count * 256 + the length's byte."""

    term: Ints
    row: Ints
    says: Ints


@dataclass(frozen=True, slots=True)
class Placed:
    """The same with what is said as a place in `pairs`, in which one may stand twice."""

    term: Narrow
    row: Narrow
    pair: Narrow
    pairs: Ints


@dataclass(frozen=True, slots=True)
class Compiled:
    """The arrays of one index of `documents` documents; `lengths` are the sums by field."""

    documents: int
    lengths: Mapping[str, int]
    terms: Sequence[str]
    offsets: Ints
    rows: NDArray[np.uint16]
    pair: NDArray[np.uint16]
    pairs: Ints

    @property
    def blocks(self) -> int:
        """How many blocks of rows there are."""
        return blocks_of(self.documents)

    def triples(self) -> Triples:
        """The postings one by one."""
        counts = np.diff(self.offsets)
        place = np.repeat(np.arange(len(counts)), counts)
        row = place % self.blocks * BLOCK + self.rows.astype(np.int64)
        return Triples(place // self.blocks, row, self.pairs[self.pair])

    def save(self, folder: Path) -> None:
        """Write the arrays."""
        folder.mkdir(parents=True)
        for name in ("offsets", "rows", "pair", "pairs"):
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        rest = {"documents": self.documents, "lengths": self.lengths, "terms": self.terms}
        (folder / "terms.json").write_bytes(orjson.dumps(rest))


def load(folder: Path) -> Compiled:
    """Map the arrays into memory."""
    arrays = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for name in ("offsets", "rows", "pair", "pairs")
    }
    return Compiled(**orjson.loads((folder / "terms.json").read_bytes()), **arrays)


def blocks_of(documents: int) -> int:
    """How many blocks so many rows take; never none."""
    return max(1, -(-documents // BLOCK))


def compiled(reader: IndexReader, boosts: Mapping[str, float]) -> Compiled:
    """Every posting of a Whoosh index of one segment, where a document's number is its row."""
    sizes = {field: _length_bytes(reader, field) for field in boosts}
    found = sorted((f"{field}:{text.decode()}", field, text) for field, text in reader.all_terms())
    rows, says = [], []
    for _, field, text in found:
        own, weights = _postings(reader, field, text)
        rows.append(own)
        says.append(
            np.rint(weights / boosts[field]).astype(np.int64) * LENGTH_BYTES + sizes[field][own]
        )
    term = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    return pack(
        reader.doc_count_all(),
        {field: reader.field_length(field) for field in boosts},
        [name for name, _, _ in found],
        Triples(term, _joined(rows), _joined(says)),
    )


def _length_bytes(reader: IndexReader, field: str) -> Ints:
    lengths = (reader.doc_field_length(row, field, 1) for row in range(reader.doc_count_all()))
    return np.array([length_to_byte(length) for length in lengths], np.int64)


def _postings(reader: IndexReader, field: str, text: bytes) -> tuple[Ints, NDArray[np.float64]]:
    matcher = reader.postings(field, text)
    rows, weights = [], []
    while matcher.is_active():
        rows.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return np.array(rows, np.int64), np.array(weights)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *parts])


def pack(
    documents: int, lengths: Mapping[str, int], terms: Sequence[str], triples: Triples
) -> Compiled:
    """The arrays of these postings; terms in no document are left out."""
    pairs, pair = np.unique(triples.says, return_inverse=True)
    return _arranged(documents, lengths, terms, Placed(triples.term, triples.row, pair, pairs))


def _arranged(
    documents: int, lengths: Mapping[str, int], terms: Sequence[str], found: Placed
) -> Compiled:
    """The same of postings whose pairs are placed; pairs that nothing has are left out."""
    pairs = np.unique(found.pairs[np.bincount(found.pair, minlength=len(found.pairs)) > 0])
    if len(pairs) > BLOCK:
        raise ValueError(f"{len(pairs)} pairs of count and length; at most {BLOCK} can be kept")
    pair = np.searchsorted(pairs, found.pairs).astype(np.uint16)[found.pair]
    blocks = blocks_of(documents)
    place = found.term if blocks == 1 else found.term * blocks + found.row // BLOCK
    counts = np.bincount(place, minlength=len(terms) * blocks).reshape(-1, blocks)
    used = counts.any(axis=1)
    return Compiled(
        documents=documents,
        lengths=dict(lengths),
        terms=[terms[one] for one in np.flatnonzero(used).tolist()],
        offsets=np.concatenate(([0], np.cumsum(counts[used]))),
        rows=(found.row % BLOCK).astype(np.uint16),
        pair=pair,
        pairs=pairs,
    )


@dataclass(frozen=True, slots=True)
class Exchange:
    """Documents that leave and come, to make one generation from another.

    `left` has each document with its old row, `came` with its new one. `moved` has the new row of
    every old row (GONE for those that leave).
    """

    left: Mapping[int, Analysed]
    came: Mapping[int, Analysed]
    moved: Ints


def exchanged(old: Compiled, change: Exchange) -> Compiled:
    """The arrays that compiling anew would give, from those of before and what changed.

    Postings that stay keep their order, so new ones are put between them: nothing is sorted.
    """
    documents = old.documents - len(change.left) + len(change.came)
    term, row, pair = _staying(old, change.moved.astype(np.int32))
    new = sorted(_postings_of(change.came))
    texts = sorted({text for text, _, _ in new} - set(old.terms))
    terms = sorted([*old.terms, *texts])
    if texts:
        term = np.searchsorted(terms, old.terms).astype(np.int32)[term]
    own = np.searchsorted(terms, [text for text, _, _ in new]).astype(np.int32)
    rows = np.array([at for _, at, _ in new], np.int32)
    pairs = np.concatenate([old.pairs, np.array([says for _, _, says in new], np.int64)])
    between = _between(term, row, own, rows)
    term, row = np.insert(term, between, own), np.insert(row, between, rows)
    pair = np.insert(pair, between, len(old.pairs) + np.arange(len(new)))
    return _arranged(documents, _lengths_after(old, change), terms, Placed(term, row, pair, pairs))


def _staying(
    old: Compiled, moved: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Term, new row and place of the pair of each posting that stays; half as wide as triples, for
    what takes time is memory.
    """
    counts = np.diff(old.offsets)
    term = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    row = old.rows.astype(np.int32)
    if old.blocks > 1:
        row += term % old.blocks * BLOCK
        term //= old.blocks
    row = moved[row]
    stays = row != GONE
    return term[stays], row[stays], old.pair[stays].astype(np.int32)


def _postings_of(came: Mapping[int, Analysed]) -> Iterator[tuple[str, int, int]]:
    """Term, row and what is said there, of every document that comes."""
    for row, one in came.items():
        for term, count in one.counts.items():
            yield term, row, count * LENGTH_BYTES + length_to_byte(one.lengths[field_of(term)])


def _between(
    term: NDArray[np.int32],
    row: NDArray[np.int32],
    terms: NDArray[np.int32],
    rows: NDArray[np.int32],
) -> list[int]:
    """Where each new posting belongs among those that stay, both sorted by term and row."""
    first, last = (np.searchsorted(term, terms, side).tolist() for side in ("left", "right"))
    return [
        a + int(np.searchsorted(row[a:b], own))
        for a, b, own in zip(first, last, rows.tolist(), strict=True)
    ]


def _lengths_after(old: Compiled, change: Exchange) -> Mapping[str, int]:
    """The sums of lengths by field."""
    lengths = dict(old.lengths)
    for sign, analysed in ((-1, change.left), (1, change.came)):
        for one in analysed.values():
            for field, length in one.lengths.items():
                lengths[field] += sign * length
    return lengths


def field_of(term: str) -> str:
    """The field of a 'field:text'."""
    return term.partition(":")[0]
