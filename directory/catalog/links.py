"""What a store remembers of linking: which row is which of our records, and what people decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from directory.catalog.listing import Kind

How = Literal["own", "rule", "person"]
Answer = Literal["same", "different"]
Seen = Mapping[str, Any]
"""A row as a person compares it: key, name, organization, street, unit, city, zip, phone, programs."""


@dataclass(frozen=True, slots=True)
class Link:
    """One row of a list (`origin`, the list's own key) is this record of ours.

    `how`: its own record, by a rule, or by a person; `pair` is the number of the pair that says so.
    """

    kind: Kind
    origin: str
    subject_id: str
    how: How
    pair: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are, or may be, one site. `answer` None: a person has to decide.

    `left` and `right` are as they were seen then. `by` is 'rule' or the label of a person. A pair
    that was taken back has `undone_at`; the question is then asked again under a new number.
    `change` is the change of claims that an answer made.
    """

    left_key: str
    right_key: str
    left: Seen
    right: Seen
    rule: str
    reason: str
    found_at: datetime
    answer: Answer | None = None
    by: str | None = None
    answered_at: datetime | None = None
    undone_at: datetime | None = None
    change: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person says of a pair."""

    pair: int
    answer: Answer
    by: str
    change: int | None = None


@dataclass(frozen=True, slots=True)
class LinkChange:
    """All that one import or decision changes of links and pairs.

    `added` may name a pair by its place in `found`: -1 is the first, -2 the second. `ended` are
    links that hold no more, `ended_by` the pair that ended them. `answered` are pairs with who says
    so and the change of claims it made; `undone` are pairs taken back.
    """

    at: datetime
    found: tuple[Pair, ...] = ()
    added: tuple[Link, ...] = ()
    ended: tuple[int, ...] = ()
    ended_by: int | None = None
    answered: tuple[Answered, ...] = ()
    undone: tuple[int, ...] = ()


class Links(Protocol):
    """The links of the store, within one transaction."""

    def live(self) -> Sequence[Link]:
        """Every link that holds."""

    def of_pair(self, number: int) -> Sequence[Link]:
        """Links that hold because of a pair."""

    def ended_by(self, number: int) -> Sequence[Link]:
        """Links that a pair ended."""

    def pairs(self, *, waiting: bool = False) -> Sequence[Pair]:
        """Every pair that was not taken back, the oldest first; those to decide only if `waiting`."""

    def waiting(self, most: int, skip: int = 0) -> Sequence[Pair]:
        """Pairs that a person has to decide, the oldest first."""

    def count_waiting(self) -> int:
        """How many there are of them."""

    def answered(self, most: int) -> Sequence[Pair]:
        """Pairs that a person answered, the newest answer first."""

    def pair(self, number: int) -> Pair | None:
        """A pair by its number; None if there is none."""

    def apply(self, change: LinkChange) -> Sequence[int]:
        """Write a change; answers the numbers of the pairs found."""
