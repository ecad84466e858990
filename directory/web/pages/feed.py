"""What changed in the directory, for readers of feeds (Atom, RFC 4287); nothing invented."""

import re
from collections.abc import Iterator
from typing import cast
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from flask import Response, request

from directory.catalog.whereabouts import Whereabouts
from directory.web import gone_words
from directory.web.addresses import home_url, site_url
from directory.web.i18n import gettext, language, page_url
from directory.web.kept import recalled
from directory.web.pages.site import blueprint
from directory.web.services import services
from directory.web.showing.fact_names import fact_names

MOST = 100
ATOM = "http://www.w3.org/2005/Atom"
KIND = "application/atom+xml"
# What XML 1.0 has no room for; a source may hold it all the same.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get("/changes.atom")
def feed() -> Response:
    """The feed in this language; asked again with its tag or day, it is not sent twice."""
    index = services.finder.current()
    body = recalled(("feed", index.name, home_url()), written, large=True)
    response = Response(body, content_type=f"{KIND}; charset=utf-8")
    newest = index.journal.latest(1)
    if newest:
        response.last_modified = newest[0].at
    response.add_etag()
    return cast(Response, response.make_conditional(request))


def written() -> bytes:
    """The feed as XML. An entry is a program: it keeps its id, and comes up again when it changes."""
    told = services.finder.journal.latest(MOST)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _add(root, "id", _tag(f"changes:{language()}"))
    _add(root, "title", gettext("What changed in Stepwise"))
    day = f"{services.finder.as_of.isoformat()}T00:00:00+00:00"
    _add(root, "updated", told[0].at.isoformat() if told else day)
    _link(root, "self", site_url(page_url("feed")), KIND)
    _link(root, "alternate", site_url(page_url("data")), "text/html")
    _add(ET.SubElement(root, "author"), "name", "Stepwise")
    for one in told:
        _entry(root, one)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, one: Whereabouts) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", _tag(f"program:{quote(one.program, safe='')}"))
    _add(entry, "title", _title(one))
    _add(entry, "updated", one.at.isoformat())
    _link(entry, "alternate", site_url(page_url("program", slug=one.slug)), "text/html")
    if summary := _summary(one):
        _add(entry, "summary", summary)


def _title(one: Whereabouts) -> str:
    listing = None if one.gone else services.finder.program(one.program)
    if listing is None:
        return gettext("No longer listed: %(address)s", address=page_url("program", slug=one.slug))
    name = gettext(
        "%(group)s, %(program)s", group=listing.program.name, program=listing.organization.name
    )
    kind = one.kind(one.last - 1)
    if kind == "created":
        return gettext("Added: %(name)s", name=name)
    if kind == "moved":
        return gettext("New web address: %(name)s", name=name)
    return gettext("Changed: %(name)s", name=name)


def _summary(one: Whereabouts) -> str:
    if one.gone:
        return str(gone_words.WHY[one.gone.why])
    named = [] if one.kind(one.last - 1) == "created" else list(dict.fromkeys(_names(one)))
    return gettext("What changed: %(facts)s.", facts=", ".join(named)) if named else ""


def _names(one: Whereabouts) -> Iterator[str]:
    """The facts of its last change, as people call them."""
    known = fact_names()
    for fact in one.changed(one.last - 1):
        name = fact.rpartition(".")[2]
        yield known.get(name, name)


def _tag(what: str) -> str:
    """An id that stays (RFC 4151): of the public host, whatever the rest of the address becomes."""
    return f"tag:{urlsplit(home_url()).hostname},2026:{what}"


def _link(parent: ET.Element, rel: str, address: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": address})


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("", text)
