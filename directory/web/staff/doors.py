"""The doors of the desk: what its first page and its menu lead to, in this order.

A new part of the desk adds one line. Who sees a door is decided by `access.ROUTES` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from directory.catalog.staff import Role
from directory.web.i18n import lazy_gettext
from directory.web.staff.access import may_use


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the desk: its endpoint, its name, what one does there."""

    page: str
    name: LazyString
    hint: LazyString


DOORS: Sequence[Door] = (
    Door(
        "programs",
        lazy_gettext("My programs"),
        lazy_gettext("Say that your listings are still right, or change them."),
    ),
    Door(
        "cases",
        lazy_gettext("Cases"),
        lazy_gettext("What is due, your shortlists and tickets."),
    ),
    Door(
        "find_for_case",
        lazy_gettext("New case"),
        lazy_gettext("Find programs that fit somebody's week."),
    ),
    Door(
        "curating",
        lazy_gettext("Curating"),
        lazy_gettext("What there is to check, and the record of every program."),
    ),
    Door(
        "partners",
        lazy_gettext("Partner sites"),
        lazy_gettext("Keys of pages that show the finder: where, how it looks, how often."),
    ),
    Door(
        "bulk",
        lazy_gettext("Many at once"),
        lazy_gettext("Confirm, set or take off many programs, after seeing each change."),
    ),
    Door(
        "audits",
        lazy_gettext("Call audit"),
        lazy_gettext("Call programs drawn by lot, and see how right our listings are."),
    ),
    Door(
        "imports",
        lazy_gettext("Import files"),
        lazy_gettext("Upload a list, see what it would change, then take it in."),
    ),
    Door(
        "listing_links",
        lazy_gettext("Links for programs"),
        lazy_gettext("Let a program say if its listing is still right, without an account."),
    ),
    Door(
        "people",
        lazy_gettext("People"),
        lazy_gettext("Invite staff, change roles, close accounts."),
    ),
    Door(
        "organizations",
        lazy_gettext("Organizations"),
        lazy_gettext("Hospitals, courts, programs and partners whose people sign in."),
    ),
    Door(
        "health",
        lazy_gettext("This directory"),
        lazy_gettext("If all is well, the settings, and the lists with their editions."),
    ),
    Door(
        "api_keys",
        lazy_gettext("Keys for servers"),
        lazy_gettext("For partners whose servers ask more often: make one, change it, end it."),
    ),
    Door(
        "trail",
        lazy_gettext("Audit trail"),
        lazy_gettext("Who did what and when, and the proof that no line was changed."),
    ),
    Door(
        "me",
        lazy_gettext("My account"),
        lazy_gettext("Your password, your second step, and where you are signed in."),
    ),
)


def doors_for(role: Role) -> Sequence[Door]:
    """The doors that people of this role may use."""
    return [one for one in DOORS if may_use(one.page, role)]
