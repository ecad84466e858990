"""The second step of signing in: showing a code, setting it up, codes for paper."""

from collections.abc import Mapping

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import second_factor as factor
from directory.accounts import sessions
from directory.accounts.roles import needs_second_factor
from directory.accounts.second_factor import WrongCode, stage_of
from directory.web.gate.rates import network_of
from directory.web.i18n import gettext
from directory.web.staff import qr
from directory.web.staff.coming_back import carried
from directory.web.staff.cookie import give
from directory.web.staff.password_again import knows_password, wrong_password
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, go_on, signed_in


@blueprint.get("/staff/second-factor")
def second_factor() -> Response:
    """The form for the code."""
    return asking()


@blueprint.post("/staff/second-factor")
def show_code() -> AnyResponse:
    """Let in who shows a code; the sign-in is renewed."""
    services, now, found = staff_services, staff_services.clock(), signed_in()
    network, code = network_of(request.remote_addr) or b"", request.form.get("code", "")[:40]
    try:
        with services.book() as book:  # kept whatever comes of it
            admitted = services.second_factor.admits(book, now, found.member.number, network)
        if not admitted:
            raise WrongCode
        with services.book() as book:
            token = sessions.renew(book, found.session, passed=True)
            services.second_factor.show(book, now, found, code, network)
    except WrongCode:
        return asking(422, wrong_code())
    give(token)
    return go_on(found.member.role)


def asking(status: int = 200, wrong: str = "") -> Response:
    """The form for the code, with where to go on."""
    return desk_page("staff/second_factor.html", status, wrong=wrong, then=carried())


@blueprint.get("/staff/me/second-factor")
def my_second_factor() -> Response:
    """Set it up: a picture for the phone, the same as letters, a code to prove it."""
    return setting_up()


@blueprint.post("/staff/me/second-factor")
def set_up() -> AnyResponse:
    """Keep it once a code proves it, and show the codes for paper, this once."""
    services, now, found = staff_services, staff_services.clock(), signed_in()
    sealed = request.form.get("offered", "")
    if not _is_sure():
        return setting_up(422, sealed, {"old": wrong_password()})
    secret = services.second_factor.offered(found.member, sealed)
    if secret is None:
        return setting_up(422, wrong={"code": wrong_code()})
    try:
        with services.book() as book:
            token, code = (
                sessions.renew(book, found.session, passed=True),
                request.form.get("code", ""),
            )
            paper = services.second_factor.set_up(book, now, found, secret, code[:40])
    except WrongCode:
        return setting_up(422, sealed, {"code": wrong_code()})
    give(token)
    return desk_page("staff/paper_codes.html", at="my_second_factor", codes=paper)


@blueprint.post("/staff/me/recovery-codes")
def new_paper_codes() -> AnyResponse:
    """New codes for paper, shown this once; the old ones open no more."""
    services, found = staff_services, signed_in()
    if not _is_sure() or found.member.secret is None:
        return setting_up(422, wrong={_asked_at("old-paper"): wrong_password()})
    with services.book() as book:
        sessions.still_holds(book, found.session)
        paper = services.second_factor.new_paper(book, services.clock(), found.member)
    return desk_page("staff/paper_codes.html", at="my_second_factor", codes=paper)


@blueprint.post("/staff/me/second-factor/remove")
def remove_second_factor() -> AnyResponse:
    """Turn it off, for roles that may do without; every sign-in ends."""
    if not _is_sure():
        return setting_up(422, wrong={_asked_at("old-off"): wrong_password()})
    found = signed_in()
    with staff_services.book() as book:
        sessions.still_holds(book, found.session)
        factor.remove(book, staff_services.clock(), found.member.number, found.member.number)
    give("")
    return go("sign_in", said="removed")


def setting_up(
    status: int = 200, sealed: str = "", wrong: Mapping[str, str] | None = None
) -> Response:
    """The page, with what was wrong by field; after a slip it shows the same picture again."""
    found, services = signed_in(), staff_services
    secret = services.second_factor.offered(found.member, sealed) if sealed else None
    if secret is None:
        secret, sealed = services.second_factor.offer(found.member)
    return desk_page(
        "staff/my_second_factor.html",
        status,
        at="my_second_factor",
        sealed=sealed,
        letters=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        code=qr.draw(factor.address_of(secret, found.member)),
        is_first=stage_of(found) == "setup",
        may_remove=found.member.secret is not None and not needs_second_factor(found.member),
        wrong=wrong or {},
    )


def _asked_at(field: str) -> str:
    """The field of the form that was sent; without a second step the page has only the first form."""
    return field if signed_in().member.secret is not None else "old"


def _is_sure() -> bool:
    """Who is in already types the password again; who has just signed in did so a moment ago."""
    if stage_of(signed_in()) == "setup":
        return True
    return knows_password()


def wrong_code() -> str:
    """One answer for every reason."""
    return gettext(
        "This code does not open. Wait for the next one. After many tries, wait 15 minutes."
    )
