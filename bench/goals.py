"""The figures we set out to reach, each with what was measured."""

from collections.abc import Iterator
from functools import partial

from bench.judging import met_or_not
from bench.memory import goal_mb
from bench.report import Results

Goal = tuple[str, str, str, str]
PLAIN, BOXED = "Whoosh + geopy", "Whoosh + geopy, boxed"
SQLITE, POSTGRES = "SQLite FTS5 + R*Tree", "PostgreSQL + PostGIS"
NEVER = "not measured"
MORE = ("changes counted", "page explained")

FASTER = (
    ("match", PLAIN, 200.0, False),
    ("match", BOXED, 50.0, False),
    ("match_words", PLAIN, 50.0, False),
    ("match_words", BOXED, 30.0, False),
    ("words", PLAIN, 50.0, False),
    ("match", SQLITE, 3.0, True),
    ("match", POSTGRES, 5.0, True),
)
WITHIN = (("words", "tantivy", 3.0), ("words", "Xapian", 1.5))


def goals(results: Results) -> list[Goal]:
    """Every figure: what, the goal, what was measured, whether it is met."""
    faster = partial(_faster, results)
    return [
        *(faster(*goal) for goal in FASTER),
        *(_within(results, *goal) for goal in WITHIN),
        *_growing(results),
        *_memory(results),
    ]


def _faster(results: Results, workload: str, peer: str, goal: float, tail: bool) -> Goal:
    name = f"{workload} {'p95' if tail else 'p50'} against {peer}"
    bare = results.ratio(workload, peer, tail=tail)
    if bare is None:
        return name, f"at least {goal:g}x", NEVER, ""
    more = [results.ratio(workload, peer, f"ours, {what}", tail=tail) for what in MORE]
    also = ", ".join(f"{x:.1f}x {what}" for x, what in zip(more, MORE, strict=True) if x)
    said = f"{bare:.1f}x" + (f" ({also})" if also else "")
    return name, f"at least {goal:g}x", said, met_or_not(bare >= goal)


def _within(results: Results, workload: str, peer: str, goal: float) -> Goal:
    name = f"{workload} p50 against {peer}"
    ratio = results.ratio(workload, peer)
    if ratio is None:
        return name, f"at most {goal:g}x", NEVER, ""
    return name, f"at most {goal:g}x", f"{1 / ratio:.2f}x", met_or_not(1 / ratio <= goal)


def _growing(results: Results) -> Iterator[Goal]:
    if len(results.growth) < 2:
        return
    small, large = results.growth[0], results.growth[-1]
    first, last, wide = small.rows, large.rows, large.wide
    times = large.near.p50() / small.near.p50()
    yield (
        f"match p50 from {first:,} to {last:,}",
        "at most 5x",
        f"{times:.1f}x",
        met_or_not(times <= 5),
    )
    ms = wide.p50()
    yield f"nationwide at {last:,}", "at most 100 ms", f"{ms:.0f} ms", met_or_not(ms <= 100)


def _memory(results: Results) -> Iterator[Goal]:
    if results.memory:
        mb, goal = results.memory["arrays"], goal_mb(results.programs)
        told = ", ".join(f"{results.memory[step]:.0f} MB {step}" for step in ("touched", "queried"))
        yield (
            f"columns and postings at {results.programs:,}",
            f"{goal} MB",
            f"{mb:.0f} MB (the whole process {told})",
            met_or_not(mb <= goal),
        )
