"""A pair for a terminal: both rows side by side, with the reason and what to do."""

import textwrap
from collections.abc import Iterator

from directory.catalog.links import Pair, Seen
from directory.curation.linking.sightings import SHOWN

LABEL, COLUMN = 15, 31
"""Widths: with two columns a pair fits into 80."""


def plain(pair: Pair) -> dict[str, object]:
    """The pair as JSON."""
    return {
        "pair": pair.id,
        "reason": pair.reason,
        "rule": pair.rule,
        "answer": pair.answer,
        "by": pair.by,
        "answered": pair.answered_at and pair.answered_at.isoformat(timespec="seconds"),
        "found": pair.found_at.isoformat(timespec="seconds"),
        "left": {"key": pair.left_key, **pair.left},
        "right": {"key": pair.right_key, **pair.right},
    }


def side_by_side(pair: dict[str, object]) -> Iterator[str]:
    """The lines of a pair; what differs has a mark between the columns."""
    said = f" ({pair['answer']}, by {pair['by']})" if pair["answer"] else ""
    yield from textwrap.wrap(f"Pair {pair['pair']}: {pair['reason']}{said}", 79)
    left, right = pair["left"], pair["right"]
    for name in ("key", *SHOWN):
        yield from _line(name, _cell(left, name), _cell(right, name))


def _line(name: str, left: str, right: str) -> Iterator[str]:
    if not (left or right):
        return
    differs = name != "key" and left.casefold() != right.casefold()
    lines = _wrapped(left), _wrapped(right)
    for place in range(max(map(len, lines))):
        one, other = (cell[place] if place < len(cell) else "" for cell in lines)
        label, mark = (name, "|" if differs else " ") if place == 0 else ("", " ")
        yield f"  {label:<{LABEL - 2}}{one:<{COLUMN}} {mark} {other}".rstrip()


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, COLUMN, break_long_words=True) or [""]


def _cell(seen: object, name: str) -> str:
    row: Seen = seen if isinstance(seen, dict) else {}
    return str(row.get(name) or "")
