"""`audit-trail verify`: is every line of what staff did still as it was written?"""

import argparse
from pathlib import Path
from typing import Any, cast

from directory.accounts.trail import Verdict, read_head, verify
from directory.accounts.trail_file import read_trail
from directory.catalog.trail import START, Head
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
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="a file of the desk, instead of the store",
    )
    command.add_argument(
        "--head", metavar="N:DIGEST", help="the head that an earlier verify printed"
    )


def _audit_trail(house: House, options: argparse.Namespace) -> Result:
    kept = None if options.head is None else read_head(options.head)
    found = _of_file(options.file, kept) if options.file else _of_store(house, kept)
    report: dict[str, object] = {
        "holds": found.holds,
        "lines": found.head.number,
        "head": str(found.head),
        "broken": [{"line": one.number, "how": one.how} for one in found.broken],
    }
    return report if found.holds else report | {"refused_whole": True}


def _of_store(house: House, kept: Head | None) -> Verdict:
    with house.staff_records().book(write=False) as book:
        return verify(book.trail.read(), book.trail.head(), kept)


def _of_file(path: Path, kept: Head | None) -> Verdict:
    """A file tells its own end: that it was cut off shows only a head that was noted elsewhere."""
    last = Head(0, START)
    for entry in read_trail(path):
        last = Head(entry.number, entry.digest)
    return verify(read_trail(path), last, kept)


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
        "Prove that nothing of what staff did was changed: verify.",
        _add,
        _show,
    ),
)
