"""A curator looked at an item and leaves the listing as it is: it stays away for a while, and is remembered.

What changes at the listing makes another item, which is shown at once.
"""

from collections.abc import Mapping
from datetime import timedelta

from directory.catalog.clock import Clock
from directory.catalog.records import Desk
from directory.catalog.set_aside import WHYS_ASIDE, SetAside, WhyAside
from directory.curation.publishing import drop_set_aside, keep_set_aside
from directory.curation.worklist.items import Item
from directory.errors import BadValue

AWAY_DAYS: Mapping[WhyAside, int] = {"right": 365, "cannot_tell": 90, "not_reached": 14}
"""How long an item stays away."""


def set_aside(desk: Desk, item: Item, why: str, clock: Clock) -> SetAside:
    """Leave an item as it is. Raises `BadValue`."""
    reason = next((one for one in WHYS_ASIDE if one == why), None)
    if reason is None:
        raise BadValue("why", why[:40], "why it stays as it is", WHYS_ASIDE)
    today = clock().date()
    until = today + timedelta(days=AWAY_DAYS[reason])
    fact = f"{item.subject[0]}.{item.fact}" if item.fact else ""
    kept = SetAside(item.mark, item.queue, item.program, fact, reason, today, until)
    keep_set_aside(desk, kept)
    return kept


def bring_back(desk: Desk, mark: str) -> bool:
    """Put an item back into its queue; False if it is there."""
    return drop_set_aside(desk, mark)
