"""What every page shares: the blueprint, the help line, links to static files."""

from dataclasses import dataclass
from typing import Any, cast

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    make_response,
    render_template,
    request,
)
from flask.blueprints import BlueprintSetupState

from directory.places.region import PASADENA_REGION, Region
from directory.web import kept
from directory.web.addresses import site_url
from directory.web.i18n import language, page_url
from directory.web.services import services
from directory.web.showing import words

blueprint = Blueprint("pages", __name__)

# A neutral page for who has to leave in a hurry; nothing about health.
EXIT_URL = "https://www.weather.gov/"


@blueprint.record_once
def _remember_parts(state: BlueprintSetupState) -> None:
    kept.register(cast(Flask, state.app))


@blueprint.app_context_processor
def on_every_page() -> dict[str, Any]:
    """The help line and the exit, even where nothing else works."""
    return {
        "region": region(),
        "exit_url": EXIT_URL,
        "tel": tel,
        "alternates": alternates,
        "full_date": words.full_date,
    }


def region() -> Region:
    """The operator's region in this language; the default one while the services are down."""
    try:
        return services.region.in_language(language())
    except KeyError:
        return PASADENA_REGION.in_language(language())


@dataclass(frozen=True, slots=True)
class Alternates:
    """The address search engines should know, and the same page by language."""

    canonical: str
    by_language: tuple[tuple[str, str], ...]


def alternates() -> Alternates | None:
    """Where this page stands in each language; None for pages that hold somebody's answers."""
    page = (request.endpoint or "").partition(".")[2]
    values = request.view_args or {}
    if not page or request.method != "GET" or request.args or "sealed" in values:
        return None
    codes = current_app.extensions["languages"]
    found = tuple((code, site_url(page_url(page, code, **values))) for code in codes)
    return Alternates(dict(found)[language()], (*found, ("x-default", found[0][1])))


def tel(phone: str) -> str:
    """'tel:+16265550142' for '626-555-0142'; short numbers such as 988 stay short."""
    digits = "".join(character for character in phone if character.isdigit())
    return (
        f"tel:+1{digits}" if len(digits) == 10 else f"tel:{'+' if len(digits) > 10 else ''}{digits}"
    )


def private(template: str, /, status: int = 200, **values: Any) -> Response:
    """A page that holds somebody's answers: no cache keeps it."""
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
