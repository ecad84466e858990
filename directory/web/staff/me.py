"""One's own account: the password, and where one is signed in."""

from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import sessions, staff, trail
from directory.accounts.passwords import WeakPassword
from directory.accounts.sessions import SignedIn
from directory.catalog.staff import StaffBook
from directory.web.staff import words
from directory.web.staff.cookie import give
from directory.web.staff.password_again import knows_password, wrong_password
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign-in as it is listed."""

    number: int
    browser: str
    started: str
    seen: str
    is_this: bool


@blueprint.get("/staff/me")
def me() -> Response:
    """The page."""
    return page()


@blueprint.post("/staff/me/password")
def change_password() -> AnyResponse:
    """Take a new password from who knows the old one; every other sign-in ends, this one is renewed."""
    services, now, found = staff_services, staff_services.clock(), signed_in()
    if not knows_password():
        return page(422, wrong_old=wrong_password())
    try:
        typed = request.form.get("new", "")
        kept = staff.judged(services.passwords, services.judge, found.member, typed)
    except WeakPassword as weak:
        return page(422, wrong_new=words.weak(weak))
    with services.book() as book:
        token = sessions.renew(book, found.session, passed=found.session.passed)
        staff.set_password(book, now, found.member.number, kept, found.session.number)
    give(token)
    return go("me", said="password")


@blueprint.post("/staff/me/sessions/<int:number>/end")
def end_session(number: int) -> AnyResponse:
    """End one of one's own sign-ins; ending this one is signing out."""
    found = signed_in()
    with staff_services.book() as book:
        book.sessions.end(number)
        _note(book, found, number)
    if number == found.session.number:
        give("")
        return go("sign_in", said="left")
    return go("me", said="ended")


@blueprint.post("/staff/me/sessions/end")
def end_other_sessions() -> AnyResponse:
    """End all of one's own sign-ins but this one."""
    found = signed_in()
    with staff_services.book() as book:
        others = [one.number for one in book.sessions.of(found.member.number)]
        book.sessions.end_all(found.member.number, but=found.session.number)
        for number in others:
            if number != found.session.number:
                _note(book, found, number)
    return go("me", said="ended")


def _note(book: StaffBook, found: SignedIn, number: int) -> None:
    now, actor = staff_services.clock(), found.member.number
    trail.record(book, now, actor, "session_ended", "session", number)


def page(status: int = 200, *, wrong_old: str = "", wrong_new: str = "") -> Response:
    """The page, with what was wrong."""
    found, now = signed_in(), staff_services.clock()
    with staff_services.book(write=False) as book:
        paper = book.people.count_paper(found.member.number)
        own = [
            one
            for one in book.sessions.of(found.member.number)
            if not staff_services.rules.has_ended(one, now)
        ]
    shown = [
        Shown(
            one.number,
            words.browser(one.browser),
            words.ago(one.started_at, now),
            words.ago(one.seen_at, now),
            one.number == found.session.number,
        )
        for one in own
    ]
    role = words.roles()[found.member.role]
    return desk_page(
        "staff/me.html",
        status,
        at="me",
        role=role,
        sessions=shown,
        paper=paper,
        wrong_old=wrong_old,
        wrong_new=wrong_new,
    )
