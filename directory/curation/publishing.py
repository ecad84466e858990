"""One door in: every change of the store and every generation passes through this module.

`keep` writes a change of claims (an import, later an edit or an undo); `publish` turns the store
into the generation that people search. Nothing else in the product writes either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from directory.catalog.accuracy import Drawn, Heard
from directory.catalog.links import LinkChange
from directory.catalog.program import Listing
from directory.catalog.proposal import Proposal, Settled
from directory.catalog.records import Change, Desk, Records
from directory.catalog.report import Report
from directory.catalog.set_aside import SetAside
from directory.catalog.whereabouts import Journal, Standing
from directory.curation.lint.inspecting import published
from directory.curation.lint.yardstick import Yardstick
from directory.errors import ExamplesInProduction

MOST_CHANGED = 200
"""More changed programs than this, and the whole is built anew."""


class Counts(Protocol):
    """How many programs a generation holds, and how many of them are invented."""

    @property
    def programs(self) -> int:
        """All programs."""

    @property
    def examples(self) -> int:
        """The invented ones."""


class Printed(Protocol):
    """A generation that was written."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def statistics(self) -> Counts:
        """What it holds."""


class Press(Protocol):
    """What writes generations and swaps them in."""

    def standing(self, as_of: date, *, examples: bool) -> Standing | None:
        """What is published; None if a whole generation has to be written."""

    def write(self, listings: Sequence[Listing], as_of: date, journal: Journal) -> Printed:
        """Write a whole generation, with what became of every program."""

    def revise(self, came: Sequence[Listing], gone: frozenset[str], journal: Journal) -> Printed:
        """Write one from the one that stands, with these new or changed, and those gone.

        `journal` has what became of programs since.
        """


@dataclass(frozen=True, slots=True)
class Published:
    """What went out: the generation's name, how many programs, how many of them examples.

    `whole`: built anew, not revised. `withdraws`: something that was told may not be told any more.
    """

    generation: str
    programs: int
    examples: int
    whole: bool = True
    withdraws: bool = False

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "generation": self.generation,
            "programs": self.programs,
            "examples": self.examples,
        }


def keep(desk: Desk, change: Change) -> int | None:
    """Write a change of claims and answer its number; None if there is nothing to write.

    It is kept whole when the desk closes, or not at all.
    """
    return None if change.empty else desk.apply(change)


def keep_links(desk: Desk, change: LinkChange) -> Sequence[int]:
    """Write which row is which record; answers the numbers of the pairs found."""
    return desk.links.apply(change)


def keep_sample(desk: Desk, drawn: Drawn) -> int:
    """Write a sample of programs to call, and answer its number."""
    return desk.audits.draw(drawn)


def keep_heard(desk: Desk, number: int, heard: Sequence[Heard]) -> None:
    """Write what calls told; it replaces what was told of the same facts before."""
    desk.audits.hear(number, heard)


def keep_proposal(desk: Desk, proposal: Proposal) -> int:
    """Write a change that a program asks for, and answer its number."""
    return desk.proposals.add(proposal)


def settle_proposal(desk: Desk, number: int, settled: Settled) -> bool:
    """Write what became of it; False if none of this number waits."""
    return desk.proposals.settle(number, settled)


def keep_report(desk: Desk, report: Report) -> int:
    """Write a problem that a visitor told, and answer its number."""
    return desk.reports.add(report)


def keep_set_aside(desk: Desk, item: SetAside) -> None:
    """Write that a curator leaves an item of a queue as it is; those whose time is over go."""
    desk.set_asides.forget(item.on)
    desk.set_asides.put(item)


def drop_set_aside(desk: Desk, mark: str) -> bool:
    """Forget that; False if nobody had said so."""
    return desk.set_asides.drop(mark)


def close_report(desk: Desk, number: int, on: date) -> bool:
    """Close a reported problem; False if none of this number is open."""
    return desk.reports.close(number, on)


def forget_reports(desk: Desk, before: date) -> int:
    """Delete reports that were told before a day; answers how many."""
    return desk.reports.forget(before)


def publish(
    records: Records,
    press: Press,
    *,
    examples: bool,
    production: bool,
    by: Yardstick,
    whole: bool = False,
) -> Published:
    """Write the store as a generation of the yardstick's day, each program with its serious findings.

    Invented programs only where `examples` says so.

    Where little has changed since the one that stands, only that is written anew, unless `whole`
    is asked for. Raises `ExamplesInProduction` if production is asked to publish invented programs.
    """
    today = by.today
    standing = None if whole else press.standing(today, examples=examples and not production)
    with records.still() as seen:
        change = None if standing is None else changed_since(seen, standing)
        if change is None:
            listings = _allowed(seen.all(), examples=examples, production=production)
            journal = _told_of(seen.journal(), examples)
    if change is None:
        printed = press.write(_measured(listings, by), today, journal)
        return _told(printed, withdraws=False)
    came = _allowed(change.came, examples=examples, production=production)
    left_out = {one.program.id for one in change.came} - {one.program.id for one in came}
    gone = change.gone | left_out
    withdraws = bool(gone) or any(one.site.address.withheld for one in came)
    printed = press.revise(_measured(came, by), gone, _told_of(change.journal, examples))
    return _told(printed, whole=False, withdraws=withdraws)


@dataclass(frozen=True, slots=True)
class Since:
    """Programs that are new or changed, the ids of those that are gone, and what became of them."""

    came: tuple[Listing, ...]
    gone: frozenset[str]
    journal: Journal


def changed_since(records: Records, standing: Standing) -> Since | None:
    """What differs between the store and what stands; None if it is too much, or of another store."""
    versions, stood = records.versions(), standing.versions
    differing = [key for key, version in versions.items() if stood.get(key) != version]
    gone = frozenset(stood.keys() - versions.keys())
    if len(differing) + len(gone) > MOST_CHANGED:
        return None
    journal = records.journal(standing.change)
    if journal.marks.get(standing.change) != standing.mark:
        return None  # an older backup was restored: versions of that store say nothing here
    found = (records.get(key) for key in differing)
    return Since(tuple(one for one in found if one is not None), gone, journal)


def _told_of(journal: Journal, examples: bool) -> Journal:
    """What goes out of it: invented programs only where they may."""
    going = tuple(one for one in journal.whereabouts if examples or not one.example)
    return replace(journal, whereabouts=going, examples=examples)


def _allowed(
    listings: Iterable[Listing], *, examples: bool, production: bool
) -> tuple[Listing, ...]:
    """The listings that may go out."""
    going = tuple(one for one in listings if examples or not one.example)
    invented = tuple(one.program.id for one in going if one.example)
    if production and invented:
        raise ExamplesInProduction(invented)
    return going


def _measured(listings: Iterable[Listing], by: Yardstick) -> tuple[Listing, ...]:
    """Each listing with its findings. Only rules of one listing count here: see docs/adr/019."""
    return tuple(published(one, by) for one in listings)


def _told(printed: Printed, *, whole: bool = True, withdraws: bool) -> Published:
    counts = printed.statistics
    return Published(printed.name, counts.programs, counts.examples, whole, withdraws)
