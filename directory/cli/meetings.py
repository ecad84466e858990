"""`meetings`: a list of support meetings, published for people who plan what comes after."""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path

from directory.catalog.evidence import Source
from directory.catalog.meeting import MeetingList
from directory.cli.command import Command, Result
from directory.curation.meeting_guide import read_meetings
from directory.house import House


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="Meeting Guide JSON")
    command.add_argument("--source", required=True, metavar="NAME", help="who publishes the list")
    command.add_argument("--url", metavar="ADDRESS", help="where it is published")
    command.add_argument("--seen", metavar="DAY", type=date.fromisoformat, help="default: today")
    command.add_argument(
        "--dry-run", action="store_true", help="say what would be published, publish nothing"
    )


def _meetings(house: House, options: argparse.Namespace) -> Result:
    """The list takes the place of what the same source told before; others stay."""
    seen = options.seen or house.clock().date()
    source = Source(options.source, seen, "published", options.url)
    return take_in(house, options.file, source, dry_run=options.dry_run)


def take_in(house: House, path: Path, source: Source, *, dry_run: bool = False) -> Result:
    """Read a list and publish it, unless every row of it is refused."""
    found = read_meetings(path, house.near)
    report: dict[str, object] = {
        "file": path.name,
        "source": source.name,
        "dry_run": dry_run,
        "read": found.read,
        "accepted": len(found.meetings),
        "refused": [asdict(one) for one in found.refused],
    }
    if found.refused and not found.meetings:
        return {**report, "refused_whole": True}
    if not dry_run:
        house.meetings.keep(MeetingList(source, found.meetings))
    return report


COMMANDS = (
    Command(
        "meetings",
        _meetings,
        "Publish a list of support meetings (Meeting Guide JSON).",
        _add,
    ),
)
