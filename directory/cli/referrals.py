"""`referrals`: what time does to tickets, at the command line; `publish` does it, too."""

import argparse

from directory.cli.command import Command, Result
from directory.house import House
from directory.referrals.desk import Tended
from directory.web.staff.tending import tend


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("tend",), nargs="?", default="tend")


def tended(house: House) -> Tended:
    """Expire tickets that nobody moved; delete what closed 90 days ago."""
    with house.staff_records().book() as book:
        return tend(book, house.clock())


def _referrals(house: House, _options: argparse.Namespace) -> Result:
    done = tended(house)
    return {"expired": len(done.expired), "purged": len(done.purged), "cases_gone": done.cases}


COMMANDS = (
    Command(
        "referrals",
        _referrals,
        "Tickets whose time is over: tend (expire and delete them).",
        _add,
    ),
)
