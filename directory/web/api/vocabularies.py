"""The words of the directory for machines: codes with labels, and how many programs answer each."""

from flask import Response
from werkzeug.exceptions import NotFound

from directory.catalog.vocabulary import Term
from directory.matching.counting import FACETS
from directory.matching.outcome import Outcome
from directory.web.api import list_examples, queries, vocabulary_schemas
from directory.web.api.dump import Json
from directory.web.api.exchange import answered, as_list, described, path_value
from directory.web.api.paging import whole
from directory.web.api.programs import SEARCH_MUST
from directory.web.i18n import ENGLISH
from directory.web.services import services
from directory.web.strict import StrictBlueprint

TAXONOMY = path_value("taxonomy_id", "The id of a vocabulary.", "payers")

blueprint = StrictBlueprint(
    "vocabularies", __name__, url_prefix="/api/v1", description="Vocabularies"
)


@described(
    blueprint.route("/taxonomies"),
    blueprint.doc(operationId="taxonomies"),
    blueprint.takes_none(),
    blueprint.response(200, vocabulary_schemas.Taxonomies, example=list_examples.TAXONOMIES),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def taxonomies() -> Response:
    """The vocabularies whose codes programs and needs use."""
    told = [
        {"id": kind, "terms": len(terms), "links": {"self": f"/api/v1/taxonomies/{kind}"}}
        for kind, terms in services.vocabularies.items()
    ]
    return as_list(whole(told, services.finder.generation))


@described(
    blueprint.route("/taxonomies/<taxonomy_id>", parameters=[TAXONOMY]),
    blueprint.doc(operationId="taxonomy"),
    blueprint.takes_none(),
    blueprint.response(200, vocabulary_schemas.Terms, example=list_examples.TERMS),
    blueprint.alt_response(404, "NOT_FOUND"),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def taxonomy(taxonomy_id: str) -> Response:
    """One vocabulary, whole: codes with labels and people's words by language, and their source."""
    if taxonomy_id not in services.vocabularies:
        raise NotFound(f"one of {', '.join(services.vocabularies)}")
    told = [_term(one) for one in services.vocabularies[taxonomy_id]]
    return as_list(whole(told, services.finder.generation), taxonomy=taxonomy_id)


def _term(term: Term) -> Json:
    return {
        "id": term.id,
        "labels": labels(term),
        "aliases": dict(term.aliases_in),
        "parent": term.parent,
        "samhsa_codes": term.samhsa_codes,
        "source": term.source,
    }


def labels(term: Term) -> Json:
    """What a code is called, by language."""
    return {ENGLISH: term.label, **dict(term.labels)}


@described(
    blueprint.route("/facets"),
    blueprint.doc(operationId="facets"),
    blueprint.takes(queries.FacetsQuery),
    blueprint.response(200, vocabulary_schemas.Facets, example=list_examples.FACETS),
    blueprint.alt_response(422, "UNPROCESSABLE"),
)
def facets(asked: dict[str, object]) -> Response:
    """How many programs answer each code with yes, and how many do not say; the rest say no.

    Counted over the programs that `GET /api/v1/programs` finds for the same parameters.
    """
    found = answered({**asked, "must": SEARCH_MUST, "limit": 1}, changes=False)
    if not isinstance(found, Outcome):
        return found
    told = [_facet(need, kind, found) for need, kind in FACETS.items()]
    place = found.place and {"name": found.place.name, "precision": found.place.precision}
    return as_list(whole(told, found.generation), programs=found.total, place=place)


def _facet(need: str, kind: str, found: Outcome) -> Json:
    terms = services.vocabularies[kind]
    counts = [
        {"code": code, "labels": labels(terms[code]), **counted}
        for code, counted in found.facets.get(need, {}).items()
    ]
    return {"facet": need, "taxonomy": kind, "counts": counts}
