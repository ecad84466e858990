"""Partner sites: the keys one may see to, and making one."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import administering
from directory.accounts.partners import PartnerDesk
from directory.catalog.partner import Partner
from directory.catalog.staff import StaffMember
from directory.errors import BadValue
from directory.web.choosing import known
from directory.web.staff.partner_words import complaint, refuse_people, state
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

FIELDS = ("name", "origins", "organization")
MOST_TYPED = 8_000


@blueprint.get("/staff/partners")
def partners() -> Response:
    """The keys of one's organization; for administrators all, and the form to make one."""
    return listed()


@blueprint.post("/staff/partners")
def add_partner() -> AnyResponse:
    """Make a key. What partner staff make belongs to their organization."""
    typed = {field: request.form.get(field, "")[:MOST_TYPED] for field in FIELDS}
    member = signed_in().member
    try:
        refuse_people(typed["name"])
        made = partner_desk().add(
            typed["name"], lines(typed["origins"]), None, _place(member, typed["organization"])
        )
    except BadValue as bad:
        return listed(422, typed, {bad.field: complaint(bad)})
    return go("partner", number=made.number, said="key_made")


def partner_desk() -> PartnerDesk:
    """What whoever is signed in may do with keys; the door has seen to whose they are."""
    desk = PartnerDesk(staff_services.records, known(), staff_services.clock)
    return replace(desk, actor=signed_in().member.number)


def lines(text: str) -> list[str]:
    """The lines of a text that are not empty, without blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def organizations() -> list[tuple[str, str]]:
    """Every organization, to pick from."""
    with staff_services.book(write=False) as book:
        return [(str(one.number), one.name) for one in book.people.organizations()]


def picked(organization: str) -> int | None:
    """The organization that was picked; "" is none. Raises `BadValue`."""
    if not organization:
        return None
    with staff_services.book(write=False) as book:
        return administering.organization(book, organization).number


def _place(member: StaffMember, organization: str) -> int | None:
    """Whose the new key is: one's own organization's, unless an administrator picks another."""
    if member.role == "administrator":
        return picked(organization)
    return member.organization.number


def _own(member: StaffMember) -> list[Partner]:
    every = partner_desk().all()
    if member.role == "administrator":
        return list(every)
    return [one for one in every if one.organization == member.organization.number]


def listed(
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Response:
    """The page, with what was wrong."""
    member = signed_in().member
    found, places = _own(member), organizations()
    return desk_page(
        "staff/partners.html",
        status,
        partners=found,
        states={one.number: state(one) for one in found},
        organizations=places,
        names={int(number): name for number, name in places},
        sees_all=member.role == "administrator",
        typed=typed or dict.fromkeys(FIELDS, ""),
        wrong=wrong or {},
    )
