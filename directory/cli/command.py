"""What a command is, and how its report is shown."""

import argparse
from collections.abc import Callable, Mapping
from typing import NamedTuple

from directory.house import House

Result = Mapping[str, object]
Run = Callable[[House, argparse.Namespace], Result]
Add = Callable[[argparse.ArgumentParser], None]
Show = Callable[[Result], str]


def nothing(_command: argparse.ArgumentParser) -> None:
    """Add no arguments of its own."""


def lines(result: Result) -> str:
    """A report for people: one line for each figure, one for each refused row or problem."""
    return "\n".join(line for name, value in result.items() for line in _lines(name, value))


def _lines(name: str, value: object) -> list[str]:
    if name == "refused" and isinstance(value, list):
        rows = (
            f"  {one['row']}: {one['field']}: got {one['got']!r}, expected {one['expected']}"
            for one in value
        )
        return [f"refused: {len(value)}", *rows]
    if name == "problems" and isinstance(value, list):
        return [f"problems: {len(value)}", *(f"  {one}" for one in value)]
    return [] if isinstance(value, list) else [f"{name}: {value}"]


class Command(NamedTuple):
    """One command: `run` answers its report, `add` its arguments, `show` the report for people.

    A report with `refused_whole` ends with status 1.
    """

    name: str
    run: Run
    help: str
    add: Add = nothing
    show: Show = lines
