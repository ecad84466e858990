"""Is the process alive, and can it answer? For machines."""

from flask import Response

from directory.web.operating.readiness import Readiness
from directory.web.pages.site import blueprint
from directory.web.services import services


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Searches are answered (200), and what is amiss, a line each; 503 if they are not."""
    state = Readiness(services.finder, services.clock, services.checks).look()
    first = f"ready: {state.programs} programs, {state.generation}"
    told = [first if state.ready else "not ready", *state.troubles]
    return Response("\n".join(told) + "\n", 200 if state.ready else 503, mimetype="text/plain")
