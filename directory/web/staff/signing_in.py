"""In and out."""

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import sessions, trail
from directory.accounts.signing_in import Asked, NotSignedIn
from directory.web.gate.rates import network_of
from directory.web.staff import words
from directory.web.staff.coming_back import carried
from directory.web.staff.cookie import cookie, give
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, go_on, signed_in
from directory.web.staff.words import browser_code


@blueprint.get("/staff/sign-in")
def sign_in() -> AnyResponse:
    """The form; who is signed in already goes on to the desk."""
    return go("desk") if g.signed_in else form(why=request.args.get("why", ""))


@blueprint.post("/staff/sign-in")
def enter() -> AnyResponse:
    """Let somebody in, or say that we could not, whatever the reason."""
    email = request.form.get("email", "")
    agent = browser_code(request.headers.get("User-Agent", ""))
    network = network_of(request.remote_addr) or b""
    asked = Asked(email, request.form.get("password", ""), network, agent)
    now = staff_services.clock()
    try:
        token = staff_services.signing_in.sign_in(asked, now)
    except NotSignedIn:
        return form(422, email=email[:200], why="password")
    with staff_services.book() as book:  # what this browser held before opens no more
        old = sessions.recognize(book, staff_services.rules, cookie(), now)
        if old is not None:
            book.sessions.end(old.session.number)
        new = sessions.recognize(book, staff_services.rules, token, now)
    give(token)
    return go_on(new.member.role) if new else go("desk")


@blueprint.post("/staff/sign-out")
def sign_out() -> AnyResponse:
    """End this sign-in, here and on the server."""
    found = signed_in()
    with staff_services.book() as book:
        book.sessions.end(found.session.number)
        number = found.member.number
        trail.record(book, staff_services.clock(), number, "signed_out", "staff", number)
    give("")
    return go("sign_in", said="left")


def form(status: int = 200, *, email: str = "", why: str = "") -> Response:
    """The page; `why` says why somebody is not in."""
    return desk_page(
        "staff/sign_in.html",
        status,
        at="sign_in",
        email=email,
        wrong=words.not_in(why),
        then=carried(),
        elsewhere=staff_services.elsewhere is not None,
    )
