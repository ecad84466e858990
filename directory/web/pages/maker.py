"""The maker: how the finder would look on somebody's own page, and what to paste there. For anybody."""

from flask import Response, request

from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.showing.maker_view import A_KEY, options, place_of, preview, read
from directory.web.showing.snippets import snippets

ASKED = (
    "lang",
    "scheme",
    "accent",
    "radius",
    "place",
    "within",
    "focus",
    "payer",
    "count",
    "examples",
)


@blueprint.get("/embed")
def maker() -> Response:
    """The choices, a preview of them, and the three things to paste. Nothing is kept."""
    given = {name: request.args.get(name, "").strip() for name in ASKED}
    chosen, wrong = read(given)
    key = request.args.get("key", "").strip()
    return private(
        "pages/maker.html",
        422 if wrong else 200,
        given=given,
        wrong=wrong,
        key=key[:40],
        bad_key=bool(key) and not A_KEY.fullmatch(key),
        options=options(),
        preview=preview(chosen),
        snippets=snippets(chosen, place_of(key, chosen)),
        contact=services.partner_contact,
    )
