"""Xapian finds by words, codes and box; circle and week are left to Python."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.corpus import Row
from bench.peers.peer import PAGE, AbsentError, Facets, near_enough, ranked
from bench.queries import Query

DEBIAN = "/usr/lib/python3/dist-packages"
LAT, LON = 0, 1


class Xapian:
    """Codes as boolean terms, the point as two values."""

    name = "Xapian"

    def __init__(self) -> None:
        self._x: Any = _module()
        self._rows: Sequence[Row] = ()

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        self._rows, self._facets = rows, Facets(rows)
        path = str(folder / "xapian")
        made = self._x.WritableDatabase(path, self._x.DB_CREATE_OR_OPEN)
        indexer = self._x.TermGenerator()
        indexer.set_stemmer(self._x.Stem("english"))
        indexer.set_stemming_strategy(self._x.TermGenerator.STEM_ALL)
        for row in rows:
            document = self._x.Document()
            indexer.set_document(document)
            indexer.index_text_without_positions(row.text)
            for prefix, codes in (("XC", row.concepts), ("XR", row.refused)):
                for code in codes:
                    document.add_boolean_term(prefix + code)
            document.add_value(LAT, self._x.sortable_serialise(row.lat))
            document.add_value(LON, self._x.sortable_serialise(row.lon))
            made.add_document(document)
        made.commit()
        made.close()
        self._db = self._x.Database(path)
        self._stem = self._x.Stem("english")

    def run(self, workload: str, query: Query) -> Sequence[int]:
        if workload == "words":
            return self._hits(self._words(query), PAGE)
        parts = self._box(query)
        tree = self._x.Query(self._x.Query.OP_FILTER, self._all(parts), self._x.Query(""))
        if workload == "match_words":
            tree = self._x.Query(self._x.Query.OP_FILTER, self._words(query), self._all(parts))
        if workload != "near":
            refused = self._x.Query("XR" + query.payer)
            tree = self._x.Query(self._x.Query.OP_AND_NOT, tree, refused)
        hits = self._hits(tree, len(self._rows))
        if workload == "near":
            return [number for number, _ in near_enough(self._rows, hits, query, week=False)]
        found = near_enough(self._rows, hits, query, week=workload != "near_payer")
        return ranked(self._rows, self._facets, found, query)

    def close(self) -> None:
        self._db.close()

    def _hits(self, tree: Any, limit: int) -> list[int]:
        enquire = self._x.Enquire(self._db)
        enquire.set_query(tree)
        if limit > PAGE:
            enquire.set_weighting_scheme(self._x.BoolWeight())
        return [match.docid - 1 for match in enquire.get_mset(0, limit)]

    def _words(self, query: Query) -> Any:
        phrases = []
        for concepts, words in query.phrases:
            stems = [self._stem(word.encode()).decode() for word in words.split()]
            said = self._x.Query(self._x.Query.OP_AND, stems)
            named = [self._x.Query("XC" + one) for one in concepts]
            phrases.append(self._x.Query(self._x.Query.OP_OR, [said, *named]))
        return self._all(phrases)

    def _box(self, query: Query) -> list[Any]:
        south, north, west, east = query.box
        sides = ((LAT, south, north), (LON, west, east))
        return [
            self._x.Query(
                self._x.Query.OP_VALUE_RANGE,
                slot,
                self._x.sortable_serialise(low),
                self._x.sortable_serialise(high),
            )
            for slot, low, high in sides
        ]

    def _all(self, parts: list[Any]) -> Any:
        return self._x.Query(self._x.Query.OP_AND, parts)


def _module() -> Any:
    """Debian ships it for the system's Python only; the same minor version can load it."""
    try:
        return importlib.import_module("xapian")
    except ImportError:
        pass
    try:
        sys.path.append(DEBIAN)
        return importlib.import_module("xapian")
    except ImportError:
        raise AbsentError("apt-get install python3-xapian (for the system's Python)") from None
    finally:
        sys.path.remove(DEBIAN)
