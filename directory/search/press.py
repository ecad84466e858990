"""What `curation.publishing` prints with: generations, and how they are built."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.catalog.program import Listing
from directory.catalog.whereabouts import Journal, Standing
from directory.search.building import Builder
from directory.search.generations import Generations
from directory.search.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Press:
    """Writes generations and swaps them in."""

    generations: Generations
    builder: Builder

    def standing(self, as_of: date, *, examples: bool) -> Standing | None:
        """What is published; None if a whole generation has to be built.

        That is so on another day (facts age), once vocabularies, places or the program itself
        have changed, and where invented programs may stand now and could not before, or the reverse.
        """
        return self.generations.standing(self.builder.basis, as_of, examples=examples)

    def write(self, listings: Sequence[Listing], as_of: date, journal: Journal) -> Manifest:
        """Build and swap in a whole generation."""
        return self.generations.write(self.builder, listings, as_of, journal)

    def revise(self, came: Sequence[Listing], gone: frozenset[str], journal: Journal) -> Manifest:
        """The same from the one that stands: `came` are new or changed, `gone` program ids."""
        return self.generations.revise(self.builder, came, gone, journal)
