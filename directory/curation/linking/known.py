"""What the store holds, as linking sees it: doors, programs by site, organizations by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from directory.catalog.links import Link
from directory.catalog.program import Address
from directory.catalog.records import Desk, LiveClaim
from directory.curation.linking.door import Seen, directory_of
from directory.curation.linking.placing import Offer, Standing

SITE_FACTS = ("name", "phone", "address")
PROGRAM_FACTS = ("level_of_care", "focus", "licenses", "name")


@dataclass(frozen=True, slots=True)
class Known:
    """Sites as each of their sources sees them; real ones only.

    `organizations`: id -> name. `homes`: site -> organization. `states`: organization -> state.
    `taken` are all site ids, those of examples too. `programs`: (site, name of a program there).
    """

    seen: tuple[Seen, ...]
    standing: tuple[tuple[str, Standing], ...]
    organizations: Mapping[str, str]
    homes: Mapping[str, str]
    states: Mapping[str, str]
    taken: frozenset[str]
    programs: tuple[tuple[str, str], ...]


def read_known(desk: Desk, links: Iterable[Link]) -> Known:
    """Read the store. A site that no list speaks of has the key 'site:<id>'."""
    invented, sites_now = desk.invented(), desk.sites()
    homes = {key: one for key, one in sites_now.items() if ("site", key) not in invented}
    places = desk.programs()
    site_of = {key: place.site_id for key, place in places.items()}
    named = _first(desk.about("organization", ("name",)))
    names = {key: one for key, one in named.items() if ("organization", key) not in invented}
    programs = list(desk.about("program", PROGRAM_FACTS))
    sites = _by_origin(desk.about("site", SITE_FACTS))
    numbers = _numbers(programs, site_of, sites)
    seen = tuple(
        _seen(site_id, origin, facts, names.get(homes[site_id]), numbers.get(site_id, frozenset()))
        for (site_id, origin), facts in sites.items()
        if site_id in homes and facts.keys() - {"address"}
    )
    standing = tuple(
        (site_of[key], one)
        for key, one in _standing(programs, links)
        if key in site_of and site_of[key] in homes
    )
    states = {homes[one.site_id]: one.address.state or "" for one in seen if one.site_id}
    offered = tuple(
        (site_of[one.claim.subject[1]], orjson.loads(one.claim.value))
        for one in programs
        if one.claim.fact == "name" and one.claim.subject[1] in site_of
    )
    return Known(seen, standing, names, homes, states, frozenset(sites_now), offered)


def _by_origin(claims: Iterable[LiveClaim]) -> dict[tuple[str, str], dict[str, Any]]:
    """Each site as each row of each list sees it; the newest of several claims."""
    found: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for claim in sorted(claims, key=lambda one: (one.claim.source.as_of, one.id)):
        key = claim.claim.subject[1], claim.claim.origin
        found[key][claim.claim.fact] = orjson.loads(claim.claim.value)
    return found


def _seen(
    site_id: str,
    origin: str,
    facts: Mapping[str, Any],
    organization: str | None,
    numbers: frozenset[str],
) -> Seen:
    return Seen(
        key=origin or f"site:{site_id}",
        names=tuple(dict.fromkeys(filter(None, (facts.get("name"), organization)))),
        phone=facts.get("phone"),
        address=Address(**facts.get("address", {})),
        numbers=frozenset() if origin else numbers,
        site_id=site_id,
    )


def _first(claims: Iterable[LiveClaim]) -> dict[str, str]:
    """The strongest name of each organization."""
    found: dict[str, str] = {}
    for claim in sorted(claims, key=lambda one: (one.claim.source.as_of, one.id)):
        found[claim.claim.subject[1]] = orjson.loads(claim.claim.value)
    return found


def _numbers(
    claims: Iterable[LiveClaim],
    site_of: Mapping[str, str],
    sites: Mapping[tuple[str, str], Mapping[str, Any]],
) -> dict[str, frozenset[str]]:
    """The license numbers that sites show without a row of their own list."""
    found: dict[str, frozenset[str]] = {}
    for claim in claims:
        site_id = site_of.get(claim.claim.subject[1])
        if claim.claim.fact == "licenses" and not claim.claim.origin and site_id is not None:
            state = sites.get((site_id, ""), {}).get("address", {}).get("state")
            items = orjson.loads(claim.claim.value)
            own = frozenset(license_number(state, one["number"]) for one in items)
            found[site_id] = found.get(site_id, frozenset()) | own
    return found


def license_number(state: str | None, number: str) -> str:
    """A license as linking compares it: numbers are unique within a state."""
    return f"{state or '?'}:{number}"


def _standing(claims: Iterable[LiveClaim], links: Iterable[Link]) -> Iterable[tuple[str, Standing]]:
    levels: dict[str, str | None] = {}
    focus: dict[str, set[str]] = defaultdict(set)
    certified: set[str] = set()
    for one in claims:
        key, value = one.claim.subject[1], orjson.loads(one.claim.value)
        if one.claim.fact == "level_of_care":
            levels[key] = value.get("level_of_care")
        elif one.claim.fact == "focus":
            focus[key] |= set(value)
        elif one.claim.fact == "licenses":
            certified.add(key)
    spoken: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.kind == "program":
            spoken[link.subject_id].add(directory_of(link.origin))
    for key in sorted(levels.keys() | focus.keys()):
        offer = Offer(levels.get(key), frozenset(focus[key]), key in certified)
        yield key, Standing(key, offer, frozenset(spoken[key]))
