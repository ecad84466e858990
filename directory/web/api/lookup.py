"""The one place where the API looks a program up by its id or its address on our site."""

from werkzeug.exceptions import NotFound

from directory.catalog.program import Listing
from directory.web.services import services


def listed(name: str) -> Listing:
    """The published program with this id or slug. Raises 404 where there is none."""
    found = services.finder.program(name)
    if found is None:
        raise NotFound("the id or slug of a listed program")
    return found
