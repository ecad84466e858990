"""Plain analyzers on the same documents: Whoosh, SQLite FTS5, PostgreSQL.

Each peer is a context manager that takes documents (in roster order) and gives a search, or None
where the engine is not at hand. All ask for every word first, and for any word if none has all.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from whoosh import analysis, fields, query
from whoosh.filedb.filestore import RamStorage

from bench.peers.cluster import Cluster
from bench.peers.peer import AbsentError

Documents = Sequence[Mapping[str, str]]
Search = Callable[[str], Sequence[int]]
Opened = AbstractContextManager[Search | None]
PAGE = 10
WORD = re.compile(r"\w+")


@contextmanager
def _whoosh(documents: Documents, analyzer: analysis.Analyzer) -> Iterator[Search]:
    names = list(documents[0])
    schema = fields.Schema(**{name: fields.TEXT(analyzer=analyzer) for name in names})
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for one in documents:
        writer.add_document(**one)
    writer.commit()
    with index.searcher() as searcher:

        def search(text: str) -> list[int]:
            words = [token.text for token in analyzer(text)]
            each = [query.Or([query.Term(name, word) for name in names]) for word in words]
            for tree in (query.And(each), query.Or(each)):
                found = [hit.docnum for hit in searcher.search(tree, limit=PAGE)]
                if found:
                    return found
            return []

        yield search


@contextmanager
def whoosh_standard(documents: Documents) -> Iterator[Search]:
    """Whoosh's StandardAnalyzer."""
    with _whoosh(documents, analysis.StandardAnalyzer()) as search:
        yield search


@contextmanager
def whoosh_stemming(documents: Documents) -> Iterator[Search]:
    """Whoosh's StemmingAnalyzer."""
    with _whoosh(documents, analysis.StemmingAnalyzer()) as search:
        yield search


@contextmanager
def sqlite_porter(documents: Documents) -> Iterator[Search]:
    """SQLite FTS5 with porter over unicode61, bm25()."""
    names = list(documents[0])
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE t USING fts5({','.join(names)}, tokenize='porter')")
    marks = ",".join("?" * (len(names) + 1))
    database.executemany(
        f"INSERT INTO t(rowid,{','.join(names)}) VALUES ({marks})",
        [(row, *one.values()) for row, one in enumerate(documents)],
    )
    ask = f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t), rowid LIMIT {PAGE}"

    def search(text: str) -> list[int]:
        words = [f'"{word}"' for word in WORD.findall(text)]
        for between in (" AND ", " OR "):
            found = [row for (row,) in database.execute(ask, (between.join(words),))]
            if found:
                return found
        return []

    yield search
    database.close()


@contextmanager
def postgres_english(documents: Documents) -> Iterator[Search | None]:
    """PostgreSQL's english configuration, ts_rank_cd; None where it is not installed."""
    try:
        cluster = Cluster()
    except AbsentError:
        yield None
        return
    cluster.db.execute("CREATE TABLE t (row int, words tsvector)")
    with cluster.db.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO t VALUES (%s, to_tsvector('english', %s))",
            [(row, " . ".join(one.values())) for row, one in enumerate(documents)],
        )
    yield lambda text: _ask(cluster.db, text)
    cluster.stop()


def _ask(db: Any, text: str) -> list[int]:
    every = "plainto_tsquery('english', %(text)s)"
    some = f"replace({every}::text, '&', '|')::tsquery"
    for asked in (every, some):
        found = db.execute(
            f"SELECT row FROM t WHERE words @@ {asked}"
            f" ORDER BY ts_rank_cd(words, {asked}) DESC, row LIMIT {PAGE}",
            {"text": text.replace("\0", "")},
        ).fetchall()
        if found:
            return [row for (row,) in found]
    return []


PEERS: tuple[tuple[str, Callable[[Documents], Opened]], ...] = (
    ("Whoosh StandardAnalyzer", whoosh_standard),
    ("Whoosh StemmingAnalyzer", whoosh_stemming),
    ("SQLite FTS5 porter", sqlite_porter),
    ("PostgreSQL english", postgres_english),
)
