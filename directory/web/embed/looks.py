"""The style sheet of a frame: our own, less what a frame does not need, then a partner's colours.

It hangs on nothing but the choices in its address, so partners who chose alike share it, and caches
keep it for good. The week, the answers and the help line keep their own colours.
"""

import gzip
import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, url_for

from directory.accounts.colours import DARK, LIGHT, dark_of, read_colour, uses_of
from directory.catalog.partner import Choices
from directory.errors import BadValue
from directory.web.pages.assets import bundled, static_url

SHEETS = (
    *("00-tokens", "01-ground", "02-help", "04-press", "05-asking", "06-answers", "07-week"),
    *("08-cards", "09-notes", "80-forced-colors", "frame/frame"),
)
OWN = "own"
"""In an address: this part is not chosen."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet as it is served, with the first letters of its checksum."""

    body: bytes
    packed: bytes
    stamp: str


def register(app: Flask) -> None:
    """Read the style sheets."""
    folder = Path(app.root_path).parent / "static" / "css"
    app.extensions["frame_sheets"] = tuple(
        (folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS
    )


def look_of(choices: Choices) -> str:
    """The address of the style sheet for these choices."""
    name = _name(choices)
    return url_for("widget.look", name=name, stamp=sheet_of(name).stamp)


def _name(choices: Choices) -> str:
    parts = (choices.accent, choices.accent_dark, choices.radius)
    return "-".join(OWN if part is None else str(part).lstrip("#") for part in parts)


def chosen(name: str) -> Choices:
    """The choices of an address. Raises `BadValue` for what nobody could have chosen."""
    parts = name.split("-")
    if len(parts) != 3:
        raise BadValue("look", name[:40], "two colours and a radius")
    accent, accent_dark, radius = parts
    found = Choices(
        accent=None if accent == OWN else read_colour("accent", f"#{accent}", LIGHT),
        accent_dark=None if accent_dark == OWN else read_colour("accent", f"#{accent_dark}", DARK),
    )
    if radius != OWN and radius not in map(str, range(17)):
        raise BadValue("look", name[:40], "a radius from 0 to 16")
    found = found if radius == OWN else replace(found, radius=int(radius))
    if _name(found) != name:
        raise BadValue("look", name[:40], "its one spelling")
    return found


def sheet_of(name: str) -> Sheet:
    """The style sheet of an address, as this app has it."""
    sheets = current_app.extensions["frame_sheets"]
    return _sheet(sheets, static_url("fonts/figtree-latin.woff2"), name)


@lru_cache(maxsize=64)
def _sheet(sheets: tuple[str, ...], font: str, name: str) -> Sheet:
    text = bundled([*sheets, theme(chosen(name))], lambda _: font)
    body = text.encode()
    return Sheet(body, gzip.compress(body, mtime=0), hashlib.sha256(body).hexdigest()[:10])


def theme(choices: Choices) -> str:
    """The tokens a partner sets; "" if none. Twice for dark: as the device asks, and as forced."""
    rules = []
    if choices.radius is not None:
        sizes = {"r-s": choices.radius // 2, "r-m": choices.radius, "r-l": choices.radius + 4}
        rules.append(_rule("", {name: f"{size}px" for name, size in sizes.items()}))
    if choices.accent:
        rules.append(_rule("", dict(uses_of(choices.accent, LIGHT))))
    if choices.accent or choices.accent_dark:
        dark = dict(uses_of(choices.accent_dark or dark_of(choices.accent or ""), DARK))
        asked = _rule(':not([data-scheme="light"])', dark)
        rules += [f"@media (prefers-color-scheme: dark) {{ {asked} }}"]
        rules += [_rule('[data-scheme="dark"]', dark)]
    return "\n".join(rules)


def _rule(where: str, tokens: dict[str, str]) -> str:
    said = " ".join(f"--{name}: {value};" for name, value in tokens.items())
    return f":root:root:root{where} {{ {said} }}"
