"""The first page of the desk: what one may do here."""

from flask import Response

from directory.web.staff import words
from directory.web.staff.site import blueprint, desk_page, signed_in


@blueprint.get("/staff")
def desk() -> Response:
    """The doors that one's role opens."""
    member = signed_in().member
    return desk_page("staff/desk.html", role=words.roles()[member.role])
