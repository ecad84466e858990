"""Cells that no spreadsheet takes for a formula (OWASP ASVS 1.2.10), and the way back.

A text that begins with = + - @ TAB CR or NUL gets a quote in front. So does one whose quotes end in
such a sign: that way taking one quote off always gives the text back.
"""

import re

_LIVE = re.compile(r"'*[=+\-@\t\r\0]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\0]")


def guarded(text: str) -> str:
    """The text as a cell."""
    return f"'{text}" if _LIVE.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` wrote; any other cell as it is."""
    return cell[1:] if _GUARDED.match(cell) else cell
