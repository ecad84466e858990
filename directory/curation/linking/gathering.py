"""Rows gathered by site: what is certain first, and never across what a person or a list keeps apart."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from directory.curation.linking.blocking import candidates
from directory.curation.linking.door import Door, directory_of
from directory.curation.linking.rules import RULES, Outcome, conflict, judge, withholds

Decision = Literal["same", "different"]
PairKey = frozenset[str]
Decisions = Mapping[PairKey, Decision]
"""What people said of two keys."""

MOST_QUESTIONS = 3
"""About one site and one list: the phone of a chain fits forty doors and tells nothing of them."""

_ORDER = {rule: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class DoorPair:
    """Two doors, the earlier first, the rule that spoke (or 'person'), and the two keys."""

    left: Door
    right: Door
    rule: str
    key: PairKey


@dataclass(slots=True)
class Group:
    """Doors that are one site; its id where one of them is listed already."""

    doors: list[Door]
    site_id: str | None
    apart: set[str] = field(default_factory=set)
    organization_id: str = ""

    @property
    def directories(self) -> set[str]:
        """The lists that speak of it."""
        return {one.directory for one in self.doors}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every group, in the order of its first door; what was joined, and what a person decides.

    `hidden` are pairs of which the left withholds the street of what may be the right.
    """

    groups: tuple[Group, ...]
    joined: tuple[DoorPair, ...]
    doubts: tuple[DoorPair, ...]
    hidden: tuple[DoorPair, ...]


def gather(
    doors: Sequence[Door],
    decisions: Decisions,
    first: int = 0,
    before: Collection[PairKey] = (),
) -> Gathered:
    """Gather doors by site. Doors that have a `site_id` stay there; those before `first` are known.

    `before` are pairs that were found already: nobody is asked about their two sites again.
    """
    to_judge = candidates(doors, first)
    pairs = [_judged(doors[left], doors[right], decisions) for left, right in to_judge]
    pairs += _decided_only(doors, decisions, {pair.key for pair in pairs})
    gathering = _Gathering(doors, pairs, decisions)
    for pair in sorted(pairs, key=_strength):
        if _outcome(pair) is Outcome.CERTAIN:
            gathering.join(pair)
    groups = tuple({id(one): one for one in gathering.group_of.values()}.values())
    doubts = tuple(gathering.doubts(pairs, before))
    return Gathered(groups, tuple(gathering.joined), doubts, tuple(_hidden(pairs, decisions)))


class _Gathering:
    """Groups that grow together."""

    def __init__(
        self, doors: Sequence[Door], pairs: Iterable[DoorPair], decisions: Decisions
    ) -> None:
        self.group_of: dict[str, Group] = {}
        self.joined: list[DoorPair] = []
        self._refused: dict[PairKey, DoorPair] = {}
        by_site: dict[str, Group] = {}
        for one in doors:
            site_id = one.seen.site_id
            group = by_site.get(site_id) if site_id else None
            if group is None:
                group = Group([], site_id)
            if site_id:
                by_site[site_id] = group
            group.doors.append(one)
            self.group_of[one.key] = group
        for pair in pairs:
            if decisions.get(pair.key) == "different" or conflict(pair.left, pair.right):
                self.group_of[pair.left.key].apart.add(pair.right.key)
                self.group_of[pair.right.key].apart.add(pair.left.key)

    def join(self, pair: DoorPair) -> None:
        """Make two groups one, unless both are listed or something keeps them apart."""
        left, right = self.group_of[pair.left.key], self.group_of[pair.right.key]
        if left is right:
            return
        both_listed = left.site_id is not None and right.site_id is not None
        kept_apart = any(one.key in left.apart for one in right.doors)
        if both_listed or (kept_apart and pair.rule != "person"):
            self._refused[pair.key] = pair
            return
        self.joined.append(pair)
        left.doors += right.doors
        left.apart |= right.apart
        left.site_id = left.site_id or right.site_id
        for one in right.doors:
            self.group_of[one.key] = left

    def doubts(self, pairs: Iterable[DoorPair], before: Collection[PairKey]) -> Iterable[DoorPair]:
        """What a person decides, once for two groups: the strongest reason first."""
        put = [self._sides(*key) for key in before if key <= self.group_of.keys()]
        asked = {frozenset(group for group, _ in sides) for sides in put}
        times = Counter(side for sides in put for side in sides)
        doubtful = [pair for pair in pairs if _outcome(pair) is Outcome.DOUBTFUL]
        for pair in sorted([*doubtful, *self._refused.values()], key=_strength):
            left, right = self.group_of[pair.left.key], self.group_of[pair.right.key]
            sides = self._sides(pair.left.key, pair.right.key)
            groups = frozenset(group for group, _ in sides)
            if left is right or groups in asked:
                continue
            if pair.key not in self._refused and _found_its_partner(pair, left, right):
                continue
            if max(times[side] for side in sides) < MOST_QUESTIONS:
                asked.add(groups)
                times.update(sides)
                yield pair

    def _sides(self, left: str, right: str) -> tuple[tuple[int, str], tuple[int, str]]:
        """Each group, with the list that the question about it comes from."""
        groups = id(self.group_of[left]), id(self.group_of[right])
        return (groups[0], directory_of(right)), (groups[1], directory_of(left))


def _found_its_partner(pair: DoorPair, left: Group, right: Group) -> bool:
    """True if one of the two already is, for certain, another row of the other's list."""
    return pair.right.directory in left.directories or pair.left.directory in right.directories


def _judged(left: Door, right: Door, decisions: Decisions) -> DoorPair:
    key = frozenset((left.key, right.key))
    decided = decisions.get(key)
    if decided is not None:
        return DoorPair(left, right, "person" if decided == "same" else "apart", key)
    return DoorPair(left, right, judge(left, right).rule, key)


def _decided_only(
    doors: Sequence[Door], decisions: Decisions, judged: set[PairKey]
) -> list[DoorPair]:
    """Pairs that only a person sees as one: nothing of them looks alike."""
    at = {one.key: one for one in doors}
    return [
        DoorPair(at[min(pair)], at[max(pair)], "person", pair)
        for pair, decision in decisions.items()
        if decision == "same" and pair not in judged and pair <= at.keys()
    ]


def _hidden(pairs: Iterable[DoorPair], decisions: Decisions) -> Iterable[DoorPair]:
    """What one list withholds is not shown from another. What a program says itself is its own."""
    for pair in pairs:
        if not (pair.left.seen.address.withheld or pair.right.seen.address.withheld):
            continue
        lists = {pair.left.directory, pair.right.directory}
        if len(lists) < 2 or "site" in lists or decisions.get(pair.key) == "different":
            continue
        for hidden, shown in ((pair.left, pair.right), (pair.right, pair.left)):
            if withholds(hidden, shown):
                yield DoorPair(hidden, shown, pair.rule, pair.key)


def _outcome(pair: DoorPair) -> Outcome:
    return Outcome.CERTAIN if pair.rule == "person" else RULES[pair.rule][0]


def _strength(pair: DoorPair) -> tuple[int, bool, bool]:
    """The stronger rule first, then those of one ZIP, then those of one city."""
    left, right = pair.left, pair.right
    return _ORDER.get(pair.rule, -1), left.zip != right.zip, left.city != right.city
