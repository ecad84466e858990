"""Parts of a list, and the cursors of the parts beside them. A cursor holds for one generation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from directory.errors import BadValue
from directory.web.need_fields import BadNeed, decode_cursor, encode_cursor, shown
from directory.web.needs import DEFAULT_LIMIT

Item = TypeVar("Item")
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One part of a list of `total`, as a page of an answer; `items` are what it shows."""

    items: Sequence[Item]
    total: int
    limit: int
    offset: int
    generation: str

    @property
    def page(self) -> Json:
        """The page of the envelope; `next` and `prev` are null at the ends."""
        reached, before = self.offset + len(self.items), min(self.offset, self.total)
        return {
            "total": self.total,
            "limit": self.limit,
            "next": self._at(reached) if self.items and reached < self.total else None,
            "prev": self._at(max(0, before - self.limit)) if self.offset else None,
        }

    def _at(self, offset: int) -> str:
        return encode_cursor(offset, self.generation)


def whole(items: Sequence[Item], generation: str) -> Part[Item]:
    """A list that comes in one part."""
    return Part(items, len(items), len(items), 0, generation)


def part_of(
    items: Sequence[Item], generation: str, limit: int = DEFAULT_LIMIT, cursor: str | None = None
) -> Part[Item]:
    """The part of a list that a cursor points to, or the first. Raises `BadNeed`."""
    offset = offset_in(generation, cursor)
    return Part(items[offset : offset + limit], len(items), limit, offset, generation)


def offset_in(generation: str, cursor: object) -> int:
    """Where a cursor points in this generation; 0 without one. Raises `BadNeed`.

    In another generation the programs before it are others: some would come twice, or never.
    """
    if cursor is None:
        return 0
    try:
        offset, counted_in = decode_cursor(cursor)
    except BadValue as bad:
        raise BadNeed((bad,)) from None
    if counted_in != generation:
        expected = "a cursor of the listings as they are now: begin again without one"
        raise BadNeed((BadValue("cursor", shown(cursor), expected),))
    return offset
