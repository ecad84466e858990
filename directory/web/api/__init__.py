"""The directory for machines: JSON under `/api/v1`, described by `/api/v1/openapi.json`."""

from http import HTTPStatus

import flask_smorest
from flask import Flask
from flask_smorest.utils import prepare_response

from directory.web.api import (
    groups,
    maps,
    match,
    programs,
    reports,
    schemas,
    suggest,
    tracks,
    vocabularies,
)
from directory.web.problem import PROBLEM_TYPE
from directory.web.strict import Number, Whole

BLUEPRINTS = (
    match.blueprint,
    suggest.blueprint,
    programs.blueprint,
    tracks.blueprint,
    maps.blueprint,
    vocabularies.blueprint,
    groups.blueprint,
    reports.blueprint,
)

_PROBLEMS = {
    "BAD_REQUEST": HTTPStatus.BAD_REQUEST,
    "NOT_FOUND": HTTPStatus.NOT_FOUND,
    "GONE": HTTPStatus.GONE,
    "TOO_LARGE": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "UNSUPPORTED_MEDIA_TYPE": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "UNPROCESSABLE": HTTPStatus.UNPROCESSABLE_ENTITY,
}


class Api(flask_smorest.Api):  # type: ignore[misc, unused-ignore]
    """OpenAPI for our blueprints; refusals are answered by `web.errors`, as problems."""

    ERROR_SCHEMA = schemas.Problem

    def _register_error_handlers(self) -> None:
        """None: flask-smorest's own answer to 405 has no Allow, and is no problem+json."""

    def _register_responses(self) -> None:
        """Every refusal is `application/problem+json`, also in the description."""
        named = {name: status.phrase for name, status in _PROBLEMS.items()}
        # What flask-smorest itself refers to: webargs' refusals, and any other.
        named[HTTPStatus(422).name] = HTTPStatus(422).phrase
        named["DEFAULT_ERROR"] = "A problem (RFC 9457)"
        for name, phrase in named.items():
            response = {"description": phrase, "schema": self.ERROR_SCHEMA}
            prepare_response(response, self.spec, PROBLEM_TYPE)
            self.spec.components.response(name, response, lazy=True)


def register(app: Flask) -> None:
    """Mount the API and its description; no page for it, and nothing from other hosts."""
    app.config.update(
        API_TITLE="Stepwise",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = Api(app)
    api.register_field(Whole, "integer", None)
    api.register_field(Number, "number", None)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
