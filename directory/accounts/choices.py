"""What a partner chose, as words: one spelling for the command line, the store and a frame's address.

Every value is text; lists stand with commas. `read_choices` and `written` are each other's inverse.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from directory.accounts.colours import DARK, LIGHT, read_colour
from directory.catalog.partner import Choices
from directory.catalog.vocabulary import Vocabularies
from directory.errors import BadChoices, BadValue

KEYS = tuple(field.name.replace("_", "-") for field in fields(Choices))
VOCABULARY_OF = {
    "focus": "focus",
    "payer": "payers",
    "services": "services",
    "populations": "populations",
    "languages": "languages",
}
LISTS = ("focus", "services", "populations", "languages")
SCHEMES = ("auto", "light", "dark")
RANGES = {"radius": (0, 16), "within": (1, 100), "count": (1, 10)}
MOST_CODES = 10
_WHOLE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Known:
    """What choices are read against: our words, the languages we speak, the places we know."""

    vocabularies: Vocabularies
    languages: tuple[str, ...]
    is_place: Callable[[str], bool]


def read_choices(given: Mapping[str, str], known: Known) -> Choices:
    """The choices of these words; "" leaves one open. Raises `BadChoices` with every wrong one."""
    problems, found = [], dict[str, Any]()
    for key, text in given.items():
        try:
            value = _read(key, text.strip(), known)
        except BadValue as bad:
            problems.append(bad)
        else:
            found[key.replace("-", "_")] = value
    if problems:
        raise BadChoices(tuple(problems))
    return Choices(**found)


def written(choices: Choices) -> dict[str, str]:
    """The choices as words; what is left open is left out."""
    values = ((key, getattr(choices, key.replace("-", "_"))) for key in KEYS)
    return {key: _word(value) for key, value in values if value is not None}


def over(fixed: Choices, wished: Choices) -> Choices:
    """What a partner's key fixes, and of the rest what the page wishes."""
    return Choices(
        **{
            field.name: own if (own := getattr(fixed, field.name)) is not None else wish
            for field in fields(Choices)
            for wish in (getattr(wished, field.name),)
        }
    )


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


def _read(key: str, text: str, known: Known) -> object:
    if key not in KEYS:
        raise BadValue(key[:40], text[:40], "one of the choices there are", KEYS)
    if not text:
        return None
    if key in VOCABULARY_OF:
        return _codes(key, text, known.vocabularies)
    if key in RANGES:
        return _whole(key, text)
    return _READ[key](text, known)


def _codes(key: str, text: str, vocabularies: Vocabularies) -> object:
    terms = vocabularies[VOCABULARY_OF[key]]
    codes = tuple(dict.fromkeys(text.split(",")))
    if len(codes) > (MOST_CODES if key in LISTS else 1):
        raise BadValue(key, f"{len(codes)} codes", f"at most {MOST_CODES if key in LISTS else 1}")
    if wrong := [code for code in codes if code not in terms]:
        raise BadValue(key, wrong[0][:40], "a code of our vocabulary", terms.codes())
    return codes if key in LISTS else codes[0]


def _whole(key: str, text: str) -> int:
    least, most = RANGES[key]
    if not (_WHOLE.fullmatch(text) and least <= int(text) <= most):
        raise BadValue(key, text[:40], f"a whole number from {least} to {most}")
    return int(text)


def _one_of(key: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise BadValue(key, text[:40], "one of the words allowed", allowed)
    return text


def _language(text: str, known: Known) -> str:
    """The language of a tag, whatever its region ("es-MX", "es_MX"): the page's own tag is passed on."""
    primary = re.split("[-_]", text.casefold(), maxsplit=1)[0]
    if primary not in known.languages:
        raise BadValue("lang", text[:40], "one of the words allowed", known.languages)
    return primary


def _place(text: str, known: Known) -> str:
    if len(text) > 120 or not text.isprintable() or not known.is_place(text):
        raise BadValue("place", text[:80], "a ZIP code, or a city or county with its state")
    return text


_READ: Mapping[str, Callable[[str, Known], object]] = {
    "lang": _language,
    "scheme": lambda text, _: _one_of("scheme", text, SCHEMES),
    "accent": lambda text, _: read_colour("accent", text, LIGHT),
    "accent-dark": lambda text, _: read_colour("accent-dark", text, DARK),
    "place": _place,
    "examples": lambda text, _: _one_of("examples", text, ("on", "off")) == "on",
}
