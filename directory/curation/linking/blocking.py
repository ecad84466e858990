"""Which pairs of doors are worth judging: those that share something that tells. Never all pairs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from directory.curation.linking.door import Door

LARGEST_NAME_BLOCK = 40
"""A word that more doors of one city share says little; it is tried together with a second word."""

Block = tuple[str, ...]


def candidates(doors: Sequence[Door], first: int = 0) -> Iterator[tuple[int, int]]:
    """Places of two doors to be judged, the earlier first, each pair once.

    Doors before `first` have been compared with one another already.
    """
    seen: set[tuple[int, int]] = set()
    for members in _blocks(doors).values():
        for position, right in enumerate(members):
            for left in members[:position] if right >= first else ():
                if (left, right) not in seen:
                    seen.add((left, right))
                    yield left, right


def _blocks(doors: Sequence[Door]) -> dict[Block, list[int]]:
    blocks: dict[Block, list[int]] = defaultdict(list)
    for place, one in enumerate(doors):
        for block in _own(one):
            blocks[block].append(place)
    for block, members in _by_name(doors).items():
        blocks[block] = members
    return blocks


def _own(one: Door) -> Iterator[Block]:
    """What a door shares with few others: numbers, house and street, phone."""
    for number in sorted(one.seen.numbers):
        yield "number", number
    if one.street:
        yield "street", one.zip[:3], *one.street
    if one.phone:
        yield "phone", one.phone


def _by_name(doors: Sequence[Door]) -> dict[Block, list[int]]:
    """Doors of one city with a telling word in common; two words where one is everybody's."""
    single: dict[Block, list[int]] = defaultdict(list)
    for place, one in enumerate(doors):
        for word in sorted(one.name):
            single["name", one.city, word].append(place)
    few = {
        block: members
        for block, members in single.items()
        if 1 < len(members) <= LARGEST_NAME_BLOCK
    }
    common = {block[2] for block, members in single.items() if len(members) > LARGEST_NAME_BLOCK}
    double: dict[Block, list[int]] = defaultdict(list)
    for place, one in enumerate(doors):
        words = sorted(one.name & common)
        for position, first in enumerate(words):
            for second in words[position + 1 :]:
                double["names", one.city, first, second].append(place)
    return few | {block: some for block, some in double.items() if len(some) <= LARGEST_NAME_BLOCK}
