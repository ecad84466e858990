"""A program at its door as a `MedicalClinic`: who, where, what it offers, whether it takes people now."""

from datetime import date

from directory.catalog.evidence import State
from directory.catalog.fact_format import stated
from directory.catalog.program import License, Listing, Network, Organization, Program, Site
from directory.catalog.schedule import Track
from directory.exchange.schema_org.page import Json, Page
from directory.exchange.schema_org.service import service_of

PRICED = {"day": "DAY", "week": "WEE"}
"""Units of a price that UN/CEFACT has a code for."""


def markup_of(listing: Listing, page: Page) -> Json | None:
    """The markup of a program's page; None for an invented one, or if even its name is too old."""
    program, site = listing.program, listing.site.told()
    if listing.example or _too_old(program, page):
        return None
    return stated(
        {
            "@context": "https://schema.org",
            "@type": "MedicalClinic",
            "@id": f"{page.address}#program",
            "mainEntityOfPage": page.address,
            "name": program.name,
            "description": page.current(program, "description"),
            "parentOrganization": _organization(listing.organization, page),
            **_place(site, page),
            "isAcceptingNewPatients": accepting(program.tracks, page)
            if page.is_current(program, "openings")
            else None,
            **_offers(program, page),
            "makesOffer": _offer(listing, page),
        }
    )


def accepting(tracks: tuple[Track, ...], page: Page) -> bool | None:
    """True if a group said lately that it takes people, False if each said that it is full."""
    told = [_accepting(track, page) for track in tracks]
    if True in told:
        return True
    return False if told and None not in told else None


def _accepting(track: Track, page: Page) -> bool | None:
    openings = track.openings
    if openings.reported_on is None or openings.accepting == "unknown":
        return None
    age = max(0, (page.today - openings.reported_on).days)
    fresh = page.freshness.state_at_age("openings", age) is State.CURRENT
    return openings.accepting == "yes" if fresh else None


def _too_old(program: Program, page: Page) -> bool:
    state = page.freshness.state("name", program.evidence.get("name"), page.today)
    return state is State.UNKNOWN


def _organization(organization: Organization, page: Page) -> Json | None:
    npi = page.current(organization, "npi")
    told = stated(
        {
            "name": page.current(organization, "name"),
            "url": page.current(organization, "website"),
            "identifier": npi and {"@type": "PropertyValue", "propertyID": "NPI", "value": npi},
        }
    )
    return {"@type": "MedicalOrganization", **told} if told else None


def _place(site: Site, page: Page) -> Json:
    address, phone = site.address, page.current(site, "phone")
    door = stated(
        {
            "streetAddress": ", ".join(filter(None, (address.street, address.unit))),
            "addressLocality": address.city,
            "addressRegion": address.state,
            "postalCode": address.zip,
        }
    )
    name = page.current(site, "name")
    telling = page.is_current(site, "address")
    return {
        "telephone": phone and f"+1-{phone}",
        "address": {"@type": "PostalAddress", **door, "addressCountry": "US"}
        if door and telling
        else None,
        "geo": _point(site, page),
        "containedInPlace": name and {"@type": "Place", "name": name},
    }


def _point(site: Site, page: Page) -> Json | None:
    if site.lat is None or site.lon is None or not page.is_current(site, "location"):
        return None
    return {"@type": "GeoCoordinates", "latitude": site.lat, "longitude": site.lon}


def _offers(program: Program, page: Page) -> Json:
    """What they treat and how, who pays, and what they are licensed for."""
    return {
        "availableService": [
            {
                "@type": "MedicalTherapy",
                "name": page.label("services", code),
                "code": {
                    "@type": "MedicalCode",
                    "codeValue": code,
                    "codingSystem": "stepwise/services",
                },
            }
            for code in page.codes(program, "services")
        ],
        "knowsAbout": [
            {
                "@type": "DefinedTerm",
                "name": page.label(kind, code),
                "termCode": code,
                "inDefinedTermSet": f"stepwise/{kind}",
            }
            for kind in ("focus", "conditions")
            for code in page.codes(program, kind)
        ],
        "healthPlanNetworkId": _payers(program, "in", page),
        "paymentAccepted": _payers(program, "unknown", page),
        "hasCredential": [
            {
                "@type": "EducationalOccupationalCredential",
                "name": page.label("accreditations", code),
            }
            for code in page.codes(program, "accreditations")
        ],
        "hasCertification": [
            _license(one)
            for one in program.licenses
            if page.is_current(program, "licenses", one.number) and _stands(one, page.today)
        ],
    }


def _payers(program: Program, network: Network, page: Page) -> list[str]:
    """Payers of a network, or taken though the network is not known, while both days are fresh."""
    return [
        page.label("payers", one.payer)
        for one in program.payers
        if one.network == network
        and page.is_current(program, "payers", one.payer)
        and _is_fresh(one.as_of, page)
    ]


def _is_fresh(as_of: date | None, page: Page) -> bool:
    age = 0 if as_of is None else max(0, (page.today - as_of).days)
    return page.freshness.state_at_age("payers", age) is State.CURRENT


def _stands(one: License, today: date) -> bool:
    return one.expires is None or one.expires >= today


def _license(one: License) -> Json:
    return stated(
        {
            "@type": "Certification",
            "name": one.kind,
            "certificationIdentification": one.number,
            "issuedBy": {"@type": "Organization", "name": one.body},
            "expires": one.expires and one.expires.isoformat(),
        }
    )


def _offer(listing: Listing, page: Page) -> Json | None:
    """The program as a service, and what it costs without insurance."""
    service, price = service_of(listing, page), page.current(listing.program, "price")
    if service is None and price is None:
        return None
    cost = price and stated(
        {
            "@type": "UnitPriceSpecification",
            "price": price.cents / 100,
            "priceCurrency": "USD",
            "unitText": price.per,
            "unitCode": PRICED.get(price.per),
        }
    )
    return stated({"@type": "Offer", "priceSpecification": cost, "itemOffered": service})
