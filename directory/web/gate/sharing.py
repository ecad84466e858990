"""What scripts on pages of other sites may do (CORS): read what is public, with no credentials ever."""

from flask import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from directory.errors import NotShared
from directory.web.machines import Rule

# A secret key is for servers: a script that sends `Authorization` is refused before it shows one.
SENT = ("accept", "accept-language", "content-type", "if-none-match", "if-range", "range")
SEEN = "Accept-Ranges, Content-Range, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
REMEMBERED_SECONDS = "86400"


def is_preflight(asked: Request) -> bool:
    """True if a browser asks what it may send."""
    return asked.method == "OPTIONS" and "Access-Control-Request-Method" in asked.headers


def preflight(asked: Request, rule: Rule, routes: MapAdapter) -> Response:
    """What may be sent here. Raises `NotShared` for anything else, 404 where there is nothing."""
    if isinstance(asked.routing_exception, HTTPException):
        raise asked.routing_exception
    methods = tuple(sorted(rule.shared & set(routes.allowed_methods())))
    wanted = asked.headers["Access-Control-Request-Method"]
    if wanted not in methods:
        raise NotShared("Access-Control-Request-Method", wanted, methods)
    for name in asked.headers.get("Access-Control-Request-Headers", "").lower().split(","):
        if (sent := name.strip()) and sent not in SENT:
            raise NotShared("Access-Control-Request-Headers", sent, SENT)
    response = Response(status=204)
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
    response.headers["Access-Control-Allow-Headers"] = ", ".join(SENT)
    response.headers["Access-Control-Max-Age"] = REMEMBERED_SECONDS
    return response


def share(response: Response, asked: Request, rule: Rule) -> None:
    """Let any page read this answer, if the rule shares the method; refusals, too."""
    if asked.method in rule.shared:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SEEN
