"""The checking page client: every page it fetches is held to the house rules before a test sees it."""

import itertools
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
# SVG shapes are written closed (`<rect/>`), which the parser reports as such.
FILLED = frozenset(("input", "select", "textarea"))
HELP = ("988", "911", "800-854-7771")
LEAVE = {"en": "Leave", "es": "Salir"}
ALLOWED_ELSEWHERE = ("https://www.weather.gov/",)
NO_SCRIPT_OR_STYLE = re.compile(r"<style|\son[a-z]+=|\sstyle=|javascript:|data:", re.IGNORECASE)


@dataclass
class Element:
    """One start tag with its attributes and the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    parent: "Element | None"
    text: str = ""


@dataclass
class Reader(HTMLParser):
    """Reads a page strictly: every element is closed, in order."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> repeats an attribute: {names}"
        element = Element(tag, dict(attrs), self.open[-1] if self.open else None)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), self.open[-1] if self.open else None))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing, line {self.getpos()[0]}"
        assert self.open[-1].tag == tag, (
            f"</{tag}> closes <{self.open[-1].tag}>, line {self.getpos()[0]}"
        )
        self.open.pop()
        if tag in ("th", "td", "li", "dt", "dd", "p"):
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        """The elements with one of these tags, in page order."""
        return [element for element in self.elements if element.tag in tags]


@dataclass
class Page:
    """A page that passed the checks."""

    response: TestResponse
    html: str
    read: Reader

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def heading(self) -> str:
        return said(self.read.all("h1")[0].text)

    @property
    def text(self) -> str:
        """All the words of the main part, as read."""
        return said(self.read.all("main")[0].text)

    def links(self, words: str) -> list[str]:
        """The addresses of links whose text holds these words."""
        return [
            one.attributes["href"] or "" for one in self.read.all("a") if words in said(one.text)
        ]

    def link(self, words: str) -> str:
        """The address of the one link with these words."""
        (found,) = dict.fromkeys(self.links(words))
        return found

    def form(self, action: str) -> dict[str, list[str]]:
        """What the form with this action would send, as it stands."""
        sent: dict[str, list[str]] = {}
        fields = [one for one in self.read.all(*FILLED) if one.attributes.get("name")]
        inside = [one for one in fields if _form_of(one) == action]
        for one in inside:
            for value in _sent_by(one, self.read):
                sent.setdefault(one.attributes["name"] or "", []).append(value)
        return sent

    def is_folded(self, action: str) -> bool:
        """True if the form with this action stands in a fold: one opens it, reads, then presses."""
        (above,) = [one for one in self.read.all("form") if one.attributes.get("action") == action]
        inside: Element | None = above
        while inside is not None and inside.tag != "details":
            inside = inside.parent
        return inside is not None and "open" not in inside.attributes


def _form_of(element: Element) -> str | None:
    above = element.parent
    while above is not None and above.tag != "form":
        above = above.parent
    return above.attributes.get("action") if above else None


def _sent_by(element: Element, read: Reader) -> list[str]:
    if element.tag == "textarea":
        return [element.text]
    if element.tag == "select":
        options = [one for one in read.all("option") if one.parent is element]
        chosen = [one for one in options if "selected" in one.attributes] or options[:1]
        return [one.attributes.get("value") or "" for one in chosen]
    if (
        element.attributes.get("type") in ("radio", "checkbox")
        and "checked" not in element.attributes
    ):
        return []
    return [element.attributes.get("value") or ""]


def said(text: str) -> str:
    """Text as it is read: blanks collapsed."""
    return " ".join(text.split())


class Visitor:
    """Someone who visits pages; a page that breaks a house rule fails the test."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=True)

    def get(self, address: str, status: int = 200) -> Page:
        return checked(self._client.get(address, headers={"Accept": "text/html"}), status)

    def post(self, address: str, fields: object, status: int = 200) -> Page:
        """Send a form and follow to where it leads."""
        return checked(self._client.post(address, data=fields, follow_redirects=True), status)

    def raw(self, address: str, **rest: object) -> TestResponse:
        """Anything but a page."""
        return self._client.open(address, **rest)  # type: ignore[arg-type]


def checked(response: TestResponse, status: int, *, may_hold_cookie: bool = False) -> Page:
    """The page, once it keeps every rule; only the desk of staff may set a cookie."""
    html = response.get_data(as_text=True)
    assert response.status_code == status, (
        f"{response.status_code} instead of {status}: {html[:500]}"
    )
    assert response.mimetype == "text/html"
    assert may_hold_cookie or "Set-Cookie" not in response.headers
    read = Reader()
    read.feed(html)
    assert not read.open, f"never closed: {[one.tag for one in read.open]}"
    assert html.startswith("<!doctype html>")
    _check_head(read)
    _check_ids_and_labels(read)
    _check_order_of_headings(read)
    _check_help(read)
    _check_nothing_inline_or_foreign(read, html)
    return Page(response, html, read)


def _check_head(read: Reader) -> None:
    (root,) = read.all("html")
    assert root.attributes.get("lang") in ("en", "es")
    (title,) = list(read.all("title"))
    (heading,) = read.all("h1")
    shown = said(heading.text).removesuffix(" Example").removesuffix(" Ejemplo")
    assert said(title.text) == f"{shown} - Stepwise", (title.text, heading.text)


def _check_ids_and_labels(read: Reader) -> None:
    ids = [one.attributes["id"] for one in read.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    labelled = {one.attributes.get("for") for one in read.all("label")}
    for one in read.all(*FILLED):
        named = one.attributes.get("aria-label") or one.attributes.get("id") in labelled
        wrapped = one.parent is not None and one.parent.tag == "label"
        hidden = one.attributes.get("type") == "hidden"
        assert named or wrapped or hidden, f"no label: {one.attributes}"
    for one in read.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            for target in (one.attributes.get(name) or "").split():
                assert target in ids, f"{name} points at nothing: {target}"
        href = one.attributes.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids, f"link to nothing: {href}"


def _check_order_of_headings(read: Reader) -> None:
    levels = [int(one.tag[1]) for one in read.all("h1", "h2", "h3", "h4")]
    jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
    assert not jumps, f"a heading level is left out: {levels}"


def _check_help(read: Reader) -> None:
    (line,) = [one for one in read.all("nav") if one.attributes.get("class") == "help"]
    language = read.all("html")[0].attributes.get("lang") or ""
    assert all(words in line.text for words in (*HELP, LEAVE[language])), line.text
    first = list(read.all("a"))[:2]
    assert first[0].attributes.get("class") == "skip"
    assert first[1].attributes.get("href") == "tel:988"


def _check_nothing_inline_or_foreign(read: Reader, html: str) -> None:
    assert not NO_SCRIPT_OR_STYLE.search(html), NO_SCRIPT_OR_STYLE.search(html)
    for one in read.elements:
        if one.tag == "script" and one.attributes.get("type") == "application/ld+json":
            assert json.loads(one.text), "data that nobody can read"
        elif one.tag == "script":
            assert one.attributes.get("src"), "an inline script"
            assert not said(one.text)
        if one.attributes.get("rel") in ("canonical", "alternate"):
            continue  # names this page for search engines; nothing is fetched
        for name in ("src", "action") if one.tag != "link" else ("href",):
            address = one.attributes.get(name) or ""
            assert not urlsplit(address).netloc, f"loads from elsewhere: {address}"
        if one.tag == "a" and urlsplit(href := one.attributes.get("href") or "").netloc:
            outside = "noreferrer" in (one.attributes.get("rel") or "")
            assert href in ALLOWED_ELSEWHERE or outside, f"tells them where we are: {href}"
