"""One file a rule, or a small family. Registered here, in the order of their numbers.

Rules of one listing run when a generation is published and may be serious. Rules across listings run
only in `check`: what they find depends on other programs, so it is never serious (docs/adr/019).
"""

from collections.abc import Callable, Iterator, Sequence

from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.curation.lint.rules import (
    billing,
    evening,
    hours,
    licenses,
    medicare,
    openings,
    phases,
    phones,
    school,
    stale,
    week,
)
from directory.curation.lint.yardstick import Rule, Yardstick

RULES: tuple[Rule, ...] = (
    hours.RULE,
    medicare.IN_SETTING,
    medicare.BY_VIDEO,
    licenses.RULE,
    billing.RULE,
    school.RULE,
    week.RULE,
    evening.RULE,
    phases.RULE,
    phones.RULE,
    openings.RULE,
    openings.OF_AGE,
    stale.RULE,
)

Across = Callable[[Sequence[Listing], Yardstick], Iterator[Finding]]

RULES_ACROSS: tuple[tuple[str, Across], ...] = ((phones.SHARED, phones.shared),)
"""Each with its one case: looks at all listings at once, in linear time."""
