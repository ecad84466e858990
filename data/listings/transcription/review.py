"""REVIEW.md: pairs that were not joined and why, streets kept back, and pairs joined."""

from transcription.names import readable
from transcription.places import Gathered, Pair
from transcription.sources import Door

HEAD = """# Joined and not joined

Written by `transcribe.py`; do not edit. Two rows become one site only by the rules of
`transcription/joining.py` or by a line of `decisions.csv`. What is doubtful stays apart and waits
here for a person with a phone. Nothing on this page is shown as a fact about a program.
"""


def review_text(gathered: Gathered) -> str:
    """The whole page. Streets that a list withholds are not printed here either."""
    hidden = {pair.right.key for pair in gathered.hidden}
    parts = [HEAD, _section("Not joined: please check", gathered.review, hidden)]
    parts.append(_section("Streets kept back", gathered.hidden, hidden))
    parts.append(_section("Joined", gathered.joined, hidden))
    return "\n".join(parts)


def _section(title: str, pairs: list[Pair], hidden: set[str]) -> str:
    rows = [
        f"| {_where(pair.left, hidden)} | {_where(pair.right, hidden)} | {pair.reason} |"
        for pair in pairs
    ]
    head = [f"## {title} ({len(pairs)})", "", "| one row | other row | reason |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _where(door: Door, hidden: set[str]) -> str:
    kept_back = door.withheld or door.key in hidden
    street = "street withheld" if kept_back else " ".join(filter(None, (door.street, door.unit)))
    name = readable(door.names[0]) if door.names[0].isupper() else door.names[-1]
    where = ", ".join(filter(None, (street, door.city, door.zip, door.phone)))
    return f"{name} ({door.key.split(':')[0]}): {where}"
