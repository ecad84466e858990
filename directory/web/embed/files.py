"""The files of the widget: the script in every released version, style sheets, oEmbed."""

from flask import Blueprint, Flask, Response, abort, request
from flask.blueprints import BlueprintSetupState

from directory.errors import BadValue
from directory.web.embed import looks, oembed
from directory.web.releases import load, releases

blueprint = Blueprint("widget", __name__)
oembed.register(blueprint)

YEAR = 365 * 24 * 3600
HOUR = 3600


@blueprint.record_once
def _read_files(state: BlueprintSetupState) -> None:
    app: Flask = state.app  # type: ignore[assignment]
    looks.register(app)
    app.extensions["releases"] = load(app)


@blueprint.get("/widget/v<version>.js")
def script(version: str) -> Response:
    """A released version, which never changes; or the newest of 1.x, which does."""
    named = {one.version: one for one in releases()}
    newest = {one.version.partition(".")[0]: one for one in reversed(releases())}
    release = named.get(version) or newest.get(version) or abort(404)
    seconds = YEAR if version in named else HOUR
    return _sent(release.body, release.packed, "text/javascript", seconds)


@blueprint.get("/widget/look/<name>.<stamp>.css")
def look(name: str, stamp: str) -> Response:
    """The style sheet of a frame; an old stamp is gone."""
    try:
        sheet = looks.sheet_of(name)
    except BadValue:
        abort(404)
    if sheet.stamp != stamp:
        abort(404)
    return _sent(sheet.body, sheet.packed, "text/css", YEAR)


def _sent(body: bytes, packed: bytes, kind: str, seconds: int) -> Response:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(packed if zipped else body, content_type=f"{kind}; charset=utf-8")
    kept = ", immutable" if seconds == YEAR else ""
    response.headers["Cache-Control"] = f"public, max-age={seconds}{kept}"
    response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response
