"""Back to the page somebody was on when their sign-in ended: a page of ours, never an address as it comes.

What comes with the form is read as a page of the desk and its numbers, and the address is made anew
from them: nothing in it can lead to another site (ASVS 5.0 3.7.2).
"""

from urllib.parse import parse_qsl, urlencode

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from directory.catalog.staff import Role
from directory.web.staff.access import ROUTES
from directory.web.typed_address import parts_of

LONGEST = 1_000
FIELD = "then"
HOME = "desk"


def wanted() -> dict[str, str]:
    """The page that was asked for, as the next address carries it; nothing for the desk itself.

    Of a form that was sent it is the page the form stands on: what it would have done is not done.
    """
    path = request.full_path if request.method == "GET" else request.path
    for _ in range(3):
        if (page := read(path)) is not None:
            return {} if page == _home(page) else {FIELD: page}
        path = path.partition("?")[0].rpartition("/")[0]
    return {}


def carried() -> str:
    """What an address or a form carries along; "" if it is no page of the desk."""
    return read(request.values.get(FIELD, "")) or ""


def back_for(role: Role) -> str | None:
    """Where to go on, if people of this role have that page."""
    page = carried()
    return page if page and role in ROUTES[_endpoint(page)[0]].roles else None


def read(text: str) -> str | None:
    """The address of a page of the desk, made anew from what it names; None for anything else."""
    parts = parts_of(text[:LONGEST]) if text.startswith("/") and text.isprintable() else None
    if parts is None or parts.scheme or parts.netloc or "." in parts.path:
        return None
    page, address = _endpoint(parts.path)
    if page not in ROUTES or ROUTES[page].is_open:
        return None
    query = urlencode([one for one in parse_qsl(parts.query) if one[0] not in (FIELD, "said")])
    return f"{address}?{query}" if query else address


def _endpoint(path: str) -> tuple[str, str]:
    """The page at a path and its address made anew; ("", "") if there is none to be read."""
    adapter, parts = current_app.url_map.bind(""), parts_of(path)
    if parts is None:
        return "", ""
    try:
        endpoint, values = adapter.match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return "", ""
    room, _, page = str(endpoint).partition(".")
    if room.partition("_")[0] != "staff":
        return "", ""
    return page, url_for(endpoint, **values)


def _home(page: str) -> str:
    """The first page of the desk in the language of an address, if that is what it is."""
    return page if _endpoint(page)[0] == HOME else ""
