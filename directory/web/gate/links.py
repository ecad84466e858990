"""The way to the other parts of a list, as a header (RFC 8288): what `page` says, once more."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, request

RELATIONS = ("next", "prev", "first", "last")


def linked(response: Response, page: Mapping[str, object]) -> Response:
    """The answer with a link for each cursor of its `page`; the rest of the address stays as asked.

    For what is read by address: a question in a body has no address that could be linked.
    """
    links = [
        f'<{request.path}?{urlencode({**request.args, "cursor": str(page[rel])})}>; rel="{rel}"'
        for rel in RELATIONS
        if page.get(rel)
    ]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response
