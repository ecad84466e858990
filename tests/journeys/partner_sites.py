"""Two sites of partners on other loopback origins: pages that show our finder, each in its own way."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

FALLBACK = "Find an intensive outpatient program"
SECRET_PATH = "/about-methadone-canary-7f3"
"""A path of the page around the frame that nobody of ours may ever hear of."""


@dataclass
class PartnerSite:
    """One site: its origin, and its pages by path (headers, body)."""

    origin: str
    pages: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)

    def page(self, path: str, body: str, **headers: str) -> str:
        """Put up a page and answer its address."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        whole = (
            f'<!doctype html><html lang="en"><title>River Clinic</title><body>{body}</body></html>'
        )
        self.pages[path] = (named, whole)
        return self.origin + path


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def serve(host: str) -> Iterator[PartnerSite]:
    """A site on a free port of a loopback address."""
    site = PartnerSite("")

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        headers, body = site.pages.get(environ["PATH_INFO"], ({}, ""))
        kind = [("Content-Type", "text/html; charset=utf-8")]
        start("200 OK" if body else "404 Not Found", [*kind, *headers.items()])
        return [body.encode()]

    with make_server(host, 0, app, server_class=_Threaded, handler_class=_Quiet) as server:
        site.origin = f"http://{host}:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()


def element(ours: str, key: str, integrity: str, wishes: str = "") -> str:
    """The third grade: the element around its link, as the maker page writes it."""
    return (
        f'<script type="module" src="{ours}/widget/v1.0.0.js" integrity="{integrity}" crossorigin'
        f' referrerpolicy="no-referrer"></script>'
        f'<iop-finder key="{key}" {wishes}><a href="{ours}/" referrerpolicy="no-referrer">{FALLBACK}</a></iop-finder>'
    )


def bare(ours: str, key: str) -> str:
    """The second grade: a frame and no script."""
    return (
        f'<iframe src="{ours}/widget/{key}" title="{FALLBACK}" width="100%" height="700" loading="lazy"'
        ' referrerpolicy="no-referrer" sandbox="allow-forms allow-popups'
        ' allow-popups-to-escape-sandbox allow-scripts"></iframe>'
    )
