"""Commands: progress on stderr, results on stdout; exit 0 done, 1 refused (nothing changed), 2 usage.

With `--json` stdout is one object, of a refusal as well.

One module for each room of commands, one line each in `COMMANDS`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial

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
from directory.cli.command import Command, Result
from directory.cli.refusing import NO_ROOM, NoRoom, told
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit status."""
    options = _parser().parse_args(arguments)
    try:
        with closing(build_house(read_config())) as house:
            result = options.run(house, options)
    except Refusal as refusal:
        return _refused(refusal, as_json=options.json)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        return _refused(NoRoom.of(error), as_json=options.json)
    print(_json(result) if options.json else options.show(result))
    return 1 if result.get("refused_whole") else 0


def _refused(refusal: Refusal, *, as_json: bool) -> int:
    """Say why on stderr, and in the one object that programs read."""
    print(f"Refused: {refusal}", file=sys.stderr)
    if as_json:
        print(_json(told(refusal)))
    return 1


def _json(result: Result) -> str:
    return json.dumps(result, ensure_ascii=False, default=str)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m directory",
        description="Stepwise, at the command line.",
        formatter_class=partial(argparse.HelpFormatter, indent_increment=0),
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
