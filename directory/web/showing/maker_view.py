"""What a partner's choices come to: a preview, what to pick from, what was wrong, where things are."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import url_for

from directory.accounts.choices import read_choices, written
from directory.catalog.partner import Choices
from directory.errors import BadChoices
from directory.web.addresses import home_url
from directory.web.choosing import known
from directory.web.i18n import ENGLISH, NAMES, gettext, language, languages, page_url
from directory.web.releases import releases
from directory.web.showing.form_choices import helps, pays
from directory.web.showing.snippets import Place

NO_KEY = "pk_YOUR_KEY"
A_KEY = re.compile(r"pk_[0-9a-f]{20}")


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
        key=key if A_KEY.fullmatch(key) else NO_KEY,
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
        "accent": gettext("People could not read this color everywhere, or it is not a color."),
        "accent-dark": gettext(
            "People could not read this color on dark ground, or it is not a color."
        ),
        "place": gettext("Type a ZIP code, or a city or county with its state."),
        "radius": gettext("Type a number from 0 to 16."),
        "within": gettext("Type miles from 1 to 100, in digits."),
    }
    why = said.get(name, gettext("Pick one of the answers on the form, or leave it out."))
    offered = re.search(r"(#[0-9a-f]{6}) would do", expected)
    return gettext("%(why)s Try %(color)s.", why=why, color=offered[1]) if offered else why
