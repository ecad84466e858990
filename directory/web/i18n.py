"""Languages by address: English at the root, others under their own prefix (`/es/`)."""

from pathlib import Path
from typing import Any

import flask_babel
from babel import Locale
from flask import Blueprint, Flask, current_app, g, has_request_context, request, url_for

ENGLISH = "en"
NAMES = {"en": "English", "es": "Español"}


def init(app: Flask, translations: Path | None = None) -> None:
    """Make `_()` and `page_url()` work in templates; the address decides the language."""
    folder = translations or Path(app.root_path).parent / "translations"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    app.extensions["languages"] = offered(folder)
    babel: Any = flask_babel.Babel
    babel(app, default_locale=ENGLISH, default_timezone="UTC", locale_selector=language)
    app.jinja_env.globals.update(
        page_url=page_url, language=language, other_languages=other_languages
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
    """English, and every language with a compiled catalog."""
    catalogs = sorted(folder.glob("*/LC_MESSAGES/messages.mo"))
    return (ENGLISH, *(path.parent.parent.name for path in catalogs))


def language(address: str | None = None) -> str:
    """The language of an address (of this request): its first part, if we offer it."""
    if address is None:
        address = request.path if has_request_context() else "/"
    first = address.strip("/").partition("/")[0]
    known: tuple[str, ...] = current_app.extensions.get("languages", (ENGLISH,))
    return first if first in known else ENGLISH


def page_url(page: str, code: str | None = None, **values: object) -> str:
    """The address of a page in this language (or in `code`), on error pages too."""
    code = code or language()
    blueprint = "pages" if code == ENGLISH else f"pages_{code}"
    return url_for(f"{blueprint}.{page}", **values)  # type: ignore[arg-type]


def other_languages() -> list[tuple[str, str, str]]:
    """Code, own name and address of this page in each other language."""
    endpoint = (request.endpoint or "").partition(".")[2] or "home"
    values = request.view_args or {}
    here = language()
    return [
        (code, NAMES.get(code, code), page_url(endpoint, code, **values))
        for code in current_app.extensions["languages"]
        if code != here
    ]


def locale() -> Locale:
    """The locale to write dates and numbers in; English where no request is at hand."""
    found: Locale | None = flask_babel.get_locale()
    return found or Locale.parse(ENGLISH)


def gettext(message: str, **values: object) -> str:
    """The message in the language of this address, with its values filled in."""
    said = str(_catalog().ugettext(message))
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for one thing or for several; `num` is filled in, too."""
    return str(_catalog().ungettext(one, many, num)) % {"num": num, **values}


def _catalog() -> Any:
    """The messages of this address's language, looked up once a request."""
    found = g.get("catalog") if has_request_context() else None
    if found is None:
        domain: Any = flask_babel.get_domain()
        found = domain.get_translations()
        if has_request_context():
            g.catalog = found
    return found
