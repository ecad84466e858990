"""Addresses of this site: how they begin where they leave it, and which program one leads to today."""

import re

from flask import abort, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from directory.catalog.program import Listing
from directory.web import gone_words
from directory.web.problem import RefusedWith
from directory.web.services import services

FIRST_RUN = "http://127.0.0.1:8000"
_THIS_MACHINE = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.ASCII)


def home_url() -> str:
    """'https://stepwise.example', without a slash at the end.

    It is the operator's setting. Where none is set, the host that was asked for is believed only if
    it names this very machine: a Host header that somebody forged reaches no page, feed or cache.
    """
    if services.base_url:
        return services.base_url.rstrip("/")
    if _THIS_MACHINE.fullmatch(request.host):
        return f"{request.scheme}://{request.host}"
    return FIRST_RUN


def site_url(path: str) -> str:
    """The whole address of a path of this site."""
    return home_url() + path


def listed(name: str, part: str = "slug", *, id_first: bool = False) -> Listing:
    """The program at this address of ours; `part` is the part of the route that names it.

    An address it had, or its id where a page is asked for, is answered with a redirect to the present
    one; a program that is gone with 410, since when and why; an address that was never given with 404.
    """
    found = services.finder.whereabouts(name, id_first=id_first)
    if found is None:
        raise NotFound
    if found.gone:
        raise RefusedWith(gone_words.problem(found))
    present = found.program if id_first else found.slug
    if name not in ({found.program, found.slug} if id_first else {found.slug}):
        abort(_moved({part: present}))
    return services.finder.program(found.program) or abort(404)


def present(name: str) -> Listing | None:
    """The program that has or had this address, if it is listed: for addresses that name several."""
    found = services.finder.whereabouts(name)
    return services.finder.program(found.program) if found and not found.gone else None


def _moved(parts: dict[str, str]) -> Response:
    """The same page under another address: for good, so 301; 308 keeps what was sent."""
    values = {**(request.view_args or {}), **parts}
    address = url_for(request.endpoint or "", **values)
    if request.query_string:
        address += "?" + request.query_string.decode("latin-1")
    return redirect(address, 301 if request.method in ("GET", "HEAD") else 308)
