"""The book of staff on SQL (the `StaffRecords` of `catalog.staff`)."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from directory.store.api_keys import SqlKeyBook
from directory.store.bonds import SqlBonds
from directory.store.connect import reading, writing
from directory.store.magic_links import SqlMagicLinks
from directory.store.partners import SqlPartners
from directory.store.referrals import SqlReferrals
from directory.store.staff_people import SqlInvitations, SqlPeople
from directory.store.staff_sessions import SqlAttempts, SqlSessions
from directory.store.staff_trail import SqlTrail
from directory.store.uploads import SqlUploads


class SqlStaffBook:
    """One transaction on everything of staff."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @property
    def people(self) -> SqlPeople:
        """Accounts and organizations."""
        return SqlPeople(self._connection)

    @property
    def sessions(self) -> SqlSessions:
        """Who is signed in."""
        return SqlSessions(self._connection)

    @property
    def invitations(self) -> SqlInvitations:
        """Links that open once."""
        return SqlInvitations(self._connection)

    @property
    def bonds(self) -> SqlBonds:
        """Who is known to an identity provider as whom."""
        return SqlBonds(self._connection)

    @property
    def magic_links(self) -> SqlMagicLinks:
        """Links that do one thing without a password."""
        return SqlMagicLinks(self._connection)

    @property
    def attempts(self) -> SqlAttempts:
        """Tries to sign in."""
        return SqlAttempts(self._connection)

    @property
    def referrals(self) -> SqlReferrals:
        """Cases by code, and tickets."""
        return SqlReferrals(self._connection)

    @property
    def partners(self) -> SqlPartners:
        """Sites that may show our finder."""
        return SqlPartners(self._connection)

    @property
    def api_keys(self) -> SqlKeyBook:
        """Keys of partners' servers."""
        return SqlKeyBook(self._connection)

    @property
    def uploads(self) -> SqlUploads:
        """Files that curators uploaded."""
        return SqlUploads(self._connection)

    @property
    def trail(self) -> SqlTrail:
        """What staff did."""
        return SqlTrail(self._connection)


class SqlStaffRecords:
    """Opens the book of staff."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def book(self, *, write: bool = True) -> Iterator[SqlStaffBook]:
        """Open the book. Writers wait for one another; an error leaves everything as it was."""
        with (writing if write else reading)(self._engine) as connection:
            yield SqlStaffBook(connection)
