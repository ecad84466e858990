"""What search engines read of a page: data in a script element that nobody runs."""

import orjson
from markupsafe import Markup

from directory.catalog.program import Listing
from directory.exchange.schema_org.clinic import markup_of
from directory.exchange.schema_org.page import Page
from directory.web.addresses import site_url
from directory.web.i18n import language, page_url
from directory.web.services import services

_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""Signs that could end the element, as JSON may also write them."""


def markup_for(listing: Listing) -> Markup | None:
    """The JSON-LD of a program's page in this language; None where nothing is to be told."""
    page = Page(
        address=site_url(page_url("program", slug=listing.slug)),
        language=language(),
        vocabularies=services.vocabularies,
        freshness=services.freshness,
        today=services.clock().date(),
    )
    told = markup_of(listing, page)
    return None if told is None else as_data(told)


def as_data(told: object) -> Markup:
    """JSON for a script element: no sign of it is read as HTML."""
    return Markup(orjson.dumps(told).decode().translate(_SAFE))  # noqa: S704 - no < > & is left
