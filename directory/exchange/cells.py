"""Cells that no spreadsheet takes for a formula (OWASP ASVS 1.2.10), and the way back.

A text that begins with = + - @ TAB CR or NUL gets a quote in front, unless all of it is a number: a
longitude is computed with. So does one whose quotes end in such a sign: that way taking one quote off
always gives the text back.
"""

import re

_LIVE = re.compile(r"'*[=+\-@\t\r\0]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_GUARDED = re.compile(r"'+[=+\-@\t\r\0]")


def guarded(text: str) -> str:
    """The text as a cell."""
    is_live = _LIVE.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_live else text


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` wrote; any other cell as it is.

    Older files have a quote before numbers below 0, too: it is taken off all the same.
    """
    return cell[1:] if _GUARDED.match(cell) else cell
