"""`review`: pairs of rows that may be one site; a person says the same or different, or takes it back."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from directory.catalog.records import Desk
from directory.cli.command import Command, Result, lines
from directory.curation.linking.deciding import Decided, say_different, say_same, take_back
from directory.curation.linking.showing import plain, side_by_side
from directory.errors import BadValue, UnknownPair
from directory.house import House

Answer = Callable[[Desk, int, str, datetime], Decided]
ANSWERS: dict[str, Answer] = {"same": say_same, "different": say_different, "undo": take_back}
LONGEST_LABEL = 60


def _add(command: argparse.ArgumentParser) -> None:
    what = ("list", "show", *ANSWERS)
    command.add_argument("what", choices=what, nargs="?", default="list", help="default: list")
    command.add_argument("pair", metavar="N", type=int, nargs="?", help="the number of a pair")
    command.add_argument("--by", metavar="LABEL", default="curator", help="who says so: a role")
    command.add_argument("--all", action="store_true", help="list: what is decided, too")


def _review(house: House, options: argparse.Namespace) -> Result:
    """Publish afterwards: people see the store as it was published last."""
    if options.what == "list":
        return _list(house, everything=options.all)
    if options.pair is None:
        raise BadValue("N", None, f"the number of a pair, as in: review {options.what} 1")
    if options.what == "show":
        return _show(house, options.pair)
    by = options.by.strip()
    if not by or len(by) > LONGEST_LABEL or not by.isprintable():
        raise BadValue("--by", options.by[:LONGEST_LABEL], f"1 to {LONGEST_LABEL} letters")
    with house.records().desk() as desk:
        return ANSWERS[options.what](desk, options.pair, by, house.clock()).as_dict()


def _list(house: House, *, everything: bool) -> Result:
    with house.records().desk(write=False) as desk:
        pairs = [plain(one) for one in desk.links.pairs(waiting=not everything)]
    return {"to_decide": sum(one["answer"] is None for one in pairs), "pairs": pairs}


def _show(house: House, number: int) -> Result:
    with house.records().desk(write=False) as desk:
        pair = desk.links.pair(number)
    if pair is None:
        raise UnknownPair(number)
    return {"pairs": [plain(pair)]}


def _in_words(result: Result) -> str:
    if "pairs" not in result:
        return lines(result)
    pairs = cast(list[dict[str, Any]], result["pairs"])
    shown = ["\n".join(side_by_side(one)) for one in pairs]
    if "to_decide" in result:
        shown.append(f"{result['to_decide']} to decide: review same N, or review different N")
    return "\n\n".join(shown)


COMMANDS = (
    Command(
        "review",
        _review,
        "Decide which rows of which lists are one place.",
        _add,
        _in_words,
    ),
)
