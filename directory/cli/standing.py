"""`remove`, `relist`, `readdress`: take a program off, list it again, give it another address."""

import argparse

from directory.catalog.whereabouts import WHYS
from directory.cli.command import Command, Result
from directory.curation.standing import Deciding
from directory.errors import BadValue
from directory.house import House

LONGEST_LABEL = 60


def _add_to(command: argparse.ArgumentParser) -> None:
    command.add_argument("program", metavar="PROGRAM_ID")
    command.add_argument("--by", metavar="LABEL", default="curator", help="who says so: a role")
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )


def _add_remove(command: argparse.ArgumentParser) -> None:
    _add_to(command)
    command.add_argument("--reason", choices=WHYS, required=True)
    command.add_argument(
        "--into",
        metavar="PROGRAM_ID",
        help="listed_twice: the one that stays; addresses lead there",
    )


def _add_readdress(command: argparse.ArgumentParser) -> None:
    _add_to(command)
    command.add_argument("--to", metavar="SLUG", help="default: what its names make today")


def _deciding(house: House, options: argparse.Namespace) -> Deciding:
    """Publish afterwards: people see the store as it was published last."""
    by = options.by.strip()
    if not by or len(by) > LONGEST_LABEL or not by.isprintable():
        raise BadValue("--by", options.by[:LONGEST_LABEL], f"1 to {LONGEST_LABEL} letters")
    return Deciding(house.records(), house.clock, by, options.dry_run)


def _remove(house: House, options: argparse.Namespace) -> Result:
    return _deciding(house, options).remove(options.program, options.reason, options.into).as_dict()


def _relist(house: House, options: argparse.Namespace) -> Result:
    return _deciding(house, options).relist(options.program).as_dict()


def _readdress(house: House, options: argparse.Namespace) -> Result:
    return _deciding(house, options).readdress(options.program, options.to).as_dict()


COMMANDS = (
    Command("remove", _remove, "Take a program off, and say why at its address.", _add_remove),
    Command("relist", _relist, "List a program again that was taken off.", _add_to),
    Command(
        "readdress",
        _readdress,
        "Give a program another address; the old one leads there.",
        _add_readdress,
    ),
)
