"""Keys by which partners' servers ask more often: made, shown once, changed, ended."""

from collections.abc import Mapping

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import giving_keys
from directory.accounts.api_keys import LONGEST_OWNER, MOST_PER_MINUTE
from directory.catalog.api_key import SCOPES, ApiKey
from directory.errors import BadValue, UnknownKey
from directory.web.i18n import gettext
from directory.web.showing.words import full_date
from directory.web.staff.partner_words import refuse_people
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

USUAL_RATE = "6000"
LONGEST_RATE = 9


@blueprint.get("/staff/api-keys")
def api_keys() -> Response:
    """Every key, and the form to make one."""
    return listed()


@blueprint.post("/staff/api-keys")
def make_api_key() -> Response:
    """Make a key; its secret is shown this once."""
    typed, scopes = _typed(), tuple(one for one in SCOPES if one in request.form.getlist("scope"))
    now, actor = staff_services.clock(), signed_in().member.number
    try:
        refuse_people(typed["name"])
        with staff_services.book() as book:
            key, secret = giving_keys.give(
                book, now, actor, typed["name"], scopes, _rate(typed["rate"])
            )
    except BadValue as bad:
        return listed(422, typed, scopes, {bad.field: complaint(bad)})
    return page(key, secret=secret)


@blueprint.get("/staff/api-keys/<int:number>")
def api_key(number: int) -> Response:
    """One key."""
    return page(found(number))


@blueprint.post("/staff/api-keys/<int:number>")
def change_api_key(number: int) -> AnyResponse:
    """Another name or rate."""
    typed, now, actor = _typed(), staff_services.clock(), signed_in().member.number
    try:
        refuse_people(typed["name"])
        with staff_services.book() as book:
            giving_keys.change(book, now, actor, number, typed["name"], _rate(typed["rate"]))
    except BadValue as bad:
        return page(found(number), 422, typed, {bad.field: complaint(bad)})
    except UnknownKey:
        return page(found(number), 409)
    return go("api_key", number=number, said="changed")


@blueprint.post("/staff/api-keys/<int:number>/revoke")
def revoke_api_key(number: int) -> AnyResponse:
    """End it for good."""
    try:
        with staff_services.book() as book:
            giving_keys.end(book, staff_services.clock(), signed_in().member.number, number)
    except UnknownKey:
        return page(found(number), 409)
    return go("api_keys", said="api_key_ended")


def found(number: int) -> ApiKey:
    """The key that an address names, ended ones too."""
    with staff_services.book(write=False) as book:
        return next((one for one in book.api_keys.all() if one.number == number), None) or abort(
            404
        )


def complaint(bad: BadValue) -> str:
    """What to type instead."""
    said = {
        "scope": gettext("Tick at least one thing the key is for."),
        "per-minute": gettext("Type a number from 1 to %(num)d, in digits.", num=MOST_PER_MINUTE),
    }
    name = gettext(
        "Type the name of an office or a server, at most %(num)d letters: no mail address, phone"
        " or date.",
        num=LONGEST_OWNER,
    )
    return said.get(bad.field, name)


def state(key: ApiKey) -> str:
    """Whether a key holds, and when it was last used."""
    if key.revoked_on:
        return gettext("Ended %(day)s", day=full_date(key.revoked_on))
    if key.last_used_on:
        return gettext("Last used %(day)s", day=full_date(key.last_used_on))
    return gettext("Never used")


def scope_words() -> Mapping[str, str]:
    """What a key may be for."""
    return {
        "api": gettext("The API"),
        "hsds": gettext("The HSDS feed"),
        "exports": gettext("Files of open data"),
        "reports": gettext("Telling what is wrong"),
    }


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "")[:200] for name in ("name", "rate")}


def _rate(text: str) -> int:
    digits = text.strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_RATE
    return int(digits) if is_number else 0


def listed(
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    scopes: tuple[str, ...] = SCOPES,
    wrong: Mapping[str, str] | None = None,
) -> Response:
    """The page, with what was wrong."""
    with staff_services.book(write=False) as book:
        keys = book.api_keys.all()
    return desk_page(
        "staff/api_keys.html",
        status,
        keys=[(one, state(one)) for one in keys],
        scopes=scope_words().items(),
        ticked=scopes,
        typed=typed or {"name": "", "rate": USUAL_RATE},
        wrong=wrong or {},
    )


def page(
    key: ApiKey,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    secret: str = "",
) -> Response:
    """One key as it is now, with what was typed and what was wrong; the secret only when it is new."""
    words = scope_words()
    return desk_page(
        "staff/api_key.html",
        status,
        at="api_key",
        number=key.number,
        key=key,
        state=state(key),
        made=full_date(key.made_on),
        scopes=[words[one] for one in key.scopes],
        typed=typed or {"name": key.owner, "rate": str(key.per_minute)},
        wrong=wrong or {},
        secret=secret,
    )
