"""What a command is, and how its report is shown."""

import argparse
import sys
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
    """A report for people: one line for each figure, one for each refused row."""
    return "\n".join(line for name, value in result.items() for line in _lines(name, value))


def _lines(name: str, value: object) -> list[str]:
    if name == "refused" and isinstance(value, list):
        rows = (
            f"  {one['row']}: {one['field']}: got {one['got']!r}, expected {one['expected']}"
            for one in value
        )
        return [f"refused: {len(value)}", *rows]
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


def say(text: str) -> None:
    """Tell how far the work is, on stderr."""
    print(text, file=sys.stderr, flush=True)


def say_progress(step: str, done: int, of: int) -> None:
    """A line of progress for a program that reads it."""
    say(f"{step}: {done}/{of}")


def progress(step: str, done: int, of: int) -> None:
    """A bar on stderr, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r{step}: {done}/{of}", end="\n" if done >= of else "", file=sys.stderr, flush=True)
