"""`python -m bench.web`: our endpoint and page under gunicorn, beside a trivial handler.

All on this machine's loopback, the load generator on the same cores. Rounds alternate.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.corpus import Corpus, corpus_of
from bench.goals import Goal
from bench.judging import met_or_not
from bench.load import CONNECTIONS, WRK, Asked, Load, load, median_of
from bench.queries import Query, draw
from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.catalog.schedule import DAYS
from directory.matching.week import WHOLE_WEEK, intervals_of
from directory.web import needs

ROOT = Path(__file__).resolve().parents[1]
NEEDS = 4_000
"""Distinct ones for each round: more than are answered in it, so that none is asked for twice."""

POOL = 60
"""Needs that are asked for again and again, as on a partner's page of one town."""

ROUNDS = 3
Body = Mapping[str, object]
TRIVIAL = "trivial handler"
JSON, JSON_AGAIN = "JSON match, each need new", f"JSON match, {POOL} needs in turn"
PAGE, PAGE_AGAIN = "results page, each need new", f"results page, {POOL} needs in turn"
NAIVE, NAIVE_AGAIN = f"{PAGE}, naive", f"{PAGE_AGAIN}, naive"
HEADS = ("", "requests/s", "p50, ms", "p95", "p99", "to trivial", "bytes", "refused")
AGAIN = {JSON_AGAIN, PAGE_AGAIN, NAIVE_AGAIN}


def body_of(query: Query) -> dict[str, object]:
    """The need as `POST /api/v1/match` takes it."""
    busy = [
        {"day": DAYS[one.day], "start": _clock(one.start), "end": _clock(one.end)}
        for one in intervals_of(WHOLE_WEEK & ~query.week.bits)
    ]
    return {
        "near": query.place.zip,
        "within_miles": int(query.miles),
        "week": {"busy": busy},
        "services": list(query.services),
        "payer": query.payer,
        "must": ["near", "level_of_care", "age", "payer", "schedule"],
        "limit": 20,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@contextmanager
def served(target: str, home: Path, workers: int = 2, **settings: str) -> Iterator[int]:
    """gunicorn with the shipped settings and so many workers on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"DIRECTORY_HOME": str(home), "PORT": str(port), "WEB_CONCURRENCY": str(workers)}
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DIRECTORY_")}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", target]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=clean | own | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("gunicorn did not answer within 20 seconds")


def measured(corpus: Corpus, seconds: float) -> Mapping[str, Sequence[Load]]:
    """Rounds of each kind of request, in turn."""
    bodies = [body_of(query) for query in draw(corpus, POOL + NEEDS * (ROUNDS + 1))]
    home = corpus.house.config.home
    found: dict[str, list[Load]] = {}
    with (
        served("bench.trivial:app", home) as plain,
        served("wsgi:app", home) as ours,
        served("bench.naive:app", home) as naive,
    ):
        ports = {TRIVIAL: plain, NAIVE: naive, NAIVE_AGAIN: naive}
        for turn in range(ROUNDS + 1):
            for kind in (TRIVIAL, JSON, JSON_AGAIN, NAIVE, PAGE, NAIVE_AGAIN, PAGE_AGAIN):
                asked = asked_as(kind, of_round(kind, turn, bodies))
                one = load(ports.get(kind, ours), asked, seconds)
                if turn:  # the first round warms up
                    found.setdefault(kind, []).append(one)
    return found


def of_round(kind: str, turn: int, bodies: Sequence[Body]) -> Sequence[Body]:
    """The needs of one round: the pool, or some that no round before asked, pages from the end.

    So JSON and pages, which one server answers, do not ask for the same either.
    """
    if kind in AGAIN:
        return bodies[:POOL]
    first = POOL + turn * NEEDS
    fresh = bodies[first : first + NEEDS]
    return fresh[::-1] if kind in {PAGE, NAIVE} else fresh


def asked_as(kind: str, bodies: Sequence[Body]) -> list[Asked]:
    """The requests of one kind for these needs."""
    if kind in {TRIVIAL, JSON, JSON_AGAIN}:
        path = "/" if kind == TRIVIAL else "/api/v1/match"
        return [Asked("POST", path, json.dumps(body)) for body in bodies]
    return [Asked("GET", f"/results?{needs.to_params(body)}") for body in bodies]


def goals(medians: Mapping[str, float]) -> list[Goal]:
    """Every figure: what, the goal, what was measured, whether it is met."""
    trivial = medians[TRIVIAL]
    shares = [(kind, medians[kind] / trivial) for kind in (JSON, JSON_AGAIN)]
    times = [(kind, medians[kind] / medians[f"{kind}, naive"]) for kind in (PAGE, PAGE_AGAIN)]
    return [
        *(
            (f"{one} to the {TRIVIAL}", "at least 50 %", f"{x:.0%}", met_or_not(x >= 0.5))
            for one, x in shares
        ),
        *(
            (f"{one} to naive", "at least 2.5x", f"{x:.2f}x", met_or_not(x >= 2.5))
            for one, x in times
        ),
    ]


def row(kind: str, one: Load, trivial: float) -> tuple[str, ...]:
    """A line under `HEADS`; `trivial` is the rate of the trivial handler."""
    times = (f"{ms:.1f}" for ms in (one.p50_ms, one.p95_ms, one.p99_ms))
    share, size = f"{one.per_second / trivial:.0%}", f"{one.size:,.0f}"
    return kind, f"{one.per_second:.0f}", *times, share, size, str(one.refused)


def report(found: Mapping[str, Sequence[Load]], programs: int) -> str:
    """The section of `bench/RESULTS.md`."""
    middle = {kind: median_of(runs) for kind, runs in found.items()}
    medians = {kind: one.per_second for kind, one in middle.items()}
    trivial = medians[TRIVIAL]
    lines = [
        f"## Web\n\n{measured_by('bench.web')} {programs:,} programs, gunicorn with 2 workers under "
        f"the shipped settings, {CONNECTIONS} connections of {'wrk' if WRK else 'our own'} on the same "
        f'cores; medians of {ROUNDS} alternating rounds. "Each need new": {NEEDS:,} needs a round, '
        f'none asked for before. "{POOL} needs in turn": those that people repeat, '
        "whose answers are remembered. Naive is the same page with nothing kept: every phrase and "
        "part of a card is made anew.\n",
        table(("Figure", "Goal", "Measured", "Met"), goals(medians)) + "\n",
        table(HEADS, [row(kind, one, trivial) for kind, one in middle.items()]),
    ]
    return "\n".join(lines)


def main() -> None:
    """Publish, serve, load, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5)
    takes_place(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus = corpus_of(options.programs, Path(folder) / "home")
        put(report(measured(corpus, options.seconds), options.programs), options.into)


if __name__ == "__main__":
    main()
