"""A reading under our ids: each row's facts go where the row belongs, with the row's own key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from directory.catalog.evidence import Source
from directory.catalog.links import How, Link
from directory.catalog.listing import Kind
from directory.catalog.records import Claim
from directory.curation.claims import claims_of
from directory.curation.linking.door import directory_of
from directory.curation.linking.gathering import DoorPair
from directory.curation.linking.placing import Placed, Programs, offer_of
from directory.curation.reading import Reading, ReadProgram

# Older than any list, so that it hides a street and says nothing else.
WITHHELD, LONG_AGO = '{"withheld":true}', date(1970, 1, 1)
KEPT_BACK = "Street kept back: another list withholds it"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a row belongs."""

    site_id: str
    organization_id: str


def rewrite(
    reading: Reading,
    homes: Mapping[str, Home],
    programs: Programs,
    links: Iterable[Link],
    pairs: Mapping[str, int],
) -> tuple[Reading, list[Link]]:
    """The reading under our ids, and the links to remember. `pairs`: row -> what linked it."""
    rewriting = _Rewriting(reading, homes, programs, links, pairs)
    for key in sorted(reading.sites, key=lambda one: one not in reading.own_sites):
        rewriting.row(key)
    for key, read in sorted(reading.programs.items(), key=lambda one: not rewriting.held(one[0])):
        rewriting.program(key, read)
    return rewriting.done()


def kept_back(
    pairs: Iterable[DoorPair], homes: Mapping[str, Home], at: datetime
) -> Iterator[Claim]:
    """That the street of a site is not shown, as another list withholds what may be the same."""
    source = Source(KEPT_BACK, at.date(), "list", dated=LONG_AGO)
    found: set[tuple[str, str]] = set()
    for pair in pairs:
        hidden, shown = homes.get(pair.left.key), homes.get(pair.right.key)
        site_id = shown.site_id if shown else pair.right.seen.site_id
        own = hidden.site_id if hidden else pair.left.seen.site_id
        if site_id and site_id != own and (site_id, pair.left.key) not in found:
            found.add((site_id, pair.left.key))
            yield Claim(("site", site_id), "address", WITHHELD, source, None, pair.left.key)


class _Rewriting:
    """One reading on its way to our ids."""

    def __init__(
        self,
        reading: Reading,
        homes: Mapping[str, Home],
        programs: Programs,
        links: Iterable[Link],
        pairs: Mapping[str, int],
    ) -> None:
        self._old, self._homes, self._programs, self._pairs = reading, homes, programs, pairs
        self._live = {(one.kind, one.origin): one.subject_id for one in links}
        self._added: list[Link] = []
        self._organizations: set[tuple[str, str]] = set()
        self._targets: defaultdict[str, list[str]] = defaultdict(list)
        empty: dict[str, object] = {"organizations": {}, "sites": {}, "programs": {}}
        self._new = replace(reading, **empty, mentioned=set(), also=[], origins={}, joined=[])  # type: ignore[arg-type]

    def held(self, origin: str) -> bool:
        """True for a program that has its place: it keeps it before others choose."""
        return ("program", origin) in self._live

    def row(self, key: str) -> None:
        """Put a row's site and organization in their place."""
        site, parent = self._old.sites[key]
        if key in self._old.own_sites:
            self._new.sites[key] = site, parent
            self._new.organizations[parent] = self._old.organizations[parent]
            return
        home = self._homes[key]
        self._organization(home.organization_id, parent, directory_of(key))
        subject: tuple[Kind, str] = ("site", home.site_id)
        if home.site_id in self._new.sites:
            self._new.also += claims_of(subject, site, None, key)
        else:
            self._new.sites[home.site_id] = replace(site, id=home.site_id), home.organization_id
            self._new.origins[subject] = key
        self._link("site", key, home.site_id, key)

    def program(self, origin: str, read: ReadProgram) -> None:
        """Put a program in its place."""
        if read.site_id in self._old.own_sites:
            self._new.programs[origin] = read
            self._targets[origin] = [origin]
            self._new.mentioned.add(origin)
            return
        home = self._homes[read.site_id]
        offer = offer_of(read.program)
        key = self._live.get(("program", origin))
        placed = (
            self._programs.place(home.site_id, origin, offer)
            if key is None
            else self._programs.keep(home.site_id, key, origin, offer)
        )
        self._targets[origin] += placed.ids
        self._new.mentioned.update(placed.ids)
        if placed.only:
            self._certify(placed, origin, read)
        else:
            self._state(placed.ids[0], home, origin, read)
            self._link("program", origin, placed.ids[0], read.site_id)

    def done(self) -> tuple[Reading, list[Link]]:
        """The whole. What was refused keeps its place: it is not missing."""
        for origin in self._old.mentioned - self._targets.keys():
            self._new.mentioned.add(self._live.get(("program", origin), origin))
        return self._new, self._added

    def _organization(self, key: str, parent: str, directory: str) -> None:
        """One list names an organization once, however many of its sites it names."""
        if (key, directory) in self._organizations:
            return
        self._organizations.add((key, directory))
        record = replace(self._old.organizations[parent], id=key)
        if key in self._new.organizations:
            self._new.also += claims_of(("organization", key), record, None, directory)
        else:
            self._new.organizations[key] = record
            self._new.origins["organization", key] = directory

    def _state(self, key: str, home: Home, origin: str, read: ReadProgram) -> None:
        if key in self._new.programs:
            self._new.also += claims_of(("program", key), read.program, read.row, origin)
            self._new.joined.append(key)
            return
        program = replace(read.program, id=key)
        self._new.programs[key] = ReadProgram(program, home.site_id, read.row)
        self._new.origins["program", key] = origin

    def _certify(self, placed: Placed, origin: str, read: ReadProgram) -> None:
        for key in placed.ids:
            claims = claims_of(("program", key), read.program, read.row, origin)
            self._new.also += [claim for claim in claims if claim.fact in placed.only]
        self._new.joined.append(placed.ids[0])

    def _link(self, kind: Kind, origin: str, subject_id: str, row: str) -> None:
        if self._live.get((kind, origin)) == subject_id:
            return
        pair = self._pairs.get(row)
        how: How = "own" if pair is None else "rule"
        self._added.append(Link(kind, origin, subject_id, how, pair))
