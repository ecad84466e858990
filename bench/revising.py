"""`python -m bench.revising`: how long a curator waits for one corrected program to be live.

An invented federal list is imported and published whole; then one phone number changes at a time,
and each change is published. Processor time stands beside, for machines that are shared. Writes a
section of `bench/RESULTS.md`.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from bench.corpus import frozen
from bench.judging import met_or_not, work_and_load
from bench.lists import write_federal
from bench.sections import measured_by, put, takes_place
from directory.catalog.records import Records
from directory.config import ROOT, Config
from directory.curation.importing import import_file
from directory.curation.publishing import Published, publish
from directory.curation.reading import Told
from directory.house import House, build_house

GOAL_SECONDS = 0.5
CHANGES = 7
DAY = date(2026, 11, 23)


def main() -> None:
    """Import, publish whole, then change and publish a few programs one by one; write the median."""
    parser = argparse.ArgumentParser(prog="python -m bench.revising", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the invented list")
    takes_place(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder) / "home"
        house = build_house(Config(home=home, secret="bench-" * 8), frozen)
        records = house.records()
        file = Path(folder) / "federal.csv"
        write_federal(file, options.rows, ROOT / "data")
        _import(house, records, "samhsa", file, Told(seen_on=DAY, dated=DAY))
        began = perf_counter()
        programs = _publish(house, records).programs
        whole = f"- {programs:,} programs published whole in {perf_counter() - began:.1f} s"
        spent = list(_one_by_one(house, records, Path(folder) / "one.json"))
    seconds = statistics.median(one for one, _ in spent)
    work = statistics.median(two for _, two in spent)
    one = (
        f"- one changed program: {seconds:.2f} s of {GOAL_SECONDS} ({work_and_load(work)}), median of "
        f"{len(spent)}: {met_or_not(seconds < GOAL_SECONDS)}"
    )
    head = f"## Publishing\n\n{measured_by('bench.revising')} An invented federal list.\n"
    put("\n".join((head, whole, one)), options.into)


def _one_by_one(house: House, records: Records, file: Path) -> Iterator[tuple[float, float]]:
    """Seconds and processor seconds of publishing each change."""
    for number, listing in enumerate(list(islice(records.all(), CHANGES))):
        phone = f"626-555-01{number:02d}"
        site = {"id": listing.site.id, "phone": phone}
        organization = {"id": listing.organization.id, "sites": [site]}
        source = {"name": "bench", "seen_on": DAY.isoformat(), "method": "phone"}
        file.write_text(
            json.dumps({"source": source, "organizations": [organization]}), encoding="utf-8"
        )
        _import(house, records, "listing", file, Told(seen_on=DAY))
        began, worked = perf_counter(), process_time()
        if _publish(house, records).whole:
            raise SystemExit("The change was published whole; a revision was expected.")
        yield perf_counter() - began, process_time() - worked


def _import(house: House, records: Records, importer: str, file: Path, told: Told) -> None:
    import_file(records, house.vocabularies, importer, file, clock=house.clock, told=told)


def _publish(house: House, records: Records) -> Published:
    return publish(records, house.press, examples=False, production=False, by=house.yardstick())


if __name__ == "__main__":
    main()
