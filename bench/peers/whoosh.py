"""Plain Whoosh with a geodesic for each hit, and the same behind a box."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from geopy.distance import geodesic
from whoosh import fields, index
from whoosh import query as q

from bench.corpus import Row
from bench.peers.peer import PAGE, Facets, attendable, ranked
from bench.queries import Query
from directory.search.text_index import queries, schema


class PlainWhoosh:
    """What a first version would do: Whoosh finds, geopy measures every hit."""

    name = "Whoosh + geopy"
    boxed = False

    def __init__(self) -> None:
        self._rows: Sequence[Row] = ()

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        self._rows, self._facets = rows, Facets(rows)
        whole = schema()
        whole.add("refused", fields.KEYWORD())
        writer = index.create_in(folder, whole).writer(limitmb=256)
        for row in rows:
            writer.add_document(**row.document, refused=" ".join(row.refused))
        writer.commit()
        self._searcher = index.open_dir(folder, readonly=True).searcher()

    def run(self, workload: str, query: Query) -> Sequence[int]:
        if workload == "words":
            return [hit.docnum for hit in self._searcher.search(self.tree(query), limit=PAGE)]
        if workload == "near":
            return [number for number, _ in self._near(self._hits(q.Every()), query, week=False)]
        asked = self.tree(query) if workload == "match_words" else q.Every()
        tree = q.AndNot(asked, q.Term("refused", query.payer))
        return self._ranked(tree, query, week=workload != "near_payer")

    def tree(self, query: Query) -> q.Query:
        """The words as ours asks them, the first way."""
        return next(iter(queries(query.read)))

    def scores(self, query: Query) -> dict[int, float]:
        """Whoosh's own score of every row that has the words."""
        results = self._searcher.search(self.tree(query), limit=None)
        return {hit.docnum: hit.score for hit in results}

    def close(self) -> None:
        self._searcher.close()

    def _hits(self, tree: q.Query) -> Iterable[int]:
        return (hit.docnum for hit in self._searcher.search(tree, limit=None))

    def _ranked(self, tree: q.Query, query: Query, *, week: bool) -> list[int]:
        found = self._near(self._hits(tree), query, week=week)
        return ranked(self._rows, self._facets, found, query)

    def _near(self, hits: Iterable[int], query: Query, *, week: bool) -> list[tuple[int, float]]:
        found = []
        south, north, west, east = query.box
        here = (query.place.lat, query.place.lon)
        for number in hits:
            row = self._rows[number]
            if self.boxed and not (south <= row.lat <= north and west <= row.lon <= east):
                continue
            miles = geodesic(here, (row.lat, row.lon)).miles
            if miles <= query.miles and (not week or attendable(row, query, miles)):
                found.append((number, miles))
        return found


class BoxedWhoosh(PlainWhoosh):
    """The same, with a box of degrees before the geodesic."""

    name = "Whoosh + geopy, boxed"
    boxed = True
