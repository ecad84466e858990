"""`python -m bench.memory`: what a process grows by that serves a country of 200,000 programs.

Each generation is measured in a process of its own: it is opened, every column and posting is mapped
and read, twenty needs are answered. Writes a section of `bench/RESULTS.md`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.corpus import frozen, published
from bench.judging import met_or_not
from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.config import Config
from directory.house import build_house
from directory.matching.need import Need

MB = 1_000_000
PROGRAMS = 200_000
SMALL_MB, LARGE_MB = 40, 250
"""Columns and postings shall take no more, up to 100,000 programs and above."""

STEPS = {
    "arrays": "columns and postings alone",
    "opened": "the process grew by: opened",
    "touched": "and every column and posting read",
    "queried": "and twenty needs answered, what they leave behind included",
}
TEXTS = ("trauma group", "family therapy", "evening", "anxiety depression")


def resident() -> int:
    """Bytes of this process in memory, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def measured(home: Path) -> dict[str, float]:
    """Run the measurement in a fresh process; MB by step, nothing if it failed."""
    command = [sys.executable, "-m", "bench.memory", "--of", str(home)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    if answer.returncode:  # a long run is not lost for this
        print(answer.stderr, file=sys.stderr)
        return {}
    grown: dict[str, float] = json.loads(answer.stdout)
    return grown


def goal_mb(programs: int) -> int:
    """MB that columns and postings of so many programs may take."""
    return LARGE_MB if programs > 100_000 else SMALL_MB


def grown(home: Path) -> dict[str, float]:
    """MB of columns and postings; and what this process grew by after opening, reading those, queries."""
    house = build_house(Config(home=home, secret="bench-" * 8), frozen)
    house.gazetteer.locate("91101")
    before = resident()
    index = house.generations.current()
    opened = resident()
    for column in index.roster.columns.values():
        column.sum() if column.dtype.kind != "b" else column.any()
    for text in TEXTS:
        index.words(text)
    arrays = index.text.postings._arrays  # every page of what is mapped
    postings = arrays.offsets, arrays.rows, arrays.pair, arrays.pairs
    for column in postings:
        column.sum()
    touched = resident()
    held = sum(column.nbytes for column in (*index.roster.columns.values(), *postings))
    for at in range(20):
        house.finder.find(Need(near="91101", within_miles=10.0 + at, text=TEXTS[at % 4]))
    steps = {"opened": opened, "touched": touched, "queried": resident()}
    more = {step: round((rss - before) / MB, 1) for step, rss in steps.items()}
    return {"arrays": round(held / MB, 1), **more}


def main() -> None:
    """Publish a country, measure it, write; or print what the home of `--of` takes."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--programs", type=int, default=PROGRAMS)
    parser.add_argument("--of", type=Path, help=argparse.SUPPRESS)
    takes_place(parser)
    options = parser.parse_args()
    if options.of:
        print(json.dumps(grown(options.of)))
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder) / "home"
        published(options.programs, home)
        found = measured(home)
    put(_section(options.programs, found), options.into)


def _section(programs: int, found: dict[str, float]) -> str:
    goal = goal_mb(programs)
    met = met_or_not(found["arrays"] <= goal)
    told = (
        f"A fresh process that serves {programs:,} programs, mapped files included. Columns and "
        f"postings may take {goal} MB: {met}. It holds more beside them, such as what may be typed next."
    )
    rows = [(said, f"{found[step]:.1f}") for step, said in STEPS.items()]
    heads = "Memory", "MB"
    title = "## Memory of a large country"
    return f"{title}\n\n{measured_by('bench.memory')} {told}\n\n" + table(heads, rows)


if __name__ == "__main__":
    main()
