"""The door of the desk: who may pass, asked once before every view, from one table.

Two locks against forms of other sites: where the browser says it comes from, and a token made from
the cookie (ASVS 5.0 3.5.1, 3.5.3).
"""

from contextlib import suppress

from flask import Flask, abort, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import sessions
from directory.accounts.passwords import TooBusy
from directory.accounts.second_factor import stage_of
from directory.accounts.sessions import SignedIn, SignInEnded
from directory.errors import StoreAway
from directory.web import errors
from directory.web.i18n import mount
from directory.web.security import from_elsewhere
from directory.web.staff.access import ROUTES, WAY_IN, Access, owner_of, reaches
from directory.web.staff.coming_back import wanted
from directory.web.staff.cookie import CSRF_FIELD, NothingKept, cookie, greet, send_cookie
from directory.web.staff.doors import doors_for
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, go

_forms = CSRFProtect()
_ASKING = frozenset({"GET", "HEAD"})


def register(app: Flask) -> None:
    """Open the desk in every language. Needs the languages and `staff_services` in place."""
    app.session_interface = NothingKept()
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # only where this door asks for it
        WTF_CSRF_FIELD_NAME=CSRF_FIELD,
        WTF_CSRF_SECRET_KEY=app.extensions["staff"].keeper.digest("forms", "key"),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the cookie it is made from
        WTF_CSRF_SSL_STRICT=False,  # it would ask for a Referer, which our pages never send
    )
    _forms.init_app(app)
    mount(app, blueprint)


@blueprint.before_request
def _admit() -> AnyResponse | None:
    access = ROUTES.get((request.endpoint or "").partition(".")[2])
    if access is None:
        abort(404)
    g.signed_in = _recognize()
    if request.method not in _ASKING:
        if from_elsewhere(request):
            abort(403)
        if _may_send_more(access, g.signed_in):
            request.max_content_length = access.most_bytes
        _forms.protect()
    if access.is_open:
        greet()
        return None
    return _pass(access, g.signed_in)


def _may_send_more(access: Access, found: SignedIn | None) -> bool:
    """A file may be longer than a form: only for those who may use the address at all."""
    if found is None or not access.most_bytes:
        return False
    return stage_of(found) in access.stages and found.member.role in access.roles


def _pass(access: Access, found: SignedIn | None) -> AnyResponse | None:
    if found is None:
        return go("sign_in", **wanted())
    if found.member.role not in access.roles:
        abort(403)
    if (stage := stage_of(found)) not in access.stages:
        return go(WAY_IN[stage], **(wanted() if stage == "code" else {}))
    if access.touches != "nothing":
        named = request.view_args or {}
        with staff_services.book(write=False) as book:
            owner = owner_of(access.touches, book, named.get("number", named.get("program", 0)))
        if owner is None or not reaches(access, found.member, owner):
            abort(404)
    return None


def _recognize() -> SignedIn | None:
    token = cookie()
    if not token:
        return None
    now = staff_services.clock()
    with staff_services.book(write=False) as book:
        found = sessions.recognize(book, staff_services.rules, token, now)
    if found is not None and sessions.is_due(found.session, now):
        # Where nothing can be kept now, people read on: the sign-in may end sooner for it, never later.
        with suppress(StoreAway), staff_services.book() as book:
            sessions.note(book, found.session, now)
    return found


@blueprint.errorhandler(TooBusy)
def _too_busy(_refusal: TooBusy) -> AnyResponse:
    """Whatever the account: told before anything of it is looked at."""
    answer = errors.refused(TooManyRequests())
    answer.headers["Retry-After"] = "5"
    return answer


@blueprint.errorhandler(SignInEnded)
def _sign_in_ended(_refusal: SignInEnded) -> AnyResponse:
    """As for whoever is not signed in. The cookie stays: it may hold a newer sign-in by now."""
    return go("sign_in", **wanted())


@blueprint.after_request
def _send_cookie(response):  # type: ignore[no-untyped-def]
    return send_cookie(response)


@blueprint.context_processor
def _on_every_page() -> dict[str, object]:
    """The doors that are open to whoever is signed in."""
    found: SignedIn | None = g.get("signed_in")
    is_in = found is not None and stage_of(found) == "in"
    return {"doors": doors_for(found.member.role) if found and is_in else ()}
