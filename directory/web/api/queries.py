"""The parameters of the addresses that are read with GET. None of them tells of a person."""

from marshmallow import fields, validate

from directory.web import needs
from directory.web.api import schemas
from directory.web.need_fields import MOST_CODES
from directory.web.strict import Listed, Number, Query, Whole

SOME = validate.Length(1, MOST_CODES)
LISTED = "Separated by commas."


def codes(vocabulary: str) -> Listed:
    """Codes of one vocabulary."""
    told = {"description": f"Codes of /api/v1/taxonomies/{vocabulary}. {LISTED}"}
    code = fields.String(metadata={"vocabulary": vocabulary})
    return Listed(code, validate=SOME, metadata=told)


class PageQuery(Query):
    """Which part of a list."""

    limit = Whole(validate=validate.Range(1, 100), metadata={"description": "So many a page."})
    cursor = fields.String(
        metadata={"description": "From page.next or page.prev of an answer of this generation."}
    )


class FacetsQuery(Query):
    """The part of a need that says nothing about a person."""

    near = fields.String(metadata={"description": "A ZIP code, a city, or rounded coordinates."})
    within_miles = Number(validate=validate.Range(1, 500), metadata={"description": schemas.MILES})
    level_of_care = codes("levels_of_care")
    services = codes("services")
    languages = codes("languages")
    mode = Listed(
        fields.String(validate=validate.OneOf(needs.MODES)),
        validate=SOME,
        metadata={"description": LISTED},
    )
    text = fields.String(
        validate=validate.Length(max=needs.LONGEST_TEXT),
        metadata={"description": "Words: programs that have none of them are left out."},
    )


class ProgramsQuery(FacetsQuery, PageQuery):
    """The part of a need that says nothing about a person, the order, and which part of the list."""

    sort = fields.String(validate=validate.OneOf(needs.SORTS))
