"""REVIEW.md: which rows may be one place, which were joined and why, and streets kept back."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from directory.catalog.links import Pair, Seen
from directory.catalog.program import Listing
from directory.catalog.records import Desk
from directory.curation.linking.rewriting import KEPT_BACK

HEAD = """# Joined and not joined

Written by `make listings`; do not edit. Two rows become one site only by the rules of
`directory/curation/linking` or by a line of `decisions.csv`. What is doubtful stays apart and waits
here for a person with a phone. Nothing on this page is shown as a fact about a program.
"""
Row = tuple[str, str, str]


def review_text(desk: Desk, listings: Iterable[Listing], decisions: Path) -> str:
    """The whole page, of sites that are listed. Streets that a list withholds are not printed."""
    told = _Telling(desk, listings, decisions)
    waiting = [told.row(pair) for pair in told.pairs if pair.answer is None]
    joined = [told.row(pair) for pair in told.pairs if pair.answer == "same"]
    sections = (
        _section("Not joined: please check", "one row", "other row", waiting),
        _section("Streets kept back", "shown without its street", "because of", told.kept_back()),
        _section("Joined", "one row", "other row", joined),
    )
    return "\n".join((HEAD, *sections))


def _section(title: str, left: str, right: str, rows: list[Row]) -> str:
    head = [f"## {title} ({len(rows)})", "", f"| {left} | {right} | reason |", "|---|---|---|"]
    return "\n".join([*head, *(f"| {one} | {other} | {why} |" for one, other, why in rows), ""])


class _Telling:
    """What the store remembers of linking, in words."""

    def __init__(self, desk: Desk, listings: Iterable[Listing], decisions: Path) -> None:
        sites = {one.site.id: one.site for one in listings}
        self._desk, self._sites = desk, sites
        self._site_of = {one.origin: one.subject_id for one in desk.links.live()}
        self._reasons = _reasons(decisions)
        self.pairs = [
            pair
            for pair in desk.links.pairs()
            if {self._site(pair.left_key), self._site(pair.right_key)} & sites.keys()
        ]

    def _site(self, key: str) -> str:
        return self._site_of.get(key, key.removeprefix("site:"))

    def row(self, pair: Pair) -> Row:
        """A pair as a line of a table; its reason is the person's own where one decided."""
        reason = self._reasons.get(frozenset((pair.left_key, pair.right_key)), pair.reason)
        return self._side(pair.left_key, pair.left), self._side(pair.right_key, pair.right), reason

    def _side(self, key: str, seen: Seen) -> str:
        site = self._sites.get(self._site(key))
        hide = seen["street"] == "withheld" or (site is not None and site.address.withheld)
        street = "street withheld" if hide else _joined(" ", seen["street"], seen["unit"])
        where = _joined(", ", street, seen["city"], seen["zip"], seen["phone"])
        source = key.partition(":")[0].replace("site", "page")
        return f"{seen['name']} ({source}): {where}"

    def kept_back(self) -> list[Row]:
        """Listed sites whose street another list withholds, with that list's row."""
        claims = self._desk.about("site", ("address",))
        kept = sorted(
            (one.claim.subject[1], one.claim.origin)
            for one in claims
            if one.claim.source.name == KEPT_BACK and one.claim.subject[1] in self._sites
        )
        return [
            (self._sites[key].name or key, f"`{origin}`", "street withheld") for key, origin in kept
        ]


def _reasons(path: Path) -> Mapping[frozenset[str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            frozenset((row["left"], row["right"])): row["reason"] for row in csv.DictReader(file)
        }


def _joined(mark: str, *parts: str | None) -> str:
    return mark.join(filter(None, parts))
