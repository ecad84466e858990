"""oEmbed 1.0: what a site makes of one of our addresses that somebody pastes into it.

A partner's frame answers as `rich`, with the bare frame; a program as `link`, with its name: who has
no key can show nothing of ours.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Blueprint, Response, abort, jsonify, request

from directory.accounts.choices import read_choices, written
from directory.errors import BadChoices
from directory.web.addresses import home_url, present
from directory.web.choosing import known
from directory.web.i18n import ENGLISH, gettext, languages
from directory.web.services import services
from directory.web.showing.snippets import HEIGHT, frame
from directory.web.typed_address import parts_of

WIDTH = 600
SECONDS = 3600
Answer = dict[str, object]


def register(blueprint: Blueprint) -> None:
    """Serve it beside the other files of the widget."""
    blueprint.add_url_rule("/widget/oembed.json", view_func=oembed)


def oembed() -> Response:
    """The answer for one of our addresses; 404 for any other, 501 for a format but JSON."""
    if request.args.get("format", "json") != "json":
        abort(501)
    language, first, name, asked = _read(request.args.get("url", ""))
    found = _of_partner(language, name, asked) if first == "widget" else _of_program(first, name)
    if found is None:
        abort(404)
    answer = jsonify({"version": "1.0", "provider_name": "Stepwise", "cache_age": SECONDS, **found})
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return answer


def _read(address: str) -> tuple[str, str, str, Mapping[str, str]]:
    """Language, first part, second part and query of an address of ours; empty parts for another's."""
    here = home_url()
    parts = parts_of(address.removeprefix(here)) if address.startswith(f"{here}/") else None
    if parts is None:
        return ENGLISH, "", "", {}
    path = parts.path.strip("/").split("/")
    spoken = path.pop(0) if path[0] in languages() else ENGLISH
    first, name = path if len(path) == 2 else ("", "")
    return spoken, first, name, dict(parse_qsl(parts.query))


def _of_partner(language: str, key: str, asked: Mapping[str, str]) -> Answer | None:
    if services.partner(key) is None:
        return None
    try:
        wishes = written(read_choices({"lang": language, **asked}, known()))
    except BadChoices:
        return None
    width, height = _at_most("maxwidth", WIDTH), _at_most("maxheight", HEIGHT)
    html = frame(home_url(), key, wishes, height)
    title = gettext("Find a program that fits your week")
    return {"type": "rich", "title": title, "html": html, "width": width, "height": height}


def _of_program(first: str, slug: str) -> Answer | None:
    listing = present(slug) if first == "programs" else None
    return {"type": "link", "title": listing.program.name} if listing else None


def _at_most(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    return min(usual, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else usual
