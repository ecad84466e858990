"""One account of a colleague: change it, close it, help its owner back in."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import administering, staff
from directory.accounts.administering import (
    ChangedMeanwhile,
    LastAdministrator,
    NotOneself,
    Wanted,
)
from directory.catalog.identity import Bond
from directory.catalog.staff import StaffBook, StaffMember
from directory.errors import BadValue
from directory.web.i18n import gettext
from directory.web.staff import words
from directory.web.staff.people import show_link, state
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

Do = Callable[[StaffBook, datetime, StaffMember, int], None]


@blueprint.get("/staff/people/<int:number>")
def account(number: int) -> Response:
    """The page."""
    return page(number)


@blueprint.post("/staff/people/<int:number>")
def change_account(number: int) -> AnyResponse:
    """Another name, role or organization. What somebody else changed meanwhile is not overwritten.

    What cannot be taken stands in the form as it was typed; the rest of it follows the account.
    """
    form = request.form
    wanted = Wanted(
        form.get("name", "")[:200],
        form.get("role", ""),
        form.get("organization", ""),
        form.get("seen", ""),
    )
    try:
        with staff_services.book() as book:
            now, actor = staff_services.clock(), signed_in().member
            administering.change(book, now, actor, number, wanted)
    except BadValue as bad:
        return page(number, 422, wanted, wrong={bad.field: words.complaint(bad)})
    except ChangedMeanwhile:
        return page(number, 409, wanted, refused=meanwhile())
    except (NotOneself, LastAdministrator) as refusal:
        return page(number, 422, wanted, refused=why_not(refusal))
    return go("account", number=number, said="changed")


def meanwhile() -> str:
    """What to say when two change one account at once."""
    return gettext(
        "Somebody else changed this account meanwhile. What you changed is still here: look at both,"
        " then keep it again."
    )


@blueprint.post("/staff/people/<int:number>/link")
def new_link(number: int) -> AnyResponse:
    """A new one-time link; the older ones open no more."""
    if number == signed_in().member.number:
        return page(number, 422, refused=why_not(NotOneself()))
    with staff_services.book() as book:
        member = book.people.get(number)
        if member is None or member.disabled_at is not None:
            abort(404)
        token = staff.link(book, staff_services.clock(), signed_in().member.number, member)
    return show_link(member, token)


@blueprint.post("/staff/people/<int:number>/close")
def disable_account(number: int) -> AnyResponse:
    """Out at once, in no more."""
    return _do(administering.disable, number, "closed")


@blueprint.post("/staff/people/<int:number>/open")
def enable_account(number: int) -> AnyResponse:
    """In again, as before."""
    return _do(administering.enable, number, "opened")


@blueprint.post("/staff/people/<int:number>/reset-second-factor")
def reset_second_factor(number: int) -> AnyResponse:
    """For who lost phone and recovery codes."""
    return _do(administering.reset_second_factor, number, "reset")


@blueprint.post("/staff/people/<int:number>/sign-out")
def end_sessions(number: int) -> AnyResponse:
    """Sign somebody out everywhere."""
    return _do(administering.end_sessions, number, "out")


@blueprint.post("/staff/people/<int:number>/provider")
def await_provider(number: int) -> AnyResponse:
    """Let the identity provider open the account, from its owner's first coming on."""
    if staff_services.elsewhere is None:
        return page(number, 422, refused=gettext("No organization's sign-in is set up here."))
    issuer = staff_services.elsewhere.provider.issuer
    return _do(partial(administering.await_provider, issuer=issuer), number, "provider")


@blueprint.post("/staff/people/<int:number>/provider/remove")
def leave_provider(number: int) -> AnyResponse:
    """The identity provider opens the account no more."""
    return _do(administering.leave_provider, number, "no_provider")


def _do(act: Do, number: int, said: str) -> AnyResponse:
    try:
        with staff_services.book() as book:
            act(book, staff_services.clock(), signed_in().member, number)
    except (NotOneself, LastAdministrator) as refusal:
        return page(number, 422, refused=why_not(refusal))
    return go("account", number=number, said=said)


def page(
    number: int,
    status: int = 200,
    wanted: Wanted | None = None,
    *,
    wrong: dict[str, str] | None = None,
    refused: str = "",
) -> Response:
    """The account as it is now, with what was changed in its form and what was wrong."""
    now = staff_services.clock()
    with staff_services.book(write=False) as book:
        member, places = book.people.get(number), book.people.organizations()
        bond = book.bonds.of(number)
        open_ones = [
            one for one in book.sessions.of(number) if not staff_services.rules.has_ended(one, now)
        ]
    if member is None:
        abort(404)
    return desk_page(
        "staff/account.html",
        status,
        at="account",
        number=number,
        account=member,
        typed=_form_of(member, wanted),
        is_torn=status == 409,
        seen=administering.state_of(member),
        state=state(member, bond is not None and bond.subject is not None),
        provider=_provider(bond, now),
        may_bind=staff_services.elsewhere is not None,
        sign_ins=len(open_ones),
        roles=list(words.roles().items()),
        organizations=[(str(one.number), one.name) for one in places],
        is_me=number == signed_in().member.number,
        wrong=wrong or {},
        refused=refused,
    )


def _form_of(member: StaffMember, wanted: Wanted | None) -> dict[str, str]:
    kept = {
        "name": member.name,
        "role": member.role,
        "organization": str(member.organization.number),
    }
    return kept | (administering.changed(wanted) if wanted else {})


def _provider(bond: Bond | None, now: datetime) -> str:
    """What the identity provider may do, in words; "" for nothing."""
    if bond is None or (bond.ends_at is not None and now >= bond.ends_at):
        return ""
    return gettext("Waits for them to come once") if bond.ends_at else gettext("On")


def why_not(refusal: NotOneself | LastAdministrator) -> str:
    """Why nothing was changed, and what to do."""
    if isinstance(refusal, NotOneself):
        return gettext("You cannot do this to your own account. Ask another administrator.")
    return gettext("This is the last open account of an administrator. Make another one first.")
