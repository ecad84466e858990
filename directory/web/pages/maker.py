"""The maker: how the finder would look on somebody's own page, and what to paste there. For anybody."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, request, url_for

from directory.accounts.choices import read_choices, written
from directory.catalog.partner import Choices
from directory.errors import BadChoices
from directory.web.addresses import home_url
from directory.web.choosing import known
from directory.web.i18n import ENGLISH, NAMES, gettext, language, languages, page_url
from directory.web.pages.site import blueprint, private
from directory.web.releases import releases
from directory.web.services import services
from directory.web.showing.form_choices import helps, pays
from directory.web.showing.snippets import Place, snippets

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
NO_KEY = "pk_YOUR_KEY"
_KEY = re.compile(r"pk_[0-9a-f]{20}")


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
        bad_key=bool(key) and not _KEY.fullmatch(key),
        options=options(),
        preview=preview(chosen),
        snippets=snippets(chosen, place_of(key, chosen)),
        contact=services.partner_contact,
    )


def read(given: Mapping[str, str]) -> tuple[Choices, Mapping[str, str]]:
    """The choices that can be used, and what is wrong with the others."""
    try:
        return read_choices(given, known()), {}
    except BadChoices as bad:
        wrong = {problem.field: problem.expected for problem in bad.problems}
        usable = {name: text for name, text in given.items() if name not in wrong}
        said = {name: complaint(name, expected) for name, expected in wrong.items()}
        return read_choices(usable, known()), said


def preview(chosen: Choices) -> str:
    """The address of a frame that our own pages may show."""
    spoken = chosen.lang or language()
    name = "frame" if spoken == ENGLISH else f"frame_{spoken}"
    wishes = {key: text for key, text in written(chosen).items() if key != "lang"}
    return f"{url_for(f'{name}.ask', key='preview')}?{urlencode(wishes)}"


def place_of(key: str, chosen: Choices) -> Place:
    """Where the finder and its script are."""
    here = home_url()
    newest = releases()[0]
    return Place(
        home=here,
        start=here + page_url("home", chosen.lang or language()),
        script=here + url_for("widget.script", version=newest.version),
        integrity=newest.integrity,
        key=key if _KEY.fullmatch(key) else NO_KEY,
    )


def options() -> Mapping[str, Mapping[str, str]]:
    """What may be picked, in words."""
    return {
        "lang": {code: NAMES.get(code, code) for code in languages()},
        "scheme": {
            "auto": gettext("As the device has it"),
            "light": gettext("Light"),
            "dark": gettext("Dark"),
        },
        "focus": {
            "mental_health": helps()["mh"],
            "substance_use": helps()["sud"],
        },
        "payer": {
            name: label for name, label in pays().items() if name in ("medi-cal", "medicare")
        },
        "count": {str(number): str(number) for number in (3, 5, 10)},
        "examples": {"off": gettext("Leave them out")},
    }


def complaint(name: str, expected: str) -> str:
    """What is wrong with one choice, and what to do."""
    said = {
        "accent": gettext("People could not read this color everywhere, or it is none."),
        "place": gettext("Type a ZIP code, or a city or county with its state."),
        "radius": gettext("Type a number from 0 to 16."),
        "within": gettext("Type miles from 1 to 100, in digits."),
    }
    why = said.get(name, gettext("Pick one of the answers on the form, or leave it out."))
    offered = re.search(r"(#[0-9a-f]{6}) would do", expected)
    return gettext("%(why)s Try %(color)s.", why=why, color=offered[1]) if offered else why
