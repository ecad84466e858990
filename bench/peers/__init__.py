"""What one would pick instead of ours: one file an engine, all asked the same."""

from bench.peers.peer import Peer
from bench.peers.postgres import Postgres
from bench.peers.sqlite import Sqlite
from bench.peers.tantivy import Tantivy
from bench.peers.whoosh import BoxedWhoosh, PlainWhoosh
from bench.peers.xapian import Xapian

PEERS: tuple[type[Peer], ...] = (PlainWhoosh, BoxedWhoosh, Sqlite, Postgres, Tantivy, Xapian)
