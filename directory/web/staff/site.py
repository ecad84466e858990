"""What every page of the desk shares: the blueprint, who is signed in, how a page is shown."""

from typing import Any, cast

from flask import Blueprint, Response, g, make_response, render_template, request
from werkzeug.utils import redirect as send_to
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.sessions import SignedIn
from directory.catalog.staff import Role
from directory.web.i18n import page_url, same_page
from directory.web.staff import words
from directory.web.staff.coming_back import back_for

blueprint = Blueprint("staff", __name__)


def signed_in() -> SignedIn:
    """Who is asking. Only for addresses that are not open: the door has seen to it."""
    return cast(SignedIn, g.signed_in)


def desk_page(
    template: str, /, status: int = 200, *, at: str = "", number: int = 0, **values: Any
) -> Response:
    """A page of the desk; `said` in the address is what was just done.

    `at` (with its `number`) is where the page can be read again, if it answers a form: the links to
    other languages lead there.
    """
    if at:
        same_page(f"staff.{at}", **({"number": number} if number else {}))
    found: SignedIn | None = g.get("signed_in")
    values.setdefault("said", words.done(request.args.get("said", "")))
    page = render_template(template, member=found.member if found else None, **values)
    return make_response(page, status)


def go_on(role: Role) -> AnyResponse:
    """On to the page somebody wanted before they had to sign in, else to the desk."""
    page = back_for(role)
    return go("desk") if page is None else send_to(page, 303)


def go(page: str, code: str | None = None, /, **values: Any) -> AnyResponse:
    """On to a page of the desk in this language (or in `code`), once a form was taken."""
    return send_to(page_url(f"staff.{page}", code, **values), 303)
