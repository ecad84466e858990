"""`history`, `undo`: what was ever said of a program, and one change taken back."""

import argparse
from typing import Any, cast

from directory.cli.command import Command, Result
from directory.curation.history import history_of, in_words
from directory.curation.undoing import undo
from directory.house import House


def _add_history(command: argparse.ArgumentParser) -> None:
    command.add_argument("program", metavar="PROGRAM_ID")


def _history(house: House, options: argparse.Namespace) -> Result:
    claims = history_of(house.records(), options.program)
    return {"program": options.program, "claims": claims}


def _show_history(result: Result) -> str:
    return "\n".join(in_words(cast(list[dict[str, Any]], result["claims"])))


def _add_undo(command: argparse.ArgumentParser) -> None:
    command.add_argument("change", metavar="CHANGE", type=int, help="a number that `history` shows")
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )


def _undo(house: House, options: argparse.Namespace) -> Result:
    """Publish afterwards: people see the store as it was published last."""
    return undo(
        house.records(), options.change, dry_run=options.dry_run, clock=house.clock
    ).as_dict()


COMMANDS = (
    Command(
        "history", _history, "Show everything ever said of a program.", _add_history, _show_history
    ),
    Command("undo", _undo, "Take back one change, as far as nothing later rests on it.", _add_undo),
)
