"""The listing format: each record as facts in JSON, and back. `load(dump(p)) == p`.

A *fact* is one key of the format ('payers', 'address'). Two keys that mean nothing apart are one
fact: the level of care with its grade, latitude with longitude. Openings age faster than the
schedule they stand in, so they are a fact of their own, matched to tracks by label and season.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from directory.catalog.evidence import Method, Rival, Source
from directory.catalog.fact_format import (
    dump_address,
    dump_license,
    dump_payer,
    dump_price,
    dump_span,
    load_day,
    load_license,
    load_payer,
    stated,
)
from directory.catalog.program import (
    Address,
    Listing,
    Organization,
    Price,
    Program,
    Site,
    Span,
)
from directory.catalog.track_format import dump_openings, dump_track, load_openings, load_track

Json = Any
Kind = Literal["organization", "site", "program"]
Facts = Mapping[str, tuple[Json, Source]]
Values = Mapping[str, Json]
Evidence = Mapping[str, Source]
Rivals = Mapping[str, tuple[Rival, ...]]
Record = Organization | Site | Program

ORGANIZATION_FACTS = ("name", "npi", "website")
SITE_FACTS = ("name", "phone", "time_zone", "address", "location")
PROGRAM_FACTS = (
    "name",
    "description",
    "level_of_care",
    "focus",
    "conditions",
    "services",
    "ages",
    "populations",
    "languages",
    "payers",
    "weeks",
    "price",
    "attendance",
    "licenses",
    "accreditations",
    "tracks",
    "openings",
)

FACTS: Mapping[Kind, tuple[str, ...]] = {
    "organization": ORGANIZATION_FACTS,
    "site": SITE_FACTS,
    "program": PROGRAM_FACTS,
}

# Facts that are sets: what one source leaves out does not contradict what another says. The
# function names the item, as in the evidence key 'services:cbt'.
ITEM_NAMES: Mapping[str, Callable[[Json], str]] = {
    "focus": str,
    "conditions": str,
    "services": str,
    "accreditations": str,
    "populations": str,
    "languages": str,
    "payers": lambda item: str(item["payer"]),
    "licenses": lambda item: str(item["number"]),
}

_SEVERAL: Mapping[str, tuple[str, ...]] = {
    "level_of_care": ("level_of_care", "level_evidence"),
    "location": ("lat", "lon"),
}


def organization_facts(organization: Organization) -> dict[str, Json]:
    """The facts stated of an organization; what is not known is left out."""
    return stated({fact: getattr(organization, fact) for fact in ORGANIZATION_FACTS})


def site_facts(site: Site) -> dict[str, Json]:
    """The facts stated of a site."""
    return stated(
        {
            "name": site.name,
            "phone": site.phone,
            "time_zone": site.time_zone,
            "address": dump_address(site.address),
            "location": stated({"lat": site.lat, "lon": site.lon}),
        }
    )


def program_facts(program: Program) -> dict[str, Json]:
    """The facts stated of a program, in the order of the format."""
    level = {"level_of_care": program.level_of_care, "level_evidence": program.level_evidence}
    return stated(
        {
            "name": program.name,
            "description": program.description,
            "level_of_care": stated(level),
            "focus": list(program.focus),
            "conditions": list(program.conditions),
            "services": list(program.services),
            "ages": dump_span(program.ages),
            "populations": dict(program.populations),
            "languages": dict(program.languages),
            "payers": [dump_payer(payer) for payer in program.payers],
            "weeks": dump_span(program.weeks),
            "price": dump_price(program.price),
            "attendance": program.attendance,
            "licenses": [dump_license(item) for item in program.licenses],
            "accreditations": list(program.accreditations),
            "tracks": [dump_track(track) for track in program.tracks],
            "openings": dump_openings(program.tracks),
        }
    )


def assemble_organization(key: str, facts: Facts, rivals: Rivals | None = None) -> Organization:
    """An organization from its facts."""
    return _organization(key, _values(facts), _evidence(facts, {}), rivals or {})


def assemble_site(key: str, facts: Facts, rivals: Rivals | None = None) -> Site:
    """A site from its facts."""
    return _site(key, _values(facts), _evidence(facts, {}), rivals or {})


def assemble_program(
    key: str,
    facts: Facts,
    items: Mapping[str, Source] | None = None,
    rivals: Rivals | None = None,
) -> Program:
    """A program from its facts; `items` is the evidence of single items ('services:cbt')."""
    return _program(key, _values(facts), _evidence(facts, items or {}), rivals or {})


def _values(facts: Facts) -> Values:
    return {fact: value for fact, (value, _) in facts.items()}


def _organization(key: str, values: Values, evidence: Evidence, rivals: Rivals) -> Organization:
    return Organization(
        id=key,
        name=values["name"],
        npi=values.get("npi"),
        website=values.get("website"),
        evidence=evidence,
        rivals=rivals,
    )


def _site(key: str, values: Values, evidence: Evidence, rivals: Rivals) -> Site:
    location = values.get("location", {})
    return Site(
        id=key,
        name=values.get("name"),
        phone=values.get("phone"),
        time_zone=values.get("time_zone"),
        address=Address(**values.get("address", {})),
        lat=location.get("lat"),
        lon=location.get("lon"),
        evidence=evidence,
        rivals=rivals,
    )


def _program(key: str, values: Values, evidence: Evidence, rivals: Rivals) -> Program:
    level = values.get("level_of_care", {})
    tracks = tuple(load_track(track) for track in values.get("tracks", ()))
    return Program(
        id=key,
        name=values["name"],
        description=values.get("description"),
        level_of_care=level.get("level_of_care"),
        level_evidence=level.get("level_evidence"),
        focus=tuple(values.get("focus", ())),
        conditions=tuple(values.get("conditions", ())),
        services=tuple(values.get("services", ())),
        ages=Span(**values["ages"]) if "ages" in values else None,
        populations=values.get("populations", {}),
        languages=values.get("languages", {}),
        payers=tuple(load_payer(payer) for payer in values.get("payers", ())),
        weeks=Span(**values["weeks"]) if "weeks" in values else None,
        price=Price(**values["price"]) if "price" in values else None,
        attendance=values.get("attendance"),
        licenses=tuple(load_license(item) for item in values.get("licenses", ())),
        accreditations=tuple(values.get("accreditations", ())),
        tracks=load_openings(tracks, values.get("openings", ())),
        evidence=evidence,
        rivals=rivals,
    )


def dump_record(record: Record, default: Source | None = None) -> dict[str, Json]:
    """One record as an object of the format, without its children.

    Evidence is written where it differs from `default`, the source of the file.
    """
    plain: dict[str, Json] = {"id": record.id}
    for fact, value in facts_of(record).items():
        if fact != "openings":
            plain.update(value if fact in _SEVERAL else {fact: value})
    if isinstance(record, Program) and record.tracks:
        plain["tracks"] = [dump_track(track, openings=True) for track in record.tracks]
    # An item says its source even where it is the file's: its fact may have another.
    evidence = {key: s for key, s in record.evidence.items() if ":" in key or s != default}
    if evidence:
        plain["evidence"] = {key: dump_source(source) for key, source in evidence.items()}
    if record.rivals:
        plain["conflicts"] = {key: dump_rivals(some) for key, some in record.rivals.items()}
    return plain


def load_organization(plain: Mapping[str, Json], default: Source | None = None) -> Organization:
    """An organization from a valid object of the format; `default` is the source of facts that name none."""
    values = _stated_values(plain, ORGANIZATION_FACTS)
    said = _organization(plain["id"], values, _load_evidence(plain), _load_rivals(plain))
    return replace(said, evidence=_by_default(said, default)) if default else said


def load_site(plain: Mapping[str, Json], default: Source | None = None) -> Site:
    """A site from a valid object of the format; `default` is the source of facts that name none."""
    values = _stated_values(plain, SITE_FACTS)
    said = _site(plain["id"], values, _load_evidence(plain), _load_rivals(plain))
    return replace(said, evidence=_by_default(said, default)) if default else said


def load_program(plain: Mapping[str, Json], default: Source | None = None) -> Program:
    """A program from a valid object of the format; `default` is the source of facts that name none."""
    values = _stated_values(plain, PROGRAM_FACTS)
    said = _program(plain["id"], values, _load_evidence(plain), _load_rivals(plain))
    return replace(said, evidence=_by_default(said, default)) if default else said


def dump_listings(listings: Iterable[Listing], source: Source) -> dict[str, Json]:
    """A whole file of the format. Every fact keeps its own source; slugs are not carried."""
    organizations: dict[str, dict[str, Json]] = {}
    sites: dict[str, dict[str, Json]] = {}
    for listing in listings:
        organization, site = listing.organization, listing.site
        if organization.id not in organizations:
            organizations[organization.id] = {**dump_record(organization, source), "sites": []}
        if site.id not in sites:
            sites[site.id] = {**dump_record(site, source), "programs": []}
            organizations[organization.id]["sites"].append(sites[site.id])
        sites[site.id]["programs"].append(dump_record(listing.program, source))
    return {"source": dump_source(source), "organizations": list(organizations.values())}


def facts_of(record: Record) -> dict[str, Json]:
    """The facts stated of any record."""
    if isinstance(record, Organization):
        return organization_facts(record)
    return site_facts(record) if isinstance(record, Site) else program_facts(record)


def items_of(fact: str, value: Json) -> Iterator[tuple[str, Json]]:
    """Each item of a set fact with its name; nothing for other facts."""
    if fact not in ITEM_NAMES:
        return
    name = ITEM_NAMES[fact]
    for item in value.items() if isinstance(value, dict) else value:
        yield (item[0] if isinstance(value, dict) else name(item)), item


def gathered(fact: str, items: Iterable[Json]) -> Json:
    """A set fact from its items, as `items_of` gives them."""
    return dict(items) if fact in ("populations", "languages") else list(items)


def dump_source(source: Source) -> dict[str, Json]:
    """A source as the format writes it."""
    return stated(
        {
            "name": source.name,
            "url": source.url,
            "seen_on": source.seen_on.isoformat(),
            "method": source.method,
            "edition": source.edition,
            "dated": source.dated and source.dated.isoformat(),
            "confirmed_by": source.confirmed_by,
        }
    )


def dump_rivals(rivals: Iterable[Rival]) -> list[dict[str, Json]]:
    """What others say of one fact, each with its source."""
    return [{"value": one.value, "source": dump_source(one.source)} for one in rivals]


def _load_rivals(plain: Mapping[str, Json]) -> dict[str, tuple[Rival, ...]]:
    return {
        key: tuple(Rival(one["value"], load_source(one["source"])) for one in some)
        for key, some in (plain.get("conflicts") or {}).items()
    }


def load_source(plain: Mapping[str, Json]) -> Source:
    """A source from a valid object of the format; the same one where it says the same again."""
    return _source(*map(plain.get, _SOURCE))


_SOURCE = ("name", "seen_on", "method", "url", "edition", "dated", "confirmed_by")


@lru_cache(maxsize=8_192)
def _source(
    name: str,
    seen_on: str,
    method: Method,
    url: str | None,
    edition: str | None,
    dated: str | None,
    confirmed_by: str | None,
) -> Source:
    day = date.fromisoformat(seen_on)
    return Source(name, day, method, url, edition, load_day(dated), confirmed_by)


def _stated_values(plain: Mapping[str, Json], facts: tuple[str, ...]) -> Values:
    """The facts of an object of the format."""
    values: dict[str, Json] = {
        fact: stated({key: plain.get(key) for key in _SEVERAL[fact]})
        if fact in _SEVERAL
        else plain.get(fact)
        for fact in facts
    }
    return stated(values)


def _evidence(facts: Facts, items: Mapping[str, Source]) -> dict[str, Source]:
    return {fact: source for fact, (_, source) in facts.items()} | dict(items)


def _load_evidence(plain: Mapping[str, Json]) -> dict[str, Source]:
    own = plain.get("evidence") or {}
    return {key: load_source(source) for key, source in own.items() if source}


def _by_default(record: Record, default: Source) -> dict[str, Source]:
    """The evidence of a record: `default` for each fact that names no source of its own."""
    return {**dict.fromkeys(facts_of(record), default), **record.evidence}
