"""Which addresses are for machines, and what holds for each: one row for each kind, the first that fits.

Pages, static files and what partners frame are none of these: they are not counted, and no script
of another site may read them.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

Rate = Literal["api", "suggest", "reports"]

READ: Set[str] = frozenset({"GET", "HEAD"})
ASKED = READ | {"POST"}
NOTHING: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """`shared`: methods that pages of other sites may use (CORS, never with credentials).

    `rate` names the bucket that requests are drawn from, `scope` what a key must be made for.
    """

    start: str
    shared: Set[str]
    scope: str
    rate: Rate = "api"


# A question in a body says nothing to a log: that is why these may be posted from anywhere. A report
# is told on our page or by a server: from the pages of others it could only be made unasked.
RULES = (
    Rule("/api/v1/reports", shared=NOTHING, scope="reports", rate="reports"),
    Rule("/api/v1/suggest", shared=ASKED, scope="api", rate="suggest"),
    Rule("/api/v1/match", shared=ASKED, scope="api"),
    Rule("/api/v1/programs", shared=ASKED, scope="api"),
    Rule("/api/", shared=READ, scope="api"),
    Rule("/hsds/", shared=ASKED, scope="hsds"),
    Rule("/exports/", shared=READ, scope="exports"),
)


# The root of each room is its page for people.
PAGES = ("/api/", "/hsds/", "/exports/")


def rule_of(path: str) -> Rule | None:
    """What holds for an address; None if it is not for machines, as `/api/` itself: a page about it."""
    return next((rule for rule in RULES if path.startswith(rule.start) and path not in PAGES), None)
