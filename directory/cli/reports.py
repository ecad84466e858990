"""`reports`: problems that visitors told us about listings; a curator looks into them and closes them."""

import argparse
from typing import Any, cast

from directory.cli.command import Command, Result, lines
from directory.curation.reporting import close, reports
from directory.errors import BadValue
from directory.house import House


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("list", "close"), nargs="?", default="list")
    command.add_argument("report", metavar="N", type=int, nargs="?", help="the number of a report")


def _reports(house: House, options: argparse.Namespace) -> Result:
    today = house.clock().date()
    if options.what == "close":
        if options.report is None:
            raise BadValue("N", None, "the number of a report, as in: reports close 1")
        with house.records().desk() as desk:
            close(desk, options.report, today)
        return {"closed": options.report}
    with house.records().desk() as desk:
        names = desk.programs()
        found = [
            {
                "report": one.number,
                "program": one.program,
                "page": f"/programs/{names[one.program].slug}",
                "what": one.what,
                "text": one.text,
                "told_on": one.told_on.isoformat(),
            }
            for one in reports(desk, today)
        ]
    return {"open": len(found), "reports": found}


def _in_words(result: Result) -> str:
    if "reports" not in result:
        return lines(result)
    found = cast(list[dict[str, Any]], result["reports"])
    shown = [
        f"{one['report']}  {one['told_on']}  {one['what']}  {one['program']}  {one['page']}"
        + (f"\n    {one['text']}" if one["text"] else "")
        for one in found
    ]
    return "\n".join([*shown, f"{result['open']} open: reports close N, once it is looked into"])


COMMANDS = (
    Command(
        "reports",
        _reports,
        "Problems that visitors reported: list, close N.",
        _add,
        _in_words,
    ),
)
