"""`check`: is everything there, and do the listings add up?"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from directory.cli.command import Command, Result, lines
from directory.cli.served import amiss, served
from directory.curation.lint.inspecting import findings_among
from directory.curation.lint.report import LintReport
from directory.errors import NoGeneration
from directory.house import House

SHOWN = 5


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--csv", type=Path, metavar="FILE", help="write every finding to a CSV file as well"
    )


def _check(house: House, options: argparse.Namespace) -> Result:
    """Open everything, count, and measure each listing of the store; status 1 for what is damaged."""
    if not house.generations.names():
        raise NoGeneration(str(house.config.generations))
    problems, current = list(amiss(house)), served(house)
    listings = tuple(house.records().all())
    report = LintReport(len(listings), findings_among(listings, house.yardstick()))
    if options.csv:
        report.save(options.csv)
    found = {
        "problems": problems,
        "store_programs": len(listings),
        "generation": current and current.name,
        "generation_programs": current.statistics.programs if current else 0,
        "generation_as_of": current and current.as_of,
        "meetings": sum(len(one.meetings) for one in house.meetings.current()),
        "vocabulary_codes": sum(len(one) for one in house.vocabularies.values()),
        "lint": report.as_dict(),
    }
    return found | ({"refused_whole": True} if problems else {})


def _show(result: Result) -> str:
    """The counts, then each case of what does not add up with its first few listings."""
    counts = {
        name: value for name, value in result.items() if name not in ("lint", "refused_whole")
    }
    return "\n".join([lines(counts), *_lint_lines(cast(dict[str, Any], result["lint"]))])


def _lint_lines(lint: dict[str, Any]) -> Iterator[str]:
    yield f"findings: {lint['serious']} serious, {lint['worth_a_look']} worth a look"
    for one in lint["cases"]:
        yield f"{one['rule']} {one['case']} ({one['severity']}): {one['count']}"
        found = [each for each in lint["found"] if each["case"] == one["case"]]
        yield from (f"  {_line(each)}" for each in found[:SHOWN])
        if one["count"] > SHOWN:
            yield f"  and {one['count'] - SHOWN} more; --json or --csv FILE has all"


def _line(found: dict[str, str]) -> str:
    said = f"got {found['got']}, expected {found['expected']}"
    return f"{found['kind']} {found['id']}: {found['fact']}: {said}"


COMMANDS = (
    Command(
        "check",
        _check,
        "Open everything, count, and say what does not add up.",
        _add,
        _show,
    ),
)
