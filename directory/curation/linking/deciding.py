"""What a person says of two rows, and taking it back: the row's claims move, and move back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from directory.catalog.links import Answered, Link, LinkChange, Pair
from directory.catalog.records import Change, Desk
from directory.curation.linking.following import THROUGH, Moving, followed
from directory.curation.linking.moving import Back, Move
from directory.curation.linking.rewriting import KEPT_BACK
from directory.curation.publishing import keep, keep_links
from directory.errors import CannotLink, UnknownPair


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a pair. `change` is the change of claims, None where none moved."""

    pair: int
    answer: str
    by: str
    moved: int
    site: str | None
    change: int | None

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "pair": self.pair,
            "answer": self.answer,
            "by": self.by,
            "claims_moved": self.moved,
            "site": self.site,
            "change": self.change,
        }


def say_different(desk: Desk, number: int, by: str, at: datetime) -> Decided:
    """Remember that two rows are two sites; a street kept back only for this pair is shown again."""
    pair = _waiting(desk, number)
    keys = {pair.left_key, pair.right_key}
    kept_back = [
        one.id
        for one in desk.from_origins(keys)
        if one.claim.source.name == KEPT_BACK and one.claim.subject[1] in _sites_of(desk, keys)
    ]
    change = keep(desk, Change(THROUGH, at, withdrawn=tuple(kept_back), what="link"))
    keep_links(desk, LinkChange(at, answered=(Answered(number, "different", by, change),)))
    return Decided(number, "different", by, 0, None, change)


def say_same(desk: Desk, number: int, by: str, at: datetime) -> Decided:
    """Make two sites one: everything that lists say of the one moves to the other.

    The site that a curator wrote stays, else the left one. Raises `CannotLink` if both were.
    """
    pair = _waiting(desk, number)
    links = desk.links.live()
    left, right = _site_of(links, pair.left_key), _site_of(links, pair.right_key)
    stays, goes = (right, left) if _written_by_hand(desk, number, left, right) else (left, right)
    if stays == goes:
        keep_links(desk, LinkChange(at, answered=(Answered(number, "same", by),)))
        return Decided(number, "same", by, 0, stays, None)
    move = Move(desk, links, goes, stays)
    moving = Moving(move.withdrawn, move.stated)
    change = keep(desk, followed(move.change(at), moving, desk, at))
    added = [replace(one, pair=number, how="person") for one in move.added]
    answered = (Answered(number, "same", by, change),)
    ended = tuple(one.id for one in move.ended)
    keep_links(desk, LinkChange(at, (), tuple(added), ended, number, answered))
    return Decided(number, "same", by, len(move.stated), stays, change)


def take_back(desk: Desk, number: int, by: str, at: datetime) -> Decided:
    """Undo an answer, a rule's too: the rows are sites of their own again.

    A person's answer leaves the question open again. What a rule linked is remembered as different.
    """
    pair = desk.links.pair(number)
    if pair is None or pair.undone_at is not None:
        raise UnknownPair(number)
    if pair.answer is None:
        raise CannotLink(number, "nobody has decided it yet")
    again = replace(pair, answer=None, by=None, answered_at=None, found_at=at, change=None)
    if pair.rule != "person" and pair.by == "rule":
        again = replace(again, answer="different", by=by, answered_at=at)
    back = Back(desk, pair)
    moving = Moving(back.withdrawn, back.stated)
    change = keep(desk, followed(back.change(at), moving, desk, at))
    keep_links(
        desk,
        LinkChange(
            at,
            found=(again,),
            added=tuple(back.added),
            ended=tuple(one.id for one in desk.links.of_pair(number)),
            ended_by=number,
            undone=(number,),
        ),
    )
    return Decided(number, "taken back", by, len(back.stated), back.site, change)


def _waiting(desk: Desk, number: int) -> Pair:
    pair = desk.links.pair(number)
    if pair is None or pair.undone_at is not None:
        raise UnknownPair(number)
    if pair.answer is not None:
        raise CannotLink(number, f"{pair.by} said {pair.answer!r} already; undo it first")
    return pair


def _site_of(links: Iterable[Link], key: str) -> str:
    if key.startswith("site:"):
        return key.removeprefix("site:")
    return next(one.subject_id for one in links if one.kind == "site" and one.origin == key)


def _sites_of(desk: Desk, keys: Iterable[str]) -> set[str]:
    links = desk.links.live()
    return {_site_of(links, key) for key in keys}


def _written_by_hand(desk: Desk, number: int, left: str, right: str) -> bool:
    """True if only the right one is a curator's own; raises `CannotLink` if both are."""
    own = {
        one.claim.subject[1]
        for one in desk.live_on({("site", left), ("site", right)})
        if not one.claim.origin
    }
    if left != right and {left, right} <= own:
        raise CannotLink(number, f"{left} and {right} both come from listings; change the listing")
    return right in own and left not in own
