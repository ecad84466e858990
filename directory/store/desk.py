"""The writing side of the store: one transaction on the claims."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from directory.catalog.listing import Kind
from directory.catalog.program import Listing
from directory.catalog.records import (
    Change,
    Claim,
    LiveClaim,
    PastClaim,
    Place,
    Subject,
    Written,
)
from directory.store import addresses, past
from directory.store import tables as t
from directory.store.claim_writing import ClaimWriting
from directory.store.columns import in_hundreds
from directory.store.drawers import Drawers
from directory.store.listed import PLACES, listing_at
from directory.store.past import read_editions


class SqlDesk(Drawers):
    """One transaction on the claims (the `Desk` of `catalog.records`)."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__(connection)
        self._writing = ClaimWriting(connection)

    def claims(self, through: str, sources: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims that came through a source's files, or quote one of `sources` (names)."""
        quoted = t.source.c.name.in_(list(sources))
        return self._live(lambda carrier: sa.or_(carrier.c.name == through, quoted))

    def about(self, kind: Kind, facts: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims of these facts about subjects of a kind, whoever states them."""
        c = t.claim.c
        which = sa.and_(c.subject_kind == kind, c.fact.in_(list(facts)))
        return self._live(lambda _: which)

    def from_origins(self, origins: Collection[str]) -> Sequence[LiveClaim]:
        """Live claims of these rows of lists."""
        return [
            one
            for some in in_hundreds(origins)
            for one in self._live(lambda _, some=some: t.claim.c.origin.in_(some))  # type: ignore[misc]
        ]

    def _live(
        self, which: Callable[[sa.FromClause], sa.ColumnElement[bool]]
    ) -> Iterator[LiveClaim]:
        """Live claims; `which` is given the source of the file that carried them."""
        c, carrier = t.claim.c, t.source.alias("carrier")
        query = (
            sa.select(c.id, c.subject_kind, c.subject_id, c.fact, c.value, c.row_ref)
            .add_columns(carrier.c.name, c.edition_id, c.origin)
            .join_from(t.claim, t.source, t.source.c.id == c.source_id)
            .join(carrier, carrier.c.id == c.through_id)
            .where(t.LIVE, which(carrier))
        )
        editions = read_editions(self._connection)
        for row in self._connection.execute(query):
            key, kind, subject_id, fact, value, place, name, edition, origin = row
            claim = Claim((kind, subject_id), fact, value, editions[edition], place, origin)
            yield LiveClaim(key, claim, name)

    def listing(self, program_id: str) -> Listing | None:
        """One listed program as this transaction sees it, or None."""
        which = PLACES.where(t.program.c.id == program_id)
        place = self._connection.execute(which).one_or_none()
        return None if place is None else listing_at(self._connection, place)

    def organizations(self) -> frozenset[str]:
        """The id of every organization."""
        return frozenset(self._connection.scalars(sa.select(t.organization.c.id)))

    def sites(self) -> Mapping[str, str]:
        """Every site id with its organization's."""
        rows = self._connection.execute(sa.select(t.site.c.id, t.site.c.organization_id))
        return {row.id: row.organization_id for row in rows}

    def programs(self) -> Mapping[str, Place]:
        """Every program id with its place."""
        c = t.program.c
        query = sa.select(c.id, t.site.c.organization_id, c.site_id, c.slug).join_from(
            t.program, t.site
        )
        return {key: Place(*place) for key, *place in self._connection.execute(query)}

    def addresses(self) -> Mapping[str, str]:
        """Every address that was ever given on our site, with its program's id."""
        return addresses.addresses(self._connection)

    def moves_in(self, number: int) -> Mapping[str, str | None]:
        """Programs that a change gave another address, with the one before; None if they moved since."""
        return addresses.moves_in(self._connection, number)

    def invented(self) -> frozenset[Subject]:
        """Subjects that an example source speaks of."""
        query = (
            sa.select(t.claim.c.subject_kind, t.claim.c.subject_id)
            .join_from(t.claim, t.edition)
            .where(t.LIVE, t.edition.c.method == "example")
            .distinct()
        )
        return frozenset((kind, key) for kind, key in self._connection.execute(query))

    def missing(self, through: str) -> frozenset[str]:
        """Programs flagged as no longer stated by a source."""
        query = sa.select(t.missing.c.program_id).join(t.source).where(t.source.c.name == through)
        return frozenset(self._connection.scalars(query))

    def newest(self) -> int:
        """The number of the newest change; 0 if there is none."""
        return self._connection.scalar(sa.select(sa.func.max(t.change.c.id))) or 0

    def written(self, number: int) -> Written | None:
        """A change by its number; None if there is none."""
        return past.changes(self._connection, t.change.c.id == number).get(number)

    def undone_by(self, number: int) -> int | None:
        """The latest change that took this one back, if any did."""
        query = sa.select(sa.func.max(t.change.c.id)).where(t.change.c.undoes_id == number)
        found: int | None = self._connection.scalar(query)
        return found

    def claims_in(self, number: int) -> Sequence[PastClaim]:
        """Every claim that a change stated or withdrew."""
        c = t.claim.c
        which = sa.or_(c.change_id == number, c.withdrawn_in_id == number)
        return past.claims(self._connection, which, read_editions(self._connection))

    def live_on(self, subjects: Collection[Subject]) -> Sequence[PastClaim]:
        """The live claims of these subjects, whoever states them."""
        editions = read_editions(self._connection)
        found = [
            one
            for some in in_hundreds({key for _, key in subjects})
            for one in past.claims(
                self._connection, sa.and_(t.LIVE, t.claim.c.subject_id.in_(some)), editions
            )
        ]
        return [one for one in found if one.claim.subject in subjects]

    def flagged_in(self, number: int) -> frozenset[str]:
        """Programs that a change flagged as missing and that still are."""
        query = sa.select(t.missing.c.program_id).join(
            t.change,
            sa.and_(
                t.change.c.at == t.missing.c.since,
                t.change.c.through_id == t.missing.c.source_id,
            ),
        )
        return frozenset(self._connection.scalars(query.where(t.change.c.id == number)))

    def apply(self, change: Change) -> int:
        """Write a change and answer its number; it is kept when the desk closes without an error."""
        return self._writing.apply(change)
