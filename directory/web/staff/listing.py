"""“Still right?” by a link: a program looks after its listing without an account, until the link runs out."""

from collections.abc import Callable
from functools import wraps

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import magic_links, trail
from directory.accounts.staff import StaleLink
from directory.web.staff import telling, telling_part
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint
from directory.web.staff.telling import At


def _opens(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """The view with the program behind the link; a page that says so if the link opens no more."""

    @wraps(view)
    def opened(token: str, **values: str) -> AnyResponse:
        now = staff_services.clock()
        try:
            with staff_services.book(write=False) as book:
                link = magic_links.opened(book, staff_services.keeper, now, "listing", token)
        except StaleLink:
            return telling.gone()
        return view(At(link.subject, "link", trail.BY_LINK, "listing", {"token": token}), **values)

    return opened


@blueprint.get("/staff/listing/<token>", endpoint="show_listing")
@_opens
def show_listing(at: At) -> Response:
    """Today's facts, one button, a way to change each."""
    return telling.page(at)


@blueprint.post("/staff/listing/<token>", endpoint="confirm_listing")
@_opens
def confirm_listing(at: At) -> AnyResponse:
    """All of it is still right."""
    return telling.confirm(at)


@blueprint.get("/staff/listing/<token>/told", endpoint="told_listing")
@_opens
def told_listing(at: At) -> Response:
    """What is shown now, and what waits."""
    return telling.told(at)


@blueprint.post("/staff/listing/<token>/take-back", endpoint="take_back_listing")
@_opens
def take_back_listing(at: At) -> AnyResponse:
    """Undo one thing that was told."""
    return telling.take_back(at)


@blueprint.get("/staff/listing/<token>/change/<part>", endpoint="part_listing")
@_opens
def part_listing(at: At, part: str) -> Response:
    """The form of one fact."""
    return telling_part.show_part(at, part)


@blueprint.post("/staff/listing/<token>/change/<part>", endpoint="change_listing")
@_opens
def change_listing(at: At, part: str) -> AnyResponse:
    """Change one fact."""
    return telling_part.change_part(at, part)
