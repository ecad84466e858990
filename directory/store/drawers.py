"""What lies at the desk beside the claims: each drawer works in the desk's own transaction."""

import sqlalchemy as sa

from directory.store.audits import SqlAudits
from directory.store.links import SqlLinks
from directory.store.partners import SqlPartners
from directory.store.proposals import SqlProposals
from directory.store.reports import SqlReports
from directory.store.set_asides import SqlSetAsides
from directory.store.staff_trail import SqlTrail


class Drawers:
    """The drawers of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @property
    def audits(self) -> SqlAudits:
        """Samples of programs, and what calls told."""
        return SqlAudits(self._connection)

    @property
    def partners(self) -> SqlPartners:
        """Sites that may show our finder, and how often they did."""
        return SqlPartners(self._connection)

    @property
    def proposals(self) -> SqlProposals:
        """Changes that programs ask for."""
        return SqlProposals(self._connection)

    @property
    def reports(self) -> SqlReports:
        """Problems that visitors told us."""
        return SqlReports(self._connection)

    @property
    def set_asides(self) -> SqlSetAsides:
        """What curators looked at and left as it is."""
        return SqlSetAsides(self._connection)

    @property
    def trail(self) -> SqlTrail:
        """What staff did."""
        return SqlTrail(self._connection)

    @property
    def links(self) -> SqlLinks:
        """Which row of which list is which of our records."""
        return SqlLinks(self._connection)
