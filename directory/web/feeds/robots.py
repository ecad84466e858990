"""What crawlers may ask for (RFC 9309): what is listed and what is told, never somebody's answers."""

from collections.abc import Iterator

from flask import Response, current_app

from directory.web.addresses import site_url
from directory.web.feeds.site import blueprint

# Pages that hold somebody's answers, sealed or readable, and the desk of staff; in each language.
ANSWERS = (
    "results",
    "find",
    "refine",
    "change",
    "share",
    "compare",
    "meetings/",
    "work-hours",
    "self-check/",
    "staff",
)
# For the pages of partners and for machines; in no language.
ELSEWHERE = ("embed/", "widget", "api/v1/match")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """The rules, for every crawler alike."""
    return Response("\n".join([*rules(), ""]), content_type="text/plain; charset=utf-8")


def rules() -> Iterator[str]:
    """One line each. A sealed week may stand behind any page as `for=`."""
    yield "User-agent: *"
    for code in current_app.extensions["languages"]:
        prefix = "/" if code == "en" else f"/{code}/"
        yield from (f"Disallow: {prefix}{path}" for path in ANSWERS)
    yield from (f"Disallow: /{path}" for path in ELSEWHERE)
    yield "Disallow: /*?*for="
    yield f"Sitemap: {site_url('/sitemap.xml')}"
