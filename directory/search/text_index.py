"""The one module that touches Whoosh: fields, analysis, scoring.

Documents are added in roster order into one segment, so a document number is a roster row. A
visitor's text reaches Whoosh only as analysed terms: no wildcard, fuzzy or field query exists.
Index files hold pickles: open them only from our own home.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, fields, index, query
from whoosh.support.charset import accent_map

from directory.search.postings import Postings, write_postings
from directory.search.speller import Speller
from directory.search.understanding import Phrase

BOOSTS = {
    "name": 4.0,
    "organization": 3.0,
    "city": 2.0,
    "offers": 1.5,
    "people_say": 1.0,
    "description": 1.0,
}
CONCEPT_BOOST = 3.0
NAMES = ("name", "organization", "city")


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
    """Index the documents, in roster order, as one segment."""
    folder.mkdir(parents=True)
    writer = index.create_in(folder, schema()).writer(limitmb=256)
    for document in documents:
        writer.add_document(**document)
    writer.commit()
    with index.open_dir(folder, readonly=True).searcher() as searcher:
        write_postings(folder / "postings", searcher)


class TextIndex:
    """An index opened for reading; safe for several threads."""

    def __init__(self, folder: Path, speller: Speller) -> None:
        self._folder = folder
        self.postings = Postings(folder / "postings")
        self.speller = speller

    def scores(self, phrases: Iterable[Phrase], rows: int) -> NDArray[np.float32]:
        """The score of each row, as Whoosh gives it. See `queries` for what has to be found."""
        for tree in queries(phrases):
            scores = self.postings.run(tree, rows)
            if scores.any():
                return scores.astype(np.float32)
        return np.zeros(rows, np.float32)

    def whoosh_scores(self, tree: query.Query, rows: int) -> NDArray[np.float64]:
        """The same query run by Whoosh itself: the truth that the arrays are held to."""
        scores = np.zeros(rows)
        with index.open_dir(self._folder, readonly=True).searcher() as searcher:
            matcher = tree.matcher(searcher)
            while matcher.is_active():
                scores[matcher.id()] = matcher.score()
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
        named = _each((one for one in needed if not one.concepts), NAMES)
        yield query.Or([*known, *named])


def _each(phrases: Iterable[Phrase], names: Iterable[str] = tuple(BOOSTS)) -> list[query.Query]:
    return [part for one in phrases if (part := _phrase_query(one, names)) is not None]


def _phrase_query(phrase: Phrase, names: Iterable[str]) -> query.Query | None:
    """The words in any of the fields, or one of the concepts they name (or a wider one)."""
    named = (*phrase.concepts, *phrase.wider)
    choices: list[query.Query] = [query.Term("concept", f"{kind}:{code}") for kind, code in named]
    words = [token.text for token in analyzer()(phrase.words)]
    if words:
        choices += [query.And([query.Term(name, word) for word in words]) for name in names]
    return query.Or(choices) if choices else None
