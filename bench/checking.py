"""The same hits: each peer's set beside ours, on the programs that both can judge alike.

All are asked the same question: near, no payer that refuses, a week that is not missed, words found;
what is unknown stays in. Left out of the comparison are programs whose schedule is not fully
published (peers let them pass, ours judges them) or whose tracks are virtual.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.corpus import Row
from bench.peers.ours import Ours
from bench.peers.peer import Peer
from bench.peers.whoosh import PlainWhoosh
from bench.queries import Query

TOLERANCE = 0.01
"""Share of hits that may differ: sphere or geodesic at the radius or at a travel step."""

LOOSE = 0.15
"""The same where an engine stems words otherwise than we do."""


@dataclass(frozen=True, slots=True)
class Check:
    """Over the checked queries: our hits, theirs, and how many are in only one of the two."""

    workload: str
    peer: str
    queries: int
    ours: int
    theirs: int
    differing: int
    allowed: float

    @property
    def holds(self) -> bool:
        """Whether it is the same answer, up to what is stated."""
        return self.differing <= max(2.0, self.allowed * max(self.ours, self.theirs))


def check(
    workload: str, ours: Ours, peers: Sequence[Peer], rows: Sequence[Row], queries: Sequence[Query]
) -> list[Check]:
    """Compare sets on these queries; words alone are compared by `same_scores`."""
    alike = {row.number for row in rows if _comparable(row, workload)}
    wanted = [ours.hits(workload, query) & alike for query in queries]
    found = []
    for peer in peers:
        theirs = [set(peer.run(workload, query)) & alike for query in queries]
        differing = sum(len(a ^ b) for a, b in zip(wanted, theirs, strict=True))
        loose = workload == "match_words" and not isinstance(peer, PlainWhoosh)
        totals = sum(map(len, wanted)), sum(map(len, theirs))
        allowed = LOOSE if loose else TOLERANCE
        found.append(Check(workload, peer.name, len(queries), *totals, differing, allowed))
    return found


def _comparable(row: Row, workload: str) -> bool:
    if workload in ("match", "match_words"):
        return row.masks is not None and not row.roams
    return not row.roams


def same_scores(ours: Ours, whoosh: PlainWhoosh, queries: Sequence[Query]) -> tuple[int, float]:
    """How many result lists differ from Whoosh's, and the largest difference of a score."""
    lists, worst = 0, 0.0
    for query in queries:
        mine, theirs = ours.scores(query), whoosh.scores(query)
        lists += mine.keys() != theirs.keys()
        both = mine.keys() & theirs.keys()
        worst = max([worst, *(abs(mine[row] - theirs[row]) for row in both)])
    return lists, worst
