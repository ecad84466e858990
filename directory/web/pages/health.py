"""Is the process alive, and can it answer? For machines."""

from flask import Response

from directory.errors import NoGeneration
from directory.web.pages.site import blueprint
from directory.web.services import services


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """There is a generation to answer from."""
    try:
        programs = services.finder.statistics().programs
    except (NoGeneration, KeyError):
        return Response("no published listings\n", 503, content_type="text/plain")
    return Response(f"ready: {programs} programs\n", content_type="text/plain")
