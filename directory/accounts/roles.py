"""Roles of staff, and what each of them demands."""

from collections.abc import Set

from directory.catalog.staff import Role, StaffMember

SECOND_FACTOR: Set[Role] = frozenset({"curator", "administrator"})
"""Who changes what people see, or who may come in, shows a second factor."""


def needs_second_factor(member: StaffMember) -> bool:
    """True if this account may do nothing before it has a second factor."""
    return member.role in SECOND_FACTOR
