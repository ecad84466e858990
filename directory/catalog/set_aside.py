"""What a curator looked at and left as it is: an item of a queue, why, and until when it stays away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, get_args

WhyAside = Literal["right", "cannot_tell", "not_reached"]
"""The listing is right; nobody could find out; nobody answered."""
WHYS_ASIDE: tuple[WhyAside, ...] = get_args(WhyAside)


@dataclass(frozen=True, slots=True)
class SetAside:
    """One item. `mark` is a digest of all that makes it: what changes there makes another item.

    `queue` and `fact` are codes, `program` the one it was found at.
    """

    mark: str
    queue: str
    program: str
    fact: str
    why: WhyAside
    on: date
    until: date


class SetAsides(Protocol):
    """What a store must offer for items that were set aside."""

    def put(self, item: SetAside) -> None:
        """Keep one, instead of an earlier one of the same mark."""

    def drop(self, mark: str) -> bool:
        """Forget one; False if there is none."""

    def marks(self, today: date) -> frozenset[str]:
        """The marks of those that stay away today."""

    def newest(self, queue: str, today: date, most: int) -> Sequence[SetAside]:
        """Those of a queue that stay away today, the newest first."""

    def forget(self, today: date) -> int:
        """Delete those whose time is over; answers how many."""
