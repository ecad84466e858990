"""The address of a program on our site: readable, unique, and never given to another program."""

import re
from collections import Counter
from collections.abc import Iterable

from directory.catalog.records import Desk
from directory.catalog.vocabulary import folded

LONGEST_SLUG = 80


def taken(desk: Desk) -> frozenset[str]:
    """What no new address may be: every one ever given, and the ids of programs, which answer too."""
    return frozenset(desk.addresses()) | frozenset(desk.programs())


class Slugs:
    """The slugs that are taken, and the next free one for a name."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        # Where to go on counting: thousands of programs of a chain may share one name.
        self._counts: Counter[str] = Counter()

    def new(self, organization: str, program: str, program_id: str) -> str:
        """Take a free slug from the two names; the organization is not said twice."""
        name = program if folded(organization) in folded(program) else f"{organization} {program}"
        slug = plain_slug(name) or plain_slug(program_id) or "program"
        free = slug
        while free in self._taken:
            self._counts[slug] += 1
            free = f"{slug}-{self._counts[slug] + 1}"
        self._taken.add(free)
        return free


def plain_slug(text: str) -> str:
    """Lower case words with hyphens."""
    words = re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")
    return words[:LONGEST_SLUG].rstrip("-")
