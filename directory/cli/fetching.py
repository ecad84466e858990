"""`fetch`: save what a public service answers, where an operator has set its address."""

import argparse
from pathlib import Path

from directory.cli.command import Command, Result
from directory.cli.telling import progress
from directory.curation.importers.findtreatment.fetching import fetch
from directory.errors import BadValue
from directory.house import House
from directory.places.place import Place

SERVICES = ("findtreatment",)
MOST_MILES = 500.0


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("service", metavar="SERVICE", choices=SERVICES)
    command.add_argument("--near", required=True, metavar="PLACE", help="a ZIP or a town")
    command.add_argument("--miles", type=_miles, default=25.0, metavar="M")
    command.add_argument("--out", type=Path, metavar="FILE", help="default: a file in home")


def _miles(text: str) -> float:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_MILES):
        raise argparse.ArgumentTypeError(f"got {text!r}, expected whole miles from 1 to 500")
    return float(text)


def _fetch(house: House, options: argparse.Namespace) -> Result:
    """Ask page after page, and keep the file only if all of them came."""
    here = house.gazetteer.locate(options.near)
    if not isinstance(here, Place):
        raise BadValue("--near", options.near, "one place: a ZIP, or a town with its state")
    today = house.clock().date()
    path: Path = options.out or house.config.home / f"findtreatment-{today}.ndjson"
    rows = fetch(house.config.findtreatment_url, here, options.miles, path, progress())
    then = f"python -m directory import findtreatment {path} --dated {today}"
    return {"file": path, "place": here.name, "rows": rows, "then": then}


COMMANDS = (
    Command("fetch", _fetch, "Save a public service's answers, if its address is set.", _add),
)
