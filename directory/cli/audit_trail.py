"""`audit-trail verify`: is every line of what staff did still as it was written?"""

import argparse
from typing import Any, cast

from directory.accounts.trail import read_head, verify
from directory.cli.command import Command, Result
from directory.house import House

_SAID = {
    "changed": "line {number} is not as it was written",
    "missing": "line {number} is gone, and lines stand after it",
    "cut": "line {number} and what came after it is gone from the end",
    "replaced": "the lines up to {number} fit together, but are not those that were noted",
}


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("verify",))
    command.add_argument(
        "--head", metavar="N:DIGEST", help="the head that an earlier verify printed"
    )


def _audit_trail(house: House, options: argparse.Namespace) -> Result:
    kept = None if options.head is None else read_head(options.head)
    with house.staff_records().book(write=False) as book:
        found = verify(book.trail.read(), book.trail.head(), kept)
    report: dict[str, object] = {
        "holds": found.holds,
        "lines": found.head.number,
        "head": str(found.head),
        "broken": [{"line": one.number, "how": one.how} for one in found.broken],
    }
    return report if found.holds else report | {"refused_whole": True}


def _show(result: Result) -> str:
    if result["holds"]:
        return (
            f"{result['lines']} lines, all as they were written.\nhead: {result['head']}\n"
            "Keep the head somewhere else: verify --head proves that nothing up to it was replaced."
        )
    broken = cast(list[dict[str, Any]], result["broken"])
    told = [_SAID[one["how"]].format(number=one["line"]) for one in broken]
    return "\n".join(["The trail does not hold.", *told])


COMMANDS = (
    Command(
        "audit-trail",
        _audit_trail,
        "Prove that no line of what staff did was changed, taken out or cut off: verify.",
        _add,
        _show,
    ),
)
