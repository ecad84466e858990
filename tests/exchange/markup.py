"""Reads the markup of a page back: the facts it states, in our own terms, and what schema.org knows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from directory.catalog.program import License
from directory.catalog.vocabulary import Vocabularies

Json = dict[str, Any]

# The types we use, each with the properties that schema.org (version 29) lets it have, of those we use.
THING = "@type @id name description disambiguatingDescription mainEntityOfPage"
KNOWN = {
    "MedicalClinic": "@context parentOrganization telephone address geo containedInPlace isAcceptingNewPatients "
    "availableService knowsAbout healthPlanNetworkId paymentAccepted hasCredential hasCertification makesOffer",
    "Dataset": "@context url version dateModified isAccessibleForFree creditText distribution",
    "DataDownload": "contentUrl encodingFormat contentSize sha256",
    "MedicalOrganization": "url identifier",
    "Organization": "",
    "PropertyValue": "propertyID value",
    "PostalAddress": "streetAddress addressLocality addressRegion postalCode addressCountry",
    "GeoCoordinates": "latitude longitude",
    "Place": "",
    "MedicalTherapy": "code",
    "MedicalCode": "codeValue codingSystem",
    "DefinedTerm": "termCode inDefinedTermSet",
    "EducationalOccupationalCredential": "",
    "Certification": "certificationIdentification issuedBy expires",
    "Offer": "priceSpecification itemOffered",
    "UnitPriceSpecification": "price priceCurrency unitText unitCode",
    "Service": "serviceType audience availableChannel hasOfferCatalog hoursAvailable",
    "PeopleAudience": "suggestedMinAge suggestedMaxAge",
    "Audience": "audienceType",
    "ServiceChannel": "availableLanguage",
    "OfferCatalog": "itemListElement",
    "OpeningHoursSpecification": "dayOfWeek opens closes",
    "Schedule": "byDay startTime endTime duration repeatFrequency scheduleTimezone",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MODES = {(): None, ("In person",): "in_person", ("Online",): "virtual", ("In person", "Online"): "hybrid"}  # fmt: skip


def nodes(plain: Any) -> Iterator[Json]:
    """Every object, at any depth."""
    if isinstance(plain, list):
        for one in plain:
            yield from nodes(one)
    elif isinstance(plain, dict):
        yield plain
        yield from nodes(list(plain.values()))


def foreign_to_schema_org(markup: Json) -> list[str]:
    """Properties that no type of their node has."""
    found = []
    for node in nodes(markup):
        types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        allowed = set(THING.split()).union(*(KNOWN[one].split() for one in types))
        found += [f"{types}: {name}" for name in node if name not in allowed]
    return found


class Reading:
    """The facts that a markup states."""

    def __init__(self, markup: Json, words: Vocabularies) -> None:
        self.markup, self._words = markup, words
        self._offer = markup.get("makesOffer", {})
        self._service = self._offer.get("itemOffered", {})

    def facts(self) -> Json:
        """Whatever is stated; nothing where nothing is."""
        told = {**self._door(), **self._organization(), **self._program(), **self._service_facts()}
        return {name: value for name, value in told.items() if value not in (None, [], {}, ())}

    def _code(self, kind: str, label: str) -> str:
        (code,) = [
            one for one in self._words[kind].codes() if self._words[kind].label(one) == label
        ]
        return code

    def _door(self) -> Json:
        door = self.markup.get("address", {})
        geo = self.markup.get("geo", {})
        phone = self.markup.get("telephone")
        return {
            "phone": phone and phone.removeprefix("+1-"),
            "street": door.get("streetAddress"),
            "city": door.get("addressLocality"),
            "state": door.get("addressRegion"),
            "zip": door.get("postalCode"),
            "point": geo and (geo["latitude"], geo["longitude"]),
            "site": self.markup.get("containedInPlace", {}).get("name"),
        }

    def _organization(self) -> Json:
        told = self.markup.get("parentOrganization", {})
        return {
            "organization": told.get("name"),
            "website": told.get("url"),
            "npi": told.get("identifier", {}).get("value"),
        }

    def _program(self) -> Json:
        terms = [
            (one["inDefinedTermSet"], one["termCode"]) for one in self.markup.get("knowsAbout", [])
        ]
        names = [one["name"] for one in self.markup.get("hasCredential", [])]
        licenses = [
            License(
                one["issuedBy"]["name"], one["certificationIdentification"], one.get("name"),
                date.fromisoformat(one["expires"]) if "expires" in one else None,
            )
            for one in self.markup.get("hasCertification", [])
        ]  # fmt: skip
        return {
            "name": self.markup["name"],
            "description": self.markup.get("description"),
            "services": [
                one["code"]["codeValue"] for one in self.markup.get("availableService", [])
            ],
            "focus": [code for kind, code in terms if kind == "stepwise/focus"],
            "conditions": [code for kind, code in terms if kind == "stepwise/conditions"],
            "in": [self._code("payers", one) for one in self.markup.get("healthPlanNetworkId", [])],
            "unknown": [
                self._code("payers", one) for one in self.markup.get("paymentAccepted", [])
            ],
            "accreditations": [self._code("accreditations", one) for one in names],
            "licenses": licenses,
            "accepting": self.markup.get("isAcceptingNewPatients"),
        }

    def _service_facts(self) -> Json:
        level, price = self._service.get("serviceType"), self._offer.get("priceSpecification")
        audience = self._service.get("audience", [])
        people = [one for one in audience if one["@type"] == "PeopleAudience"]
        return {
            "level": level and self._code("levels_of_care", level),
            "ages": [(one.get("suggestedMinAge"), one.get("suggestedMaxAge")) for one in people],
            "dedicated": [
                self._code("populations", one["audienceType"])
                for one in audience
                if one["@type"] == "Audience"
            ],
            "languages": self._service.get("availableChannel", {}).get("availableLanguage"),
            "price": price and (round(price["price"] * 100), price["unitText"]),
            "tracks": [
                self._track(one)
                for one in self._service.get("hasOfferCatalog", {}).get("itemListElement", [])
            ],
        }

    def _track(self, one: Json) -> tuple[Any, ...]:
        mode = MODES[tuple(channel["name"] for channel in one.get("availableChannel", []))]
        hours = one.get("hoursAvailable", [])
        sessions = sorted(session for told in hours for session in sessions_in(told))
        zones = {told.get("scheduleTimezone") for told in hours}
        return one.get("name"), one.get("disambiguatingDescription"), mode, sessions, zones


def sessions_in(told: Json) -> Iterator[tuple[int, int, int]]:
    """Day, first minute and length of each session; both ways to say the hours agree."""
    assert told["byDay"] == told["dayOfWeek"]
    assert (told["startTime"], told["endTime"]) == (told["opens"], told["closes"])
    start, end = (_minutes(told[name]) for name in ("opens", "closes"))
    length = int(told["duration"].removeprefix("PT").removesuffix("M"))
    assert 0 < length <= 24 * 60
    assert (start + length) % (24 * 60) == end
    for day in told["byDay"]:
        yield DAYS.index(day.removeprefix("https://schema.org/")), start, length


def _minutes(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    assert seconds == "00"
    return int(hours) * 60 + int(minutes)
