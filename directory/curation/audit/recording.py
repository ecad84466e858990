"""Take in a filled sheet: each good row is kept, each bad one named; what calls found can be applied."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from directory.catalog.accuracy import RESULTS, Drawn, Heard, Result
from directory.catalog.clock import Clock
from directory.catalog.evidence import Source
from directory.catalog.listing import Json
from directory.catalog.program import Listing
from directory.catalog.records import Change, Claim, Desk, LiveClaim, Subject, WritableRecords
from directory.curation.audit.questions import Question, home_of, listed
from directory.curation.claims import canonical
from directory.curation.publishing import keep, keep_heard
from directory.curation.reading import Refused, shown
from directory.errors import UnreadableFile

SOURCE = "Call audit"
CALLER = re.compile(r"[a-z][a-z0-9-]{0,19}")

Read = Callable[[str, str], Json]
"""Reads what a caller found of a fact into the listing format. Raises ValueError with what it expects."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer, and the value that was found where ours is wrong."""

    heard: Heard
    found: Json = None


@dataclass(slots=True)
class Recorded:
    """What was taken in. `waiting` rows hold no result yet."""

    audit: int
    recorded: int = 0
    waiting: int = 0
    refused: list[Refused] = field(default_factory=list)
    applied: int = 0
    change: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return asdict(self)


def record(
    records: WritableRecords,
    text: str,
    questions: Sequence[Question],
    read: Read,
    *,
    apply: bool,
    clock: Clock,
) -> Recorded:
    """Keep the answers of a sheet; with `apply`, state what was told as claims of a phone call.

    Raises `UnreadableFile` if it is no sheet of one audit.
    """
    rows = list(csv.DictReader(io.StringIO(text)))
    with records.desk() as desk:
        drawn = _audit(rows, desk)
        report = Recorded(drawn.number)
        facts = {question.fact for question in questions}
        good = list(_good(rows, _Reader(drawn, facts, read, clock().date()), report))
        report.recorded = len(good)
        if apply:
            report.applied, report.change = take_in(records, desk, drawn.number, good, clock())
        else:
            keep_heard(desk, drawn.number, [one.heard for one in good])
    return report


def take_in(
    records: WritableRecords, desk: Desk, number: int, rows: Sequence[Row], at: datetime
) -> tuple[int, int | None]:
    """Keep what calls told, and state it as claims by phone: how many, and the change that did."""
    keep_heard(desk, number, [one.heard for one in rows])
    change = _claims(rows, records, desk, at)
    return len(change.stated), keep(desk, change)


def _audit(rows: Sequence[Mapping[str, str]], desk: Desk) -> Drawn:
    numbers = {(row.get("audit") or "").strip() for row in rows}
    number = next(iter(numbers), "")
    drawn = desk.audits.drawn(int(number)) if len(numbers) == 1 and number.isdecimal() else None
    if drawn is None:
        got = f"the audits {', '.join(sorted(numbers))}" if rows else "no rows"
        raise UnreadableFile("FILE", got, "the rows of one audit, as `audit draw` printed them")
    return drawn


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a row is checked against."""

    drawn: Drawn
    facts: set[str]
    read: Read
    today: date

    def row(self, row: Mapping[str, str]) -> Row:
        """The answer of a row. Raises `_Bad`."""
        fact = self._one_of(row, "fact", sorted(self.facts))
        program = _cell(row, "program")
        if program not in self.drawn.programs:
            raise _Bad("program", program, f"a program of audit {self.drawn.number}")
        result: Result = RESULTS[RESULTS.index(self._one_of(row, "result", RESULTS))]
        caller = _cell(row, "caller")
        if not CALLER.fullmatch(caller):
            raise _Bad("caller", caller, "a label in small letters such as caller-1, no name")
        return Row(Heard(program, fact, result, self._day(row), caller), self._found(row, fact))

    def _one_of(self, row: Mapping[str, str], name: str, allowed: Sequence[str]) -> str:
        text = _cell(row, name)
        if text not in allowed:
            raise _Bad(name, text, f"one of {', '.join(allowed)}")
        return text

    def _day(self, row: Mapping[str, str]) -> date:
        text = _cell(row, "called_on")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.max
        if not self.drawn.drawn_on <= day <= self.today:
            expected = f"a date from {self.drawn.drawn_on} to {self.today}"
            raise _Bad("called_on", text, expected)
        return day

    def _found(self, row: Mapping[str, str], fact: str) -> Json:
        text = _cell(row, "found")
        if not text:
            return None
        if _cell(row, "result") != "wrong":
            raise _Bad("found", text, "nothing where the result is not wrong")
        try:
            return self.read(fact, text)
        except ValueError as refused:
            raise _Bad("found", text, str(refused)) from None


class _Bad(Exception):  # noqa: N818 - a row that is refused, not a fault
    def __init__(self, name: str, got: str, expected: str) -> None:
        super().__init__(name)
        self.name, self.got, self.expected = name, got, expected


def _cell(row: Mapping[str, str], name: str) -> str:
    return (row.get(name) or "").strip()


def _good(rows: Sequence[Mapping[str, str]], reader: _Reader, report: Recorded) -> Iterator[Row]:
    for line, row in enumerate(rows, start=2):
        if not _cell(row, "result"):
            report.waiting += 1
            continue
        try:
            yield reader.row(row)
        except _Bad as bad:
            got = shown(bad.got or None)
            report.refused.append(Refused(f"line {line}", bad.name, got, bad.expected))


def _claims(rows: Sequence[Row], records: WritableRecords, desk: Desk, at: datetime) -> Change:
    """What was confirmed, and what was found instead, as the word of the program on the phone."""
    listings = {one.heard.program: records.get(one.heard.program) for one in rows}
    said: dict[tuple[Subject, str], Claim] = {}
    for one in sorted(rows, key=lambda row: row.heard.called_on):
        listing = listings[one.heard.program]
        if listing is not None and (claim := _claim(one, listing)):
            said[claim.subject, claim.fact] = claim
    known: dict[tuple[Subject, str], LiveClaim] = {
        (one.claim.subject, one.claim.fact): one
        for one in desk.claims(SOURCE, {SOURCE})
        if one.claim.source.name == SOURCE
    }
    fresh = {key: one for key, one in said.items() if _is_new(one, known.get(key))}
    return Change(
        through=SOURCE,
        at=at,
        what="call",
        stated=tuple(fresh.values()),
        withdrawn=tuple(known[key].id for key in fresh if key in known),
    )


def _is_new(claim: Claim, known: LiveClaim | None) -> bool:
    if known is None:
        return True
    same = (known.claim.value, known.claim.source) == (claim.value, claim.source)
    return not same and known.claim.source.seen_on <= claim.source.seen_on


def _claim(row: Row, listing: Listing) -> Claim | None:
    heard = row.heard
    value = listed(listing, heard.fact) if heard.result == "correct" else row.found
    if value is None:
        return None
    home = home_of(listing, heard.fact)
    kind: Subject = ("site", home.id) if home is listing.site else ("program", home.id)
    source = Source(SOURCE, heard.called_on, "phone", confirmed_by="program")
    return Claim(kind, heard.fact, canonical(value), source)
