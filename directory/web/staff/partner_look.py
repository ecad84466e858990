"""How a partner's frame looks and what it asks for: shown before it is kept, without a script."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.choices import KEYS, LISTS, RANGES, SCHEMES, VOCABULARY_OF, written
from directory.catalog.partner import Partner
from directory.errors import PartnerHasChanged
from directory.web.i18n import NAMES, gettext, label_of, languages
from directory.web.services import services
from directory.web.showing.maker_view import options, preview, read
from directory.web.staff.partner import found, meanwhile, seen
from directory.web.staff.partners import partner_desk
from directory.web.staff.site import blueprint, desk_page, go

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be picked in a form, as pairs of code and words."""

    lang: Options
    scheme: Options
    count: Options
    examples: Options
    payer: Options
    focus: Options
    services: Options
    populations: Options
    languages: Options


@blueprint.get("/staff/partners/<int:number>/look")
def partner_look(number: int) -> Response:
    """The choices as they are kept, and the frame they make."""
    partner = found(number)
    return look_page(partner, written(partner.choices), partner.version)


@blueprint.post("/staff/partners/<int:number>/look")
def change_partner_look(number: int) -> AnyResponse:
    """Show other choices, or keep them. Which of the two the button says; without a word: show."""
    partner, given = found(number), typed()
    _, wrong = read(given)
    if wrong:
        return look_page(partner, given, seen(), 422, wrong=wrong, is_tried=True)
    if request.form.get("do") != "keep":
        return look_page(partner, given, seen(), is_tried=True)
    try:
        partner_desk().change(partner.key, choices=given, version=seen())
    except PartnerHasChanged:
        return look_page(partner, given, partner.version, 409, refused=meanwhile(), is_tried=True)
    return go("partner", number=number, said="changed")


def typed() -> dict[str, str]:
    """Every choice of the form as a word; what is not on it is left open."""
    return {
        key: ",".join(request.form.getlist(key))[:400]
        if key in LISTS
        else request.form.get(key, "").strip()[:120]
        for key in KEYS
    }


def look_page(
    partner: Partner,
    given: Mapping[str, str],
    version: int,
    status: int = 200,
    *,
    wrong: Mapping[str, str] | None = None,
    refused: str = "",
    is_tried: bool = False,
) -> Response:
    """The form as it was filled in, and the frame that what can be used of it makes."""
    usable, _ = read(given)
    may_be = offered()
    return desk_page(
        "staff/partner_look.html",
        status,
        at="partner_look",
        number=partner.number,
        partner=partner,
        given={key: given.get(key, "") for key in KEYS},
        version=version,
        preview=preview(usable),
        offered=may_be,
        kept=_kept(partner, given, may_be) if status == 409 else {},
        is_tried=is_tried,
        wrong=wrong or {},
        refused=refused,
    )


def _kept(partner: Partner, given: Mapping[str, str], may_be: Offered) -> dict[str, str]:
    """What is kept, in words, where something else was typed; "" where it is left open."""
    kept = written(partner.choices)
    both = {key: (kept.get(key, ""), given.get(key, "")) for key in KEYS}
    return {
        key: ", ".join(dict(getattr(may_be, key, ())).get(code, code) for code in _codes(key, own))
        for key, (own, typed) in both.items()
        if set(_codes(key, own)) != set(_codes(key, typed))
    }


def _codes(key: str, text: str) -> list[str]:
    return text.split(",") if key in LISTS else [text]


def offered() -> Offered:
    """What may be picked, in the language of this page."""
    least, most = RANGES["count"]
    schemes = options()["scheme"]
    return Offered(
        lang=[(code, NAMES.get(code, code)) for code in languages()],
        scheme=[(code, schemes[code]) for code in SCHEMES],
        count=[(str(number), str(number)) for number in range(least, most + 1)],
        examples=[
            ("off", gettext("Leave them out")),
            ("on", gettext("Show them, marked as examples")),
        ],
        **{key: _terms(key) for key in VOCABULARY_OF},
    )


def _terms(key: str) -> Options:
    terms = services.vocabularies[VOCABULARY_OF[key]]
    return sorted(((term.id, label_of(term)) for term in terms), key=lambda one: one[1].casefold())
