"""What explaining a program takes beside its columns: read once, small, kept for the next page."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Mode, Track
from directory.matching.attend import Verdict
from directory.matching.criteria import CRITERIA
from directory.matching.criterion import Context
from directory.matching.first_group import first_group_of
from directory.matching.index import Index
from directory.matching.outcome import NO_PROOF, FirstGroup, Proof, Record, ScheduleAnswer, proof_of
from directory.matching.pattern import pattern_of
from directory.matching.roster import courses_of, mode_of
from directory.matching.timetable import settled

MOST_BRIEFS = 16_384
"""Programs kept at a time: all of them, in all but the largest directories."""


@dataclass(frozen=True, slots=True)
class Course:
    """A track with its seasons. `settled` has the schedule's answer by verdict, where that decides."""

    tracks: tuple[Track, ...]
    mode: Mode | None
    from_home: bool
    at_peak: bool
    first: FirstGroup
    settled: Mapping[Verdict, ScheduleAnswer]


@dataclass(frozen=True, slots=True)
class Brief:
    """One program: its courses, the proof of each fact, and what is known beside yes and no.

    `details` has, by criterion, the nuance of each code that has one.
    """

    listed: bool
    time_zone: str | None
    courses: tuple[Course, ...]
    proofs: Mapping[str, Proof]
    details: Mapping[str, Mapping[str, str]]

    def proof(self, fact: str, item: str | None = None) -> Proof:
        """The proof of one item of a fact, else of the fact."""
        whole = self.proofs.get(fact, NO_PROOF)
        if item is None:
            return whole
        return self.proofs.get(f"{fact}:{item}") or self.proofs.get(f"{fact}:", whole)


@dataclass(slots=True)
class Briefs:
    """The briefs of the generation that answers today. Safe for several threads."""

    most: int = MOST_BRIEFS
    _of: tuple[str, date] | None = None
    _kept: dict[int, Brief] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(
        self, index: Index, rows: Sequence[int], records: Sequence[Record], now: "Today"
    ) -> list[Brief]:
        """The briefs of these rows of one generation."""
        kept = self._of_generation((index.name, now.day))
        return [
            kept.get(row) or self._add(kept, row, record, now)
            for row, record in zip(rows, records, strict=True)
        ]

    def _of_generation(self, of: tuple[str, date]) -> dict[int, Brief]:
        with self._lock:
            if self._of != of:
                self._of, self._kept = of, {}
            return self._kept

    def _add(self, kept: dict[int, Brief], row: int, record: Record, now: "Today") -> Brief:
        brief = brief_of(record.listing, now)
        with self._lock:
            if len(kept) >= self.most:
                del kept[next(iter(kept))]
            kept[row] = brief
        return brief


@dataclass(frozen=True, slots=True)
class Today:
    """What is looked up, and the day on which it is asked."""

    context: Context
    day: date


def brief_of(listing: Listing, now: Today) -> Brief:
    """The brief of one program."""
    context, program = now.context, listing.program
    proofs = dict(_proofs(program, context))
    address = context.proof(listing.site, "address")
    details = {one.name: one.details(listing, context) for one in CRITERIA}
    tracks = proofs.get("tracks", NO_PROOF)
    return Brief(
        listed=bool(program.tracks),
        time_zone=listing.site.time_zone,
        courses=tuple(_course(one, listing, tracks, now) for one in courses_of(listing)),
        proofs={**proofs, "address": address},
        details={name: one for name, one in details.items() if one},
    )


def _proofs(program: Program, context: Context) -> Iterator[tuple[str, Proof]]:
    """By fact and item; 'payers:' is for payers of no dispute where another payer is in one."""
    for key in dict.fromkeys((*program.evidence, *program.rivals)):
        fact, _, item = key.partition(":")
        if fact in _FACTS:
            yield key, context.proof(program, fact, item or None)
            if item and key in program.rivals:
                source = program.evidence.get(fact)
                yield f"{fact}:", proof_of(source, context.age_state(fact, source))


_FACTS = frozenset({"tracks", *(criterion.fact for criterion in CRITERIA)})


def _course(tracks: tuple[Track, ...], listing: Listing, proof: Proof, now: Today) -> Course:
    zone = listing.site.time_zone
    patterns = [pattern_of(track, None) for track in tracks]
    return Course(
        tracks=tracks,
        mode=mode_of(tracks),
        from_home=all(slot.mode == "virtual" for one in patterns for slot in one.slots),
        at_peak=any(one.at_peak for one in patterns),
        first=first_group_of(tracks[0], listing.program, now.day, now.context.freshness, proof),
        settled={} if proof.in_doubt else settled(tracks, zone, proof),
    )
