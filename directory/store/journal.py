"""What became of programs, read from their claims and addresses (the `Journal` of `catalog.whereabouts`)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from directory.catalog.records import Subject
from directory.catalog.whereabouts import REMOVED, Gone, Journal, Whereabouts
from directory.store import tables as t
from directory.store.past import read_editions
from directory.store.resolution import resolve

Numbers = dict[str, int]
_AT_A_TIME = 500


class Home(NamedTuple):
    """A program's place in the tree, and its address now."""

    program: str
    site: str
    organization: str
    slug: str


class Said(NamedTuple):
    """A claim that lists a program ('name') or takes it off ('removed'), with its whole life."""

    fact: str
    value: str
    method: str
    by: str | None
    since: int
    until: int | None


@dataclass(slots=True)
class Read:
    """What was read of the programs asked for."""

    moments: Mapping[int, datetime]
    numbers: dict[Subject, Numbers] = field(default_factory=lambda: defaultdict(dict))
    said: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    moved_in: dict[str, int] = field(default_factory=dict)
    zips: dict[str, str | None] = field(default_factory=dict)


def read_journal(connection: sa.Connection, since: int) -> Journal:
    """The programs that anybody can see a change of after `since`, and the marks of those changes."""
    c = t.change.c
    changes = connection.execute(sa.select(c.id, c.at, c.mark).where(c.id >= since)).all()
    read = Read({row.id: row.at for row in changes if row.id > since})
    homes = _homes(connection, since) if read.moments else []
    subjects = None if since == 0 else {one for home in homes for one in subjects_of(home)}
    _read_claims(connection, subjects, read)
    for one in _of(connection, _ADDRESSES, t.address.c.program_id, _programs(subjects)):
        read.addresses[one.program_id].add(one.slug)
    for one in _of(connection, _MOVES, t.move.c.program_id, _programs(subjects)):
        read.moved_in[one.program_id] = one.newest
    _read_zips(connection, [one.site for one in homes if not _listed(read.said[one.program])], read)
    found = (_whereabouts(home, read) for home in homes)
    seen = [one for one in found if one is not None and one.last > since]
    ordered = tuple(sorted(seen, key=lambda one: (one.last, one.program)))
    return Journal(ordered, {row.id: row.mark for row in changes})


def subjects_of(home: Home) -> tuple[Subject, Subject, Subject]:
    """What one may say something of that changes a program."""
    return ("program", home.program), ("site", home.site), ("organization", home.organization)


_HOMES = sa.select(
    t.program.c.id, t.program.c.site_id, t.site.c.organization_id, t.program.c.slug
).join_from(t.program, t.site)
_ADDRESSES = sa.select(t.address.c.slug, t.address.c.program_id)
_MOVES = sa.select(t.move.c.program_id, sa.func.max(t.move.c.change_id).label("newest")).group_by(
    t.move.c.program_id
)
_NEWEST = sa.select(
    t.claim.c.subject_kind,
    t.claim.c.subject_id,
    t.claim.c.fact,
    sa.func.max(t.claim.c.change_id).label("stated"),
    sa.func.coalesce(sa.func.max(t.claim.c.withdrawn_in_id), 0).label("withdrawn"),
).group_by(t.claim.c.subject_kind, t.claim.c.subject_id, t.claim.c.fact)
_SAID = (
    sa.select(t.claim.c.subject_id, t.claim.c.fact, t.claim.c.value, t.edition.c.method)
    .add_columns(t.edition.c.confirmed_by)
    .add_columns(t.claim.c.change_id, t.claim.c.withdrawn_in_id)
    .join_from(t.claim, t.edition)
    .where(t.claim.c.subject_kind == "program", t.claim.c.fact.in_(["name", REMOVED]))
    .order_by(t.claim.c.id)
)


def _homes(connection: sa.Connection, since: int) -> list[Home]:
    """The programs that changes after `since` touched."""
    c = t.claim.c
    later = sa.or_(c.change_id > since, c.withdrawn_in_id > since)
    moved = sa.select(t.move.c.program_id).where(t.move.c.change_id > since)

    def touched(kind: str) -> sa.Select[Any]:
        return sa.select(c.subject_id).where(later, c.subject_kind == kind)

    is_touched = sa.or_(
        t.program.c.id.in_(touched("program")),
        t.program.c.id.in_(moved),
        t.program.c.site_id.in_(touched("site")),
        t.site.c.organization_id.in_(touched("organization")),
    )
    query = _HOMES if since == 0 else _HOMES.where(is_touched)
    return [Home(*row) for row in connection.execute(query)]


