"""How addresses of this site begin where they leave it: canonical links, calendars, sitemaps, feeds."""

import re

from flask import request

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
