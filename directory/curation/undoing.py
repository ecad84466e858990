"""Undo one change: what it stated is withdrawn, what it withdrew lives again. Both stay as history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.catalog.clock import Clock
from directory.catalog.records import Change, Desk, PastClaim, Subject, WritableRecords
from directory.curation.publishing import keep
from directory.errors import CannotUndo, UnknownChange

Key = tuple[Subject, str, str, str]


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did, or would do. `change` is its own number: undoing it brings all back."""

    undoes: int
    withdrawn: int
    restored: int
    touched: tuple[str, ...]
    dry_run: bool
    change: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "undoes": self.undoes,
            "dry_run": self.dry_run,
            "claims_withdrawn": self.withdrawn,
            "claims_restored": self.restored,
            "change": self.change,
            "touched": list(self.touched),
        }


def undo(records: WritableRecords, number: int, *, dry_run: bool = False, clock: Clock) -> Undone:
    """Take back one change whole, or nothing of it.

    Raises `UnknownChange`, or `CannotUndo` if a later change touched the same facts.
    """
    with records.desk(write=not dry_run) as desk:
        change = undoing(desk, number, clock())
        kept = None if dry_run else keep(desk, change)
        touched: set[Subject] = {one.claim.subject for one in desk.claims_in(number)}
        touched |= {("program", key) for key in change.moved or ()}
    return Undone(
        undoes=number,
        withdrawn=len(change.withdrawn),
        restored=len(change.restored),
        touched=tuple(sorted(f"{kind} {key}" for kind, key in touched)),
        dry_run=dry_run,
        change=kept,
    )


def undoing(desk: Desk, number: int, at: datetime) -> Change:
    """The change that takes another one back."""
    written = desk.written(number)
    if written is None:
        raise UnknownChange(number)
    claims = desk.claims_in(number)
    stated = [one for one in claims if one.stated_in.id == number]
    taken = [one for one in claims if one.withdrawn_in and one.withdrawn_in.id == number]
    live = desk.live_on({one.claim.subject for one in claims})
    moves = desk.moves_in(number)
    _refuse_if_undone(desk, number, stated, taken)
    _refuse_if_touched(number, stated, taken, live)
    _refuse_if_moved_on(number, moves)
    _refuse_nameless(number, desk, stated, taken, live)
    return Change(
        through=written.through,
        at=at,
        what="undo",
        undoes=number,
        withdrawn=tuple(one.kept.id for one in stated),
        restored=tuple(one.kept for one in taken),
        found=tuple(sorted(desk.flagged_in(number))),
        moved={key: slug for key, slug in moves.items() if slug is not None},
    )


def _refuse_if_undone(
    desk: Desk, number: int, stated: Sequence[PastClaim], taken: Sequence[PastClaim]
) -> None:
    by = desk.undone_by(number)
    if by is not None and any(one.withdrawn_in and one.withdrawn_in.id == by for one in stated):
        reason = f"change {by} undid it already (to bring it back, undo {by})"
        raise CannotUndo(number, reason, tuple(_named(stated)))
    if not (stated or taken or desk.flagged_in(number) or desk.moves_in(number)):
        raise CannotUndo(number, "it left nothing to take back", (f"change {number}",))


def _refuse_if_touched(
    number: int,
    stated: Sequence[PastClaim],
    taken: Sequence[PastClaim],
    live: Sequence[PastClaim],
) -> None:
    """A fact that the change stated is gone, or one that it withdrew was stated again."""
    later = {_key(one): one.withdrawn_in.id for one in stated if one.withdrawn_in}
    wanted = {_key(one) for one in taken}
    for one in live:
        if one.stated_in.id != number and _key(one) in wanted:
            later[_key(one)] = one.stated_in.id
    if later:
        numbers = ", ".join(str(one) for one in sorted(set(later.values())))
        touched = tuple(dict.fromkeys(f"{fact} of {kind} {key}" for (kind, key), fact, *_ in later))
        raise CannotUndo(number, f"a later change ({numbers}) touched the same facts", touched)


def _refuse_if_moved_on(number: int, moves: Mapping[str, str | None]) -> None:
    """A program has got another address since the change gave it one."""
    later = tuple(
        f"address of program {key}" for key, slug in sorted(moves.items()) if slug is None
    )
    if later:
        raise CannotUndo(number, "a later change gave another address", later)


def _refuse_nameless(
    number: int,
    desk: Desk,
    stated: Sequence[PastClaim],
    taken: Sequence[PastClaim],
    live: Sequence[PastClaim],
) -> None:
    """Nothing may be left that somebody speaks of and nobody names, nor a program of nobody."""
    going = {one.kept.id for one in stated}
    staying = [one for one in live if one.kept.id not in going] + list(taken)
    named = {one.claim.subject for one in staying if one.claim.fact == "name"}
    left = {one.claim.subject for one in staying if one.claim.subject[0] != "site"} - named
    unnamed = {one.claim.subject for one in stated if one.claim.fact == "name"} - named
    left |= _programs_of(desk, unnamed)
    if left:
        touched = tuple(sorted(f"{kind} {key}" for kind, key in left))
        raise CannotUndo(number, "others rest on what it named; undo their changes first", touched)


def _programs_of(desk: Desk, unnamed: set[Subject]) -> set[Subject]:
    """Listed programs, besides the unnamed ones, of organizations that would lose their name."""
    programs: set[Subject] = {
        ("program", key)
        for key, place in desk.programs().items()
        if ("organization", place.organization_id) in unnamed
    }
    others = desk.live_on(programs - unnamed)
    return {one.claim.subject for one in others if one.claim.fact == "name"}


def _key(one: PastClaim) -> Key:
    return one.claim.subject, one.claim.fact, one.claim.source.name, one.claim.origin


def _named(claims: Sequence[PastClaim]) -> Iterator[str]:
    for one in claims:
        kind, key = one.claim.subject
        yield f"{one.claim.fact} of {kind} {key}"
