"""Templates hold no style, no script and nothing from elsewhere, and import only what they use."""

import re

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from tests.house.files import ROOT, TEMPLATES, short

FILES = sorted(TEMPLATES.rglob("*.html"))
BANNED = {
    "an inline style": r"\sstyle\s*=|<style\b",
    # Data for search engines is no script: `showing/markup.py` writes it, nobody runs it.
    "an inline script": r"""<script\b(?![^>]*\ssrc=)(?! type="application/ld\+json">\{\{ markup \}\}</script>)""",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
    "something from elsewhere": r"""<(?:script|link|img|iframe|source|video|audio|object|embed|use|image)\b[^>]*(?:src|href|srcset|data)\s*=\s*["']?\s*(?:https?:)?//""",
    "unescaped text": r"\|\s*safe\b|autoescape\s+false",
}  # fmt: skip


def environment():
    """Reads the templates as the app does."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"], autoescape=True
    )


@pytest.mark.parametrize(("what", "text"), [
    ("an inline style", '<p style="color:red">'), ("an inline style", "<style>p{}</style>"),
    ("an inline script", "<script>go()</script>"),
    ("an inline script", '<script type="application/ld+json">{{ page.name }}</script>'), ("an event attribute", '<a class="x" onclick="go()">'),
    ("something from elsewhere", '<img alt="" src="https://cdn.example/x.png">'),
    ("something from elsewhere", '<script src="//cdn.example/x.js"></script>'), ("unescaped text", "{{ x | safe }}"),
])  # fmt: skip
def test_what_is_banned_is_noticed(what, text):
    assert re.search(BANNED[what], text, re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=short)
def test_a_template_holds_nothing_that_the_policy_forbids(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(
        r"\{%-?\s*(?:el)?if\b.*?%\}", "", text, flags=re.DOTALL
    )  # a condition is no markup
    assert [
        what for what, pattern in BANNED.items() if re.search(pattern, text, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize("path", FILES, ids=short)
def test_a_template_uses_every_macro_it_imports(path):
    text = path.read_text(encoding="utf-8")
    whole = environment().parse(text)
    imported = {
        name if isinstance(name, str) else name[1]
        for one in whole.find_all(nodes.FromImport)
        for name in one.names
    }
    imported |= {one.target for one in whole.find_all(nodes.Import)}
    used = {one.name for one in whole.find_all(nodes.Name) if one.ctx == "load"}
    for included in whole.find_all(nodes.Include):  # a part sees what the whole imports
        used |= _names_of(included.template.value)
    assert imported - used == set()


def _names_of(name):
    whole = environment().parse((TEMPLATES / name).read_text(encoding="utf-8"))
    return {one.name for one in whole.find_all(nodes.Name)}


def test_every_template_is_used():
    named = "".join(
        path.read_text(encoding="utf-8") for path in [*FILES, *(ROOT / "directory").rglob("*.py")]
    )
    assert [
        short(path) for path in FILES if f'"{path.relative_to(TEMPLATES).as_posix()}"' not in named
    ] == []


def test_styles_and_scripts_fetch_nothing_from_elsewhere():
    for path in [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"""(?:url\(|@import|import|fetch\()\s*["'(]*\s*(?:https?:)?//""", text
        ), short(path)
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|\beval\(", text
        ), short(path)


def test_what_people_download_is_small(app):
    """CSS 8 kB, scripts 6 kB, packed; a results page 40 kB."""
    assets = app.extensions["assets"]
    assert len(assets["stepwise.css"].packed) <= 8 * 1024
    assert sum(len(one.packed) for name, one in assets.items() if name.endswith(".js")) <= 6 * 1024


def kept_macros(path):
    """(name, file) of each macro of which a template keeps what it makes."""
    whole = environment().parse(path.read_text(encoding="utf-8"))
    calls = (one for one in whole.find_all(nodes.Call) if isinstance(one.node, nodes.Name))
    names = {one.args[0].name for one in calls if one.node.name == "kept" and one.args}
    origin = {}
    for one in whole.find_all(nodes.FromImport):
        for name in one.names:
            there, here = (name, name) if isinstance(name, str) else name
            origin[here] = there, one.template.value
    own = path.relative_to(TEMPLATES).as_posix()
    return {origin.get(name, (name, own)) for name in names}


def test_no_two_kept_macros_have_one_name():
    """What `kept` remembers is found by the macro's name, whatever file it is in."""
    found = set().union(*map(kept_macros, FILES))
    names = sorted(name for name, _ in found)
    assert len(names) >= 10
    assert [name for name in names if names.count(name) > 1] == []


def test_every_token_of_the_look_is_used():
    sheets = "".join(path.read_text("utf-8") for path in (ROOT / "static" / "css").rglob("*.css"))
    named = set(re.findall(r"(--[\w-]+)\s*:", sheets))
    assert len(named) > 30
    assert sorted(named - set(re.findall(r"var\((--[\w-]+)", sheets))) == []
