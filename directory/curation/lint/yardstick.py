"""What listings are measured with, and what a rule is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.catalog.evidence import Freshness
from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.catalog.records import Subject
from directory.catalog.vocabulary import Vocabularies
from directory.curation.lint.limits import Limits


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The limits, the vocabularies, how long facts count, and the day it is."""

    limits: Limits
    vocabularies: Vocabularies
    freshness: Freshness
    today: date

    def found(self, case: str, subject: Subject, fact: str, got: str) -> Finding:
        """A finding of one case of the table."""
        row = self.limits[case]
        return Finding(
            rule=row.rule,
            case=case,
            severity=row.severity,
            subject=subject,
            fact=fact,
            got=got,
            expected=row.expected,
            source=row.source,
            sentence=row.sentence.replace("%(got)s", got),
            question=row.question,
        )


def program(listing: Listing) -> Subject:
    """The program as the subject of a finding."""
    return "program", listing.program.id


Look = Callable[[Listing, Yardstick], Iterator[Finding]]
"""Looks at one listing by itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one listing and the cases it can find.

    `of_age` rules ask how old facts are; all others see only facts that still count.
    """

    name: str
    cases: tuple[str, ...]
    look: Look
    of_age: bool = False
