"""The answer to a need: programs in order, each with its reasons, and what a change would bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, Protocol

from directory.catalog.answer import Answer
from directory.catalog.evidence import Source, State
from directory.catalog.program import Listing
from directory.catalog.schedule import Track
from directory.matching.attend import Verdict
from directory.matching.need import Need
from directory.matching.week import Interval
from directory.places.distance import Point
from directory.places.place import Place


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an answer comes from, and how far it may be trusted today."""

    source: Source | None
    state: State

    @property
    def in_doubt(self) -> bool:
        """True where two sources differ, or the only one is too old to count: nothing follows from it."""
        if self.source is None:
            return False
        return self.state in {State.CONFLICTING, State.UNKNOWN}


@lru_cache(maxsize=32_768)
def proof_of(source: Source | None, state: State) -> Proof:
    """The proof of this source and state: the same one each time, for a list proves a whole country."""
    return Proof(source, state)


NO_PROOF = proof_of(None, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """One thing that was asked, and what we know of it.

    `asked` is the code or value; `detail` names a known nuance, which the page puts into words: for a
    program one of its criterion's `details`, for distance 'virtual'.
    """

    need: str
    asked: str
    answer: Answer
    proof: Proof
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A session (with travel) that the person's week does not have room for."""

    day: int
    start: int
    end: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ScheduleAnswer:
    """Whether the person can attend the track, and what stands in the way.

    `missed_minutes` counts each minute once. `smallest_change` is the time to free, if the track
    is missed. `ask` names what is not published: 'days', 'times', 'mode', 'season' (only
    one season is known), 'sessions'; 'sources' if two of them publish different weeks, 'old' if
    what was published is too old to count.
    `sessions` are those of the best week, unpadded; all times on the person's clock.
    """

    verdict: Verdict
    missed_minutes: int = 0
    conflicts: tuple[Conflict, ...] = ()
    smallest_change: tuple[Interval, ...] | None = None
    weekly_contact_minutes: int | None = None
    weekly_span_minutes: int | None = None
    ask: tuple[str, ...] = ()
    sessions: tuple[Interval, ...] = ()
    proof: Proof = NO_PROOF


Day = date
"""The type, where a field is called `date`."""


@dataclass(frozen=True, slots=True)
class FirstGroup:
    """The first session a person could attend if they call today.

    `full_since` is the day on which they said that they are full, as long as that counts.
    """

    date: date | None
    certainty: Literal["stated", "estimated", "unknown"]
    full_since: Day | None = None

    @property
    def full(self) -> bool:
        """True if they said that they take nobody now."""
        return self.full_since is not None


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the score came about: parts between 0 and 1, times published weights.

    `tier` sorts first: 0 fits, 1 cannot tell, 2 misses (always 0 if no week was asked).
    """

    tier: int
    weights: Mapping[str, float]
    parts: Mapping[str, float]

    def score(self) -> float:
        """The score these parts give: the weighted mean, between 0 and 1."""
        total = sum(self.weights.values())
        return sum(self.weights[name] * self.parts[name] for name in self.parts) / total


Highlight = tuple[tuple[str, bool], ...]
"""A line in pieces: plain text, and whether it is one of the words that were searched for."""


class Record(Protocol):
    """One published program, which is read only when somebody looks inside."""

    @property
    def id(self) -> str:
        """The program's id."""

    @property
    def slug(self) -> str:
        """Its address on our site."""

    @property
    def generation(self) -> str:
        """The name of the generation that holds it."""

    @property
    def listing(self) -> Listing:
        """Everything listed of it."""

    @property
    def encoded(self) -> bytes:
        """Its public JSON, as encoded at publish time."""


@dataclass(frozen=True, slots=True)
class Match:
    """One program as an answer to one need, through its best track.

    `spot` is where its distance was counted from: its address, or the middle of its ZIP.
    """

    record: Record
    track: Track | None
    score: float
    miles: float | None
    travel_minutes: int | None
    first_group: FirstGroup
    schedule: ScheduleAnswer | None
    answers: tuple[NeedAnswer, ...]
    receipt: Receipt
    highlight: Highlight | None = None
    spot: Point | None = None

    @property
    def listing(self) -> Listing:
        """Everything listed of the program."""
        return self.record.listing


@dataclass(frozen=True, slots=True)
class Relax:
    """A change to one need, and how many more programs it brings: a recount gives the same."""

    need: str
    to: Mapping[str, object]
    more: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What we made of the words: (typed, used) spellings, and (kind, code) concepts.

    `help_first` is set when the words speak of danger; `out_of_scope` names care we do not list.
    """

    spelling: tuple[tuple[str, str], ...] = ()
    concepts: tuple[tuple[str, str], ...] = ()
    help_first: bool = False
    out_of_scope: str | None = None


Facets = Mapping[str, Mapping[str, Mapping[str, int]]]
"""need -> code -> {'yes': n, 'unknown': n}."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The programs that answer a need, best first, one page of them.

    `counts` has how many of `total` fit, cannot be told or miss (keys of `Verdict`); empty when
    no week was asked. `looked_at` is how many programs lie within reach before anything else.
    `relax` is empty if nobody asked for it.
    """

    need: Need
    place: Place | None
    within_miles: float | None
    matches: tuple[Match, ...]
    total: int
    looked_at: int
    counts: Mapping[Verdict, int]
    facets: Facets
    relax: tuple[Relax, ...]
    understood: Understood
    generation: str
    as_of: date
