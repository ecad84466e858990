"""Languages by address: English at the root, others under their own prefix (`/es/`).

Catalogs are read from their `.po` files when the app starts: nothing compiled can be stale.
"""

import re
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import flask_babel
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Blueprint, Flask, current_app, g, has_request_context, request, url_for
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException

from directory.catalog.vocabulary import Term, Vocabulary

ENGLISH = "en"
NAMES = {"en": "English", "es": "Español"}
ROOMS = ("pages", "staff")  # what is mounted once for each language
# Dates, numbers and times as people here write them: 2.1 miles in Spanish too, not 2,1.
LOCALES = {"en": "en_US", "es": "es_US"}
# The point of an abbreviation ends the sentence, too: '9 p. m.' and not '9 p. m..'.
_TWO_POINTS = re.compile(r"(?<!\.)\.\.(?!\.)")


def init(app: Flask, translations: Path | None = None) -> None:
    """Make `_()` and `page_url()` work in templates; the address decides the language."""
    folder = translations or Path(app.root_path).parent / "translations"
    app.extensions["catalogs"] = catalogs(folder)
    app.extensions["languages"] = (ENGLISH, *app.extensions["catalogs"])
    babel: Any = flask_babel.Babel
    babel(app, default_locale=LOCALES[ENGLISH], default_timezone="UTC", locale_selector=_locale)
    app.jinja_env.globals.update(
        page_url=page_url,
        language=language,
        other_languages=other_languages,
        in_english=in_english,
        label_of=label_of,
    )
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def mount(app: Flask, blueprint: Blueprint) -> None:
    """Register the pages once for each language offered."""
    for code in app.extensions["languages"]:
        if code == ENGLISH:
            app.register_blueprint(blueprint)
        else:
            app.register_blueprint(
                blueprint, url_prefix=f"/{code}", name=f"{blueprint.name}_{code}"
            )


def offered(folder: Path) -> tuple[str, ...]:
    """Every language offered, English first."""
    return (ENGLISH, *catalogs(folder))


def catalogs(folder: Path) -> dict[str, NullTranslations]:
    """The messages of every language that has a folder with a catalog."""
    return {
        path.parent.parent.name: _catalog_of(path)
        for path in sorted(folder.glob("*/LC_MESSAGES/messages.po"))
    }


def _catalog_of(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        read = read_po(file, locale=path.parent.parent.name)
    compiled = BytesIO()
    write_mo(compiled, read)
    return GNUTranslations(BytesIO(compiled.getvalue()))


def languages() -> tuple[str, ...]:
    """Every language this app speaks, English first."""
    known: tuple[str, ...] = current_app.extensions.get("languages", (ENGLISH,))
    return known


def language(address: str | None = None) -> str:
    """The language of an address (of this request): its first part, if we offer it."""
    if address is None:
        address = request.path if has_request_context() else "/"
    first = address.strip("/").partition("/")[0]
    return first if first in languages() else ENGLISH


def in_english() -> dict[str, str]:
    """Attributes for what stays as programs write it: it is English on a page that is not."""
    return {} if language() == ENGLISH else {"lang": ENGLISH}


def label_of(term: Term) -> str:
    """The label of a term in the language of this address."""
    return term.label_in(language())


def label_in(terms: Vocabulary, code: str) -> str:
    """The label of a code in the language of this address; the code itself where we have none."""
    return terms.label(code, language())


def page_url(page: str, code: str | None = None, /, **values: object) -> str:
    """The address of a page in this language (or in `code`), on error pages too.

    `page` is an endpoint's name, of the public pages ('guide') or of another room ('staff.desk').
    """
    code = code or language()
    room, _, name = page.rpartition(".")
    room = room or "pages"
    blueprint = room if code == ENGLISH else f"{room}_{code}"
    return url_for(f"{blueprint}.{name}", **values)  # type: ignore[arg-type]


def other_languages() -> list[tuple[str, str, str]]:
    """Code, own name and address of this page in each other language; the search stays in it."""
    here = language()
    page, values, asked = (*g.same_page, "") if "same_page" in g else _this_page()
    return [
        (code, NAMES.get(code, code), page_url(page, code, **values) + asked)
        for code in current_app.extensions["languages"]
        if code != here
    ]


def same_page(page: str, **values: object) -> None:
    """Say where the answer to a sent form can be read again, for the links to other languages."""
    g.same_page = page, values


def _this_page() -> tuple[str, dict[str, object], str]:
    """The page at this address, its values and what it is asked; the first page where it only takes
    what is sent.

    The query is written down, never given to `url_for`: names in it would be arguments there.
    """
    try:
        endpoint, values = current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return "home", {}, ""
    blueprint, _, page = str(endpoint).partition(".")
    room = blueprint.partition("_")[0]
    if room not in ROOMS:
        return "home", {}, ""
    asked = urlencode(list(request.args.items(multi=True)))
    return f"{room}.{page}", dict(values), f"?{asked}" if asked else ""


def locale() -> Locale:
    """The locale to write dates and numbers in; English where no request is at hand."""
    found: Locale | None = flask_babel.get_locale()
    return found or Locale.parse(LOCALES[ENGLISH])


def _locale() -> str:
    code = language()
    return LOCALES.get(code, code)


def gettext(message: str, **values: object) -> str:
    """The message in the language of this address, with its values filled in."""
    said = _catalog().gettext(message)
    return _TWO_POINTS.sub(".", said % values) if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for one thing or for several; `num` is filled in, too."""
    said = _catalog().ngettext(one, many, num)
    return _TWO_POINTS.sub(".", said % {"num": num, **values})


def lazy_gettext(message: str) -> LazyString:
    """A message that is looked up when it is read: for tables that are made once."""
    return LazyString(gettext, message)  # type: ignore[no-untyped-call]


def _catalog() -> NullTranslations:
    """The messages of this address's language, looked up once a request."""
    if not has_request_context():
        return NullTranslations()
    found: NullTranslations | None = g.get("catalog")
    if found is None:
        known = current_app.extensions.get("catalogs", {})
        found = g.catalog = known.get(language(), NullTranslations())
    return found
