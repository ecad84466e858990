"""For people who write software: our API, told from the document that machines read."""

from collections.abc import Mapping

from flask import current_app, render_template

from directory.catalog.program import Listing
from directory.errors import NoGeneration
from directory.matching.need import Need
from directory.matching.outcome import Outcome
from directory.matching.weeks_ahead import plans
from directory.web.addresses import home_url
from directory.web.api import description
from directory.web.gate import Gate
from directory.web.pages.site import blueprint
from directory.web.services import services
from directory.web.showing.reference import groups_of

MOST_LOOKED_AT = 100


@blueprint.get("/api/")
def reference() -> str:
    """What holds for every address, then each of them with an example to try."""
    gate: Gate = current_app.extensions["gate"]
    origin = home_url()
    return render_template(
        "pages/reference.html",
        groups=groups_of(description(current_app), origin, _names()),
        origin=origin,
        policies=gate.policies,
    )


def _names() -> Mapping[str, str]:
    """Names that are listed now, so that what is shown can be tried: of a program with its hours."""
    known = {"taxonomy_id": next(iter(services.vocabularies))}
    try:
        found = services.finder.find(Need(limit=MOST_LOOKED_AT), changes=False)
    except NoGeneration:
        return known
    listings = [one.record.listing for one in found.matches] if isinstance(found, Outcome) else []
    for listing in sorted(listings, key=lambda one: not any(_keys(one))):
        return known | {
            "program_id": listing.program.id,
            "organization_id": listing.organization.id,
            "location_id": listing.site.id,
            "key": next(iter(_keys(listing)), ""),
        }
    return known


def _keys(listing: Listing) -> list[str]:
    """Of the tracks whose days and hours are published."""
    return [plan.key for plan in plans(listing.program.tracks) if plan.published]
