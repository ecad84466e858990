"""Whoosh: fields, analysis, the index on disk. `compiled`, `postings` and `highlighting` touch Whoosh, too.

Documents are added in roster order into one segment, so a document number is a roster row. A
visitor's text reaches Whoosh only as analysed terms: no wildcard, fuzzy or field query exists.
Index files hold pickles: open them only from our own home.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, fields, index, query
from whoosh.searching import Searcher
from whoosh.support.charset import accent_map

from directory.search.compiled import (
    Analysed,
    Compiled,
    Exchange,
    compiled,
    exchanged,
    field_of,
    load,
)
from directory.search.moves import GONE, Ints
from directory.search.phrase_book import Phrase
from directory.search.postings import Postings, Scores
from directory.search.speller import Speller

BOOSTS = {
    "name": 4.0,
    "organization": 3.0,
    "city": 2.0,
    "offers": 1.5,
    "description": 1.0,
}
CONCEPT_BOOST = 3.0
WEIGHTS = {**BOOSTS, "concept": CONCEPT_BOOST}
HINTED = 0.3
"""What a hint counts beside a concept that is named."""
NAMES = ("name", "organization", "city")

COMPARED = 200
"""Terms whose scores are compared with Whoosh's own when an index is written."""
SAME_SCORE = 1e-5


@functools.cache
def analyzer() -> analysis.Analyzer:
    """Words, lower case, without accents, stemmed."""
    fold = analysis.CharsetFilter(accent_map)
    return analysis.RegexTokenizer() | analysis.LowercaseFilter() | fold | analysis.StemFilter()


def schema() -> fields.Schema:
    """Text fields with their boosts, concepts as exact words."""
    text = {
        name: fields.TEXT(analyzer=analyzer(), field_boost=boost, phrase=False)
        for name, boost in BOOSTS.items()
    }
    concept = fields.KEYWORD(scorable=True, field_boost=CONCEPT_BOOST)
    return fields.Schema(**text, concept=concept)


def write_index(folder: Path, documents: Iterable[Mapping[str, str]]) -> None:
    """Index the documents, in roster order, as one segment, and compile its arrays.

    Raises ArithmeticError if the arrays do not give the scores of Whoosh's own matchers.
    """
    folder.mkdir(parents=True)
    writer = index.create_in(folder, schema()).writer(limitmb=256)
    for document in documents:
        writer.add_document(**document)
    writer.commit()
    with index.open_dir(folder, readonly=True).searcher() as searcher:
        arrays = compiled(searcher.reader(), WEIGHTS)
        hold_to_whoosh(searcher, arrays)
    arrays.save(folder / "postings")
    np.save(folder / "row_of.npy", np.arange(arrays.documents), allow_pickle=False)


