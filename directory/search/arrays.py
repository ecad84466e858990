"""A roster on disk: one file a column, the patterns and beginnings as JSON. No pickles."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from directory.matching.first_group import Beginning
from directory.matching.pattern import Pattern, Slot
from directory.matching.roster import Roster
from directory.matching.table import PatternTable


def write_roster(folder: Path, roster: Roster) -> None:
    """Write the columns and what they point to."""
    folder.mkdir(parents=True)
    for name, column in roster.columns.items():
        np.save(folder / f"{name}.npy", column, allow_pickle=False)
    rest = {
        "patterns": [asdict(pattern) for pattern in roster.table.patterns],
        "beginnings": [asdict(beginning) for beginning in roster.beginnings],
        "states": roster.states,
    }
    (folder / "roster.json").write_bytes(orjson.dumps(rest))


def open_roster(folder: Path) -> Roster:
    """Map the columns into memory."""
    rest = orjson.loads((folder / "roster.json").read_bytes())
    columns = {
        path.stem: np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for path in sorted(folder.glob("*.npy"))
    }
    return Roster(
        columns=columns,
        table=PatternTable([_pattern(one) for one in rest["patterns"]]),
        beginnings=tuple(_beginning(one) for one in rest["beginnings"]),
        states=tuple(rest["states"]),
    )


def _pattern(plain: Mapping[str, Any]) -> Pattern:
    return Pattern(
        slots=tuple(_slot(slot) for slot in plain["slots"]),
        attend=plain["attend"],
        different_days=plain["different_days"],
        time_zone=plain["time_zone"],
    )


def _slot(plain: Mapping[str, Any]) -> Slot:
    return Slot(
        days=tuple(plain["days"]),
        count=plain["count"],
        times=tuple((start, end) for start, end in plain["times"]),
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
