"""What web nodes over one database tell each other of the generations they finish."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

Newest = tuple[int, int | None]
"""The newest change with its mark; (0, None) without any."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A generation that is finished: what it holds, and the SHA-256 of its manifest to fetch it by.

    `change` and `mark`: the newest change in it. `format`: of its files; a release reads one format.
    """

    number: int
    as_of: date
    change: int
    mark: int | None
    format: int
    digest: str

    def covers(self, newest: Newest, today: date) -> bool:
        """True if nothing has changed since, and its facts were aged today."""
        return (self.change, self.mark) == newest and self.as_of >= today


class Ledger(Protocol):
    """Where finished generations are written down."""

    def finished(self) -> Finished | None:
        """The newest one, or None."""

    def record(self, finished: Finished) -> None:
        """Write one down and tell every node. Raises `StoreAway`, also if its number is taken."""

    def kept(self, most: int) -> Sequence[str]:
        """The digests of the newest ones."""


class Line(Ledger, Protocol):
    """How nodes hear of changes, and whose turn it is to build."""

    def newest(self) -> Newest:
        """The newest change that is kept."""

    def turn(self, *, wait: bool) -> AbstractContextManager[bool]:
        """The builder's turn: one in all nodes. False if somebody else has it and we do not `wait`."""

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """What waits until a node tells something, for so many seconds at most."""
