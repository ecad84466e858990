"""`python -m bench.building`: what a generation costs as the country grows: time, disk, memory.

Each size in a process of its own. Writes a section of `bench/RESULTS.md`.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.corpus import NOW, Corpus, corpus_of
from bench.memory import MB
from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.catalog.whereabouts import Journal, Whereabouts

SIZES = (5_000, 20_000, 60_000)
HEADS = ("Programs", "Build, s", "One changed, s", "Disk, MB", "Builder's memory at most, MB")
FIRST = "First one, s"
EXCHANGES = 5


def built(programs: int, home: Path) -> dict[str, float]:
    """Seconds to build and to exchange one program, MB on disk and in memory; in this process."""
    corpus = corpus_of(programs, home)
    disk = sum(one.stat().st_size for one in corpus.folder.rglob("*") if one.is_file()) / MB
    cold, *warm = (_exchanged(corpus, at) for at in range(1 + EXCHANGES))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB
    return {
        "build": corpus.publish_seconds,
        "cold": cold,
        "one": median(warm),
        "disk": disk,
        "memory": peak,
    }


def _exchanged(corpus: Corpus, at: int) -> float:
    """Seconds to publish one program anew, with another phone, from the generation that stands."""
    one, change = corpus.listings[len(corpus.listings) // 2 + at], at + 2
    changed = replace(one, site=replace(one.site, phone="626-555-0199"))
    said = Whereabouts(
        one.program.id,
        one.slug,
        change,
        NOW,
        listed_in=1,
        facts={"phone": change},
        example=one.example,
    )
    began = perf_counter()
    corpus.house.press.revise([changed], frozenset(), Journal((said,), {1: 1, change: change}))
    return perf_counter() - began


def main() -> None:
    """Build each size, or the one of `--one`; write."""
    parser = argparse.ArgumentParser(prog="python -m bench.building", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    takes_place(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if options.one:
            print(json.dumps(built(options.one, Path(folder) / "home")))
            return
    rows = []
    for size in options.sizes:
        command = [sys.executable, "-m", "bench.building", "--one", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        one = json.loads(done.stdout)
        figures = f"{one['build']:.1f}", f"{one['one']:.2f}", f"{one['disk']:.1f}"
        rows.append((f"{size:,}", *figures, f"{one['memory']:.0f}", f"{one['cold']:.2f}"))
    told = (
        f"One process, one core. One changed: the median of {EXCHANGES} exchanges in a process that goes on, "
        "and the first one, which reads what all need. The memory holds all listings as objects, too."
    )
    put(
        f"## Building\n\n{measured_by('bench.building')} {told}\n\n" + table((*HEADS, FIRST), rows),
        options.into,
    )


if __name__ == "__main__":
    main()
