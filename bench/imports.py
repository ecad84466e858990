"""`python -m bench.imports`: how long a whole public list takes to import, and how much memory.

Each import runs in a process of its own, into an empty store; then once more, where nothing changes.
Writes a section of `bench/RESULTS.md`.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from bench.corpus import frozen
from bench.judging import met_or_not, work_and_load
from bench.lists import write_federal, write_state
from bench.sections import measured_by, put, takes_place
from directory.config import ROOT, Config
from directory.curation.importing import import_file
from directory.curation.reading import Told
from directory.house import build_house

Writer = Callable[[Path, int, Path], None]
# Importer, rows, the most seconds and the most MB that an operator should wait and need.
GOALS: tuple[tuple[str, Writer, int, int, int], ...] = (
    ("samhsa", write_federal, 20_000, 60, 1_000),
    ("dhcs", write_state, 2_300, 10, 1_000),
)


def main() -> None:
    """Measure both lists, or `one IMPORTER FILE HOME` in this process."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("one", nargs="*", help=argparse.SUPPRESS)
    takes_place(parser)
    options = parser.parse_args()
    if named := options.one:
        print(json.dumps(_measured(named[0], Path(named[1]), Path(named[2]))))
        return
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for importer, write, rows, most_seconds, most_mb in GOALS:
            file = Path(folder) / f"{importer}.csv"
            write(file, rows, ROOT / "data")
            lines += _told(importer, rows, file, Path(folder) / importer, (most_seconds, most_mb))
    put("\n".join((f"## Imports\n\n{measured_by('bench.imports')}\n", *lines)), options.into)


def _told(importer: str, rows: int, file: Path, home: Path, most: tuple[int, int]) -> Iterator[str]:
    size = file.stat().st_size / 1e6
    for step in ("import", "again"):
        command = [sys.executable, "-m", "bench.imports", importer, str(file), str(home)]
        found = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
        met = found["seconds"] < most[0] and found["mb"] < most[1]
        yield (
            f"- {importer} {step}: {rows:,} rows ({size:.1f} MB): {found['seconds']:.1f} s of {most[0]} "
            f"({work_and_load(found['work'])}), "
            f"{found['mb']:.0f} MB of {most[1]:,}, {found['accepted']:,} programs, "
            f"{found['changed']:,} new or changed, {found['refused']:,} values refused: "
            f"{met_or_not(met)}"
        )


def _measured(importer: str, file: Path, home: Path) -> dict[str, float]:
    house = build_house(Config(home=home, secret="bench-" * 8), frozen)
    records = house.records()
    began, worked = perf_counter(), process_time()
    told = Told(seen_on=date(2026, 11, 23), dated=date(2026, 8, 21))
    report = import_file(records, house.vocabularies, importer, file, clock=house.clock, told=told)
    seconds, work = perf_counter() - began, process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    changed = len(report.created) + len(report.changed)
    return {
        "seconds": seconds,
        "work": work, "mb": peak, "accepted": report.accepted, "changed": changed,
        "refused": len(report.refused),
    }  # fmt: skip


if __name__ == "__main__":
    main()
