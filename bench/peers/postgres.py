"""PostgreSQL with PostGIS: GiST for the circle, GIN for words, arrays for codes, bit(672) for weeks.

A cluster of its own, with the default settings but for jit and parallel plans, which are off (both only cost
at this size).
"""

from collections.abc import Sequence
from pathlib import Path

from bench.corpus import Row
from bench.peers.cluster import Cluster
from bench.peers.peer import PAGE
from bench.queries import CALM, OVERHEAD, PEAK, Query
from directory.matching.week import QUARTERS, WHOLE_WEEK

METERS = 1609.344
_POINT = "ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)::geography"
_MILES = f"ST_Distance(p.geo, {_POINT}, false) / {METERS}"
_NEAR = f"ST_DWithin(p.geo, {_POINT}, %(meters)s, false)"


def quarters_for(miles: str) -> str:
    """SQL: travel one way in quarter hours, as ours rounds it."""
    return f"""least(24, ceil(ceil({OVERHEAD} + {miles} * CASE WHEN t.peak THEN {PEAK} ELSE {CALM}
        END) / 15.0)::int)"""


_QUARTERS = quarters_for("near.d")


class Postgres:
    """Everything in one statement, facets included."""

    name = "PostgreSQL + PostGIS"

    def __init__(self) -> None:
        self._cluster = Cluster()
        self._db = self._cluster.db

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        self.size_of = self._cluster.home
        for statement in _SCHEMA:
            self._db.execute(statement)
        with self._db.cursor() as cursor:
            with cursor.copy("COPY raw FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(_columns(row))
            with cursor.copy("COPY tracks FROM STDIN") as copy:
                for row in rows:
                    for mask in row.masks or ():
                        copy.write_row((row.number, mask.at_peak, f"{mask.bits:0{QUARTERS}b}"))
        for statement in _INDEXES:
            self._db.execute(statement)

    def run(self, workload: str, query: Query) -> Sequence[int]:
        given = _given(query)
        if workload == "words":
            tree = _tree(query, given)
            sql = f"""SELECT p.id FROM programs p, (SELECT {tree} AS z) w
                WHERE p.words @@ w.z ORDER BY ts_rank(p.words, w.z) DESC LIMIT {PAGE}"""
            return [row for (row,) in self._db.execute(sql, given)]
        if workload == "near":
            sql = f"SELECT p.id, {_MILES} FROM programs p WHERE {_NEAR}"
            return [row for row, _ in self._db.execute(sql, given)]
        return self._matched(workload, query, given)

    def _matched(self, workload: str, query: Query, given: dict[str, object]) -> Sequence[int]:
        conditions = f"{_NEAR} AND NOT p.refused @> %(payers)s"
        if workload == "match_words":
            conditions += f" AND p.words @@ {_tree(query, given)}"
        week = "true"
        if workload != "near_payer":
            week = f"""(near.open OR EXISTS (SELECT 1 FROM tracks t JOIN busy ON busy.k = {_QUARTERS}
                WHERE t.row = near.id AND position(B'1' IN t.bits & busy.bits) = 0))"""
        busy = ", ".join(
            f"({at}, B'{WHOLE_WEEK & ~free:0{QUARTERS}b}')" for at, free in enumerate(query.eroded)
        )
        sql = f"""WITH busy (k, bits) AS (VALUES {busy}), near AS (
                SELECT p.id, p.open, p.services, p.payers, p.refused, {_MILES} AS d
                FROM programs p WHERE {conditions}),
            hits AS (SELECT * FROM near WHERE {week})
            SELECT (SELECT json_agg(h.id ORDER BY cardinality(ARRAY(SELECT unnest(h.services)
                    INTERSECT SELECT unnest(%(services)s::text[])))
                    + (h.payers @> %(payers)s)::int DESC, h.d) FROM hits h),
                (SELECT json_object_agg(v, c) FROM (SELECT v, count(*) c FROM hits,
                    unnest(services) v GROUP BY v) s),
                (SELECT json_object_agg(v, c) FROM (SELECT v, count(*) c FROM hits,
                    unnest(payers) v GROUP BY v) f),
                (SELECT json_object_agg(v, c) FROM (SELECT v, count(*) c FROM hits,
                    unnest(refused) v GROUP BY v) n)"""
        ids: list[int] | None = self._db.execute(sql, given).fetchone()[0]
        return ids or []

    def close(self) -> None:
        self._cluster.stop()


_SCHEMA = (
    "CREATE EXTENSION postgis",
    "SET jit = off",
    "SET max_parallel_workers_per_gather = 0",
    """CREATE TABLE raw (id int, lat float8, lon float8, services text[], payers text[],
        refused text[], concepts text[], body text, open bool)""",
    f"CREATE TABLE tracks (row int, peak bool, bits bit({QUARTERS}))",
)
_INDEXES = (
    """CREATE TABLE programs AS SELECT id, open, services, payers, refused,
        ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS geo,
        to_tsvector('english', body) || array_to_tsvector(concepts) AS words FROM raw""",
    "ALTER TABLE programs ADD PRIMARY KEY (id)",
    "DROP TABLE raw",
    "CREATE INDEX ON programs USING gist (geo)",
    "CREATE INDEX ON programs USING gin (words)",
    "CREATE INDEX ON tracks (row)",
    "VACUUM ANALYZE programs",
    "VACUUM ANALYZE tracks",
)


def _columns(row: Row) -> tuple[object, ...]:
    codes = [sorted(set(each)) for each in (row.services, row.payers, row.refused, row.concepts)]
    return (row.number, row.lat, row.lon, *codes, row.text, row.masks is None)


def _given(query: Query) -> dict[str, object]:
    return {
        "lat": query.place.lat,
        "lon": query.place.lon,
        "meters": query.miles * METERS,
        "payers": [query.payer],
        "services": list(query.services),
    }


def _tree(query: Query, given: dict[str, object]) -> str:
    """Each phrase: one of its concepts, or all of its words."""
    phrases = []
    for at, (concepts, words) in enumerate(query.phrases):
        given[f"w{at}"] = words
        each = [
            f"plainto_tsquery('english', %(w{at})s)",
            *(f"'{one}'::tsquery" for one in concepts),
        ]
        phrases.append(f"({' || '.join(each)})")
    return f"({' && '.join(phrases)})"
