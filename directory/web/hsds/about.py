"""What an HSDS feed says of itself: its version and profile, the schemas, and its description."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from directory.exchange.hsds.profile import Schemas
from directory.web.addresses import home_url, site_url
from directory.web.hsds import description
from directory.web.hsds.asking import read
from directory.web.services import services

Json = dict[str, Any]

VERSION = "3.1"
PREFIX = "/hsds/v3"
LICENSE = "https://creativecommons.org/licenses/by-sa/4.0/"
PUBLISHER = "Stepwise"


def mount(blueprint: Blueprint) -> None:
    """Put these addresses on the blueprint; the first one with and without a slash at its end."""
    blueprint.add_url_rule("", "api", api)
    blueprint.add_url_rule("/", "root", api)
    blueprint.add_url_rule("/profile", "profile", profile)
    blueprint.add_url_rule("/profile/<name>.json", "profile_file", profile_file)
    blueprint.add_url_rule("/schema/<name>.json", "schema", schema)
    blueprint.add_url_rule("/openapi.json", "openapi", openapi)


def api() -> Response:
    """Which standard this feed follows, and where its profile and description are."""
    read(())
    return _json(
        {
            "version": VERSION,
            "profile": _address("profile"),
            "openapi_url": _address("openapi.json"),
            "description": "Intensive outpatient programs: who runs them, where, and when they meet.",
            "publisher": {"name": PUBLISHER, "website": home_url()},
        }
    )


def profile() -> Response:
    """Our profile: its patches of the standard's schemas, and the schemas they give."""
    read(())
    known = services.hsds.profile
    return _json(
        {
            "name": "Tracks of intensive outpatient programs",
            "hsds_version": VERSION,
            "license": LICENSE,
            "patches": _addresses("profile", known.patches),
            "schemas": _addresses("schema", known.schemas),
        }
    )


def profile_file(name: str) -> Response:
    """One patch."""
    return _one(services.hsds.profile.patches, name)


def schema(name: str) -> Response:
    """One schema, as the patch leaves it."""
    return _one(services.hsds.profile.schemas, name)


def openapi() -> Response:
    """The description of these addresses (OpenAPI 3.1)."""
    read(())
    return _json(description.document(services.vocabularies, services.hsds.profile, _address("")))


def _one(known: Schemas, name: str) -> Response:
    read(())
    if name not in known:
        raise NotFound
    response = _json(known[name])
    response.headers["Link"] = f'<{LICENSE}>; rel="license"'
    return response


def _addresses(folder: str, known: Mapping[str, object]) -> list[str]:
    return [_address(f"{folder}/{name}.json") for name in known]


def _address(path: str) -> str:
    return site_url(f"{PREFIX}/{path}")


def _json(plain: object) -> Response:
    return Response(orjson.dumps(plain), content_type="application/json")
