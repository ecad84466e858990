"""`python -m bench.overload`: a minute of ten times as many requests as two workers can answer.

Results pages of a large country, each need new; everything on this machine's loopback, those who ask on
the same cores. Writes its section of `docs/reliability.md`.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from bench.corpus import corpus_of
from bench.load import CONNECTIONS, Asked, Load, load
from bench.queries import draw
from bench.report import table
from bench.sections import measured_by, put, takes_place
from bench.web import PAGE, asked_as, body_of, served
from tests.faults.offering import Heard, offer

INTO = Path(__file__).parents[1] / "docs" / "reliability.md"
TIMES, WORKERS = 10, 2
NEEDS, ALONE = 8_000, 40
IN_A_ROW = 5
"""So many answers one after the other, each as quick as usual: it has recovered."""


@dataclass(frozen=True, slots=True)
class Found:
    """`usual` is what the server can do; `back` seconds after the last came it was itself again."""

    usual: Load
    alone_ms: float
    per_second: float
    heard: Heard
    back: float


def measured(port: int, asked: Sequence[Asked], seconds: float) -> Found:
    """What is usual, ten times that for so many seconds, and how long until it is usual again."""
    fifth = len(asked) // 5
    load(port, asked[:fifth], 5)
    usual = load(port, asked[fifth : 2 * fifth], 10)
    alone = [_took(port, one.path) for one in asked[-ALONE:]]
    slowest = statistics.quantiles(alone, n=20)[18]
    per_second = TIMES * usual.per_second
    paths = [one.path for one in asked[2 * fifth : -2 * ALONE]]
    heard = offer(port, paths, per_second, int(per_second * seconds))
    back = _usual_again(port, [one.path for one in asked[-2 * ALONE :]], slowest)
    return Found(usual, 1000 * statistics.median(alone), per_second, heard, back - heard.last_came)


def _usual_again(port: int, paths: Sequence[str], slowest: float) -> float:
    """When the first of some answers in a row came, each as quick as nineteen in twenty usually are."""
    quick: list[float] = []
    for number in count():
        if len(quick) == IN_A_ROW:
            return quick[0]
        took = _took(port, paths[number % len(paths)])
        quick = [*quick, time.monotonic()] if took <= slowest else []
    raise AssertionError


def _took(port: int, path: str) -> float:
    """Seconds until an answer is there, over a connection of its own."""
    began, line = time.monotonic(), HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path)
    line.getresponse().read()
    line.close()
    return time.monotonic() - began


def section(found: Found, programs: int, seconds: float) -> str:
    """The section of `docs/reliability.md`."""
    usual, heard = found.usual, found.heard
    otherwise = ", ".join(f"{number:,} {what}" for what, number in heard.otherwise.items())
    rows = [
        (
            f"what it answers of {CONNECTIONS} who ask again and again",
            f"{usual.per_second:.0f} a second, 1 in 100 after more than {usual.p99_ms:.0f} ms",
        ),
        (
            "who came, whatever was answered",
            f"{found.per_second:.0f} a second for {seconds:g} s: {heard.every:,}",
        ),
        ("answered with the page", _told(heard.answered)),
        ("503 with `Retry-After`, 988 and 911", _told(heard.told_later)),
        ("anything else: an error, hung up on, left waiting", otherwise or "none"),
        (
            f"as quick as before ({IN_A_ROW} in a row; alone a page takes {found.alone_ms:.0f} ms)",
            f"{found.back:.1f} s after the last came",
        ),
    ]
    return (
        f"## Ten times too much\n\n{measured_by('bench.overload')} Results pages of {programs:,} invented "
        f"programs, each need\nnew, {WORKERS} workers; those who ask sit on the same cores and take their "
        "part of them. A short form runs in each\nrun of the tests, a minute of it in `make faults` "
        "(`tests/faults/test_overload.py`).\n\n" + table(("", ""), rows)
    )


def _told(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return f"{len(seconds)}"
    steps = statistics.quantiles(seconds, n=100)
    half, most = 1000 * steps[49], 1000 * steps[98]
    return f"{len(seconds):,}: half within {half:.0f} ms, 99 in 100 within {most:,.0f} ms"


def main() -> None:
    """Publish, serve, offer too much, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.overload", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60)
    takes_place(parser, INTO)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder) / "home"
        corpus = corpus_of(options.programs, home)
        asked = asked_as(PAGE, [body_of(query) for query in draw(corpus, NEEDS)])
        with served("wsgi:app", home, WORKERS) as port:
            found = measured(port, asked, options.seconds)
    put(section(found, options.programs, options.seconds), options.into)


if __name__ == "__main__":
    main()
