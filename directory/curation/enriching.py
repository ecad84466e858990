"""Add what a registry says to the places we list: number, name, phone. It lists nothing by itself.

A place of the registry is one of ours if its organization has the number already, or if the rules of
linking are certain and point to one site only. What is doubtful is left alone, and asked of nobody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import orjson
from marshmallow import ValidationError

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind
from directory.catalog.program import Address
from directory.catalog.records import Claim, Desk
from directory.curation.claims import canonical
from directory.curation.linking.blocking import candidates
from directory.curation.linking.door import Door, Seen, door, phone10
from directory.curation.linking.known import Known, read_known
from directory.curation.linking.rules import Outcome, judge, names_agree
from directory.curation.linking.words import LinkWords, plain_words
from directory.curation.listing_format.checks import phone
from directory.curation.offered import Offered
from directory.curation.public_lists.names import readable
from directory.curation.reading import Reading, Refused

PERSONAL = frozenset("do dr jr lcsw lmft lpcc md np phd psyd sr".split())
"""A name with one of these is a person's, whatever kind of company it is of."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A place of the registry at one of ours; `site_id` None where only its organization is known."""

    offered: Offered
    organization_id: str
    site_id: str | None
    named: bool


def enrich(reading: Reading, desk: Desk, words: LinkWords) -> Reading:
    """The reading with a claim for each thing it adds, and the programs that these speak of."""
    source = reading.source
    if source is None:
        return reading
    known = read_known(desk, desk.links.live())
    numbers = _numbers(desk, known)
    near = list(filter(_near_to(known, numbers), reading.offered))
    matches = list(_matches(near, known, numbers, words))
    refused: list[Refused] = []
    claims = [
        *_numbered(matches, numbers, source),
        *_named(matches, source),
        *_phoned(matches, source, refused),
    ]
    said = {claim.subject for claim in claims}
    joined = [
        key
        for key, place in sorted(desk.programs().items())
        if {("organization", place.organization_id), ("site", place.site_id)} & said
    ]
    found = (
        f"{len({one.offered.npi for one in matches})} organizations of the registry are listed here"
    )
    notes = [*reading.notes, found]
    refused = [*reading.refused, *refused]
    return replace(reading, also=claims, joined=joined, notes=notes, refused=refused)


def _numbers(desk: Desk, known: Known) -> Mapping[str, str]:
    """The number of each organization that has one."""
    found = {
        claim.claim.subject[1]: str(orjson.loads(claim.claim.value))
        for claim in desk.about("organization", ("npi",))
    }
    return {key: npi for key, npi in found.items() if key in known.organizations}


def _near_to(known: Known, numbers: Mapping[str, str]) -> Callable[[Offered], bool]:
    """Whether a place shares its number, phone or ZIP with us: a whole country is not compared."""
    taken = set(numbers.values())
    phones = {phone10(one.phone) for one in known.seen} - {""}
    zips = {one.address.zip for one in known.seen} - {None, ""}
    return lambda one: one.npi in taken or phone10(one.phone) in phones or one.address.zip in zips


def _matches(
    offered: Sequence[Offered], known: Known, numbers: Mapping[str, str], words: LinkWords
) -> Iterator[_Match]:
    ours = [door(one, words) for one in known.seen]
    theirs = [door(_seen(one), words) for one in offered]
    sites = _certain(ours, theirs)
    by_number = {npi: key for key, npi in numbers.items()}
    homes = _sites_of(known)
    for one, own in zip(offered, theirs, strict=True):
        site_ids = sites.get(one.key, {})
        organization_id = by_number.get(one.npi)
        if organization_id is not None:
            here = [key for key in site_ids if known.homes[key] == organization_id]
            here = here or _alone(homes.get(organization_id, {}), one.address)
            site_id = here[0] if len(here) == 1 else None
            of_it = (at for at in ours if known.homes.get(at.seen.site_id or "") == organization_id)
            named = any(names_agree(own, at) for at in of_it)
            yield _Match(one, organization_id, site_id, named)
        elif len(site_ids) == 1:
            (site_id,) = site_ids
            yield _Match(one, known.homes[site_id], site_id, site_ids[site_id])


def _seen(one: Offered) -> Seen:
    return Seen(one.key, one.names, one.phone, one.address)


def _certain(ours: Sequence[Door], theirs: Sequence[Door]) -> dict[str, dict[str, bool]]:
    """For each place of the registry the sites that it is for certain, and whether the names agree."""
    doors = [*ours, *theirs]
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for left, right in candidates(doors):
        if left >= len(ours) or right < len(ours):
            continue
        a, b = doors[left], doors[right]
        if judge(a, b).outcome is Outcome.CERTAIN and a.seen.site_id:
            found[b.key][a.seen.site_id] = found[b.key].get(a.seen.site_id, False) or names_agree(
                a, b
            )
    return found


def _sites_of(known: Known) -> Mapping[str, Mapping[str, str]]:
    """The sites of each organization, with the ZIP of each."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in known.seen:
        if one.site_id:
            found[known.homes[one.site_id]][one.site_id] = one.address.zip or ""
    return found


def _alone(sites: Mapping[str, str], address: Address) -> list[str]:
    """The one site of an organization, if it stands in the same ZIP."""
    return [key for key, zip_code in sites.items() if len(sites) == 1 and zip_code == address.zip]


def _numbered(
    matches: Iterable[_Match], numbers: Mapping[str, str], source: Source
) -> Iterator[Claim]:
    """The number of an organization: the one it has, or the only one that was found for it."""
    found: dict[str, dict[str, Offered]] = defaultdict(dict)
    for match in matches:
        found[match.organization_id].setdefault(match.offered.npi, match.offered)
    for key, offers in found.items():
        npi = numbers.get(key) or (next(iter(offers)) if len(offers) == 1 else None)
        if npi in offers:
            yield _claim("organization", key, "npi", npi, offers[npi], source)


def _named(matches: Iterable[_Match], source: Source) -> Iterator[Claim]:
    """The name in use, else the legal one, where it agrees with the name we know and is no person's."""
    done: set[str] = set()
    for match in matches:
        names = [
            name
            for name in (*match.offered.names[1:], *match.offered.names[:1])
            if not _personal(name)
        ]
        if match.named and names and match.organization_id not in done:
            done.add(match.organization_id)
            name = readable(names[0])
            yield _claim("organization", match.organization_id, "name", name, match.offered, source)


def _personal(name: str) -> bool:
    return not PERSONAL.isdisjoint(plain_words(name))


def _phoned(matches: Iterable[_Match], source: Source, refused: list[Refused]) -> Iterator[Claim]:
    done: set[str] = set()
    for match in matches:
        written = match.offered.phone
        if not written or match.site_id is None or match.site_id in done:
            continue
        try:
            number = phone(written.lstrip("#"))
        except ValidationError as error:
            expected = f"{error.messages[0]}; left out"
            refused.append(Refused(match.offered.row, "telephone_number", written, expected))
            continue
        done.add(match.site_id)
        yield _claim("site", match.site_id, "phone", number, match.offered, source)


def _claim(
    kind: Kind, key: str, fact: str, value: str | None, offered: Offered, source: Source
) -> Claim:
    told = offered.told_on
    dated = replace(source, dated=told if told and told <= source.seen_on else None)
    return Claim((kind, key), fact, canonical(value), dated, offered.row)
