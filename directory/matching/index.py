"""The port behind the finder: one published generation, as `search` offers it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from directory.catalog.program import Listing
from directory.catalog.whereabouts import Whereabouts
from directory.matching.outcome import Highlight, Record, Understood
from directory.matching.roster import Roster
from directory.matching.statistics import Statistics


@dataclass(frozen=True, slots=True)
class WordHits:
    """Scores of a text, by roster row: 0 where it is not found.

    `marks` are its words as the index knows them. `searched` is false if the text held nothing to
    search for; then nothing is ruled out.
    """

    scores: NDArray[np.float32]
    understood: Understood
    searched: bool = True
    marks: frozenset[str] = frozenset()


SuggestionKind = Literal["concept", "name", "city"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a person may be about to type. `written` is how it was found: 'CBT' for its label.

    `labels` are what is shown in other languages.
    """

    kind: SuggestionKind
    text: str
    written: str
    labels: tuple[tuple[str, str], ...] = ()

    def text_in(self, language: str) -> str:
        """What is shown in a language."""
        return dict(self.labels).get(language, self.text)


class Chronicle(Protocol):
    """What became of programs, up to the newest change that a generation holds."""

    @property
    def newest(self) -> int:
        """The number of that change; 0 if there was none."""

    @property
    def examples(self) -> bool:
        """True if invented programs are in it."""

    def at(self, slug: str) -> Whereabouts | None:
        """The program that has or had this address."""

    def of(self, program: str) -> Whereabouts | None:
        """The program of this id, listed or not."""

    def after(self, change: int, program: str, most: int) -> list[Whereabouts]:
        """Up to `most` programs in order, from the one after (change, program id) on."""

    def latest(self, most: int) -> list[Whereabouts]:
        """The programs that changed last, real ones only, those taken off too; the newest first."""

    def gone(self) -> Iterator[str]:
        """The ids of the real programs that were taken off, or that nobody speaks of any more."""

    def listed(self, first: int, most: int) -> list[Whereabouts]:
        """Programs that are listed and real, the least lately changed first."""

    def count_listed(self) -> int:
        """How many programs are listed and real."""

    def mark_of(self, change: int) -> int | None:
        """The mark of a change; None if it knows no such change."""


class Index(Protocol):
    """One whole generation, immutable."""

    @property
    def name(self) -> str:
        """The generation's name."""

    @property
    def as_of(self) -> date:
        """The day its facts were aged on."""

    @property
    def roster(self) -> Roster:
        """The columns."""

    @property
    def statistics(self) -> Statistics:
        """What it holds, counted at publish time."""

    def listings(self, rows: Sequence[int]) -> list[Listing]:
        """The records of these rows."""

    def records(self, rows: Sequence[int]) -> Sequence[Record]:
        """The same, each read when somebody looks inside."""

    def row_of(self, slug_or_id: str) -> int | None:
        """The row of a program."""

    @property
    def journal(self) -> "Chronicle":
        """What became of every program that was ever listed."""

    def words(self, text: str) -> WordHits:
        """Find by words; any text is allowed, none is an error."""

    def highlight(self, row: int, marks: frozenset[str]) -> Highlight | None:
        """The line of a program's description that has the most of these words; None without any."""

    def suggest(self, beginning: str, limit: int) -> tuple[Suggestion, ...]:
        """What has a word that begins so; any text is allowed, none is an error."""
