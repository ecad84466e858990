"""Memory of an opened generation, measured in a process of its own.

`python -m bench.memory HOME` opens the generation, maps and reads every column and posting, answers
twenty needs, and prints what the process grew by.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.corpus import frozen
from directory.config import Config
from directory.house import build_house
from directory.matching.need import Need

MB = 1_000_000
TEXTS = ("trauma group", "family therapy", "evening", "anxiety depression")


def resident() -> int:
    """Bytes of this process in memory, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def measured(home: Path) -> dict[str, float]:
    """Run the measurement in a fresh process; MB by step, nothing if it failed."""
    command = [sys.executable, "-m", "bench.memory", str(home)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    if answer.returncode:  # a long run is not lost for this
        print(answer.stderr, file=sys.stderr)
        return {}
    grown: dict[str, float] = json.loads(answer.stdout)
    return grown


def main(home: Path) -> None:
    """Print the growth after opening, after touching all columns and words, and after queries."""
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
    for column in (arrays.offsets, arrays.rows, arrays.pair, arrays.pairs):
        column.sum()
    touched = resident()
    for at in range(20):
        house.finder.find(Need(near="91101", within_miles=10.0 + at, text=TEXTS[at % 4]))
    grown = {"opened": opened, "touched": touched, "queried": resident()}
    print(json.dumps({step: round((rss - before) / MB, 1) for step, rss in grown.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
