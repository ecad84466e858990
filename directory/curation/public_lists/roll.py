"""The tree of the listing format, grown row by row from a public list."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from directory.catalog.vocabulary import Vocabularies
from directory.curation.listing_format.located import Located
from directory.curation.listing_format.tree import read_tree
from directory.curation.public_lists.names import key_of, slug
from directory.curation.public_lists.row import Row
from directory.curation.reading import Progress, Reading, Refused, kept_with, printable

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """What one row says of a place: who runs it, where it is, what it offers.

    `organization` and `site` are objects of the listing format without their children and, for
    the site, without its id, which is the source key of the row.
    """

    organization: Plain
    site: Plain
    programs: list[Plain]


@dataclass(slots=True)
class Roll:
    """All rows of one file. Each row is one site; a row that came before is counted, not read."""

    source: Plain
    notes: list[str]
    refused: list[Refused] = field(default_factory=list)
    unknown_codes: Counter[str] = field(default_factory=Counter)
    speaks_for: set[str] = field(default_factory=set)
    repeated: int = 0
    turned_away: int = 0
    _organizations: dict[str, Located] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)
    _given: set[str] = field(default_factory=set)

    def key(self, cells: object, parts: Iterable[str], apart: str) -> str | None:
        """The source key of a row; None if the same row came before.

        A different row of the same key gets `apart` (its unit or phone) into its key.
        """
        text = json.dumps(cells, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        key = key_of(*parts)
        for one in (key, key_of(key, slug(apart) or "2"), key_of(key, digest[:12])):
            if self._seen.setdefault(one, digest) != digest:
                continue
            if one in self._given:
                self.repeated += 1
                return None
            self._given.add(one)
            return one
        return None

    def not_understood(self, row: Row, codes: Iterable[str]) -> None:
        """Count codes that have no meaning yet, and keep them with the claims of the row."""
        said = [printable(code) for code in codes]
        self.unknown_codes.update(said)
        row.kept += said

    def add(self, row: Row, key: str, door: Door) -> None:
        """Take in a row that could be read."""
        row.taken = True
        organization = self._organizations.get(door.organization["id"])
        if organization is None:
            organization = Located(row.where)
            organization.update(door.organization, sites=[])
            self._organizations[door.organization["id"]] = organization
        site = Located(row.where)
        site.update(door.site, id=key, programs=[])
        for program in door.programs:
            located = Located(kept_with(row.where, row.kept))
            located.update(program)
            site["programs"].append(located)
        organization["sites"].append(site)

    def count_licenses_before(self, day: str) -> int:
        """How many licenses end before a day."""
        return sum(
            (item.get("expires") or day) < day
            for organization in self._organizations.values()
            for site in organization["sites"]
            for program in site["programs"]
            for item in program.get("licenses") or ()
        )

    def turn_away(self, refused: Refused) -> None:
        """Refuse a row before anything of it is read."""
        self.refused.append(refused)
        self.turned_away += 1

    def close(self, row: Row) -> None:
        """Be done with a row: what was refused of it goes into the report."""
        self.refused += row.refused
        self.turned_away += bool(row.refused) and not row.taken

    def reading(self, vocabularies: Vocabularies, progress: Progress) -> Reading:
        """Everything as records, checked as the listing format checks."""
        tree = {"source": self.source, "organizations": list(self._organizations.values())}
        reading = read_tree(tree, vocabularies, progress)
        reading.refused = self.refused + reading.refused
        reading.read += self.turned_away
        reading.unknown_codes = dict(sorted(self.unknown_codes.items()))
        reading.speaks_for = tuple(sorted(self.speaks_for)) or ("",)
        if self.repeated:
            self.notes.append(f"{self.repeated} rows stand in the file twice and were read once.")
        reading.notes = self.notes
        return reading
