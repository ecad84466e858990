"""One door in: every change of the store and every generation passes through this module.

`keep` writes a change of claims (an import, later an edit or an undo); `publish` turns the store
into the generation that people search. Nothing else in the product writes either.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from directory.catalog.clock import Clock
from directory.catalog.program import Listing
from directory.catalog.records import Change, Desk, Records
from directory.errors import ExamplesInProduction

WriteGeneration = Callable[[Sequence[Listing], date], str]
"""Writes a generation of listings as of a day, swaps it in, and answers its name."""


@dataclass(frozen=True, slots=True)
class Published:
    """What went out: the generation's name, how many programs, how many of them examples."""

    generation: str
    programs: int
    examples: int

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "generation": self.generation,
            "programs": self.programs,
            "examples": self.examples,
        }


def keep(desk: Desk, change: Change) -> None:
    """Write a change of claims. It is kept whole when the desk closes, or not at all."""
    if not change.empty:
        desk.apply(change)


def publish(
    records: Records,
    write_generation: WriteGeneration,
    *,
    examples: bool,
    production: bool,
    clock: Clock,
) -> Published:
    """Write the store as a generation; invented programs only where `examples` says so.

    Raises `ExamplesInProduction` if production is asked to publish invented programs.
    """
    listings = [one for one in records.all() if examples or not one.example]
    invented = tuple(one.program.id for one in listings if one.example)
    if production and invented:
        raise ExamplesInProduction(invented)
    generation = write_generation(listings, clock().date())
    return Published(generation, len(listings), len(invented))
