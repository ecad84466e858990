"""A roster on disk: one file a column, the patterns and beginnings as JSON. No pickles."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from directory.matching.first_group import Beginning
from directory.matching.pattern import Pattern, Slot, Times
from directory.matching.roster import Roster
from directory.matching.table import PatternTable
from directory.search.moves import Column, Moves


def write_roster(folder: Path, roster: Roster) -> None:
    """Write the columns and what they point to."""
    folder.mkdir(parents=True)
    for name, column in roster.columns.items():
        np.save(folder / f"{name}.npy", column, allow_pickle=False)
    (folder / "roster.json").write_bytes(orjson.dumps(_plain(roster)))


def _plain(roster: Roster) -> dict[str, Any]:
    """What the columns point to."""
    return {
        "patterns": [_plain_pattern(pattern) for pattern in roster.table.patterns],
        "beginnings": [asdict(beginning) for beginning in roster.beginnings],
        "states": list(roster.states),
    }


def _plain_pattern(pattern: Pattern) -> dict[str, Any]:
    """The times of a slot are starts in a row, all of one length: first start, length, how many."""
    plain = asdict(pattern)
    for slot in plain["slots"]:
        (start, end), *_ = slot["times"]
        slot["times"] = start, end - start, len(slot["times"])
    return plain


def revise_roster(before: Path, folder: Path, how: Moves, came: Roster) -> None:
    """The roster of another folder, a few rows changed; `came` has the new rows, in their order.

    Patterns, courses, beginnings and states that are new are added; those no longer used stay.
    """
    folder.mkdir(parents=True)
    rest = orjson.loads((before / "roster.json").read_bytes())
    old = {path.stem: np.load(path) for path in sorted(before.glob("*.npy"))}
    own = _in_the_same_terms(_plain(came), dict(came.columns), rest, old)
    tracks = _tracks_of(how, old["track_from"], own["track_from"])
    for name, column in old.items():
        if name.startswith(("course_", "pattern_")):
            new = own[name]
        elif name == "track_from":
            new = tracks[1]
        elif name.startswith("track_"):
            new = np.concatenate([column, own[name]])[tracks[0]]
        else:
            new = how.column(column, own[name])
        np.save(folder / f"{name}.npy", new.astype(column.dtype), allow_pickle=False)
    (folder / "roster.json").write_bytes(orjson.dumps(rest))


def _tracks_of(how: Moves, old: Column, came: Column) -> tuple[Column, Column]:
    """Which of the old tracks and then the new ones the rows have, and the offsets of the rows."""
    counts = how.column(np.diff(old), np.diff(came))
    starts = how.column(old[:-1], came[:-1] + old[-1])
    offsets = np.concatenate(([0], np.cumsum(counts)))
    return np.repeat(starts - offsets[:-1], counts) + np.arange(offsets[-1]), offsets


def _in_the_same_terms(
    plain: Mapping[str, Any],
    columns: dict[str, Column],
    rest: dict[str, Any],
    old: dict[str, Column],
) -> dict[str, Column]:
    """The columns of a small roster in the codes of another one, which grow where they must."""
    places = {
        name: _places(plain[name], rest[name]) for name in ("patterns", "beginnings", "states")
    }
    columns["state"] = _renumbered(columns["state"], places["states"])
    columns["track_beginning"] = _renumbered(columns["track_beginning"], places["beginnings"])
    patterns = _renumbered(columns["course_pattern"], places["patterns"])
    tangled = np.full(len(rest["patterns"]), 0, np.int8)
    tangled[places["patterns"]] = columns["pattern_tangled"]
    tangled[: len(old["pattern_tangled"])] = old["pattern_tangled"]
    columns["pattern_tangled"] = tangled
    courses = _courses(old["course_from"], old["course_pattern"])
    own = _courses(columns["course_from"], patterns)
    columns["track_course"] = _renumbered(columns["track_course"], _places(own, courses))
    new = len(courses) - len(old["course_peak"])
    lengths = [len(one) for one in courses]
    columns["course_from"] = np.cumsum([0, *lengths], dtype=np.int64)
    columns["course_pattern"] = np.array([p for one in courses for p in one], np.int32)
    added = dict(zip(own, columns["course_peak"].tolist(), strict=True))
    peaks = [added[one] for one in courses[len(courses) - new :]]
    columns["course_peak"] = np.concatenate([old["course_peak"], np.array(peaks, bool)])
    return columns


def _courses(offsets: Column, patterns: Column) -> list[tuple[int, ...]]:
    bounds, flat = offsets.tolist(), patterns.tolist()
    return [tuple(flat[begin:end]) for begin, end in pairwise(bounds)]


def _places(wanted: Sequence[Any], known: list[Any]) -> list[int]:
    """Where each wanted value stands among those known; what is not there is added."""
    places = {orjson.dumps(one, option=orjson.OPT_SORT_KEYS): at for at, one in enumerate(known)}
    found = []
    for one in wanted:
        key = orjson.dumps(one, option=orjson.OPT_SORT_KEYS)
        if key not in places:
            places[key] = len(known)
            known.append(one)
        found.append(places[key])
    return found


def _renumbered(codes: Column, places: Sequence[int]) -> Column:
    """Codes replaced by their places; -1 (none) stays."""
    return np.array([*places, -1])[codes]


def open_roster(folder: Path) -> Roster:
    """Map the columns into memory."""
    rest = orjson.loads((folder / "roster.json").read_bytes())
    patterns = _patterns(rest.pop("patterns"))
    columns = {
        path.stem: np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for path in sorted(folder.glob("*.npy"))
    }
    return Roster(
        columns=columns,
        table=PatternTable(patterns, columns["pattern_tangled"]),
        beginnings=tuple(_beginning(one) for one in rest["beginnings"]),
        states=tuple(rest["states"]),
    )


def _patterns(plain: Sequence[Mapping[str, Any]]) -> list[Pattern]:
    """The patterns; equal times are one object, for an open session may have fifty of them."""
    times: dict[Times, Times] = {}
    return [_pattern(one, times) for one in plain]


def _pattern(plain: Mapping[str, Any], known: dict[Times, Times]) -> Pattern:
    return Pattern(
        slots=tuple(_slot(slot, known) for slot in plain["slots"]),
        attend=plain["attend"],
        different_days=plain["different_days"],
        time_zone=plain["time_zone"],
    )


def _slot(plain: Mapping[str, Any], known: dict[Times, Times]) -> Slot:
    first, length, count = plain["times"]
    times = tuple((start, start + length) for start in range(first, first + count))
    return Slot(
        days=tuple(plain["days"]),
        count=plain["count"],
        times=known.setdefault(times, times),
        hull=(plain["hull"][0], plain["hull"][1]),
        mode=plain["mode"],
        chosen=plain["chosen"],
        minutes=tuple(plain["minutes"]) if plain["minutes"] else None,
    )


def _beginning(plain: Mapping[str, Any]) -> Beginning:
    full = plain["full_since"]
    return Beginning(
        rule=plain["rule"],
        dates=tuple(date.fromisoformat(day) for day in plain["dates"]),
        lead_days=plain["lead_days"],
        days=tuple(plain["days"]),
        full_since=date.fromisoformat(full) if full else None,
    )