def hold_to_whoosh(searcher: Searcher, arrays: Compiled) -> None:
    """Compare some terms, rare and frequent ones, with what Whoosh's own matchers find and score.

    Raises ArithmeticError if a row is missing, one too many, or scored otherwise.
    """
    postings = Postings(arrays, WEIGHTS)
    for name in arrays.terms[:: max(1, len(arrays.terms) // COMPARED)]:
        term = query.Term(*name.split(":", 1))
        matcher = term.matcher(searcher)
        for row, score in zip(*postings.term(term), strict=True):
            if not matcher.is_active() or matcher.id() != row:
                raise ArithmeticError(f"{name} in row {row}: Whoosh does not find it there")
            if abs(matcher.score() - score) > SAME_SCORE:
                raise ArithmeticError(f"{name} in row {row}: {score} is not Whoosh's score")
            matcher.next()
        if matcher.is_active():
            raise ArithmeticError(f"{name} in row {matcher.id()}: Whoosh alone finds it there")


@dataclass(frozen=True, slots=True)
class Revision:
    """Documents that leave (by old row) and come (by new row); `moved`: the new row of each old one."""

    left: Mapping[int, Mapping[str, str]]
    came: Mapping[int, Mapping[str, str]]
    moved: Ints


def revise_index(before: Path, folder: Path, revision: Revision) -> None:
    """The index of another folder with a few documents changed; what stays is linked, not copied.

    Whoosh marks the old documents and adds a segment with the new ones; its own statistics count
    both until the next whole index. The arrays are what compiling anew would give.
    """
    folder.mkdir(parents=True)
    for file in before.iterdir():
        if file.is_file() and not file.name.endswith((".npy", "LOCK")):
            (folder / file.name).hardlink_to(file)
    row_of = np.load(before / "row_of.npy", allow_pickle=False)
    writer = index.open_dir(folder).writer()
    for row in revision.left:
        writer.delete_document(int(np.flatnonzero(row_of == row)[0]))
    for document in revision.came.values():
        writer.add_document(**document)
    writer.commit(merge=False)
    moved = np.where(row_of == GONE, GONE, revision.moved[row_of])
    rows = np.concatenate([moved, np.array(list(revision.came), np.int64)])
    np.save(folder / "row_of.npy", rows, allow_pickle=False)
    change = Exchange(_analysed(revision.left), _analysed(revision.came), revision.moved)
    exchanged(load(before / "postings"), change).save(folder / "postings")


def _analysed(documents: Mapping[int, Mapping[str, str]]) -> dict[int, Analysed]:
    """What Whoosh's fields make of documents: the same calls that its writer makes."""
    whole = schema()
    found = {}
    for row, document in documents.items():
        counts = {
            f"{field}:{text.decode()}": count
            for field, value in document.items()
            for text, count, _, _ in whole[field].index(value)
        }
        lengths = dict.fromkeys(WEIGHTS, 0)
        for term, count in counts.items():
            lengths[field_of(term)] += count
        found[row] = Analysed(counts, lengths)
    return found


class TextIndex:
    """An index opened for reading; safe for several threads."""

    def __init__(self, folder: Path, speller: Speller) -> None:
        self._folder = folder
        self.postings = Postings(load(folder / "postings"), WEIGHTS)
        self.speller = speller

    def scores(self, phrases: Iterable[Phrase]) -> NDArray[np.float32]:
        """The score of each row, as Whoosh gives it. See `queries` for what has to be found."""
        for tree in queries(phrases):
            scores = self.postings.run(tree)
            if scores.any():
                return scores.astype(np.float32)
        return np.zeros(self.postings.documents, np.float32)

    def whoosh_scores(self, tree: query.Query) -> Scores:
        """The same query run by Whoosh itself: the truth that the arrays are held to."""
        row_of = np.load(self._folder / "row_of.npy", allow_pickle=False)
        scores = np.zeros(self.postings.documents)
        with index.open_dir(self._folder, readonly=True).searcher() as searcher:
            matcher = tree.matcher(searcher)
            while matcher.is_active():
                scores[row_of[matcher.id()]] = matcher.score()
                matcher.next()
        return scores


def queries(phrases: Iterable[Phrase]) -> Iterator[query.Query]:
    """What to ask, in order, until something is found.

    First every phrase that is not optional; optional ones only lift. Then any phrase that names a
    concept, and the other words in names and cities alone: 'birth control' is no 'Birth Center'.
    """
    phrases = tuple(phrases)
    needed = [one for one in phrases if not one.optional] or list(phrases)
    every = _each(needed)
    if every:
        lifting = _each(one for one in phrases if one not in needed)
        asked = query.And(every)
        yield query.AndMaybe(asked, query.Or(lifting)) if lifting else asked
    if len(every) > 1:
        known = _each(one for one in needed if one.concepts)
        named = _each((replace(one, hinted=()) for one in needed if not one.concepts), NAMES)
        yield query.Or([*known, *named])


def _each(phrases: Iterable[Phrase], names: Iterable[str] = tuple(BOOSTS)) -> list[query.Query]:
    return [part for one in phrases if (part := _phrase_query(one, names)) is not None]


def _phrase_query(phrase: Phrase, names: Iterable[str]) -> query.Query | None:
    """The words in any of the fields, or one of the concepts they name, widen to or hint at."""
    named = (*phrase.concepts, *phrase.wider)
    choices: list[query.Query] = [query.Term("concept", f"{kind}:{code}") for kind, code in named]
    choices += [query.Term("concept", f"{kind}:{code}", HINTED) for kind, code in phrase.hinted]
    words = [token.text for token in analyzer()(phrase.words)]
    for name in names if words else ():
        every = [query.Term(name, word) for word in words]
        choices.append(every[0] if len(every) == 1 else query.And(every))
    return query.Or(choices) if choices else None
