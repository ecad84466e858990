"""Give every row of a list its place among our records. Reads the store, writes nothing."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory.catalog.links import Answer, LinkChange, Pair
from directory.catalog.program import Site
from directory.catalog.records import Desk
from directory.curation.linking.door import Door, Seen, door
from directory.curation.linking.gathering import (
    Decision,
    Decisions,
    DoorPair,
    Gathered,
    Group,
    PairKey,
    gather,
)
from directory.curation.linking.given import NONE_GIVEN, GivenIds, load_given_ids
from directory.curation.linking.known import Known, license_number, read_known
from directory.curation.linking.naming import Ids, id_of, organization_key, site_wishes
from directory.curation.linking.placing import Programs
from directory.curation.linking.rewriting import Home, kept_back, rewrite
from directory.curation.linking.sightings import as_seen, reason_of
from directory.curation.linking.words import LinkWords, load_link_words
from directory.curation.reading import Reading


@dataclass(frozen=True, slots=True)
class Linked:
    """A reading under our ids, what to remember of its links, and the pairs a person decides."""

    reading: Reading
    change: LinkChange
    review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking reads beside the store: its words, and the decisions and ids that ship."""

    words: LinkWords
    decisions: Decisions
    ids: GivenIds = NONE_GIVEN


def load_linking(data: Path) -> Linking:
    """Read `linking/*.csv`, `listings/decisions.csv` and `listings/ids.csv`."""
    with (data / "listings" / "decisions.csv").open(encoding="utf-8", newline="") as file:
        decisions: dict[PairKey, Decision] = {
            frozenset((row["left"], row["right"])): _DECISIONS[row["decision"]]
            for row in csv.DictReader(file)
        }
    ids = load_given_ids(data / "listings" / "ids.csv")
    return Linking(load_link_words(data / "linking"), decisions, ids)


_DECISIONS: Mapping[str, Decision] = {"join": "same", "apart": "different"}


def link(reading: Reading, desk: Desk, linking: Linking, at: datetime) -> Linked:
    """Link the rows of a list (sites under the list's own keys) to what the store holds. Sites that
    carry our ids stay as they are.

    Decisions and ids ship with the product; what somebody decided here is stronger.
    """
    words = linking.words
    links, pairs = desk.links.live(), desk.links.pairs()
    known = read_known(desk, links)
    fixed = {one.origin: one.subject_id for one in links if one.kind == "site"}
    seen = _rows(reading, {**linking.ids.sites, **fixed})
    keys = {one.key for one in seen}
    doors = [door(one, words) for one in known.seen if one.key not in keys]
    first = len(doors)
    doors += [door(one, words) for one in seen]
    decided = {frozenset((one.left_key, one.right_key)): one.answer for one in pairs if one.answer}
    before = {frozenset((one.left_key, one.right_key)) for one in pairs}
    gathered = gather(doors, {**linking.decisions, **decided}, first, before)
    _name(gathered.groups, reading, known, linking)
    told = _Telling(reading, known, before, at).of(gathered)
    homes = _homes(gathered, reading)
    programs = Programs(known.standing, Ids({*desk.programs(), *reading.programs}))
    rewritten, added = rewrite(reading, homes, programs, links, told.numbers)
    rewritten.also += kept_back(gathered.hidden, homes, at)
    change = LinkChange(at, found=told.pairs, added=tuple(added))
    asked = {key for key in before - decided.keys() if keys & key}
    asked |= {pair.key for pair in gathered.doubts if keys & pair.key}
    waiting = tuple(sorted(" | ".join(sorted(key)) for key in asked))
    return Linked(rewritten, change, waiting)


def _rows(reading: Reading, fixed: Mapping[str, str]) -> list[Seen]:
    """The rows of the reading as doors."""
    numbers: dict[str, set[str]] = {}
    for read in reading.programs.values():
        site = reading.sites[read.site_id][0]
        numbers.setdefault(read.site_id, set()).update(
            license_number(site.address.state, one.number) for one in read.program.licenses
        )
    return [
        Seen(
            key=key,
            names=_names(reading, site, parent),
            phone=site.phone,
            address=site.address,
            numbers=frozenset(numbers.get(key, ())) | _npi(reading, parent),
            site_id=fixed.get(key),
        )
        for key, (site, parent) in reading.sites.items()
        if key not in reading.own_sites
    ]


def _names(reading: Reading, site: Site, parent: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (site.name, reading.organizations[parent].name))))


