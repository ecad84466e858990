"""Where programs stand on our site, and what became of them: addresses, changes, and why one is gone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

Why = Literal["closed", "not_iop", "listed_twice", "asked"]
"""Why a program was taken off: it closed, is no such program, stands twice, or asked for it."""

WHYS: tuple[Why, ...] = get_args(Why)

REMOVED = "removed"
"""The fact that takes a program off while somebody states it: {"why": Why, "into": program id or null}."""

Kind = Literal["created", "updated", "moved", "removed"]


@dataclass(frozen=True, slots=True)
class Gone:
    """A program that is not listed. `why` None: nobody who told us of it says so any more.

    `into` is the program that it turned out to be; `near` its ZIP, to look around it.
    """

    why: Why | None = None
    into: str | None = None
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One program that we list or once listed. Numbers are those of changes in the store.

    `slug` is its address on our site, `former` those it had. `last` is the newest change that anybody
    can see, `at` its moment; `listed_in` the one that listed it, or listed it again; `moved_in` the
    one that gave it its address, 0 if it never had another. `facts` maps each fact ('payers',
    'site.phone') to the newest change that said something of it or took it back.
    """

    program: str
    slug: str
    last: int
    at: datetime
    former: tuple[str, ...] = ()
    listed_in: int = 0
    moved_in: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    example: bool = False
    gone: Gone | None = None

    def kind(self, since: int) -> Kind:
        """What happened to it, for who knows everything up to a change."""
        if self.gone:
            return "removed"
        if self.listed_in > since:
            return "created"
        return "moved" if self.moved_in > since else "updated"

    def changed(self, since: int) -> tuple[str, ...]:
        """The facts that somebody spoke of after a change, sorted."""
        return tuple(sorted(fact for fact, number in self.facts.items() if number > since))


@dataclass(frozen=True, slots=True)
class Journal:
    """What changes did, up to the newest: programs by their last change, then by id.

    `marks` maps the number of each change, the one it begins after too, to a mark drawn at random when
    it was written: the same number with another mark is a change of another store. `examples`:
    invented programs are in it.
    """

    whereabouts: tuple[Whereabouts, ...] = ()
    marks: Mapping[int, int] = field(default_factory=dict)
    examples: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """What is published: each program with its version, and the newest change in it with its mark."""

    versions: Mapping[str, int]
    change: int = 0
    mark: int | None = None


def dump_whereabouts(one: Whereabouts) -> dict[str, Any]:
    """As plain data."""
    return {**asdict(one), "at": one.at.isoformat()}


def load_whereabouts(plain: Mapping[str, Any]) -> Whereabouts:
    """What `dump_whereabouts` wrote."""
    gone, at = plain["gone"], datetime.fromisoformat(plain["at"])
    kept = {"at": at, "former": tuple(plain["former"]), "gone": gone and Gone(**gone)}
    return Whereabouts(**{**plain, **kept})
