"""How well pasted schedules are read, on labelled phrases.

`python -m bench.phrases` writes a section of `bench/RESULTS.md`: how many phrases of each class
and split are read exactly, refused in the part that is hard, or wrong, and how many facts were
invented. The held-out half was written before the reader was.
"""

import argparse
import csv
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bench.sections import measured_by, put, takes_place
from directory.catalog.program import Span
from directory.catalog.schedule import DAYS, Choose, Session, Track
from directory.catalog.track_format import minutes_of
from directory.curation.phrases import Reading, Words, load_words, read

ROOT = Path(__file__).resolve().parents[1]
LABELLED = ROOT / "tests" / "golden" / "schedule_phrases.csv"
SPLITS = ("real", "dev", "held_out")
PARTS = ("morning", "afternoon", "evening")

Outcome = Literal["exact", "refused", "wrong"]
Week = tuple[str | None, Choose | None, frozenset[Session]]
"""Season, choice and sessions of a track: what a label states and a reading is judged by."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One labelled phrase with the week it says."""

    text: str
    lang: str
    group: str
    split: str
    tracks: tuple[Week, ...]
    weeks: Span | None
    hours: tuple[float | None, float | None] | None
    flags: frozenset[str]


# labels


def load_phrases(path: Path = LABELLED) -> list[Phrase]:
    """The labelled phrases, in the order of the file (its notation: tests/golden/README.md)."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_phrase(row) for row in csv.DictReader(file)]


def _phrase(row: dict[str, str]) -> Phrase:
    weeks, hours = _bounds(row["weeks"]), _bounds(row["hours"])
    return Phrase(
        row["phrase"],
        row["lang"],
        row["class"],
        row["split"],
        tuple(_week(text) for text in row["week"].split(" | ") if text != "none"),
        weeks and Span(int(weeks[0] or 0), int(weeks[1] or 0)),
        hours,
        frozenset(row["flags"].split()),
    )


def _bounds(text: str) -> tuple[float | None, float | None] | None:
    if not text:
        return None
    low, dash, high = text.partition("-")
    return float(low), float(high) if high else (None if dash else float(low))


def _week(text: str) -> Week:
    """'{summer} choose 3-5: mon,tue 09:00-12:00 + sat 09:00-11:00 optional'."""
    season, choose = None, None
    if text.startswith("{"):
        season, _, text = text[1:].partition("} ")
    if text.startswith("choose "):
        bounds, _, text = text.removeprefix("choose ").partition(": ")
        low, _, high = bounds.partition("-")
        choose = Choose(int(low), int(high) if high else None)
    sessions = [one for part in text.split(" + ") for one in _sessions(part, choose)]
    return season, choose, frozenset(sessions)


def _sessions(text: str, choose: Choose | None) -> Iterator[Session]:
    days, *rest = text.replace("x of ", "xof").split()
    one = _timed(rest, choose)
    if days == "?":
        yield one
    elif "x" in days:
        count, _, among = days.partition("x")
        named = among.removeprefix("of")
        among_days = tuple(DAYS.index(day) for day in named.split(",")) if named else ()
        yield replace(one, count=int(count), day_among=among_days)
    else:
        yield from (replace(one, day=DAYS.index(day)) for day in days.split(","))


def _timed(words: Sequence[str], choose: Choose | None) -> Session:
    start, _, end = words[0].partition("-")
    found: dict[str, object] = {"attendance": "choose" if choose else "required"}
    for word in words[1:]:
        name, _, value = word.partition("=")
        if value:
            found[f"{name}_minutes"] = int(value)
        elif name in PARTS:
            found["part_of_day"] = None if start else name
        else:
            found["attendance" if name == "optional" else "mode"] = name
    return Session(start=minutes_of(start or None), end=minutes_of(end or None), **found)  # type: ignore[arg-type]


# judging


def outcome(phrase: Phrase, reading: Reading) -> Outcome:
    """Exact; or less than the label says and some text is shown as unread; or wrong."""
    found = tuple(week_of(track) for track in reading.tracks)
    hours = reading.hours_per_week and (reading.hours_per_week.min, reading.hours_per_week.max)
    same = Counter(found) == Counter(phrase.tracks)
    if same and (reading.weeks, hours) == (phrase.weeks, phrase.hours):
        return "exact"
    silent = reading.weeks in (None, phrase.weeks) and hours in (None, phrase.hours)
    less = silent and all(any(_less(one, other) for other in phrase.tracks) for one in found)
    said = reading.unread or {"days_unknown", "times_unknown"} & set(reading.flags)
    return "refused" if less and said else "wrong"


def week_of(track: Track) -> Week:
    """A track as labels state it. Labels of sessions are not judged."""
    return (
        track.season,
        track.choose,
        frozenset(replace(session, label=None) for session in track.sessions),
    )


def _less(found: Week, label: Week) -> bool:
    """True if nothing in the week goes beyond the label."""
    if found[0] not in (None, label[0]) or found[1] != label[1]:
        return False
    return all(any(_vaguer(one, other) for other in label[2]) for one in found[2])


def _vaguer(one: Session, other: Session) -> bool:
    names = (
        "day",
        "start",
        "end",
        "count",
        "part_of_day",
        "span_minutes",
        "contact_minutes",
        "mode",
    )
    fits = all(getattr(one, name) in (None, getattr(other, name)) for name in names)
    return fits and one.attendance == other.attendance


def invented(phrase: Phrase, reading: Reading) -> list[str]:
    """Days, times and counts that the label does not hold; a flag does not excuse them."""
    label = [session for week in phrase.tracks for session in week[2]]
    allowed = {"day": {one.day for one in label} | {d for one in label for d in one.day_among},
               "start": {one.start for one in label}, "end": {one.end for one in label},
               "count": {one.count for one in label}}  # fmt: skip
    found = [session for track in reading.tracks for session in track.sessions]
    return [
        f"{name} {getattr(one, name)}"
        for one in found
        for name, values in allowed.items()
        if getattr(one, name) is not None and getattr(one, name) not in values
    ]


@dataclass(frozen=True, slots=True)
class Judged:
    """One phrase, its reading and what became of it."""

    phrase: Phrase
    reading: Reading
    outcome: Outcome
    invented: tuple[str, ...]


def judge(phrases: Sequence[Phrase], words: Words) -> list[Judged]:
    """Every phrase read and compared with its label."""
    readings = [(phrase, read(phrase.text, words)) for phrase in phrases]
    return [
        Judged(phrase, reading, outcome(phrase, reading), tuple(invented(phrase, reading)))
        for phrase, reading in readings
    ]


def share_right(judged: Sequence[Judged], split: str) -> float:
    """Of one split, the share that is exact or refused."""
    of = [one for one in judged if one.phrase.split == split]
    return statistics.mean(one.outcome != "wrong" for one in of)


def flags_missing(judged: Sequence[Judged]) -> list[tuple[str, frozenset[str]]]:
    """Flags that a label asks for and the reading, though exact, does not carry."""
    return [
        (one.phrase.text, one.phrase.flags - set(one.reading.flags))
        for one in judged
        if one.outcome == "exact" and not one.phrase.flags <= set(one.reading.flags)
    ]


# the section of the report


def section(judged: Sequence[Judged]) -> Iterator[str]:
    """Markdown: outcomes by split and class, then how long one takes."""
    yield "| phrases | exact | refused | wrong | exact or refused | facts invented |"
    yield "|---|---|---|---|---|---|"
    for split in SPLITS:
        of = [one for one in judged if one.phrase.split == split]
        for group in dict.fromkeys(one.phrase.group for one in of):
            yield _row(f"{split}: {group}", [one for one in of if one.phrase.group == group])
        yield _row(f"**{split}**", of)


def _row(name: str, of: Sequence[Judged]) -> str:
    counts = Counter(one.outcome for one in of)
    share = 1 - counts["wrong"] / len(of)
    facts = sum(len(one.invented) for one in of)
    return (
        f"| {name} ({len(of)}) | {counts['exact']} | {counts['refused']} | {counts['wrong']}"
        f" | {share:.1%} | {facts} |"
    )


def milliseconds(words: Words, text: str) -> float:
    """How long one text takes."""
    begun = time.perf_counter()
    read(text, words)
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    """Read, judge, write the section."""
    parser = argparse.ArgumentParser(prog="python -m bench.phrases", description=__doc__)
    takes_place(parser)
    into = parser.parse_args().into
    words, phrases = load_words(ROOT / "data" / "schedule_words.csv"), load_phrases()
    judged = judge(phrases, words)
    median = statistics.median(milliseconds(words, phrase.text) for phrase in phrases)
    long = "Mon-Thu 9am-12pm, 3 days a week. "
    sizes = {size: milliseconds(words, (long * size)[:size]) for size in (1_000, 10_000)}
    lines = (
        "## Schedule phrases\n",
        f"{measured_by('bench.phrases')} {len(phrases)} labelled phrases "
        f"({LABELLED.parent.name}/{LABELLED.name}).\n",
        *section(judged),
        f"\n- one phrase: median {median:.2f} ms",
        *(f"- {size:,} characters: {ms:.0f} ms" for size, ms in sizes.items()),
    )
    put("\n".join(lines), into)


if __name__ == "__main__":
    main()
