"""`python -m bench.curating`: how long curators wait for their queues in a large country.

An invented country is stored; then its queues are asked for as a curator would: first when nothing is
measured yet, then page by page, then after a change of one program.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

from bench.corpus import frozen
from bench.judging import met_or_not, work_and_load
from directory.app import curator_services
from directory.catalog.evidence import BY_CURATOR, Source
from directory.catalog.records import WritableRecords
from directory.config import Config
from directory.curation.importing import take_in
from directory.curation.listing_format.tree import read_tree
from directory.curation.mending import Mending, Stated, revision_of
from directory.curation.reading import silent
from directory.curation.synthetic.country import generate
from directory.curation.worklist.items import QUEUES
from directory.curation.worklist.worklist import Worklist
from directory.house import House, build_house

GOAL_SECONDS = 0.5
A_PAGE, TIMES = 25, 7
FOR_EVER = 3_600.0

Spent = tuple[float, float]
"""Seconds that passed, and seconds of work: machines are shared."""


def main() -> None:
    """Store the country, then ask; print the medians."""
    parser = argparse.ArgumentParser(prog="python -m bench.curating", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    programs = parser.parse_args().programs
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        house = build_house(Config(home=Path(folder) / "home", secret="bench-" * 8), frozen)
        records = stored(house, programs)
        worklist = curator_services(house).worklist
        seconds, work = next(_timed(lambda: worklist.current(records, FOR_EVER), 1))
        print(
            f"{programs:,} programs measured: {seconds:.1f} s ({work_and_load(work)})", flush=True
        )
        _tell("a page of a queue", list(_timed(lambda: a_page(worklist, records), TIMES)))
        _tell("the same after one change", list(_after_changes(house, worklist, records)))


def stored(house: House, programs: int) -> WritableRecords:
    """The store with an invented country in it."""
    records = house.records()
    today = house.clock().date()
    tree = generate(programs, 1, data=house.config.data, today=today)
    reading = read_tree(tree, house.vocabularies, silent)
    take_in(records, reading, "country", clock=house.clock)
    return records


def a_page(worklist: Worklist, records: WritableRecords) -> int:
    """What one request reads: the queues, and the programs of one page."""
    lists = worklist.current(records, FOR_EVER)
    assert lists is not None
    longest = max(QUEUES, key=lambda queue: len(lists.of[queue]))
    return sum(records.get(one.program) is not None for one in lists.of[longest][:A_PAGE])


def _after_changes(house: House, worklist: Worklist, records: WritableRecords) -> Iterator[Spent]:
    """Seconds of a page after each of a few changes."""
    source = Source(BY_CURATOR["example"], house.clock().date(), "example", confirmed_by="curator")
    programs = sorted(records.versions())[:TIMES]
    for number, program in enumerate(programs):
        seen = revision_of(records.history(program))
        fact = Stated("site", "phone", f"213-555-01{number:02d}")
        Mending(records, house.clock).mend(program, seen, [fact], source)
        yield from _timed(lambda: a_page(worklist, records), 1)


def _timed(work: Callable[[], object], times: int) -> Iterator[Spent]:
    for _ in range(times):
        began, busy = perf_counter(), process_time()
        work()
        yield perf_counter() - began, process_time() - busy


def _tell(what: str, spent: list[Spent]) -> None:
    seconds, work = (statistics.median(each) for each in zip(*spent, strict=True))
    load = f"{work:.3f} s of work, {work_and_load(process_time())} in all"
    print(
        f"{what}: {seconds:.3f} s of {GOAL_SECONDS} ({load}): {met_or_not(seconds < GOAL_SECONDS)}"
    )


if __name__ == "__main__":
    main()
