"""tantivy finds by words, codes and box; circle and week are left to Python."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.corpus import Row
from bench.peers.peer import PAGE, AbsentError, Facets, near_enough, ranked
from bench.queries import Query


class Tantivy:
    """One segment, so that a document's number is its row."""

    name = "tantivy"

    def __init__(self) -> None:
        try:
            self._t: Any = importlib.import_module("tantivy")
        except ImportError:
            raise AbsentError("pip install -r requirements-bench.txt (tantivy)") from None
        self._rows: Sequence[Row] = ()

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        self._rows, self._facets = rows, Facets(rows)
        builder = self._t.SchemaBuilder()
        builder.add_text_field("body", tokenizer_name="en_stem")
        for name in ("concept", "refused"):
            builder.add_text_field(name, tokenizer_name="raw")
        for name in ("lat", "lon"):
            builder.add_float_field(name, indexed=True, fast=True)
        self._schema = builder.build()
        self._index = self._t.Index(self._schema, path=str(folder))
        writer = self._index.writer(1_000_000_000, num_threads=1)
        for row in rows:
            document = self._t.Document(body=[row.text], concept=list(row.concepts))
            for code in row.refused:
                document.add_text("refused", code)
            document.add_float("lat", row.lat)
            document.add_float("lon", row.lon)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        if self._searcher.num_segments != 1:
            raise RuntimeError("expected one segment: the numbers of documents would not be rows")

    def run(self, workload: str, query: Query) -> Sequence[int]:
        if workload == "words":
            return self._hits(self._words(query), PAGE)
        parts = self._box(query)
        if workload == "near":
            hits = self._hits(self._all(parts), len(self._rows))
            return [number for number, _ in near_enough(self._rows, hits, query, week=False)]
        if workload == "match_words":
            parts.append(self._words(query))
        tree = self._all(parts, but=self._term("refused", query.payer))
        hits = self._hits(tree, len(self._rows))
        found = near_enough(self._rows, hits, query, week=workload != "near_payer")
        return ranked(self._rows, self._facets, found, query)

    def close(self) -> None:
        del self._searcher, self._index

    def _hits(self, tree: Any, limit: int) -> list[int]:
        found = self._searcher.search(tree, limit, count=False).hits
        return [address.doc for _, address in found]

    def _words(self, query: Query) -> Any:
        phrases = []
        for concepts, words in query.phrases:
            # The query parser is the way to the stemmer; the words hold no signs.
            said = self._index.parse_query(" AND ".join(f'"{w}"' for w in words.split()), ["body"])
            phrases.append(self._any([said, *(self._term("concept", one) for one in concepts)]))
        return self._all(phrases)

    def _box(self, query: Query) -> list[Any]:
        south, north, west, east = query.box
        kind = self._t.FieldType.Float
        sides = (("lat", south, north), ("lon", west, east))
        return [
            self._t.Query.range_query(self._schema, name, kind, low, high)
            for name, low, high in sides
        ]

    def _term(self, field: str, word: str) -> Any:
        return self._t.Query.term_query(self._schema, field, word, "basic")

    def _all(self, parts: list[Any], but: Any = None) -> Any:
        clauses = [(self._t.Occur.Must, part) for part in parts]
        if but is not None:
            clauses.append((self._t.Occur.MustNot, but))
        return self._t.Query.boolean_query(clauses)

    def _any(self, parts: list[Any]) -> Any:
        return self._t.Query.boolean_query([(self._t.Occur.Should, part) for part in parts])
