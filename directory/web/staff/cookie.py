"""The desk's one cookie, and the token of its forms, which is made from it.

The cookie is set under `/staff` of each language only, so the pages of visitors never see it
(`__Secure-`: `__Host-` would ask for the whole site). Its value is random; who signs in gets a new
one. Flask-WTF finds the forms' token in a "session" that exists for one request only.
"""

from typing import Any

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin

from directory.accounts.sessions import new_token
from directory.web.i18n import ENGLISH
from directory.web.security import STAFF, is_staff
from directory.web.staff.services import staff_services

CSRF_FIELD = "csrf_token"


class FormTokens(dict[str, Any], SessionMixin):
    """What Flask-WTF takes for a session."""


class NothingKept(SessionInterface):
    """No session of Flask's own: only the token of forms, on addresses of the desk."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        """The token of this browser's forms, made anew from its cookie."""
        if not is_staff(request.path):
            return None
        found = FormTokens()
        if token := request.cookies.get(cookie_name()):
            found[CSRF_FIELD] = staff_services.keeper.digest("form", token)
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing to save."""


def cookie_name() -> str:
    """Browsers take a `__Secure-` cookie over https only; without https it has a plain name."""
    return "__Secure-staff" if staff_services.secure else "staff"


def cookie() -> str:
    """What this browser holds; "" if nothing."""
    return request.cookies.get(cookie_name(), "")


def give(token: str) -> None:
    """Have the browser hold this from now on; "" takes the cookie away."""
    g.staff_cookie = token


def greet() -> None:
    """Give a browser that holds nothing something to send its first form with. It opens nothing."""
    if not cookie():
        token = new_token()
        session[CSRF_FIELD] = staff_services.keeper.digest("form", token)
        give(token)


def send_cookie(response: Response) -> Response:
    """Put the cookie on an answer, if it changed: once for the desk of each language."""
    token: str | None = g.get("staff_cookie")
    if token is not None:
        for code in current_app.extensions["languages"]:
            response.set_cookie(
                cookie_name(),
                token,
                max_age=None if token else 0,
                path=f"/{STAFF}" if code == ENGLISH else f"/{code}/{STAFF}",
                secure=staff_services.secure,
                httponly=True,
                samesite="Lax",
            )
    return response
