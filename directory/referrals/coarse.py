"""What is kept of a need: codes and bands. The place, the week, the age and the words are not."""

from collections.abc import Mapping

from directory.catalog.referral import AgeBand, CoarseNeeds, Fit
from directory.catalog.vocabulary import Vocabularies
from directory.matching.attend import Verdict
from directory.matching.need import Need
from directory.matching.outcome import Match

# The last year of life of each band.
_UP_TO: tuple[tuple[int, AgeBand], ...] = (
    (12, "child"),
    (17, "teen"),
    (25, "young_adult"),
    (64, "adult"),
)
_FIT: Mapping[Verdict, Fit] = {"fits": "yes", "misses": "no", "cannot_tell": "unknown"}


def coarse(need: Need, vocabularies: Vocabularies) -> CoarseNeeds:
    """The coarse needs of a need; where several are wanted, the first of them."""
    return CoarseNeeds(
        level=next(iter(need.level_of_care), None),
        age=None if need.age is None else band_of(need.age),
        payer=class_of(need.payer, vocabularies) if need.payer else None,
        language=next(iter(need.languages), None),
    )


def band_of(age: int) -> AgeBand:
    """The band of an age."""
    return next((band for last, band in _UP_TO if age <= last), "older_adult")


def class_of(payer: str, vocabularies: Vocabularies) -> str:
    """The widest class of a payer: a plan's name may tell where somebody works."""
    return vocabularies["payers"].widened(payer)[-1]


def fit_of(match: Match | None) -> Fit:
    """Whether a program's week fits; unknown where no week was asked."""
    if match is None or match.schedule is None:
        return "unknown"
    return _FIT[match.schedule.verdict]
