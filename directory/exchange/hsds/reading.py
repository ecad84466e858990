"""An HSDS service as objects of the listing format: ours whole, a foreign one as far as it states.

Opening hours are not sessions: only our profile says which sessions one person attends, so a foreign
schedule becomes nothing at all. Any value may be of any type: the checks of the format come after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from directory.catalog.vocabulary import Vocabularies, folded
from directory.exchange.hsds import keys
from directory.exchange.hsds.attributes import coded_in, term_name
from directory.exchange.hsds.plain import objects_in, stated, text_in, whole
from directory.exchange.hsds.reading_places import site_of
from directory.exchange.hsds.writing import PRICES

Json = dict[str, Any]

LISTS = ("focus", "conditions", "services", "accreditations")
YES = frozenset({"", "yes", "y", "true", "1"})
WORDS = {
    "level_of_care": ("stated", "suggested"),
    "populations": ("dedicated", "welcomes", "excludes"),
    "payers": ("in", "out", "unknown"),
}
"""What the value of an attribute may say of its term, beside yes."""

SMALLER_CLAIM = "interpreter"
"""What is taken of a language where nobody says who speaks it."""


@dataclass(frozen=True, slots=True)
class ReadService:
    """One service at one place, in the listing format; `own` if it carries our profile.

    `unknown` names terms that we have no meaning for; `opening_hours` says that there were some.
    """

    organization: Json
    site: Json
    program: Json
    own: bool
    unknown: tuple[str, ...]
    opening_hours: bool
    seen: str | None


def read_service(service: Json, vocabularies: Vocabularies) -> Iterator[ReadService]:
    """The service at each of its places; at one without an address if it names none."""
    organization = service.get("organization")
    organization = organization if isinstance(organization, dict) else {}
    own = isinstance(service.get(keys.ID), str)
    facts, unknown = _facts(service, vocabularies)
    for place in objects_in(service, "service_at_locations") or [{}]:
        program = _program(service, place, facts, own=own)
        yield ReadService(
            organization=_organization(organization, service),
            site=site_of(place, service, organization),
            program=program,
            own=own,
            unknown=unknown,
            opening_hours=not own and _is_open(service, place),
            seen=text_in(service, "assured_date") or text_in(service, "last_modified"),
        )


def _organization(organization: Json, service: Json) -> Json:
    numbers = objects_in(organization, "organization_identifiers")
    npi = (one for one in numbers if "NPI" in str(one.get("identifier_type")).upper())
    key = organization.get("id") or service.get("organization_id") or service.get("id")
    plain = {
        "id": organization.get(keys.ID) or str(key),
        "name": organization.get("name"),
        "npi": next(npi, {}).get("identifier"),
        "website": organization.get("website"),
        "evidence": organization.get(keys.EVIDENCE),
    }
    return stated(plain)


def _program(service: Json, place: Json, facts: Json, *, own: bool) -> Json:
    plain = {
        "id": service.get(keys.ID) if own else _foreign_id(service, place),
        "name": service.get("name"),
        "description": service.get("description"),
        "ages": _span(service),
        **facts,
        "weeks": service.get(keys.WEEKS),
        "price": _price(service),
        "attendance": service.get(keys.ATTENDANCE),
        "licenses": service.get(keys.LICENSES),
        "tracks": service.get(keys.TRACKS) if own else None,
        "evidence": _evidence(service, facts) if own else None,
    }
    return stated(plain)


def _foreign_id(service: Json, place: Json) -> str:
    location = place.get("location")
    at = place.get("location_id") or (location.get("id") if isinstance(location, dict) else None)
    return str(service.get("id")) + (f"-{at}" if at else "")


def _span(service: Json) -> Json:
    ages = {"min": whole(service.get("minimum_age")), "max": whole(service.get("maximum_age"))}
    return stated(ages)


def _price(service: Json) -> Json:
    """The price, where it says what it is for; an amount alone says too little."""
    for option in objects_in(service, "cost_options"):
        cents = whole(option.get(keys.CENTS))
        if cents is None and (amount := whole(option.get("amount"), parts=100)) is not None:
            cents = amount
        per = text_in(option, "option")
        if cents is not None and per in PRICES:
            sliding = {"sliding_scale": option.get(keys.SLIDING_SCALE)}
            return stated({"cents": cents, "per": per, **sliding})
    return {}


def _facts(service: Json, vocabularies: Vocabularies) -> tuple[Json, tuple[str, ...]]:
    """Coded facts, from attributes and languages; and what we have no meaning for."""
    facts: Json = {name: [] for name in LISTS} | {"populations": {}, "payers": [], "languages": {}}
    unknown = []
    for attribute in objects_in(service, "attributes"):
        found = coded_in(attribute, vocabularies)
        if found is None or found[1] not in vocabularies[found[0].kind]:
            unknown.append(term_name(attribute))
        elif (said := _said(found[0].fact, attribute)) is None:
            unknown.append(f"{term_name(attribute)}: {attribute['value']}"[:160])
        else:
            _take(facts, found[0].fact, found[1], said, attribute)
    for language in objects_in(service, "languages"):
        code = _language(language, vocabularies)
        if code is None:
            name = language.get("code") or language.get("name")
            unknown.append(f"language {name}"[:120])
        else:
            facts["languages"][code] = language.get(keys.SUPPORT) or SMALLER_CLAIM
    return stated(facts), tuple(unknown)


def _said(fact: str, attribute: Json) -> str | None:
    """What an attribute says of its term: a word of ours, or '' for yes; None for anything else.

    "No" is nothing that we can take: it may mean that nobody asked.
    """
    value = attribute.get("value")
    word = "" if value is None else str(value).strip().casefold()
    if word in WORDS.get(fact, ()):
        return word
    return "" if word in YES else None


def _take(facts: Json, fact: str, code: str, said: str, attribute: Json) -> None:
    if fact == "level_of_care":
        facts["level_of_care"] = code
        if said:
            facts["level_evidence"] = said
    elif fact == "populations":
        facts["populations"][code] = said or "welcomes"
    elif fact == "payers":
        payer = {"payer": code, "network": said or "unknown", "as_of": attribute.get(keys.AS_OF)}
        if all(code != known["payer"] for known in facts["payers"]):
            facts["payers"].append(stated(payer))
    elif code not in facts[fact]:
        facts[fact].append(code)


def _language(language: Json, vocabularies: Vocabularies) -> str | None:
    code, name = text_in(language, "code"), text_in(language, "name")
    if code in vocabularies["languages"]:
        return code
    words = {folded(word) for word in (code, name) if word}
    for term in vocabularies["languages"]:
        if words & {folded(word) for word in (term.label, *term.aliases)}:
            return term.id
    return None


def _evidence(service: Json, facts: Json) -> Any:
    """The sources of facts; none for a code that was left out because we do not know it."""
    evidence = service.get(keys.EVIDENCE)
    if not isinstance(evidence, dict):
        return evidence
    return {key: source for key, source in evidence.items() if _is_stated(str(key), facts)}


def _is_stated(key: str, facts: Json) -> bool:
    fact, _, item = key.partition(":")
    if fact not in (*LISTS, "populations", "payers", "languages", "level_of_care"):
        return True
    if not item or fact not in facts:
        return fact in facts
    names = [one["payer"] for one in facts[fact]] if fact == "payers" else facts[fact]
    return item in names


def _is_open(service: Json, place: Json) -> bool:
    location = place.get("location")
    holders = (service, place, location if isinstance(location, dict) else {})
    return any(objects_in(holder, "schedules") for holder in holders)
