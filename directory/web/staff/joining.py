"""The link that opens once: it sets a password, for who joins or has lost theirs."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import staff
from directory.accounts.passwords import WeakPassword
from directory.accounts.staff import StaleLink
from directory.web.staff import words
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go


@blueprint.get("/staff/join/<token>")
def join(token: str) -> Response:
    """The form; looking at it does not use the link up."""
    return form(token)


@blueprint.post("/staff/join/<token>")
def set_password(token: str) -> AnyResponse:
    """Take the password; the link is gone after that."""
    services, now = staff_services, staff_services.clock()
    try:
        with services.book(write=False) as book:
            member = staff.invited(book, now, token)
        typed = request.form.get("password", "")
        kept = staff.judged(services.passwords, services.judge, member, typed)
        with services.book() as book:
            staff.join(book, now, token, kept)
    except WeakPassword as weak:
        return form(token, 422, wrong=words.weak(weak))
    except StaleLink:
        return form(token)
    return go("sign_in", said="joined")


def form(token: str, status: int = 200, *, wrong: str = "") -> Response:
    """The page; or that the link opens no more."""
    try:
        with staff_services.book(write=False) as book:
            who = staff.invited(book, staff_services.clock(), token)
    except StaleLink:
        return desk_page("staff/stale_link.html", 410)
    return desk_page("staff/join.html", status, who=who, token=token, wrong=wrong)
