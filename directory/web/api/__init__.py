"""The directory for machines: JSON under `/api/v1`, described by `/api/v1/openapi.json`."""

from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any

import flask_smorest
import orjson
from flask import Flask, Response
from flask_smorest.utils import prepare_response

from directory.web.api import (
    changes,
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
from directory.web.api.document import OPTIONS, REFUSALS, ForEveryAddress, words_of
from directory.web.problem import PROBLEM_TYPE
from directory.web.strict import NoQuery, Number, StrictQueryParser, Whole

BLUEPRINTS = (
    match.blueprint,
    suggest.blueprint,
    programs.blueprint,
    changes.blueprint,
    tracks.blueprint,
    maps.blueprint,
    vocabularies.blueprint,
    groups.blueprint,
    reports.blueprint,
)


class Api(flask_smorest.Api):  # type: ignore[misc, unused-ignore]
    """OpenAPI for our blueprints; refusals are answered by `web.errors`, as problems."""

    ERROR_SCHEMA = schemas.Problem

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The description, whole; nothing is added once requests are answered."""
        whole: Mapping[str, Any] = self.spec.to_dict()
        return whole

    def _openapi_json(self) -> Response:
        """Encoded as all our answers are; strict as all our addresses are."""
        StrictQueryParser().parse(NoQuery(), location="query")
        return Response(orjson.dumps(self.document), content_type="application/json")

    def _register_error_handlers(self) -> None:
        """None: flask-smorest's own answer to 405 has no Allow, and is no problem+json."""

    def _register_responses(self) -> None:
        """Every refusal is `application/problem+json`, also in the description."""
        named = {name: status.phrase for name, status in REFUSALS.values()}
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
    api = Api(app, spec_kwargs={**OPTIONS, "extra_plugins": [ForEveryAddress()]})
    vocabularies = app.extensions["directory"].vocabularies
    api.ma_plugin.converter.add_attribute_function(words_of(vocabularies))
    app.extensions["api"] = api
    api.register_field(Whole, "integer", None)
    api.register_field(Number, "number", None)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)


def description(app: Flask) -> Mapping[str, Any]:
    """The OpenAPI document, as `/api/v1/openapi.json` sends it."""
    api: Api = app.extensions["api"]
    return api.document
