"""`GET /api/v1/programs.geojson`: every program on a map, no more exactly than it may be told."""

from collections.abc import Iterable, Iterator

import orjson
from flask import Response

from directory.web.api import list_examples, vocabulary_schemas
from directory.web.api.exchange import described
from directory.web.api.features import KIND, Near, feature
from directory.web.api.paging import whole
from directory.web.gate.tags import read_from
from directory.web.gathered import Records
from directory.web.services import services
from directory.web.strict import StrictBlueprint

blueprint = StrictBlueprint("maps", __name__, url_prefix="/api/v1", description="Maps")

MOST_BYTES = 32 * 1024 * 1024
"""A collection up to this size is kept for its generation; a larger one is written as it is sent."""

FEATURES = 500
"""Features at a time."""


@described(
    blueprint.route("/programs.geojson"),
    blueprint.doc(operationId="programsOnAMap"),
    blueprint.takes_none(),
    blueprint.response(
        200, vocabulary_schemas.FeatureCollection, content_type=KIND, example=list_examples.FEATURES
    ),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def programs_on_a_map() -> Response:
    """Every listed program as GeoJSON, whole.

    `precision` says what its point is: the site's own, the middle of its ZIP area, or its place. A
    program whose street is withheld has no point of its own. Null where no place is known.
    """
    near = services.gazetteer.near
    generation, records, kept = services.gathered.get(
        services.finder,
        "geojson",
        lambda all_of_them: within(MOST_BYTES, pieces(all_of_them, near)),
    )
    about = {"generation": generation, "as_of": services.finder.as_of}
    page = whole(records, generation).page
    opened = orjson.dumps({"type": "FeatureCollection", "meta": about, "page": page})
    # The day is read after the generation, and may be that of the next one.
    read_from(f"{generation} {about['as_of']}")
    body = collection(opened, pieces(records, near) if kept is None else kept)
    return Response(body, content_type=KIND)


def collection(opened: bytes, features: Iterable[bytes]) -> Iterator[bytes]:
    """The collection in pieces: what is told of it, and then its features."""
    yield opened.removesuffix(b"}") + b',"features":['
    yield from features
    yield b"]}"


def pieces(records: Records, near: Near) -> Iterator[bytes]:
    """The features of all programs, some hundred at a time, with the commas between them."""
    for first in range(0, len(records), FEATURES):
        some = records[first : first + FEATURES]
        told = b",".join(feature(orjson.loads(one.encoded), near) for one in some)
        yield b"," + told if first else told


def within(most: int, made: Iterator[bytes]) -> tuple[bytes, ...] | None:
    """All pieces, or None as soon as they are more than so many bytes."""
    found, size = [], 0
    for one in made:
        size += len(one)
        if size > most:
            return None
        found.append(one)
    return tuple(found)
