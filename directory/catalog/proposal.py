"""Changes that a program asks for and a curator decides: what fact, which value, made against what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, get_args

from directory.catalog.listing import Kind

State = Literal["waiting", "accepted", "rejected", "replaced", "withdrawn"]
"""What became of it: a curator decided, or the program said something else, or took it back."""
STATES: tuple[State, ...] = get_args(State)

Reason = Literal[
    "not_confirmed", "contradicted", "other_program", "unclear", "not_a_fact", "mended"
]
"""Why a curator did not take it over."""
REASONS: tuple[Reason, ...] = get_args(Reason)

Teller = Literal["link", "editor"]
"""How the program told it: by a link without a password, or an account. Never who."""
TELLERS: tuple[Teller, ...] = get_args(Teller)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One fact as its program wants it listed.

    `kind` and `subject` name the record the fact stands in; a site may be of several programs,
    `program` is the one that told. `value` and `was` (what was listed when it was told) are
    canonical JSON text, "null" for nothing; `revision` is the version of the program then.
    `change` is the number of the change that took it over. `number` is 0 until a store gives one.
    """

    program: str
    kind: Kind
    subject: str
    fact: str
    value: str
    was: str
    revision: int
    told_at: datetime
    by: Teller
    state: State = "waiting"
    reason: Reason | None = None
    settled_on: date | None = None
    change: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a proposal, and when."""

    state: State
    on: date
    reason: Reason | None = None
    change: int | None = None


class Proposals(Protocol):
    """What a store must offer for proposals."""

    def add(self, proposal: Proposal) -> int:
        """Keep one that waits, and answer its number."""

    def get(self, number: int) -> Proposal | None:
        """One by its number, or None."""

    def waiting(self) -> Sequence[Proposal]:
        """Those that nobody has decided, the oldest first."""

    def of(self, program: str) -> Sequence[Proposal]:
        """Everything that a program ever asked for, the newest first."""

    def settle(self, number: int, settled: Settled) -> bool:
        """Write what became of one that waits; False if none of this number waits."""
