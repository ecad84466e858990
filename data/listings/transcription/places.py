"""The rows of all lists gathered by site, by the joining rules and the decisions of people."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from transcription.joining import judge, withholds
from transcription.pages import door_of
from transcription.sources import Door, FederalRow, Page, StateRow

Decisions = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows and what was made of them."""

    left: Door
    right: Door
    reason: str


@dataclass(slots=True)
class Place:
    """One site in the making: every row that means it."""

    federal: list[FederalRow] = field(default_factory=list)
    state: list[StateRow] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    withheld: bool = False

    def doors(self) -> Iterator[Door]:
        """The doors of all rows, lists first."""
        yield from (row.door for row in self.federal)
        yield from (row.door for row in self.state)
        yield from (door_of(page) for page in self.pages)

    def outpatient(self) -> list[StateRow]:
        """The certificates of outpatient programs."""
        return [row for row in self.state if row.outpatient]


@dataclass(slots=True)
class Gathered:
    """All places, what was joined and why, and what a person has to look at."""

    places: list[Place]
    joined: list[Pair] = field(default_factory=list)
    review: list[Pair] = field(default_factory=list)
    hidden: list[Pair] = field(default_factory=list)


def read_decisions(path: Path) -> dict[tuple[str, str], str]:
    """Pairs of rows that a person decided to join, with the reason."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["left"], row["right"]): row["reason"] for row in csv.DictReader(file)}


def relevant(row: FederalRow) -> bool:
    """An IOP by code, a day program, or mental health care that may run an IOP."""
    return bool(row.codes & {"OIT", "ODT", "PHDT"})


def gather(
    federal: Iterable[FederalRow],
    state: Iterable[StateRow],
    pages: Iterable[Page],
    decisions: Decisions,
) -> Gathered:
    """Gather rows by site: federal rows, then certificates, then pages."""
    listed = tuple(federal)
    gathered = Gathered([])
    for row in filter(relevant, listed):
        _place_of(gathered, row.door, decisions).federal.append(row)
    # Licenses of residential houses count only where a kept program is at the same door.
    for certificate in sorted(state, key=lambda row: not row.outpatient):
        _add_certificate(gathered, certificate, decisions)
    for row in listed:
        if row.directory == "substance" and not relevant(row):
            _add_regular_outpatient(gathered, row, decisions)
    for page in pages:
        _place_of_page(gathered, page, decisions).pages.append(page)
    _withhold(gathered, listed)
    _put_to_review(gathered)
    return gathered


def _reason_to_join(a: Door, b: Door, decisions: Decisions) -> str | None:
    decided = decisions.get((a.key, b.key)) or decisions.get((b.key, a.key))
    if decided:
        return decided
    judgment = judge(a, b)
    return judgment.reason if judgment.verdict == "join" else None


def _find(gathered: Gathered, door: Door, decisions: Decisions) -> Place | None:
    for place in gathered.places:
        for other in place.doors():
            if reason := _reason_to_join(other, door, decisions):
                gathered.joined.append(Pair(other, door, reason))
                return place
    return None


def _place_of(gathered: Gathered, door: Door, decisions: Decisions) -> Place:
    place = _find(gathered, door, decisions)
    if place is None:
        place = Place()
        gathered.places.append(place)
    return place


def _add_certificate(gathered: Gathered, row: StateRow, decisions: Decisions) -> None:
    place = _find(gathered, row.door, decisions)
    if place is None and row.outpatient:
        place = Place()
        gathered.places.append(place)
    if place is not None:
        place.state.append(row)


def _add_regular_outpatient(gathered: Gathered, row: FederalRow, decisions: Decisions) -> None:
    place = _find(gathered, row.door, decisions)
    if place is not None:
        place.federal.append(row)


def _place_of_page(gathered: Gathered, page: Page, decisions: Decisions) -> Place:
    door = door_of(page)
    for place in gathered.places:
        others = [door_of(other) for other in place.pages]
        if not (place.federal or place.state) and any(
            other.names == door.names and other.street == door.street for other in others
        ):
            return place
    listed = Gathered([place for place in gathered.places if place.federal or place.state])
    found = _find(listed, door, decisions)
    gathered.joined.extend(listed.joined)
    if found is None:
        found = Place()
        gathered.places.append(found)
    return found


def _withhold(gathered: Gathered, federal: tuple[FederalRow, ...]) -> None:
    for place in gathered.places:
        place.withheld = any(door.withheld for door in place.doors())
        for row in federal:
            for certificate in place.state:
                if withholds(row.door, certificate.door):
                    place.withheld = True
                    gathered.hidden.append(Pair(row.door, certificate.door, "street withheld"))


def _put_to_review(gathered: Gathered) -> None:
    for home in gathered.places:
        if home.outpatient():
            continue
        for place in gathered.places:
            if place is not home:
                gathered.review.extend(_doubts(home, place))


def _doubts(home: Place, other: Place) -> list[Pair]:
    """Certificates that may belong to a federal row without one; two surveys count once."""
    found: dict[tuple[str, str], Pair] = {}
    for row in home.federal:
        for certificate in other.outpatient():
            judgment = judge(row.door, certificate.door)
            if judgment.verdict == "review":
                pair = Pair(row.door, certificate.door, judgment.reason)
                found[row.name, certificate.number] = pair
    return list(found.values())
