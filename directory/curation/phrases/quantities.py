"""What numbers in a schedule can mean: how often, how long, how many to choose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """From least to most; None where the text does not bound it."""

    least: float | None
    most: float | None

    @property
    def is_one(self) -> bool:
        """True for a plain number."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Count:
    """How often a week: days or sessions; `part` where they are evenings."""

    range: Range
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A person chooses so many; `of` how many, where said."""

    range: Range
    of: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """Minutes of a day; `contact` where the text speaks of groups with breaks between."""

    range: Range
    contact: bool = False


@dataclass(frozen=True, slots=True)
class Weeks:
    """How many weeks the program lasts."""

    range: Range


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week, as stated."""

    range: Range


Amount = Count | Choice | Length | Weeks | Hours
