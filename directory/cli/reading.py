"""`read-schedule`: a pasted sentence as sessions to confirm."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from directory.catalog.track_format import load_track
from directory.cli.command import Command, Result
from directory.curation.phrases import WORDS_FILE, load_words, read
from directory.curation.phrases.flags import MEANINGS
from directory.curation.phrases.saying import said
from directory.house import House


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", metavar="TEXT", help='such as "M/W/F 9a-12p", in quotes')


def _read(house: House, options: argparse.Namespace) -> Result:
    return read(options.text, load_words(house.config.data / WORDS_FILE)).as_dict()


def _show(result: Result) -> str:
    return "\n".join(_lines(result))


def _lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The week in words, what to look at, what could not be read."""
    for track in result["tracks"]:
        yield f"track: {said(load_track(track))}"
    for name, unit in (("weeks", "weeks"), ("hours_per_week", "hours a week")):
        if bounds := result[name]:
            yield f"{unit}: {_bounds(bounds['min'], bounds['max'])}"
    for flag in result["flags"]:
        yield f"check: {MEANINGS[flag]} ({flag})"
    for part in result["unread"]:
        yield f"not read: {part['text']!r} (characters {part['start']} to {part['end']})"


def _bounds(least: float | None, most: float | None) -> str:
    if least == most:
        return f"{least:g}"
    if most is None:
        return f"at least {least:g}"
    return f"at most {most:g}" if least is None else f"{least:g} to {most:g}"


COMMANDS = (
    Command("read-schedule", _read, "Read a pasted schedule as sessions to confirm.", _add, _show),
)