def _npi(reading: Reading, parent: str) -> frozenset[str]:
    npi = reading.organizations[parent].npi
    return frozenset({f"npi:{npi}"} if npi else ())


def _name(groups: Sequence[Group], reading: Reading, known: Known, linking: Linking) -> None:
    """Give every group its site and organization."""
    new = [group for group in groups if group.site_id not in known.homes]
    _name_sites(new, reading, known, linking.ids)
    _name_organizations(new, reading, known, linking)
    for group in groups:
        group.organization_id = known.homes.get(group.site_id or "", group.organization_id)


def _name_sites(new: Sequence[Group], reading: Reading, known: Known, given: GivenIds) -> None:
    """Give new groups the id that ships for one of their rows, else one of their own."""
    ids = Ids({*known.taken, *reading.own_sites, *given.sites.values()})
    wished = site_wishes([reading.sites[group.doors[0].key][0] for group in new])
    for group, wishes in zip(new, wished, strict=True):
        group.site_id = group.site_id or ids.new(*wishes)


def _name_organizations(
    new: Sequence[Group], reading: Reading, known: Known, linking: Linking
) -> None:
    """Give new groups their organization: the store's by name, the one that ships, or a new one."""
    given = linking.ids.organizations
    by_name = {
        organization_key(name, known.states.get(key), linking.words): key
        for key, name in sorted(known.organizations.items(), reverse=True)
    }
    free = Ids({*known.organizations, *reading.organizations, *given.values()})
    named: list[tuple[Group, str, tuple[str, str]]] = []
    for group in new:
        site, parent = reading.sites[group.doors[0].key]
        name = reading.organizations[parent].name
        key = organization_key(name, site.address.state, linking.words)
        named.append(
            (group, key, (id_of(name), f"{id_of(name)}-{id_of(site.address.state or '')}"))
        )
        if ships := next((given[one.key] for one in group.doors if one.key in given), None):
            by_name.setdefault(key, ships)
    for group, key, wishes in named:
        if key not in by_name:
            by_name[key] = free.new(*wishes)
        group.organization_id = by_name[key]


@dataclass(frozen=True, slots=True)
class _Told:
    """Pairs that are new, and for each row the pair (by its place, from -1 down) that links it."""

    pairs: tuple[Pair, ...]
    numbers: Mapping[str, int]


class _Telling:
    """Pairs put into words."""

    def __init__(self, reading: Reading, known: Known, before: Set[PairKey], at: datetime) -> None:
        self._rows, self._before, self._at = reading.sites.keys(), before, at
        self._programs: dict[str, list[str]] = defaultdict(list)
        for site_id, name in known.programs:
            self._programs[site_id].append(name)
        for read in reading.programs.values():
            self._programs[read.site_id].append(read.program.name)

    def of(self, gathered: Gathered) -> _Told:
        """What was joined and what is doubtful, as far as it is new and a row of this file."""
        joined = [one for one in gathered.joined if self._is_new(one)]
        doubts = [one for one in gathered.doubts if self._is_new(one)]
        numbers: dict[str, int] = {}
        for place, one in enumerate(joined):
            row = one.right if one.right.key in self._rows else one.left
            numbers.setdefault(row.key, -place - 1)
        certain = (self._pair(one, "same") for one in joined)
        return _Told((*certain, *(self._pair(one) for one in doubts)), numbers)

    def _is_new(self, one: DoorPair) -> bool:
        return one.key not in self._before and bool(one.key & self._rows)

    def _pair(self, one: DoorPair, answer: Answer | None = None) -> Pair:
        hide = one.left.seen.address.withheld or one.right.seen.address.withheld
        by = "a decision that ships" if one.rule == "person" else "rule"
        return Pair(
            left_key=one.left.key,
            right_key=one.right.key,
            left=as_seen(one.left, self._offered(one.left), hide=hide),
            right=as_seen(one.right, self._offered(one.right), hide=hide),
            rule=one.rule,
            reason=reason_of(one.rule),
            found_at=self._at,
            answer=answer,
            by=answer and by,
            answered_at=self._at if answer else None,
        )

    def _offered(self, door: Door) -> Sequence[str]:
        own = door.key if door.key in self._rows else door.seen.site_id
        return self._programs.get(own or "", ())


def _homes(gathered: Gathered, reading: Reading) -> dict[str, Home]:
    homes: dict[str, Home] = {}
    for group in gathered.groups:
        for one in group.doors:
            if one.key in reading.sites and group.site_id and group.organization_id:
                homes[one.key] = Home(group.site_id, group.organization_id)
    return homes
