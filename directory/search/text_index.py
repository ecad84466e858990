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
from directory.search.understanding import Phrase, Reading

BOOSTS = {
    "name": 4.0,
    "organization": 3.0,
    "city": 2.0,
    "offers": 1.5,
    "people_say": 1.0,
    "description": 1.0,
}
CONCEPT_BOOST = 3.0


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

    def scores(
        self, reading: Reading, rows: int
    ) -> tuple[NDArray[np.float32], tuple[tuple[str, str], ...]]:
        """The score of each row, as Whoosh gives it, and the spellings that were put right.

        All phrases have to be found; if no program has them all, any of them counts.
        """
        phrases, spelling = self._spelled(reading)
        for tree in queries(phrases):
            scores = self.postings.run(tree, rows)
            if scores.any():
                return scores.astype(np.float32), spelling
        return np.zeros(rows, np.float32), spelling

    def whoosh_scores(self, tree: query.Query, rows: int) -> NDArray[np.float64]:
        """The same query run by Whoosh itself: the truth that the arrays are held to."""
        scores = np.zeros(rows)
        with index.open_dir(self._folder, readonly=True).searcher() as searcher:
            matcher = tree.matcher(searcher)
            while matcher.is_active():
                scores[matcher.id()] = matcher.score()
                matcher.next()
        return scores

    def _spelled(self, reading: Reading) -> tuple[list[Phrase], tuple[tuple[str, str], ...]]:
        phrases, spelling = [], []
        for phrase in reading.phrases:
            better = phrase.words if phrase.concepts else self.speller.spelled(phrase.words)
            if better != phrase.words:
                spelling.append((phrase.words, better))
            phrases.append(self.speller.phrase(better) if better != phrase.words else phrase)
        return phrases, tuple(spelling)


def queries(phrases: Iterable[Phrase]) -> Iterator[query.Query]:
    """What to ask, in order, until something is found: all phrases, then any of them."""
    parts = [part for phrase in phrases if (part := _phrase_query(phrase)) is not None]
    if parts:
        yield query.And(parts).normalize()
    if len(parts) > 1:
        yield query.Or(parts).normalize()


def _phrase_query(phrase: Phrase) -> query.Query | None:
    """The words in any field, or one of the concepts they name; None if nothing is left."""
    choices = [query.Term("concept", f"{kind}:{code}") for kind, code in phrase.concepts]
    words = [token.text for token in analyzer()(phrase.words)]
    if words:
        in_fields = [query.And([query.Term(name, word) for word in words]) for name in BOOSTS]
        choices.append(query.Or(in_fields))
    return query.Or(choices) if choices else None
