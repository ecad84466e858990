"""Where to tell of a hole in this site (RFC 9116): only where the operator says who listens."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from flask import Response, abort, current_app

from directory.web.addresses import site_url
from directory.web.feeds.site import blueprint
from directory.web.services import services

PATH = "/.well-known/security.txt"
LASTS = timedelta(days=180)
"""From the day it is asked for: a site that runs has somebody who listens (RFC 9116 2.5.5: under a year)."""


@blueprint.get(PATH)
def security_txt() -> Response:
    """The file."""
    if not services.security_contact:
        abort(404)
    return Response("\n".join([*fields(), ""]), content_type="text/plain; charset=utf-8")


def fields() -> Iterator[str]:
    """One line each."""
    contact = services.security_contact
    yield f"Contact: {f'mailto:{contact}' if '@' in contact else contact}"
    ends = datetime.combine(services.clock().astimezone(UTC).date() + LASTS, time(), UTC)
    yield f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}"
    yield f"Preferred-Languages: {', '.join(current_app.extensions['languages'])}"
    if services.base_url.startswith("https://"):
        yield f"Canonical: {site_url(PATH)}"
