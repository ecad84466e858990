"""`GET /api/v1/changes`: what was listed, changed, moved and removed since somebody last asked."""

from urllib.parse import urlencode

from flask import Response, request

from directory.catalog.whereabouts import Whereabouts
from directory.matching.index import Chronicle
from directory.web.api import change_schemas, list_examples
from directory.web.api.change_cursor import Cursor, cursor_in
from directory.web.api.dump import Json
from directory.web.api.exchange import as_json, described
from directory.web.services import services
from directory.web.strict import StrictBlueprint

blueprint = StrictBlueprint("changes", __name__, url_prefix="/api/v1", description="Changes")


@described(
    blueprint.route("/changes"),
    blueprint.doc(operationId="changes"),
    blueprint.takes(change_schemas.ChangesQuery, by_name=True),
    blueprint.response(200, change_schemas.Changes, example=list_examples.CHANGES),
    blueprint.alt_response(410, "GONE"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def changes(limit: int, since: str | None = None) -> Response:
    """Programs that changed, oldest change first, each once and as it stands now.

    Begin without `since`; go on with `page.next`, at once while there is `more`, later for what is new.
    Who does so holds exactly what is listed. A cursor holds for as long as the directory keeps its
    records; one that does not hold any more is refused with 410: begin again without it.
    """
    index = services.finder.current()
    cursor = cursor_in(index.journal, since)
    found = index.journal.after(cursor.change, cursor.program, limit + 1)
    told, more = found[:limit], len(found) > limit
    following = _after(cursor, told, index.journal, more=more).encoded()
    response = as_json(
        {
            "data": [_plain(one, cursor.known) for one in told],
            "page": {"limit": limit, "more": more, "next": following},
            "meta": {"generation": index.name, "as_of": index.as_of},
        }
    )
    if more:
        address = f"{request.path}?{urlencode({**request.args, 'since': following})}"
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


def _after(cursor: Cursor, told: list[Whereabouts], journal: Chronicle, *, more: bool) -> Cursor:
    """Where to go on: within this pass, or, once all is told, with the change after the newest."""
    newest, mark = journal.newest, journal.mark_of(journal.newest) or 0
    if more:
        last = told[-1]
        return Cursor(last.last, last.program, cursor.known, newest, mark, journal.examples)
    return Cursor(newest + 1, "", newest, newest, mark, journal.examples)


def _plain(one: Whereabouts, known: int) -> Json:
    return {
        "id": one.program,
        "slug": one.slug,
        "kind": one.kind(known),
        "at": one.at.isoformat(),
        "facts": list(one.changed(known)),
        "example": one.example,
        "reason": one.gone.why if one.gone else None,
        "into": one.gone.into if one.gone else None,
        "links": {"self": f"/api/v1/programs/{one.program}", "page": f"/programs/{one.slug}"},
    }
