"""The shapes of changes."""

from marshmallow import Schema, fields, validate

from directory.catalog.whereabouts import WHYS
from directory.web.api.program_schemas import EXAMPLE, Links, Meta
from directory.web.api.schemas import told
from directory.web.strict import Query, Whole

KINDS = ("created", "updated", "moved", "removed")
DEFAULT, MOST = 100, 500


class ChangesQuery(Query):
    """Where to go on, and how many to tell at most."""

    since = fields.String(
        metadata={
            "description": "`page.next` of the answer before; left out: from the first change."
        }
    )
    limit = Whole(load_default=DEFAULT, validate=validate.Range(1, MOST))


class ChangedProgram(Schema):
    """One program that changed since, as it stands now: told once, however often it changed."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata={
            "description": "`created`: listed, or listed again. `moved`: it has another slug. "
            "`removed`: a tombstone."
        },
    )
    at = fields.DateTime(required=True, metadata={"description": "When it changed last."})
    facts = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Facts whose value or evidence changed: `payers`, `site.phone`."},
    )
    example = EXAMPLE
    reason = told(
        fields.String,
        "Of what is removed; null: no source names it any more.",
        required=True,
        validate=validate.OneOf([*WHYS, None]),
    )
    into = told(fields.String, "The id of the program that it turned out to be.", required=True)
    links = fields.Nested(Links, required=True)


class ChangesPage(Schema):
    """`next` is always there: go on with it at once where there is `more`, else later."""

    limit = fields.Integer(required=True)
    more = fields.Boolean(required=True)
    next = fields.String(required=True)


class Changes(Schema):
    """Changed programs, in the order in which they changed last."""

    data = fields.List(fields.Nested(ChangedProgram), required=True)
    page = fields.Nested(ChangesPage, required=True)
    meta = fields.Nested(Meta, required=True)
