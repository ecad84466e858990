"""Which addresses search engines should know (sitemaps.org): pages and real programs, in each language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import cast
from xml.sax.saxutils import escape

from flask import Response, abort, current_app, request

from directory.web.addresses import home_url, site_url
from directory.web.feeds.site import blueprint
from directory.web.i18n import page_url
from directory.web.services import services

MOST_ADDRESSES = 10_000
"""In one part: the protocol takes 50,000 of up to 50 MB; parts of a few MB are read sooner."""

PAGES = (
    *("home", "guide", "paying", "family", "self_check", "work", "aftercare", "meetings"),
    *("ranking", "data", "exports", "reference"),
)
"""The pages that are for everybody alike."""

_BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its endpoint, the program it shows, when that changed."""

    page: str
    slug: str | None = None
    at: datetime | None = None

    def address(self, code: str) -> str:
        """Where it is in a language."""
        return site_url(page_url(self.page, code, **({"slug": self.slug} if self.slug else {})))


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts: 0 has the pages, the others the programs."""
    last = -(-services.finder.journal.count_listed() // in_a_part())
    return _sent(_index(range(last + 1)), "index")


@blueprint.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """One part."""
    places = places_of(part)
    if not places:
        abort(404)
    return _sent(_urls(places), str(part))


def places_of(part: int) -> Sequence[Place]:
    """What stands in a part; nothing if there is no such part."""
    if part == 0:
        return [Place(page) for page in PAGES]
    found = services.finder.journal.listed((part - 1) * in_a_part(), in_a_part())
    return [Place("program", one.slug, one.at) for one in found]


def in_a_part() -> int:
    """How many programs, each once in every language."""
    return MOST_ADDRESSES // len(_languages())


def _languages() -> tuple[str, ...]:
    return tuple(current_app.extensions["languages"])


def _index(parts: Sequence[int]) -> Iterator[str]:
    yield f"{_BEGIN}<sitemapindex {_SITEMAP}>\n"
    for part in parts:
        days = [one.at for one in places_of(part) if one.at] if part else []
        changed = f"<lastmod>{max(days).isoformat()}</lastmod>" if days else ""
        address = site_url(f"/sitemap-{part}.xml")
        yield f"<sitemap><loc>{escape(address)}</loc>{changed}</sitemap>\n"
    yield "</sitemapindex>\n"


def _urls(places: Sequence[Place]) -> Iterator[str]:
    codes = _languages()
    yield f"{_BEGIN}<urlset {_SITEMAP} {_XHTML}>\n"
    for place in places:
        by_language = {code: escape(place.address(code), {'"': "&quot;"}) for code in codes}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
            for code, address in [*by_language.items(), ("x-default", by_language[codes[0]])]
        )
        changed = f"<lastmod>{place.at.isoformat()}</lastmod>" if place.at else ""
        for address in by_language.values():
            yield f"<url><loc>{address}</loc>{changed}{links}</url>\n"
    yield "</urlset>\n"


def _sent(lines: Iterator[str], what: str) -> Response:
    """Of a generation the same bytes: a crawler that has them is told so before they are written."""
    made_of = "\0".join((services.finder.generation, home_url(), what, *_languages()))
    tag = blake2b(made_of.encode(), digest_size=12).hexdigest()
    known = request.if_none_match.contains(tag)
    response = Response(
        b"" if known else "".join(lines), content_type="application/xml; charset=utf-8"
    )
    response.set_etag(tag)
    return cast(Response, response.make_conditional(request))
