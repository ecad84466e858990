"""A partner's colour: readable everywhere it is used, or refused (WCAG 2.2, 1.4.3: 4.5 to 1).

A partner chooses one colour for what can be pressed; its four uses are worked out here. The week,
the answers and the help line keep their own colours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.errors import BadValue

LEAST = 4.5
_COLOUR = re.compile(r"#[0-9a-f]{6}")
Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """The surfaces a colour stands on, and the ink on them; `away` is where it gains contrast."""

    name: str
    surfaces: tuple[str, ...]
    ink: str
    away: str
    inks: tuple[str, str]


# The surfaces and inks of static/css/00-tokens.css; a test holds them equal.
LIGHT = Ground(
    "light", ("#f9f6f2", "#ffffff", "#eee9e8"), "#2a2433", "#000000", ("#ffffff", "#0d0b10")
)
DARK = Ground(
    "dark", ("#18151d", "#221d29", "#2d2735"), "#f3eef5", "#ffffff", ("#0d0b10", "#ffffff")
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def read_colour(field: str, text: str, ground: Ground) -> str:
    """A colour that can be read on this ground. Raises `BadValue` with the contrast it has."""
    colour = text.lower()
    if not _COLOUR.fullmatch(colour):
        raise BadValue(field, text[:40], "a colour as # and six hexadecimal digits, like #7a2d5b")
    surface, least = _weakest(colour, ground)
    if least < LEAST:
        other = _until_readable(colour, ground)
        expected = (
            f"a contrast of {LEAST} to 1 on {ground.name} ground; "
            f"it has {least:.1f} on {surface}. {other} would do"
        )
        raise BadValue(field, colour, expected)
    return colour


def dark_of(accent: str) -> str:
    """The nearest lighter colour that can be read on dark ground."""
    return _until_readable(accent, DARK)


@lru_cache(maxsize=256)
def uses_of(accent: str, ground: Ground) -> Mapping[str, str]:
    """The four colours of what can be pressed, by the name of their token."""
    ink = max(ground.inks, key=lambda one: contrast(one, accent))
    hover = mixed(accent, ground.away, 0.22)
    if contrast(ink, hover) < LEAST:
        hover = accent
    return {
        "accent": accent,
        "accent-hover": hover,
        "accent-ink": ink,
        "accent-tint": _tint(accent, ground),
    }


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share of another, in sRGB."""
    parts = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _tint(accent: str, ground: Ground) -> str:
    """As much of the colour behind text as the text on it can stand."""
    card = ground.surfaces[1]
    for share in (0.12, 0.08, 0.05, 0.02):
        tint = mixed(card, accent, share)
        if min(contrast(tint, accent), contrast(tint, ground.ink)) >= LEAST:
            return tint
    return card


def _until_readable(colour: str, ground: Ground) -> str:
    for step in range(21):
        found = mixed(colour, ground.away, step / 20)
        if _weakest(found, ground)[1] >= LEAST:
            return found
    return ground.away


def _weakest(colour: str, ground: Ground) -> tuple[str, float]:
    """The surface it stands out from least, and by how much."""
    found = ((surface, contrast(colour, surface)) for surface in ground.surfaces)
    return min(found, key=lambda one: one[1])


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
