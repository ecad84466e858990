"""What there is to look at in one listing."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from directory.catalog.conflict import Record, live_rivals
from directory.catalog.evidence import Source
from directory.catalog.finding import Finding
from directory.catalog.listing import FACTS, Kind, facts_of
from directory.catalog.program import Listing
from directory.catalog.records import Subject
from directory.curation.claims import canonical
from directory.curation.lint.inspecting import findings_of
from directory.curation.lint.yardstick import Yardstick
from directory.curation.own_word import record_of
from directory.curation.worklist.importance import Weights, lateness, nearness

Queue = Literal["conflicts", "findings", "stale"]
QUEUES: tuple[Queue, ...] = ("conflicts", "findings", "stale")
AGE_CASES = ("fact_stale", "openings_stale")  # the queue of old facts has them, with what is due

SERIOUS = 100.0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `fact` names the fact, of a list with its item ('payers:aetna').

    `subject` is the record the fact stands in: several programs may share a site. `facts` are all
    facts of the program to ask for at once, each with its record and its days; only of old facts.
    `seen` says what was there to be seen: the values of a conflict, the days of old facts.
    """

    queue: Queue
    program: str
    subject: Subject
    fact: str
    importance: float
    finding: Finding | None = None
    facts: tuple[tuple[Kind, str, int], ...] = ()
    seen: str = ""

    @property
    def mark(self) -> str:
        """A digest of all that makes it: another value, source or age limit makes another item."""
        parts = (self.queue, *self.subject, self.fact, self.finding.case if self.finding else "")
        whole = "|".join((*parts, self.finding.got if self.finding else self.seen))
        return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()

    @property
    def key(self) -> tuple[Subject, str, str]:
        """What makes it one item, whichever program of a site it was found at."""
        return self.subject, self.fact, self.finding.case + self.finding.got if self.finding else ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What listings are measured with: the yardstick, the weights, and miles from the region's middle."""

    by: Yardstick
    weights: Weights
    miles: Callable[[Listing], float | None]


def items_of(listing: Listing, measure: Measure) -> tuple[Item, ...]:
    """Everything to look at in a listing by itself."""
    near = nearness(measure.miles(listing))
    return (
        *_conflicts(listing, measure, near),
        *_findings(listing, measure, near),
        *_stale(listing, measure, near),
    )


def _conflicts(listing: Listing, measure: Measure, near: int) -> Iterator[Item]:
    by = measure.by
    for kind in FACTS:
        record = record_of(listing, kind)
        for key in record.rivals:
            fact, _, item = key.partition(":")
            if live_rivals(record, fact, by.freshness, by.today, item or None):
                weight = float(measure.weights.get(fact, 1) * near)
                subject = (kind, record.id)
                seen = canonical(
                    [facts_of(record).get(fact), *(o.value for o in record.rivals[key])]
                )
                yield Item("conflicts", listing.program.id, subject, key, weight, seen=seen)


def _findings(listing: Listing, measure: Measure, near: int) -> Iterator[Item]:
    for one in findings_of(listing, measure.by):
        if one.case not in AGE_CASES:
            weight = near * (SERIOUS if one.serious else 1.0)
            yield Item("findings", listing.program.id, one.subject, one.fact, weight, one)


def _stale(listing: Listing, measure: Measure, near: int) -> Iterator[Item]:
    """One item for a program, with every fact that is not current: one call renews them all."""
    due = list(_due(listing, measure))
    if not due:
        return
    importance = near * sum(weight for *_, weight in due)
    facts = tuple((kind, fact, days) for kind, fact, days, _ in due)
    subject: Subject = ("program", listing.program.id)
    known_on = [(measure.by.today - timedelta(days=days)).isoformat() for *_, days in facts]
    seen = ",".join(sorted(known_on))
    yield Item("stale", listing.program.id, subject, "", importance, facts=facts, seen=seen)


def _due(listing: Listing, measure: Measure) -> Iterator[tuple[Kind, str, int, float]]:
    """Each fact that is not current: record, fact, days, points; the heaviest first."""
    found: list[tuple[Kind, str, int, float]] = []
    for kind in FACTS:
        record = record_of(listing, kind)
        for fact in facts_of(record):
            if fact not in measure.weights:
                continue
            days = _age(record, fact, measure)
            late = lateness(days, measure.by.freshness.limit(fact))
            if late:
                found.append((kind, fact, days, late * measure.weights[fact]))
    yield from sorted(found, key=lambda one: -one[3])


def _age(record: Record, fact: str, measure: Measure) -> int:
    """Days since the newest word of any part of it."""
    by = measure.by
    own = [s for key, s in record.evidence.items() if key.partition(":")[0] == fact]
    return min((_days(source, by) for source in own), default=0)


def _days(source: Source, by: Yardstick) -> int:
    return max(0, (by.today - source.as_of).days)
