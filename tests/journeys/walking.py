"""The walk to one page in every language, and everything that is wrong with it there."""

import re
from collections.abc import Sequence

from tests.journeys.looks import (
    LOOKS,
    Look,
    ask,
    sideways,
    wrong_in_forced_colours,
    wrong_in_use,
    wrong_with,
)

# Refusals are meant.
EXPECTED = "the server responded with"


def prefixes(app):
    """'' for English, '/es' for Spanish."""
    return ["" if code == "en" else f"/{code}" for code in app.extensions["languages"]]


def walk(way, visit, server, app, english: Sequence[Look], others: Sequence[Look]) -> list[str]:
    """What is wrong: in English in some looks, in other languages in others; the width in every look."""
    found = []
    for prefix in prefixes(app) if way.shows else [""]:
        opened = visit()
        page = opened.page
        response = way.go(page, server, prefix)
        page.wait_for_load_state()
        found += wrong_at(way, page, response, prefix, app)
        ask(page, "controls")
        chosen = others if prefix else english
        for scheme, size in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            look = f"{prefix} {scheme} {size['width']}"
            wrong = wrong_with if (scheme, size) in chosen else sideways
            found += [f"{look}: {one}" for one in wrong(page)]
        found += [f"{prefix} {one}" for one in wrong_in_use(page)]
        found += [f"{prefix} {one}" for one in wrong_in_forced_colours(page)]
        found += [f"console: {said}" for said in opened.messages if EXPECTED not in said]
        opened.context.close()
    return list(dict.fromkeys(found))


def wrong_at(way, page, response, prefix, app):
    """The page is the one that was meant."""
    if response is not None and response.status != way.status:
        yield f"{page.url}: status {response.status}"
    lang = page.locator("html").get_attribute("lang")
    if lang != (prefix.strip("/") or "en"):
        yield f"{page.url} is in the language {lang!r}"
    if way.shows and shown_by(page.url, app, response) != way.shows:
        yield f"{page.url} is not shown by {way.shows}"


def shown_by(url, app, response):
    """The endpoint that answered, without its language."""
    path = re.sub(r"^https?://[^/]+", "", url).partition("?")[0].partition("#")[0]
    method = response.request.method if response is not None else "GET"
    endpoint, _ = app.url_map.bind("127.0.0.1").match(path, method)
    return endpoint.partition(".")[2]
