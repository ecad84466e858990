"""The page that markup stands on, and what may be said there as a fact."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.catalog.conflict import state_of
from directory.catalog.evidence import Freshness, State
from directory.catalog.program import Organization, Program, Site
from directory.catalog.vocabulary import Vocabularies

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """An address in a language, on a day."""

    address: str
    language: str
    vocabularies: Vocabularies
    freshness: Freshness
    today: date

    def is_current(
        self, record: Organization | Site | Program, fact: str, item: str | None = None
    ) -> bool:
        """True if a fact (or one item of it) is fresh and nobody contradicts it."""
        return state_of(record, fact, self.freshness, self.today, item) is State.CURRENT

    def current(self, record: Organization | Site | Program, fact: str) -> Any:
        """The value of a plain fact while it is current."""
        return getattr(record, fact) if self.is_current(record, fact) else None

    def codes(self, program: Program, fact: str) -> tuple[str, ...]:
        """The codes of a list fact that are current, each for itself."""
        return tuple(
            code for code in getattr(program, fact) if self.is_current(program, fact, code)
        )

    def label(self, kind: str, code: str) -> str:
        """What people read for a code."""
        return self.vocabularies[kind].label(code, self.language)
