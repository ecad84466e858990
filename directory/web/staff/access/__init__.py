"""Who may use which address of the desk, and whose things it touches: one table, joined of a few.

An address that is not in it answers 404. A test walks every address with every role, on one's own
and on another's things, and holds the answers to this table (ASVS 5.0 8.2.x, 8.4.1).
"""

from collections.abc import Mapping, Sequence

from directory.accounts.second_factor import Stage
from directory.catalog.staff import Role, StaffMember
from directory.web.staff.access import (
    administering,
    curating,
    partnering,
    providing,
    referring,
    signing_in,
)
from directory.web.staff.access.asking import Access, Owner
from directory.web.staff.access.owners import owner_of

__all__ = ("ROUTES", "TABLES", "WAY_IN", "Access", "may_use", "owner_of", "reaches")

# Each for a group of pages; no address stands in two.
TABLES: Sequence[Mapping[str, Access]] = (
    signing_in.ROUTES,
    administering.ROUTES,
    referring.ROUTES,
    curating.ROUTES,
    providing.ROUTES,
    partnering.ROUTES,
)
# endpoint -> what it asks for
ROUTES: Mapping[str, Access] = {page: asks for table in TABLES for page, asks in table.items()}
# Where a sign-in that is not in yet has to go first.
WAY_IN: Mapping[Stage, str] = {"code": "second_factor", "setup": "my_second_factor", "in": "desk"}


def may_use(page: str, role: Role) -> bool:
    """True if people of this role have this page."""
    return role in ROUTES[page].roles


def reaches(access: Access, member: StaffMember, owner: Owner) -> bool:
    """True if a thing of this owner is within reach of an account."""
    reach = access.roles.get(member.role)
    return (
        reach == "all"
        or (reach == "own" and owner.staff == member.number)
        or (reach == "organization" and _is_theirs(member, owner))
    )


def _is_theirs(member: StaffMember, owner: Owner) -> bool:
    listed_as = member.organization.listed_as
    if owner.listed_as is not None:
        return owner.listed_as == listed_as
    return owner.organization == member.organization.number
