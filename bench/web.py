"""`python -m bench.web`: our endpoint and page under gunicorn, beside a trivial handler.

All on this machine's loopback, the load generator on the same cores. Rounds alternate.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.corpus import Corpus, corpus_of
from bench.goals import Goal, met
from bench.load import Asked, Load, load
from bench.queries import Query, draw
from bench.report import table
from directory.catalog.schedule import DAYS
from directory.matching.week import WHOLE_WEEK, intervals_of
from directory.web import needs

ROOT = Path(__file__).resolve().parents[1]
NEEDS = 2_000
"""Distinct ones, so that no answer is asked for twice while it might be remembered."""

ROUNDS = 3
TRIVIAL, JSON, NAIVE, PAGE = "trivial handler", "JSON match", "results page, naive", "results page"


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
def served(target: str, home: Path) -> Iterator[int]:
    """gunicorn with the shipped settings and two workers on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"DIRECTORY_HOME": str(home), "PORT": str(port), "WEB_CONCURRENCY": "2"}
    clean = {k: v for k, v in os.environ.items() if not k.startswith("DIRECTORY_")}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", target]
    with subprocess.Popen(
        command, cwd=ROOT, env=clean | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
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
    bodies = [body_of(query) for query in draw(corpus, NEEDS)]
    texts = [json.dumps(body) for body in bodies]
    pages = [Asked("GET", f"/results?{needs.to_params(body)}") for body in bodies]
    kinds = {
        TRIVIAL: [Asked("POST", "/", text) for text in texts],
        JSON: [Asked("POST", "/api/v1/match", text) for text in texts],
        NAIVE: pages,
        PAGE: pages,
    }
    found: dict[str, list[Load]] = {kind: [] for kind in kinds}
    home = corpus.house.config.home
    with (
        served("bench.trivial:app", home) as plain,
        served("wsgi:app", home) as ours,
        served("bench.naive:app", home) as naive,
    ):
        ports = {TRIVIAL: plain, JSON: ours, NAIVE: naive, PAGE: ours}
        for turn in range(ROUNDS + 1):
            for kind, asked in kinds.items():
                one = load(ports[kind], asked, seconds)
                if turn:  # the first round warms up
                    found[kind].append(one)
    return found


def goals(medians: Mapping[str, float]) -> list[Goal]:
    """Every figure: what, the goal, what was measured, whether it is met."""
    share, times = medians[JSON] / medians[TRIVIAL], medians[PAGE] / medians[NAIVE]
    return [
        (f"{JSON} to the {TRIVIAL}", "at least 50 %", f"{share:.0%}", met(share >= 0.5)),
        (f"{PAGE} to the same page, naive", "at least 2.5x", f"{times:.1f}x", met(times >= 2.5)),
    ]


def report(found: Mapping[str, Sequence[Load]], programs: int) -> str:
    """A section for `bench/RESULTS.md`."""
    medians = {
        kind: statistics.median(one.per_second for one in runs) for kind, runs in found.items()
    }
    trivial = medians[TRIVIAL]
    lines = [
        f"## Web\n\n{programs:,} programs, gunicorn with 2 workers under the shipped settings, "
        f"{NEEDS:,} distinct needs over 8 connections of {'wrk' if shutil.which('wrk') else 'our own'}"
        f" on the same {os.cpu_count()} cores; medians of {ROUNDS} alternating rounds. Naive is the "
        "same page with nothing kept: every phrase and part of a card is made anew.\n",
        table(("Figure", "Goal", "Measured", "Met"), goals(medians)) + "\n",
        "| | requests/s | p50, ms | to trivial | refused |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind, runs in found.items():
        p50 = statistics.median(one.p50_ms for one in runs)
        rate, refused = medians[kind], sum(one.refused for one in runs)
        lines.append(f"| {kind} | {rate:.0f} | {p50:.1f} | {rate / trivial:.0%} | {refused} |")
    return "\n".join(lines)


def main() -> None:
    """Publish, serve, load, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus = corpus_of(options.programs, Path(folder) / "home")
        print(report(measured(corpus, options.seconds), options.programs))


if __name__ == "__main__":
    main()