def _of(
    connection: sa.Connection,
    query: sa.Select[Any],
    key: sa.ColumnElement[str],
    wanted: Collection[str] | None,
) -> Iterator[Any]:
    """The rows of a query with one of these keys; all rows if none are named."""
    if wanted is None:
        yield from connection.execute(query)
        return
    keys = sorted(wanted)
    for first in range(0, len(keys), _AT_A_TIME):
        yield from connection.execute(query.where(key.in_(keys[first : first + _AT_A_TIME])))


def _programs(subjects: Collection[Subject] | None) -> set[str] | None:
    return None if subjects is None else {key for kind, key in subjects if kind == "program"}


def _read_claims(
    connection: sa.Connection, subjects: Collection[Subject] | None, read: Read
) -> None:
    keys = None if subjects is None else {key for _, key in subjects}
    for row in _of(connection, _NEWEST, t.claim.c.subject_id, keys):
        subject = row.subject_kind, row.subject_id
        read.numbers[subject][row.fact] = max(row.stated, row.withdrawn)
    for row in _of(connection, _SAID, t.claim.c.subject_id, _programs(subjects)):
        _, *facts = row
        said = Said(*facts)
        read.said[row.subject_id].append(said)


def _read_zips(connection: sa.Connection, sites: Collection[str], read: Read) -> None:
    """The ZIP of each of these sites, as it would be listed."""
    if not sites:
        return
    c, editions = t.claim.c, read_editions(connection)
    query = sa.select(c.subject_id, c.value, c.edition_id).where(
        t.LIVE, c.subject_kind == "site", c.fact == "address"
    )
    stated = defaultdict(list)
    for row in _of(connection, query.order_by(c.origin, c.id), c.subject_id, set(sites)):
        stated[row.subject_id].append(("address", row.value, editions[row.edition_id]))
    for site, claims in stated.items():
        address, _ = resolve(claims).facts.get("address", (None, None))
        read.zips[site] = address and address.get("zip")


def _whereabouts(home: Home, read: Read) -> Whereabouts | None:
    said, moved_in = read.said[home.program], read.moved_in.get(home.program, 0)
    former = tuple(sorted(read.addresses[home.program] - {home.slug}))
    gone = None if _listed(said) else _gone(home, said, read)
    numbers = _numbers(home, read)
    seen = numbers if gone is None else _seen_of_the_gone(numbers)
    last = max([moved_in, *seen.values()], default=0)
    if last not in read.moments:
        return None  # nothing that anybody can see is as new as these changes
    return Whereabouts(
        program=home.program,
        slug=home.slug,
        last=last,
        at=read.moments[last],
        former=former,
        listed_in=0 if gone else _listed_in(said),
        moved_in=moved_in,
        facts={} if gone else {key: n for key, n in numbers.items() if key != REMOVED},
        example=any(one.method == "example" for one in said),
        gone=gone,
    )


def _numbers(home: Home, read: Read) -> Numbers:
    """Each fact with the newest change that spoke of it."""
    found: Numbers = {}
    for kind, key in subjects_of(home):
        prefix = "" if kind == "program" else f"{kind}."
        own = read.numbers.get((kind, key), {})
        found |= {f"{prefix}{fact}": number for fact, number in own.items()}
    return found


def _seen_of_the_gone(numbers: Numbers) -> Numbers:
    """Only these are seen of a program that is not listed: that it is not, why, and near what."""
    return {key: numbers[key] for key in ("name", REMOVED, "site.address") if key in numbers}


def _listed(said: Iterable[Said]) -> bool:
    live = [one.fact for one in said if one.until is None]
    return "name" in live and REMOVED not in live


def _listed_in(said: Iterable[Said]) -> int:
    """The change that began the time it is listed now."""
    begins = ends = 0
    for number in sorted({n for one in said for n in (one.since, one.until) if n}):
        at = [one.fact for one in said if one.since <= number and not _over(one, number)]
        listed = "name" in at and REMOVED not in at
        if listed and begins <= ends:
            begins = number
        elif not listed:
            ends = number
    return begins


def _over(one: Said, number: int) -> bool:
    return one.until is not None and one.until <= number


def _gone(home: Home, said: Iterable[Said], read: Read) -> Gone:
    """Why it is gone: what a person said last, else what linking found."""
    near = read.zips.get(home.site)
    live = [one for one in said if one.fact == REMOVED and one.until is None]
    if not live:
        return Gone(near=near)
    strongest = max(live, key=lambda one: (one.by is not None, one.since))
    value = orjson.loads(strongest.value)
    return Gone(value["why"], value["into"], near)
