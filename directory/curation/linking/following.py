"""Addresses follow the rows: a program whose rows all went to another one leads there, and back again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from directory.catalog.evidence import Source
from directory.catalog.records import Change, Claim, Desk, LiveClaim, Subject
from directory.catalog.whereabouts import REMOVED
from directory.curation.standing import removal

THROUGH = "Linking"


@dataclass(frozen=True, slots=True)
class Moving:
    """Claims that move: withdrawn where they were, restored where they go."""

    withdrawn: Sequence[LiveClaim]
    restored: Sequence[LiveClaim]


def followed(change: Change, moving: Moving, desk: Desk, at: datetime) -> Change:
    """The change, with addresses that follow.

    Who loses its name, and whose row names another program now, stands there twice no more; who gets
    its name back is listed again, unless a person took it off.
    """
    named, gone = _naming(moving.restored), {one.id for one in moving.withdrawn}
    touched: set[Subject] = {("program", key) for key in {*named, *_naming(moving.withdrawn)}}
    live = [past.kept for past in desk.live_on(touched)]
    keeping = set(_naming([one for one in live if one.id not in gone])) | set(named)
    back = [one.id for one in live if _by_linking(one) and one.claim.subject[1] in named]
    return replace(
        change,
        stated=(*change.stated, *_led(moving, keeping, Source(THROUGH, at.date(), "list"))),
        withdrawn=(*change.withdrawn, *back),
    )


def _led(moving: Moving, keeping: set[str], source: Source) -> Iterator[Claim]:
    """Each program that nobody names any more, to the one that its row names now."""
    homes = {
        one.claim.origin: key for key, some in _naming(moving.restored).items() for one in some
    }
    for key, claims in sorted(_naming(moving.withdrawn).items()):
        into = next((homes[one.claim.origin] for one in claims if one.claim.origin in homes), None)
        if key not in keeping and into is not None:
            yield removal(key, "listed_twice", into, source)


def _naming(claims: Sequence[LiveClaim]) -> dict[str, list[LiveClaim]]:
    """The claims that name programs, by program."""
    found: dict[str, list[LiveClaim]] = {}
    for one in claims:
        kind, key = one.claim.subject
        if kind == "program" and one.claim.fact == "name":
            found.setdefault(key, []).append(one)
    return found


def _by_linking(one: LiveClaim) -> bool:
    return one.claim.fact == REMOVED and one.claim.source.name == THROUGH
