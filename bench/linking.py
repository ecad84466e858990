"""Linking: how well on pairs judged by hand, and how long for a national and a state list.

`python -m bench.linking [--rows 20000] [--state 2300] [--seed 1]`. The invented lists have what makes real
ones hard: two surveys of one door, chains with one phone, suites, moves, renamed places, withheld streets.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bench.judging import met_or_not, work_and_load
from directory.catalog.evidence import Source
from directory.catalog.program import Address, License, Organization, Program, Site
from directory.curation.importing import Report, take_in
from directory.curation.linking.linker import Linking, load_linking
from directory.curation.reading import Reading, ReadProgram
from directory.store.connect import open_database, upgrade
from directory.store.sql_records import SqlRecords
from tests.golden.links import figures, read_pairs

DATA = Path(__file__).parents[1] / "data"
MOST_SECONDS = 60
"""For taking in and linking both lists."""
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEDERAL = Source("Invented federal list", date(2026, 11, 23), "list", dated=date(2023, 12, 31))
STATE = Source("Invented state list", date(2026, 11, 23), "list", dated=date(2026, 8, 21))
WORDS = (
    "Harbor Lantern Cedar Willow Summit Pioneer Horizon Maple Canyon River Stone Bridge Haven Crest Valley "
    "Oak Phoenix Meadow Beacon Anchor Prairie Juniper Sage Aspen Granite Delta Mesa Laurel Birch Compass"
).split()
KINDS = ("Recovery Center", "Behavioral Health", "Treatment Center", "Counseling", "Wellness")
STREETS = "Lake Green Walnut Colorado Main Oak Maple Olive Union Foothill Broadway Mission".split()


def places(number: int, rng: random.Random) -> Iterator[tuple[Site, str]]:
    """Places of invented organizations, some of them chains with one phone."""
    left = 0
    for count in range(number):
        if not left:
            left = rng.choice((1, 1, 1, 2, 3, 8, 40))
            name = f"{rng.choice(WORDS)} {rng.choice(WORDS)} {rng.choice(KINDS)}"
            phone = f"{rng.randint(201, 989)}-{rng.randint(200, 999)}-{rng.randint(1000, 9999)}"
        left -= 1
        own = phone if left % 3 else phone[:-4] + f"{rng.randint(1000, 9999)}"
        zip_code = f"{rng.randint(1, 2500) * 37 % 99950:05}"
        street = f"{rng.randint(1, 9999)} {rng.choice('NSEW')} {rng.choice(STREETS)} Avenue"
        address = Address(
            f"Town {zip_code[:3]}",
            "CA",
            zip_code,
            street,
            rng.choice((None, None, f"Suite {count % 9}")),
        )
        yield Site("", name, own, address=address), name


def national(sites: list[tuple[Site, str]], rng: random.Random) -> Reading:
    """Each place in one survey, half of them in both; one street in twenty is withheld."""
    reading = Reading(source=FEDERAL)
    for number, (site, name) in enumerate(sites):
        for survey in ("substance", "mental")[: rng.choice((1, 2))]:
            hidden = number % 20 == 0
            address = site.address if not hidden else Address(
                site.address.city, "CA", site.address.zip, withheld=True
            )  # fmt: skip
            _add(reading, f"samhsa:{survey}:{number}", site, address, name, FEDERAL, ())
    return reading


def state(sites: list[tuple[Site, str]], rng: random.Random) -> Reading:
    """The same places three years on: other spelling, some moved, some with another phone."""
    reading = Reading(source=STATE)
    for number, (site, name) in enumerate(sites):
        address = site.address
        if rng.random() < 0.1:
            address = Address(address.city, "CA", address.zip, f"{number + 1} Elm Street")
        again = Site("", name.upper(), site.phone if rng.random() < 0.7 else None, address=address)
        licenses = (License("State", f"{number:06}AP"),)
        _add(reading, f"dhcs:{number:06}AP", again, address, f"{name} INC", STATE, licenses)
    return reading


def _add(
    reading: Reading,
    key: str,
    site: Site,
    address: Address,
    name: str,
    source: Source,
    licenses: tuple[License, ...],
) -> None:
    said = dict.fromkeys(("name", "phone", "address", "level_of_care", "focus", "licenses"), source)
    own = dict.fromkeys(("name", "phone", "address"), source)
    reading.organizations[name] = Organization(name, name, evidence={"name": source})
    row = Site(key, site.name, site.phone, address=address, evidence=own)
    reading.sites[key] = row, name
    level, focus = ("outpatient", "substance_use") if licenses else ("iop", "substance_use")
    if ":mental:" in key:
        level, focus = "php", "mental_health"
    program = Program(
        f"{key}:{level}", f"{name}: {level}", level_of_care=level, level_evidence="stated",
        focus=(focus,), licenses=licenses, evidence=said,
    )  # fmt: skip
    reading.programs[program.id] = ReadProgram(program, key, "row 2")
    reading.mentioned.add(program.id)
    reading.read += 1


def timed(records: SqlRecords, reading: Reading, linking: Linking) -> tuple[Report, float, float]:
    """Import a reading; the report, the seconds it took, and those the processor worked."""
    began, worked = time.perf_counter(), time.process_time()
    report = take_in(records, reading, "invented", linking, clock=lambda: AT)
    return report, time.perf_counter() - began, time.process_time() - worked


def main() -> None:
    """Print figures and times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--state", type=int, default=2_300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    pairs, rows = read_pairs()
    found = figures(pairs, rows)
    print(
        f"{len(pairs)} pairs judged by hand: precision {found.precision:.3f}, recall {found.recall:.3f}"
    )
    print(f"  linked {len(found.linked)}, asked {len(found.queued)}, lost {len(found.lost)}, "
          f"linked wrongly {len(found.linked_wrongly)}")  # fmt: skip
    rng = random.Random(asked.seed)
    sites = list(places(asked.rows * 2 // 3, rng))
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/store.sqlite")
        upgrade(engine)
        records, linking, whole = SqlRecords(engine), load_linking(DATA), 0.0
        for what, reading in (
            ("national", national(sites, rng)),
            ("state", state(sites[: asked.state], random.Random(asked.seed))),
            ("state again", state(sites[: asked.state], random.Random(asked.seed))),
        ):
            report, seconds, worked = timed(records, reading, linking)
            print(f"{what}: {report.read:,} rows in {seconds:.1f} s ({work_and_load(worked)})")
            whole += seconds if what != "state again" else 0
            new, changed, asked_of = map(len, (report.created, report.changed, report.review))
            print(f"  {new:,} new, {changed:,} changed, {asked_of:,} to decide")
        print(f"both lists: {whole:.1f} s of {MOST_SECONDS}: {met_or_not(whole < MOST_SECONDS)}")


if __name__ == "__main__":
    main()
