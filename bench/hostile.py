"""`python -m bench.hostile`: texts that no one types in good faith, put to the whole match.

Writes a section of `bench/RESULTS.md`. The texts are those of `tests/golden/hostile.py`; a test holds that
none is an error.
"""

import argparse
import gc
import statistics
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from bench.corpus import Corpus, corpus_of
from bench.judging import met_or_not
from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.matching.need import Need
from directory.matching.outcome import Outcome
from tests.golden.hostile import hostile

MOST_MS = 50
PLACE = "90012"  # many programs are in reach
DOORS = {
    "words alone": Need(limit=20),
    "words and a place": Need(near=PLACE, within_miles=25.0, limit=20),
}


def asked(corpus: Corpus, need: Need, texts: Iterable[str]) -> list[tuple[float, str]]:
    """Milliseconds and text of each, slowest first; a page of 20 explained, and all that a change brings."""
    finder, times = corpus.house.finder, []
    gc.collect()
    gc.freeze()  # as a worker does: the country of this process is no garbage to be looked through
    for text in ("pasadenna", *texts):  # the first one loads what is loaded late
        one = replace(need, text=text)
        began = perf_counter()
        found = finder.find(one)
        times.append((1000 * (perf_counter() - began), text))
        if not isinstance(found, Outcome):
            raise TypeError(f"no place: {one.near}")
    return sorted(times[1:], reverse=True)


def main() -> None:
    """Publish, ask, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    takes_place(parser)
    options = parser.parse_args()
    texts, rows = [*hostile()], []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus = corpus_of(options.programs, Path(folder) / "home")
        for name, need in DOORS.items():
            times = asked(corpus, need, texts)
            middle, (slowest, text) = statistics.median(ms for ms, _ in times), times[0]
            met = met_or_not(slowest <= MOST_MS)
            cells = f"{middle:.1f}", f"{slowest:.1f}", f"{len(text):,}", f"{MOST_MS}", met
            rows.append((name, f"{len(times):,}", *cells))
    heads = (
        "Asked",
        "Texts",
        "Median, ms",
        "Slowest, ms",
        "Signs of that one",
        "At most, ms",
        "Met",
    )
    told = (
        f"{options.programs:,} programs, texts of `tests/golden/hostile.py`, uncut (forms take 500 signs). "
        "Page of 20 explained, changes counted."
    )
    put(
        f"## Hostile texts\n\n{measured_by('bench.hostile')} {told}\n\n{table(heads, rows)}",
        options.into,
    )


if __name__ == "__main__":
    main()
