"""One published generation as HSDS lists: which records a question finds, in which order, by which id.

Lists are ordered by id, so a page of one generation is the page of the next where nothing changed.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol, overload

import numpy as np
import orjson

from directory.catalog.vocabulary import Vocabularies, folded
from directory.exchange.hsds.attributes import taxonomy_of, term_of
from directory.exchange.hsds.entries import load_entry
from directory.exchange.hsds.entry_columns import (
    Around,
    Column,
    EntryColumns,
    Flags,
    Judged,
    Window,
)
from directory.exchange.hsds.keys import CODED, identifier
from directory.exchange.hsds.shapes import at_location
from directory.matching.index import WordHits

Json = dict[str, Any]


class Encoded(Protocol):
    """Byte strings by row."""

    def __len__(self) -> int:
        """How many rows."""

    def __getitem__(self, row: int) -> bytes:
        """The bytes of a row."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of services is filtered by; everything that is asked has to hold.

    Where a record does not say (its ages, when it meets), it is left out, unless `include_unknown`.
    """

    search: str | None = None
    term: str | None = None
    taxonomy: str | None = None
    organization: str | None = None
    modified_after: datetime | None = None
    postcode: str | None = None
    around: tuple[Around, ...] = ()
    window: Window | None = None
    ages: tuple[int, int] | None = None
    payer: str | None = None
    level_of_care: str | None = None
    include_unknown: bool = False


class Groups(Sequence[list[int]]):
    """Rows in runs of equal keys; a run is read when somebody looks at it."""

    def __init__(self, rows: Column, keys: Column) -> None:
        self._rows = rows
        starts = np.flatnonzero(keys[1:] != keys[:-1]) + 1
        self._edges = [0, *starts.tolist(), len(rows)] if len(rows) else [0]

    def __len__(self) -> int:
        return len(self._edges) - 1

    @overload
    def __getitem__(self, at: int) -> list[int]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[int]]: ...
    def __getitem__(self, at: int | slice) -> list[int] | list[list[int]]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        if not 0 <= at < len(self):
            raise IndexError(at)
        rows: list[int] = self._rows[self._edges[at] : self._edges[at + 1]].tolist()
        return rows


@dataclass(frozen=True)
class Shelf:
    """The services of a generation as an `Encoder` wrote them, and the terms."""

    generation: str
    services: Encoded
    shorts: Encoded
    entries: Encoded
    words: Callable[[str], WordHits]
    vocabularies: Vocabularies

    @cached_property
    def columns(self) -> EntryColumns:
        """The entries, read once."""
        rows = range(len(self.entries))
        return EntryColumns(load_entry(self.entries[row]) for row in rows)

    def encoded(self, row: int) -> bytes:
        """The whole service of a row, as it is sent."""
        return zlib.decompress(self.services[row])

    def service(self, row: int) -> Json:
        """The same, to be looked into."""
        plain: Json = orjson.loads(self.encoded(row))
        return plain

    def encoded_place(self, row: int) -> bytes:
        """The service at its location as lists show it."""
        return self.shorts[row]

    def whole_place(self, row: int) -> bytes:
        """The service at its location with all there is."""
        return orjson.dumps(at_location(self.service(row)))

    def short_service(self, row: int) -> Json:
        """The service as lists show it."""
        plain: Json = orjson.loads(self.shorts[row])["service"]
        return plain

    def service_rows(self, asked: Asked) -> list[int]:
        """The rows that are found, ordered by the service's id."""
        return self._ordered(self._by_service, asked)

    def place_rows(self, asked: Asked) -> list[int]:
        """The rows that are found, ordered by the id of the service at its location."""
        return self._ordered(self._by_place, asked)

    def organization_rows(self, asked: Asked) -> Groups:
        """The services that are found, by organization: those ordered by id, and theirs too."""
        found = self.passing(asked)
        rows = self._by_organization[found[self._by_organization]]
        return Groups(rows, self.columns.organization[rows])

    def services_of(self, row: int) -> list[int]:
        """All services of the organization of a row, ordered by id."""
        key = self.columns.organization[row].decode()
        return self.organization_rows(Asked(organization=key))[0]

    def row_of_service(self, key: str) -> int | None:
        """The row of a service's id."""
        return _row(self.columns.service, self._by_service, key)

    def row_of_place(self, key: str) -> int | None:
        """The row of the id of a service at its location."""
        return _row(self.columns.at_location, self._by_place, key)

    def row_of_organization(self, key: str) -> int | None:
        """Some row of an organization's id."""
        return _row(self.columns.organization, self._by_organization, key)

    def passing(self, asked: Asked) -> Flags:
        """Which rows are found."""
        flags = np.ones(len(self.entries), bool)
        for judged in self._judged(asked):
            flags &= ~judged.no if asked.include_unknown else judged.yes
        return flags

    @cached_property
    def taxonomies(self) -> list[Json]:
        """Our vocabularies of which records carry terms, ordered by id."""
        return sorted((taxonomy_of(self.vocabularies[kind]) for kind in _KINDS), key=_id)

    @cached_property
    def terms(self) -> list[Json]:
        """Every term that a record may carry, ordered by id."""
        found = [
            {**term_of(vocabulary, code), "taxonomy_detail": taxonomy_of(vocabulary)}
            for vocabulary in (self.vocabularies[kind] for kind in _KINDS)
            for code in vocabulary.codes()
        ]
        return sorted(found, key=_id)

    def _judged(self, asked: Asked) -> Iterator[Judged]:
        """The answer of each thing asked."""
        columns = self.columns
        if asked.search is not None:
            yield self._with_words(asked.search)
        if asked.term is not None:
            yield columns.with_terms(self._carried("term", asked.term))
        if asked.taxonomy is not None:
            yield columns.with_terms(self._carried("taxonomy", asked.taxonomy))
        if asked.organization is not None:
            yield columns.of_organization(asked.organization)
        if asked.modified_after is not None:
            yield columns.modified_on_or_after(asked.modified_after)
        yield from self._profiled(asked)

    def _profiled(self, asked: Asked) -> Iterator[Judged]:
        columns = self.columns
        if asked.postcode is not None:
            yield columns.in_postcode(asked.postcode)
        yield from (columns.around(circle) for circle in asked.around)
        if asked.window is not None:
            yield columns.meets(asked.window)
        if asked.ages is not None:
            yield columns.takes_ages(*asked.ages)
        for fact, code in (("payer", asked.payer), ("level_of_care", asked.level_of_care)):
            if code is not None:
                yield columns.says(fact, code)

    def _with_words(self, text: str) -> Judged:
        hits = self.words(text)
        return Judged.sure(hits.scores > 0) if hits.searched else self.columns.everything()

    def _carried(self, what: str, key: str) -> list[str]:
        """The terms of records that are this term, or of this taxonomy."""
        return self._terms_by_id.get((what, key), [])

    @cached_property
    def _terms_by_id(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in self.columns.terms:
            kind, _, code = name.partition(":")
            found["term", identifier("term", kind, code)].append(name)
            found["taxonomy", identifier("taxonomy", kind)].append(name)
        return found

    def _ordered(self, order: Column, asked: Asked) -> list[int]:
        rows: list[int] = order[self.passing(asked)[order]].tolist()
        return rows

    @cached_property
    def _by_service(self) -> Column:
        return np.argsort(self.columns.service)

    @cached_property
    def _by_place(self) -> Column:
        return np.argsort(self.columns.at_location)

    @cached_property
    def _by_organization(self) -> Column:
        return np.lexsort((self.columns.service, self.columns.organization))


def searched(records: list[Json], text: str) -> list[Json]:
    """Taxonomies or terms with these words in their name, code or description."""
    wanted = folded(text).split()
    return [one for one in records if all(word in _said(one) for word in wanted)]


def _said(record: Json) -> str:
    return folded(" ".join(str(record.get(key, "")) for key in ("code", "name", "description")))


_KINDS = tuple(coded.kind for coded in CODED)


def _id(record: Json) -> str:
    return str(record["id"])


def _row(keys: Column, order: Column, key: str) -> int | None:
    wanted = np.bytes_(key.encode("ascii", "replace"))
    at = int(np.searchsorted(keys, wanted, sorter=order))
    return int(order[at]) if at < len(order) and keys[order[at]] == wanted else None
