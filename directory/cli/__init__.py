"""Commands: progress on stderr, results on stdout; exit 0 done, 1 refused (nothing changed), 2 usage.

One module for each room of commands, one line each in `COMMANDS`.
"""

import argparse
import errno
import json
import sys
from collections.abc import Sequence
from contextlib import closing

from directory.cli import (
    api_keys,
    audit,
    audit_trail,
    backing_up,
    checking,
    exporting,
    fetching,
    following,
    generating,
    history,
    importing,
    listing_links,
    meetings,
    partners,
    publishing,
    reading,
    referrals,
    reports,
    review,
    settings,
    staff,
    standing,
    uploads,
)
from directory.cli.command import Command
from directory.config import read_config
from directory.errors import Refusal
from directory.house import build_house

COMMANDS: tuple[Command, ...] = (
    *publishing.COMMANDS,
    *following.COMMANDS,
    *checking.COMMANDS,
    *importing.COMMANDS,
    *fetching.COMMANDS,
    *meetings.COMMANDS,
    *review.COMMANDS,
    *reading.COMMANDS,
    *reports.COMMANDS,
    *referrals.COMMANDS,
    *uploads.COMMANDS,
    *partners.COMMANDS,
    *listing_links.COMMANDS,
    *history.COMMANDS,
    *standing.COMMANDS,
    *audit.COMMANDS,
    *api_keys.COMMANDS,
    *exporting.COMMANDS,
    *generating.COMMANDS,
    *staff.COMMANDS,
    *audit_trail.COMMANDS,
    *backing_up.COMMANDS,
    *settings.COMMANDS,
)


NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit status."""
    options = _parser().parse_args(arguments)
    try:
        with closing(build_house(read_config())) as house:
            result = options.run(house, options)
    except Refusal as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        print(f"Refused: {_no_room(error)}", file=sys.stderr)
        return 1
    as_json = json.dumps(result, ensure_ascii=False, default=str) if options.json else ""
    print(as_json or options.show(result))
    return 1 if result.get("refused_whole") else 0


def _no_room(error: OSError) -> str:
    """What is written aside gets its name last, so what stands is whole."""
    where = error.filename or "home"
    return (
        f"{where}: got {error.strerror!r}, expected a disk with room that we may write. What stood "
        "still stands. Make room, or give the folder to our user; then run this again."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m directory", description="Stepwise, at the command line."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for one in COMMANDS:
        command = commands.add_parser(one.name, help=one.help, description=one.help)
        command.add_argument(
            "--json", action="store_true", help="print the report as one JSON object"
        )
        command.set_defaults(run=one.run, show=one.show)
        one.add(command)
    return parser
