"""One partner site: where it may show the finder, what to paste, how often it was used, closing its key."""

from collections.abc import Callable, Mapping, Sequence

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.partners import ToldDay
from directory.catalog.partner import Choices, Partner
from directory.errors import BadValue, PartnerHasChanged
from directory.web.i18n import gettext
from directory.web.showing.maker_view import place_of
from directory.web.showing.snippets import snippets
from directory.web.showing.words import full_date
from directory.web.staff.partner_words import complaint, refuse_people, state
from directory.web.staff.partners import (
    MOST_TYPED,
    lines,
    organizations,
    partner_desk,
    picked,
)
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

SPANS = (30, 90, 365)
"""How many days of counts may be looked at."""


@blueprint.get("/staff/partners/<int:number>")
def partner(number: int) -> Response:
    """The page."""
    return page(number)


@blueprint.post("/staff/partners/<int:number>")
def change_partner(number: int) -> AnyResponse:
    """Another name, other pages. What somebody else changed meanwhile is not overwritten."""
    typed = {name: request.form.get(name, "")[:MOST_TYPED] for name in ("name", "origins")}
    try:
        refuse_people(typed["name"])
        partner_desk().change(
            found(number).key,
            name=typed["name"],
            origins=lines(typed["origins"]),
            version=seen(),
        )
    except BadValue as bad:
        return page(number, 422, typed, {bad.field: complaint(bad)})
    except PartnerHasChanged:
        return page(number, 409, typed, refused=meanwhile())
    return go("partner", number=number, said="changed")


@blueprint.post("/staff/partners/<int:number>/pause")
def pause_partner(number: int) -> AnyResponse:
    """Show no frame for a while."""
    return _do(number, partner_desk().pause, "key_paused")


@blueprint.post("/staff/partners/<int:number>/reopen")
def reopen_partner(number: int) -> AnyResponse:
    """Show it again."""
    return _do(number, partner_desk().reopen, "key_reopened")


@blueprint.post("/staff/partners/<int:number>/revoke")
def revoke_partner(number: int) -> AnyResponse:
    """End the key; only an administrator can undo it."""
    return _do(number, partner_desk().revoke, "key_revoked")


@blueprint.post("/staff/partners/<int:number>/restore")
def restore_partner(number: int) -> AnyResponse:
    """Undo that."""
    return _do(number, partner_desk().restore, "key_reopened")


@blueprint.post("/staff/partners/<int:number>/organization")
def give_partner(number: int) -> AnyResponse:
    """Have the people of another organization see to it."""
    try:
        partner_desk().give_to(found(number).key, picked(request.form.get("organization", "")))
    except BadValue as bad:
        return page(number, 422, wrong={bad.field: complaint(bad)})
    return go("partner", number=number, said="changed")


def _do(number: int, act: Callable[[str], Partner], said: str) -> AnyResponse:
    act(found(number).key)
    return go("partner", number=number, said=said)


def found(number: int) -> Partner:
    """The partner that an address names."""
    with staff_services.book(write=False) as book:
        return book.partners.numbered(number) or abort(404)


def seen() -> int:
    """The version that somebody changed, as the form says it; 0 for none."""
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def meanwhile() -> str:
    """What to say when two change one thing at once; what was typed stands in the form."""
    return gettext(
        "Somebody else changed this key meanwhile. What you typed is still here: look at both,"
        " then keep it again."
    )


def page(
    number: int,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    refused: str = "",
) -> Response:
    """The partner as it is now, with what was typed and what was wrong."""
    one, member, places = found(number), signed_in().member, organizations()
    kept = {"name": one.name, "origins": "\n".join(one.origins)}
    days = _span()
    return desk_page(
        "staff/partner.html",
        status,
        at="partner",
        number=number,
        partner=one,
        state=state(one),
        owner=dict(places).get(str(one.organization), ""),
        organizations=places,
        sees_all=member.role == "administrator",
        typed=typed or kept,
        kept=kept,
        pastes=snippets(Choices(), place_of(one.key, one.choices)),
        days=days,
        spans=SPANS,
        told=told(partner_desk().counts(one.key, days)),
        wrong=wrong or {},
        refused=refused,
    )


def told(days: Sequence[ToldDay]) -> list[tuple[str, int | None, int | None]]:
    """The days of which anything may be told, the newest first."""
    some = [one for one in reversed(days) if one.shown is not None or one.asked is not None]
    return [(full_date(one.day), one.shown, one.asked) for one in some]


def _span() -> int:
    asked = request.args.get("days", "")
    return next((one for one in SPANS if str(one) == asked), SPANS[0])
