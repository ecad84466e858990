"""A QR code as the path of an SVG: no picture from elsewhere, no style, no script."""

from dataclasses import dataclass

import segno

QUIET = 4  # the light edge that readers need, in modules


@dataclass(frozen=True, slots=True)
class QrCode:
    """`size` modules wide, edge included; `path` draws the dark ones."""

    size: int
    path: str


def draw(text: str) -> QrCode:
    """The code of a text, with a quarter of it readable again if it is smudged."""
    modules = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, dark in enumerate(row)
        if dark
    )
    return QrCode(len(modules) + 2 * QUIET, path)
