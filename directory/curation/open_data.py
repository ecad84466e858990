"""When the files of open data are written: with each whole generation, and when something is taken back.

Writing them takes longer than revising a generation, so corrections wait for the next whole one
(docs/adr/026-open-data.md). What may not be told any more does not wait.
"""

from collections.abc import Callable
from datetime import datetime

from directory.curation.publishing import Published
from directory.exchange.release import Release
from directory.exchange.releases import Releases, Standing, takes_back


def release(
    releases: Releases,
    published: Published,
    standing: Callable[[], Standing],
    at: datetime,
    told: Callable[[str], None],
) -> Release | None:
    """Write the open data of what was published; None if the files that stand may stay."""
    before = releases.current()
    if published.withdraws:
        releases.withdraw()
    elif before and not published.whole:
        return None
    generation = standing()
    if before and published.whole and takes_back(before, generation.all()):
        releases.withdraw()
    return releases.write(generation, at, told)
