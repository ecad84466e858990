"""The shapes of vocabularies, of counts by code, and of programs on a map."""

from marshmallow import Schema, fields, validate

from directory.web.api.answer_schemas import FoundPlace, Tally
from directory.web.api.list_schemas import LABELS
from directory.web.api.program_schemas import EXAMPLE, Links, Meta
from directory.web.api.schemas import STATES, Page


class Taxonomy(Schema):
    """One vocabulary: how many codes it has, and where they are."""

    id = fields.String(required=True)
    terms = fields.Integer(required=True)
    links = fields.Nested(Links, required=True)


class Taxonomies(Schema):
    """Every vocabulary."""

    data = fields.List(fields.Nested(Taxonomy), required=True)
    page = fields.Nested(Page, required=True)
    meta = fields.Nested(Meta, required=True)


class Term(Schema):
    """One code. `parent` is a wider one, which it answers for too."""

    id = fields.String(required=True)
    labels = LABELS
    aliases = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        metadata={"description": "People's words for it, by language."},
    )
    parent = fields.String(required=True, allow_none=True)
    samhsa_codes = fields.List(fields.String(), required=True)
    source = fields.String(required=True)


class TermsMeta(Meta):
    """Which vocabulary it is."""

    taxonomy = fields.String(required=True)


class Terms(Schema):
    """One vocabulary, whole."""

    data = fields.List(fields.Nested(Term), required=True)
    page = fields.Nested(Page, required=True)
    meta = fields.Nested(TermsMeta, required=True)


class Count(Tally):
    """How many programs answer a code with yes, and how many do not say."""

    code = fields.String(required=True)
    labels = LABELS


class Facet(Schema):
    """One question, and the codes that some program answers with yes."""

    facet = fields.String(required=True)
    taxonomy = fields.String(required=True)
    counts = fields.List(fields.Nested(Count), required=True)


class FacetsMeta(Meta):
    """How many programs were counted, and around which place."""

    programs = fields.Integer(required=True)
    place = fields.Nested(FoundPlace, required=True, allow_none=True)


class Facets(Schema):
    """Counts by code."""

    data = fields.List(fields.Nested(Facet), required=True)
    page = fields.Nested(Page, required=True)
    meta = fields.Nested(FacetsMeta, required=True)


class Point(Schema):
    """Longitude, then latitude (RFC 7946)."""

    type = fields.String(required=True, validate=validate.Equal("Point"))
    coordinates = fields.List(fields.Float(), required=True, validate=validate.Length(2, 2))


class Properties(Schema):
    """What a map shows of a program; `states` says how far each fact may be trusted."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    organization = fields.String(required=True)
    example = EXAMPLE
    level_of_care = fields.String(required=True, allow_none=True)
    level_evidence = fields.String(required=True, allow_none=True)
    focus = fields.List(fields.String(), required=True)
    phone = fields.String(required=True, allow_none=True)
    website = fields.String(required=True, allow_none=True)
    time_zone = fields.String(required=True, allow_none=True)
    street = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    city = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    zip = fields.String(required=True, allow_none=True)
    street_withheld = fields.Boolean(required=True)
    precision = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(["site", "zip", "place"]),
        metadata={"description": "The point is the site's, the middle of its ZIP, or its place."},
    )
    findings = fields.Integer(
        required=True, metadata={"description": "How many things do not add up."}
    )
    states = fields.Dict(keys=fields.String(), values=fields.String(validate=STATES), required=True)
    links = fields.Nested(Links, required=True)


class Feature(Schema):
    """One program on a map."""

    type = fields.String(required=True, validate=validate.Equal("Feature"))
    id = fields.String(required=True)
    geometry = fields.Nested(Point, required=True, allow_none=True)
    properties = fields.Nested(Properties, required=True)


class FeatureCollection(Schema):
    """Every program on a map."""

    type = fields.String(required=True, validate=validate.Equal("FeatureCollection"))
    meta = fields.Nested(Meta, required=True)
    page = fields.Nested(Page, required=True)
    features = fields.List(fields.Nested(Feature), required=True)
