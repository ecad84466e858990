"""Accounts: who may sign in, and inviting somebody."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import administering, staff
from directory.accounts.staff import Wanted
from directory.catalog.staff import StaffMember
from directory.errors import BadValue
from directory.web.addresses import site_url
from directory.web.i18n import gettext, page_url
from directory.web.staff import words
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, signed_in

FIELDS = ("email", "name", "role", "organization")


@blueprint.get("/staff/people")
def people() -> Response:
    """Every account, and the form to invite somebody."""
    return listed()


@blueprint.post("/staff/people")
def invite() -> AnyResponse:
    """Add an account; its link is shown this once, to be handed over."""
    typed = {field: request.form.get(field, "")[:200] for field in FIELDS}
    now, actor = staff_services.clock(), signed_in().member.number
    try:
        with staff_services.book() as book:
            place = administering.organization(book, typed["organization"])
            wanted = Wanted(typed["email"], typed["name"], typed["role"], place)
            member = staff.add(book, now, actor, wanted)
            token = staff.link(book, now, actor, member)
    except BadValue as bad:
        return listed(422, typed, {bad.field: words.complaint(bad)})
    return show_link(member, token)


def show_link(member: StaffMember, token: str) -> Response:
    """The one-time link, never to be shown again."""
    address = site_url(page_url("staff.join", token=token))
    return desk_page("staff/link.html", at="people", account=member, address=address)


def listed(
    status: int = 200, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None
) -> Response:
    """The page, with what was wrong."""
    with staff_services.book(write=False) as book:
        accounts, places = book.people.all(), book.people.organizations()
        bound = book.bonds.bound()
    return desk_page(
        "staff/people.html",
        status,
        accounts=accounts,
        roles=words.roles(),
        states={one.number: state(one, one.number in bound) for one in accounts},
        organizations=[(str(one.number), one.name) for one in places],
        typed=typed or dict.fromkeys(FIELDS, ""),
        wrong=wrong or {},
    )


def state(member: StaffMember, bound: bool) -> str:
    """Whether somebody may sign in, in words; `bound` to an account at the identity provider."""
    if member.disabled_at is not None:
        return gettext("Closed")
    return gettext("Open") if member.password or bound else gettext("Invited, has not joined yet")
