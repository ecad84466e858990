"""What `python -m bench` writes into `bench/RESULTS.md` from what it measured, never by hand."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np

from bench.checking import Check
from bench.measure import TURN, Times
from bench.sections import machine

WORKLOADS = {
    "match": "near + payer + wanted services + week with travel",
    "match_words": "the same, with words",
    "words": "words alone, the best 20",
    "near": "near only",
    "near_payer": "near + payer + wanted services",
}


class Grown(NamedTuple):
    """So many rows: a match near a place, one nationwide, and what its columns take."""

    rows: int
    near: Times
    wide: Times
    columns_mb: float


@dataclass(slots=True)
class Results:
    """Everything a run found."""

    programs: int
    queries: int
    when: datetime
    absent: dict[str, str] = field(default_factory=dict)
    times: dict[str, list[Times]] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    scores: tuple[int, float, int] | None = None
    builds: dict[str, tuple[float, float]] = field(default_factory=dict)
    memory: Mapping[str, float] = field(default_factory=dict)
    growth: list[Grown] = field(default_factory=list)

    def of(self, workload: str, peer: str) -> Times | None:
        """The times of one engine."""
        return next((t for t in self.times.get(workload, ()) if t.peer == peer), None)

    def ratio(
        self, workload: str, peer: str, ours: str = "ours", *, tail: bool = False
    ) -> float | None:
        """How many times longer a peer takes than ours, on the queries both answered."""
        mine, theirs = self.of(workload, ours), self.of(workload, peer)
        if mine is None or theirs is None:
            return None
        both = min(len(mine.ms), len(theirs.ms))
        return theirs.p95(both) / mine.p95(both) if tail else theirs.p50(both) / mine.p50(both)


def written(results: Results, goals: Sequence[tuple[str, str, str, str]]) -> str:
    """The head, and every section of `python -m bench`."""
    parts = [
        _head(results),
        table(("Figure", "Goal", "Measured", "Met"), goals),
        *(_workload(results, name) for name in results.times),
        "## Same hits\n\n" + _CHECKED,
        table(
            ("Workload", "Engine", "Queries", "Ours", "Theirs", "Differing", "Holds"),
            _checks(results),
        ),
        *_scores(results),
        "## Build and size",
        table(
            ("Engine", "Build, s", "Disk, MB"),
            [(n, f"{s:.1f}", f"{mb:.1f}") for n, (s, mb) in results.builds.items()],
        ),
        "## Memory\n\n" + _memory(results),
        growth_section(results.growth),
    ]
    return "\n\n".join(parts) + "\n"


_TILED = (
    "Our columns tiled (each program again inside its cell), so hits grow with rows; same radius."
)
_CHECKED = (
    "All are asked the same: within the radius, a payer that does not refuse, a week that is not\n"
    "missed, the words found; wanted services rank and rule nothing out; unknown stays in. Compared are\n"
    "programs whose tracks are in person and, where a week is asked, whose schedule is fully published:\n"
    "peers hold those as masks of 672 bits, tested against the person's week shrunk by the travel\n"
    "time, and let others pass.\n"
    "Differences allowed: 1 % (sphere or geodesic at an edge), 15 % with words (other stemmers).\n"
    "Words alone are compared with Whoosh only, list by list: other engines score otherwise."
)


def _head(results: Results) -> str:
    return (
        f"# Bench\n\nWritten by `python -m bench` on {results.when:%Y-%m-%d %H:%M} UTC: "
        f"{results.programs:,} programs, {results.queries} queries, {machine()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.system()}, "
        f"load {os.getloadavg()[0]:.1f} at the end. Milliseconds; engines take "
        f"turns, the same {TURN} queries each, after one that is not timed; none that was asked "
        "before is timed. Peers return all ids\n"
        "in order (with facets, where an engine matches), and so does *ours*, which also judges schedules\n"
        "that are not fully published. *Changes counted*: what each change of the need would bring,\n"
        "too, as pages and API tell it. *Page explained*: and the first 20 programs in full.\n"
        "The country is synthetic. Sections that name another program are its own.\n"
        + "".join(f"\nSkipped: {name}: {why}" for name, why in results.absent.items())
    )


def _workload(results: Results, name: str) -> str:
    rows = [
        (
            t.peer,
            str(len(t.ms)),
            f"{t.p50():.2f}",
            f"{t.p95():.2f}",
            _times(results, name, t.peer),
            _times(results, name, t.peer, tail=True),
        )
        for t in results.times[name]
    ]
    heads = ("Engine", "Queries", "p50", "p95", "p50 to ours", "p95 to ours")
    return f"## {WORKLOADS[name].capitalize()}\n\n" + table(heads, rows)


def _times(results: Results, workload: str, peer: str, *, tail: bool = False) -> str:
    ratio = results.ratio(workload, peer, tail=tail)
    return "" if ratio is None else f"{ratio:.2f}x" if ratio < 10 else f"{ratio:.0f}x"


def _checks(results: Results) -> list[tuple[str, ...]]:
    return [
        (
            c.workload,
            c.peer,
            str(c.queries),
            str(c.ours),
            str(c.theirs),
            str(c.differing),
            "yes" if c.holds else "NO",
        )
        for c in results.checks
    ]


def _scores(results: Results) -> Iterator[str]:
    if results.scores:
        lists, worst, queries = results.scores
        yield (
            f"Words alone against Whoosh: {lists} of {queries} result lists differ; "
            f"largest difference of a score {worst:.1e}."
        )


def _memory(results: Results) -> str:
    grown = dict(results.memory)
    held = grown.pop("arrays", None)
    if held is None:
        return "Not measured."
    steps = ", ".join(f"{name} {mb:.1f} MB" for name, mb in grown.items())
    told = "A fresh process grew by (mapped files included)"
    return f"Columns and postings hold {held:.1f} MB. {told}: {steps}."


def growth_section(growth: Sequence[Grown], said: str = "") -> str:
    """How a match grows with rows; `said` by whom it was measured."""
    rows = [
        (
            f"{size:,}",
            *(f"{ms:.2f}" for ms in (near.p50(), near.mean(), near.p95())),
            f"{wide.p50():.1f}",
            f"{columns:.1f}",
        )
        for size, near, wide, columns in growth
    ]
    heads = ("Rows", "Match p50, ms", "mean", "p95", "Nationwide p50", "Columns, MB")
    return f"## Growth\n\n{said}{_TILED}\n\n" + table(heads, rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under heads."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
