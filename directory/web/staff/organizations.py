"""Organizations whose people use the desk."""

from collections import Counter
from collections.abc import Mapping

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import administering, staff
from directory.catalog.partner import Partner
from directory.errors import BadValue
from directory.web.i18n import gettext
from directory.web.staff import words
from directory.web.staff.partner_words import state
from directory.web.staff.partners import partner_desk
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in


@blueprint.get("/staff/organizations")
def organizations() -> Response:
    """All of them, and the form to add one."""
    return listed()


@blueprint.post("/staff/organizations")
def add_organization() -> AnyResponse:
    """Add one."""
    name, listed_as = _typed()
    now, actor = staff_services.clock(), signed_in().member.number
    try:
        with staff_services.book() as book:
            found = administering.read_listed(book, listed_as)
            staff.add_organization(book, now, actor, name, found)
    except BadValue as bad:
        return listed(422, name, listed_as, {bad.field: words.complaint(bad)})
    return go("organizations", said="added")


@blueprint.get("/staff/organizations/<int:number>")
def organization(number: int) -> Response:
    """One of them, to be changed."""
    return page(number)


@blueprint.post("/staff/organizations/<int:number>")
def change_organization(number: int) -> AnyResponse:
    """Another name, or another place in the listings."""
    name, listed_as = _typed()
    try:
        with staff_services.book() as book:
            now, actor = staff_services.clock(), signed_in().member
            administering.change_organization(book, now, actor, number, name, listed_as)
    except BadValue as bad:
        typed = {"organization": name, "listed_as": listed_as}
        return page(number, 422, typed, {bad.field: words.complaint(bad)})
    return go("organizations", said="changed")


@blueprint.post("/staff/organizations/<int:number>/partners")
def link_partner(number: int) -> AnyResponse:
    """Have its people see to a key that is nobody's yet."""
    picked = request.form.get("partner", "")
    for one in _of_nobody():
        if str(one.number) == picked:
            partner_desk().give_to(one.key, number)
            return go("organization", number=number, said="key_given")
    return page(number, 422, wrong={"partner": gettext("Pick one of the keys.")})


def _of_nobody() -> list[Partner]:
    return [one for one in partner_desk().all() if one.organization is None]


def _typed() -> tuple[str, str]:
    return request.form.get("organization", "")[:200], request.form.get("listed_as", "")[:200]


def listed(
    status: int = 200, name: str = "", listed_as: str = "", wrong: dict[str, str] | None = None
) -> Response:
    """The page, with what was wrong."""
    with staff_services.book(write=False) as book:
        found = book.people.organizations()
        people = Counter(
            one.organization.number for one in book.people.all() if one.disabled_at is None
        )
    return desk_page(
        "staff/organizations.html",
        status,
        organizations=found,
        people=people,
        name=name,
        listed_as=listed_as,
        wrong=wrong or {},
    )


def page(
    number: int,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Response:
    """One of them, with what was typed and what was wrong."""
    with staff_services.book(write=False) as book:
        found = {one.number: one for one in book.people.organizations()}.get(number)
        keys = [one for one in book.partners.all() if one.organization in (number, None)]
    if found is None:
        abort(404)
    own = [one for one in keys if one.organization is not None]
    return desk_page(
        "staff/organization.html",
        status,
        at="organization",
        number=number,
        organization=found,
        typed=typed or {"organization": found.name, "listed_as": found.listed_as or ""},
        partners=[(one, state(one)) for one in own],
        free=[(str(one.number), one.name) for one in keys if one not in own],
        wrong=wrong or {},
    )
