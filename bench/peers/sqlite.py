"""SQLite: R*Tree for the circle, FTS5 for words, 64-bit integers for codes and weeks."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import Row
from bench.peers.packed import packed, places_of, words_of
from bench.peers.peer import PAGE, Facets, ranked
from bench.queries import CALM, EARTH_MILES, OVERHEAD, PEAK, Query

WORDS = 11
_BITS = ", ".join(f"b{i} INTEGER" for i in range(WORDS))
_MILES = f"""(2 * {EARTH_MILES} * asin(sqrt(pow(sin(radians(p.lat - :lat) / 2), 2)
    + cos(radians(:lat)) * cos(radians(p.lat)) * pow(sin(radians(p.lon - :lon) / 2), 2))))"""
_QUARTERS = f"""min(24, cast(ceil(ceil({OVERHEAD} + d * CASE t.peak WHEN 1 THEN {PEAK} ELSE {CALM} END)
    / 15.0) AS INTEGER))"""
_NEAR = "g.south <= :north AND g.north >= :south AND g.west <= :east AND g.east >= :west"
_WEEK = f"""(p.open OR EXISTS (SELECT 1 FROM tracks t JOIN busy a ON a.quarters = {_QUARTERS}
    WHERE t.row = p.id AND {" AND ".join(f"(t.b{i} & a.b{i}) = 0" for i in range(WORDS))}))"""
_PAYER = "(p.refused & :pay) = 0"


class Sqlite:
    """One file, everything in SQL."""

    name = "SQLite FTS5 + R*Tree"

    def __init__(self) -> None:
        self._rows: Sequence[Row] = ()

    def build(self, rows: Sequence[Row], folder: Path) -> None:
        self._rows, self._facets = rows, Facets(rows)
        self._payers = places_of(code for row in rows for code in row.refused)
        path = folder / "programs.sqlite"
        with sqlite3.connect(path) as made:
            self._fill(made)
        made.execute("ANALYZE")
        made.close()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA mmap_size = 4000000000")
        self._db.execute("PRAGMA cache_size = -400000")
        self._db.execute(f"CREATE TEMP TABLE busy (quarters INTEGER PRIMARY KEY, {_BITS})")

    def _fill(self, db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE programs (id INTEGER PRIMARY KEY, lat, lon, refused, open)")
        db.execute("CREATE VIRTUAL TABLE circle USING rtree (id, south, north, west, east)")
        columns = "body, concept, content='', tokenize='porter unicode61'"
        db.execute(f"CREATE VIRTUAL TABLE words USING fts5 ({columns})")
        db.execute(f"CREATE TABLE tracks (row INTEGER, peak INTEGER, {_BITS})")
        for row in self._rows:
            refused = packed(row.refused, self._payers, 1)
            values = (row.number, row.lat, row.lon, *refused, row.masks is None)
            db.execute("INSERT INTO programs VALUES (?, ?, ?, ?, ?)", values)
            corner = (row.number, row.lat, row.lat, row.lon, row.lon)
            db.execute("INSERT INTO circle VALUES (?, ?, ?, ?, ?)", corner)
            text = (row.number, row.text, " ".join(row.concepts))
            db.execute("INSERT INTO words (rowid, body, concept) VALUES (?, ?, ?)", text)
            for mask in row.masks or ():
                week = (row.number, mask.at_peak, *words_of(mask.bits))
                db.execute(f"INSERT INTO tracks VALUES (?, ?{', ?' * WORDS})", week)
        db.execute("CREATE INDEX tracks_row ON tracks (row)")
        db.execute("INSERT INTO words (words) VALUES ('optimize')")

    def run(self, workload: str, query: Query) -> Sequence[int]:
        if workload == "words":
            sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
            return [row for (row,) in self._db.execute(sql, (match_of(query), PAGE))]
        given = self._given(query)
        if workload == "near":
            return [row for row, _ in self._db.execute(_select("1"), given)]
        if workload == "near_payer":
            return self._ranked(_select(_PAYER), given, query)
        self._db.execute("DELETE FROM busy")
        lines = [(at, *words_of(~free)) for at, free in enumerate(query.eroded)]
        self._db.executemany(f"INSERT INTO busy VALUES (?{', ?' * WORDS})", lines)
        if workload == "match_words":
            given["text"] = match_of(query)
            found = f"p.id IN (SELECT rowid FROM words WHERE words MATCH :text) AND {_PAYER}"
            return self._ranked(_select(f"{found} AND {_WEEK}"), given, query)
        return self._ranked(_select(f"{_PAYER} AND {_WEEK}"), given, query)

    def close(self) -> None:
        self._db.close()

    def _ranked(self, sql: str, given: dict[str, object], query: Query) -> list[int]:
        found = self._db.execute(sql, given).fetchall()
        return ranked(self._rows, self._facets, found, query)

    def _given(self, query: Query) -> dict[str, object]:
        south, north, west, east = query.box
        return {
            "lat": query.place.lat,
            "lon": query.place.lon,
            "miles": query.miles,
            "south": south,
            "north": north,
            "west": west,
            "east": east,
            "pay": packed((query.payer,), self._payers, 1)[0],
        }


def _select(condition: str) -> str:
    return f"""SELECT p.id, {_MILES} AS d FROM circle g CROSS JOIN programs p ON p.id = g.id
        WHERE {_NEAR} AND d <= :miles AND {condition}"""


def match_of(query: Query) -> str:
    """Each phrase: one of its concepts, or all of its words."""
    phrases = []
    for concepts, words in query.phrases:
        said = " AND ".join(f'body : "{word}"' for word in words.split())
        phrases.append(" OR ".join([*(f'concept : "{one}"' for one in concepts), f"({said})"]))
    return " AND ".join(f"({one})" for one in phrases)
