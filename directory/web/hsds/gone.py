"""What is answered at the id of a service that is not there any more: where it is now, or why it is gone."""

from typing import NoReturn

from flask import abort, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

from directory.exchange.hsds.keys import identifier
from directory.web import gone_words
from directory.web.problem import RefusedWith
from directory.web.services import services

KINDS = {"services": "service", "service_at_locations": "service_at_location"}
"""What is one program each, by the address of its list. Nobody noted what became of other records."""


def refuse(address: str, key: str) -> NoReturn:
    """Raises 410 for what is gone, 301 where it turned out to be another, as the API does; else 404."""
    kind = KINDS.get(address, "")
    program = _gone().get((kind, key)) if kind else None
    found = services.finder.whereabouts(program, id_first=True) if program else None
    if found is None:
        raise NotFound
    if found.gone:
        raise RefusedWith(gone_words.problem(found))
    here = url_for(request.endpoint or "", key=identifier(kind, found.program))
    abort(redirect(here, 301))


def _gone() -> dict[tuple[str, str], str]:
    """Programs that are gone by kind and id of the records that each was, made once a generation."""
    _, _, known = services.gathered.get(
        services.finder,
        "gone from HSDS",
        lambda _: {
            (kind, identifier(kind, program)): program
            for program in services.finder.journal.gone()
            for kind in KINDS.values()
        },
    )
    return known
