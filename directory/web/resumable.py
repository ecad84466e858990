"""Files in pieces: an interrupted download goes on where it stopped (RFC 9110, sections 13 and 14)."""

from datetime import datetime
from pathlib import Path
from typing import cast

from flask import Response, current_app, request
from werkzeug.http import http_date
from werkzeug.utils import send_file


def resumable(
    path: Path, packed: Path | None, digest: str, modified: datetime, media_type: str
) -> Response:
    """The file, or the part that was asked for; its `digest` is the strong tag.

    `packed` is its gzip copy, for those who take one: another representation with a tag of its own.
    Raises 416 for a part that is not there.
    """
    in_gzip = packed is not None and request.accept_encodings["gzip"] > 0
    etag = f"{digest}-gzip" if in_gzip else digest
    response = send_file(
        packed if in_gzip and packed else path,
        _asked(etag, modified),
        mimetype=media_type,
        as_attachment=True,
        download_name=path.name,
        etag=etag,
        last_modified=modified,
        response_class=current_app.response_class,
    )
    if packed is not None:
        response.vary.add("Accept-Encoding")
    if in_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return cast(Response, response)


def _asked(etag: str, modified: datetime) -> dict[str, object]:
    """The request, without a Range that is to be ignored: werkzeug would refuse or misread it."""
    asked = dict(request.environ)
    asked.pop("HTTP_IF_RANGE", None)
    if not _in_part(etag, modified):
        asked.pop("HTTP_RANGE", None)
    return asked


def _in_part(etag: str, modified: datetime) -> bool:
    """True for one part in bytes of this very file. If-Range names it by strong tag or exact time."""
    wanted = request.range
    if request.method != "GET" or wanted is None:
        return False
    if wanted.units != "bytes" or len(wanted.ranges) != 1:
        return False
    if request.if_none_match.contains_weak(etag):
        return False
    condition = request.headers.get("If-Range")
    return condition in (None, f'"{etag}"', http_date(modified))
