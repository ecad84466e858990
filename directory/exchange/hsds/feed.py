"""What the HSDS addresses answer from: the shelf of the generation of this moment, and our profile."""

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from directory.catalog.vocabulary import Vocabularies
from directory.exchange.hsds.entries import KINDS
from directory.exchange.hsds.profile import Profile
from directory.exchange.hsds.shelf import Encoded, Shelf
from directory.matching.index import WordHits


class Kept(Protocol):
    """A published generation, as far as a shelf needs it."""

    @property
    def name(self) -> str:
        """Its name."""

    def beside(self, kind: str) -> Encoded:
        """Every row in an encoding that an `Encoder` made."""

    def words(self, text: str) -> WordHits:
        """Find by words."""

    def __hash__(self) -> int:
        """A generation is like itself only."""


class Feed:
    """The newest shelf is kept until another generation stands, with the columns it has read."""

    def __init__(
        self, current: Callable[[], Kept], vocabularies: Vocabularies, profile: Profile
    ) -> None:
        self.profile = profile
        self._current = current
        self._vocabularies = vocabularies
        self._shelf_of = lru_cache(maxsize=1)(self._open)

    def shelf(self) -> Shelf:
        """What is published now. Raises `NoGeneration` if nothing is."""
        return self._shelf_of(self._current())

    def _open(self, kept: Kept) -> Shelf:
        services, shorts, entries = (kept.beside(kind) for kind in KINDS)
        return Shelf(kept.name, services, shorts, entries, kept.words, self._vocabularies)
