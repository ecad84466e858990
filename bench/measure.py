"""Time everything side by side: a few queries, one engine after the other, then the next few."""

import gc
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from bench.peers.peer import Peer
from bench.queries import Query
from directory.matching.attend import attend

WARM_UP = 10
"""The first queries of a list are asked of each engine before anything is timed, and never timed."""

TURN = 10
"""Queries of an engine's turn. The one before them in the list is asked again first, and not timed: it finds
the processor's caches full of another engine. So nothing is asked twice that is timed."""

PATIENCE_SECONDS = 30.0
"""An engine that has used so much of one workload answers no more of its queries."""

LEAST_QUERIES = 12


@dataclass(slots=True)
class Times:
    """Milliseconds of the queries that an engine answered: the first so many of those that are timed."""

    peer: str
    ms: list[float] = field(default_factory=list)

    def p50(self, queries: int | None = None) -> float:
        """The median, of all or of the first queries."""
        return statistics.median(self.ms[:queries])

    def mean(self) -> float:
        """What one query takes of a core, all in all."""
        return statistics.mean(self.ms)

    def p95(self, queries: int | None = None) -> float:
        """The value that one query in twenty exceeds."""
        ordered = sorted(self.ms[:queries])
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def alternate(workload: str, peers: Sequence[Peer], queries: Sequence[Query]) -> list[Times]:
    """A B C A B C ...: the same queries to each engine in turn, so that a busy machine hits all.

    The first WARM_UP queries are not timed.
    """
    times = [Times(peer.name) for peer in peers]
    for peer in peers:
        _warm_up(workload, peer, queries)
    gc.collect()
    for first in range(WARM_UP, len(queries), TURN):
        for peer, own in zip(peers, times, strict=True):
            _take_turn(workload, peer, queries[first - 1], queries[first : first + TURN], own)
    return times


def _take_turn(
    workload: str, peer: Peer, before: Query, queries: Sequence[Query], own: Times
) -> None:
    if _patient(own):
        attend.cache_clear()  # of the whole process: another engine of ours was asked the same
        peer.run(workload, before)
    for query in queries:
        if _patient(own):
            asked = replace(query)  # what one engine worked out of it does not help the next
            began = perf_counter()
            peer.run(workload, asked)
            own.ms.append((perf_counter() - began) * 1000)


def _patient(own: Times) -> bool:
    return len(own.ms) < LEAST_QUERIES or sum(own.ms) < PATIENCE_SECONDS * 1000


def _warm_up(workload: str, peer: Peer, queries: Sequence[Query]) -> None:
    """The queries that are not timed, as many as patience allows."""
    began = perf_counter()
    for query in queries[:WARM_UP]:
        if perf_counter() - began < PATIENCE_SECONDS / 10:
            peer.run(workload, query)
