"""Make the listings near Pasadena: `python -m scripts.pasadena [--into FOLDER]`.

The pages of programs, the federal and the state list go through the importers and the linking into a
store of their own; what people can attend from home is written out, with the questions that wait for
a person. The same files give the same bytes.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import cast

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind, dump_listings
from directory.catalog.program import Listing
from directory.catalog.records import Change
from directory.config import Config
from directory.curation.importing import Report, import_file
from directory.curation.linking.linker import load_linking
from directory.curation.publishing import keep
from directory.curation.reading import Told
from directory.house import House, build_house
from directory.matching.implied import with_zone
from directory.store.sql_records import SqlRecords
from scripts.pasadena_review import review_text

DATA = Path(__file__).resolve().parents[1] / "data"
PASADENA = DATA / "listings" / "pasadena"
SEEN_ON = date(2026, 11, 23)
LISTS = (
    ("samhsa", "samhsa_2024_pasadena_10mi.csv", "2024"),
    ("dhcs", "dhcs_pasadena_10mi.csv", "2026-08-21"),
)
# Stores that hold an earlier edition of this file know it by this name.
WRITTEN_BY = Source("Stepwise transcription of public lists and pages", SEEN_ON, "list")


def noon() -> datetime:
    """The day on which lists and pages were seen."""
    return datetime(SEEN_ON.year, SEEN_ON.month, SEEN_ON.day, 12, tzinfo=UTC)


def make(into: Path) -> str:
    """Write `pasadena.json` and `REVIEW.md` into a folder; the answer counts what is in them."""
    with tempfile.TemporaryDirectory() as home:
        house = build_house(Config(home=Path(home)), noon)
        records = gathered(house)
        listings = shipped(house, records)
        with records.desk(write=False) as desk:
            review = review_text(desk, listings, DATA / "listings" / "decisions.csv")
    into.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dump_listings(listings, WRITTEN_BY), ensure_ascii=False, indent=1) + "\n"
    (into / "pasadena.json").write_text(text, encoding="utf-8")
    (into / "REVIEW.md").write_text(review, encoding="utf-8")
    return f"Pasadena: {len(listings)} programs at {len({one.site.id for one in listings})} sites"


def gathered(house: House) -> SqlRecords:
    """A store with every page and both lists in it, without what a person overruled.

    Raises `ValueError` for a row that is refused, and for one of `overruled.csv` that fits nothing.
    """
    records = house.records()
    take = partial(import_file, records, house.vocabularies, clock=noon)
    for path in sorted((PASADENA / "pages").glob("*.json")):
        _whole(take("listing", path))
    linking = load_linking(DATA)
    for name, file, edition in LISTS:
        _whole(take(name, DATA / "sources" / file, told=Told(SEEN_ON, edition), linking=linking))
    with (PASADENA / "overruled.csv").open(encoding="utf-8", newline="") as rows:
        overrule(records, csv.DictReader(rows))
    return records


def _whole(report: Report) -> None:
    if report.refused:
        raise ValueError(f"{report.file}: {report.refused[0]}; correct the file")


def overrule(records: SqlRecords, rows: Iterable[Mapping[str, str]]) -> None:
    """Withdraw what one list says of a fact where a person does not take it over."""
    with records.desk() as desk:
        gone: list[int] = []
        for row in rows:
            claims = [
                one.id
                for one in desk.about(cast("Kind", row["kind"]), row["facts"].split("|"))
                if (one.claim.subject[1], one.claim.source.name) == (row["id"], row["source"])
            ]
            if not claims:
                raise ValueError(
                    f"overruled.csv: {row['source']} says no such thing of {row['id']}"
                )
            gone += claims
        keep(desk, Change(WRITTEN_BY.name, noon(), withdrawn=tuple(gone)))


def shipped(house: House, records: SqlRecords) -> list[Listing]:
    """What is listed of it, by id: IOPs, day programs, and certified outpatient programs."""
    names = _names_of_sites(records)
    found = (_named_after(one, names[one.site.id]) for one in records.all() if _ships(one))
    whole = [_in_order(with_zone(one, house.locate(one))) for one in found]
    return sorted(whole, key=lambda one: (one.organization.id, one.site.id, one.program.id))


def _ships(listing: Listing) -> bool:
    program = listing.program
    certified = program.level_of_care == "outpatient" and bool(program.licenses)
    return certified or program.level_of_care in ("iop", "php")


def _names_of_sites(records: SqlRecords) -> Mapping[str, set[str]]:
    """Every name that any source gives a site."""
    names: dict[str, set[str]] = defaultdict(set)
    with records.desk(write=False) as desk:
        for one in desk.about("site", ("name",)):
            names[one.claim.subject[1]].add(json.loads(one.claim.value))
    return names


def _named_after(listing: Listing, names: Iterable[str]) -> Listing:
    """A list names a program after its place: where the place has a newer name, so has the program."""
    program, site = listing.program, listing.site
    for name in names if program.evidence["name"].method == "list" else ():
        if site.name and (program.name == name or program.name.startswith(f"{name}: ")):
            name = site.name + program.name.removeprefix(name)
            return replace(listing, program=replace(program, name=name))
    return listing


def _in_order(listing: Listing) -> Listing:
    """Sets in the order of their codes: who said an item first makes no difference to the file."""
    program = listing.program
    ordered = replace(
        program,
        focus=tuple(sorted(program.focus)),
        conditions=tuple(sorted(program.conditions)),
        services=tuple(sorted(program.services)),
        populations=dict(sorted(program.populations.items())),
        languages=dict(sorted(program.languages.items())),
        payers=tuple(sorted(program.payers, key=lambda one: one.payer)),
        licenses=tuple(sorted(program.licenses, key=lambda one: one.number)),
        accreditations=tuple(sorted(program.accreditations)),
    )
    return replace(listing, program=ordered)


def main(arguments: list[str]) -> None:
    """Write into the folder named, or into `data/listings/pasadena`."""
    parser = argparse.ArgumentParser(description="Make the listings near Pasadena.")
    parser.add_argument("--into", type=Path, default=PASADENA)
    sys.stdout.write(f"{make(parser.parse_args(arguments).into)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
