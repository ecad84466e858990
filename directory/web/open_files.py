"""The files of open data, and their manifest for machines: the same for everybody, in no language."""

from typing import cast

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from directory.exchange.release import MANIFEST, PACKED
from directory.web.resumable import resumable
from directory.web.services import services

NAMED = "a file that /exports/manifest.json names now: newer ones replaced those before"

blueprint = Blueprint("open_files", __name__, url_prefix="/exports")


@blueprint.get("/manifest.json")
def manifest() -> Response:
    """The same for machines, of the newest release."""
    found = services.release()
    if found is None:
        raise NotFound("files of open data: they are being made, come back in a few minutes")
    response = Response((found.folder / MANIFEST).read_bytes(), content_type="application/json")
    response.set_etag(found.name)
    response.last_modified = found.written_at
    response.headers["Cache-Control"] = "no-cache"
    return cast(Response, response.make_conditional(request))


@blueprint.get("/<release>/<name>")
def file(release: str, name: str) -> Response:
    """One file of the release that this address names; a release that was replaced is gone."""
    found = services.release()
    told = found.file(name) if found and found.name == release else None
    if found is None or told is None:
        raise NotFound(NAMED)
    path = found.folder / told.name
    packed = path.with_name(told.name + PACKED) if told.packed_bytes else None
    try:
        return resumable(path, packed, told.sha256, found.written_at, told.media_type)
    except FileNotFoundError:  # replaced this very moment
        raise NotFound(NAMED) from None
