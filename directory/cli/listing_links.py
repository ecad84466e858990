"""`listing-link`: a link by which a program says if its listing is still right."""

import argparse

from directory.accounts import trail
from directory.accounts.keeping import Keeper
from directory.cli.command import Command, Result
from directory.config import sealing_secrets
from directory.errors import UnknownProgram
from directory.house import House
from directory.web.staff.listing_links import LASTS, make_link

FIRST_RUN = "http://127.0.0.1:8000"


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("program", metavar="PROGRAM_ID")


def _make(house: House, options: argparse.Namespace) -> Result:
    """Older links to the same program open no more."""
    listing = house.records().get(options.program)
    if listing is None:
        raise UnknownProgram(options.program)
    keeper = Keeper(sealing_secrets(house.config))
    with house.staff_records().book() as book:
        token = make_link(book, keeper, house.clock(), trail.COMMAND_LINE, listing)
    home = (house.config.base_url or FIRST_RUN).rstrip("/")
    return {
        "program": listing.program.id,
        "link": f"{home}/staff/listing/{token}",
        "works": f"for {LASTS.days} days; hand it over yourself, we send no mail",
    }


COMMANDS = (
    Command(
        "listing-link",
        _make,
        "Make a link by which a program checks its listing.",
        _add,
    ),
)
