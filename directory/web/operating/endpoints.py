"""How a request is named to operators: by words of ours only, whatever was asked."""

from flask import Request

ENDPOINT = "stepwise.endpoint"
"""The key of the WSGI environment under which the server's log finds it."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def endpoint_of(asked: Request) -> str:
    """The name of the route; "none" where no route fits."""
    return asked.endpoint or "none"


def method_of(method: str) -> str:
    """The method, if HTTP knows it: anybody may send any word."""
    return method if method in _METHODS else "other"


def status_class(status: int) -> str:
    """200 as 2xx."""
    return f"{status // 100}xx"
