"""What a person may be about to type: concepts, names and cities that have a word beginning so."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, chain, islice
from pathlib import Path

import numpy as np
import orjson

from directory.catalog.program import Listing
from directory.matching.index import Suggestion, SuggestionKind
from directory.search.tokens import tokens
from directory.search.understanding import Saying

FILE = "suggestions.json"
SHORTEST = 2
LONGEST = 40
"""Letters of a beginning: fewer say nothing yet, more are no beginning."""

MOST: Mapping[SuggestionKind, int] = {"concept": 4, "name": 3, "city": 3}
"""How many of each kind: no kind crowds out the others."""

BEYOND = "\U0010ffff"

Counts = Mapping[str, Mapping[str, int]]
"""kind -> text -> how many programs have it."""


def counts_of(listings: Iterable[Listing]) -> dict[str, Counter[str]]:
    """The names and cities of listings, with how many programs have each."""
    found: dict[str, Counter[str]] = {"name": Counter(), "city": Counter()}
    for one in listings:
        found["name"].update({one.program.name, one.organization.name})
        if city := one.site.address.city:
            found["city"][city] += 1
    return found


def write_counts(folder: Path, counts: Mapping[str, Counter[str]]) -> None:
    """Write what `Suggester` reads; what nobody has any more is left out."""
    kept = {kind: dict(+own) for kind, own in counts.items()}
    (folder / FILE).write_bytes(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS))


def read_counts(folder: Path) -> dict[str, Counter[str]]:
    """The names and cities of a generation."""
    return _counts_in((folder / FILE).read_bytes())


def _counts_in(encoded: bytes | memoryview) -> dict[str, Counter[str]]:
    return {kind: Counter(own) for kind, own in orjson.loads(encoded).items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to suggest: the words it is found by, and what is shown."""

    words: str
    suggestion: Suggestion
    programs: int = 0


class Suggester:
    """Suggestions for the beginning of a word. Mapped at once, made ready at the first question."""

    def __init__(self, sayings: Sequence[Saying], folder: Path) -> None:
        self._sayings = sayings
        self._encoded = np.memmap(folder / FILE, np.uint8, "r").data

    def beginning(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """What has words that begin so: concepts first, then names, then cities; each text once.

        Any text is allowed. Accents, signs and capitals do not matter.
        """
        if len(text) > LONGEST:
            return ()
        prefix = " ".join(tokens(text))
        if len(prefix) < SHORTEST:
            return ()
        found = chain.from_iterable(starts.best(prefix) for starts in self._starts)
        return tuple(islice(_each_once(found), limit))

    @cached_property
    def _starts(self) -> tuple["Starts", ...]:
        concepts = [
            Entry(one.words, Suggestion("concept", one.label, one.written, one.labels))
            for one in self._sayings
        ]
        counts = _counts_in(self._encoded)
        names, cities = _entries("name", counts), _entries("city", counts)
        return (
            Starts(concepts, MOST["concept"]),
            Starts(names, MOST["name"]),
            Starts(cities, MOST["city"]),
        )


def _entries(kind: SuggestionKind, counts: Counts) -> list[Entry]:
    return [
        Entry(" ".join(tokens(text)), Suggestion(kind, text, text), programs)
        for text, programs in counts.get(kind, {}).items()
    ]


class Starts:
    """Entries by the beginning of each of their words; `most` of them are suggested."""

    def __init__(self, entries: Sequence[Entry], most: int) -> None:
        self._entries = entries
        self._most = most
        found = sorted(
            (entry.words[at:], number)
            for number, entry in enumerate(entries)
            for at in _word_starts(entry.words)
        )
        self._beginnings = [words for words, _ in found]
        self._numbers = [number for _, number in found]

    def best(self, prefix: str) -> list[Suggestion]:
        """The first few, see `_rank`; each text once."""
        low = bisect_left(self._beginnings, prefix)
        high = bisect_left(self._beginnings, prefix + BEYOND)
        numbers = dict.fromkeys(self._numbers[low:high])
        entries = (self._entries[number] for number in numbers)
        ranked = nsmallest(3 * self._most, entries, key=lambda one: _rank(one, prefix))
        return list(islice(_each_once(one.suggestion for one in ranked), self._most))


def _each_once(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """The first one of each text."""
    seen: set[str] = set()
    for one in found:
        text = one.text.casefold()
        if text not in seen:
            seen.add(text)
            yield one


def _word_starts(words: str) -> list[int]:
    lengths = (len(word) + 1 for word in words.split(" "))
    return [0, *accumulate(lengths)][:-1] if words else []


def _rank(entry: Entry, prefix: str) -> tuple[bool, bool, int, int, str]:
    """What is shown begins so, before what only is called so."""
    shown = (entry.suggestion.text, *(text for _, text in entry.suggestion.labels))
    is_shown = entry.suggestion.written in shown
    whole = entry.words.startswith(prefix)
    return not is_shown, not whole, -entry.programs, len(entry.words), entry.words
