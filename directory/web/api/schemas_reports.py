"""The shapes of a report, as OpenAPI tells them."""

from marshmallow import RAISE, Schema, fields, validate

from directory.catalog.report import PROBLEMS


class Report(Schema):
    """What is wrong with a listing."""

    class Meta:
        unknown = RAISE

    program = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"description": "The id or slug of a program."},
    )
    what = fields.String(required=True, validate=validate.OneOf(PROBLEMS))


class TakenReport(Report):
    """The report, as it was taken."""

    state = fields.String(required=True, validate=validate.OneOf(["taken"]))


class Taken(Schema):
    """The report was taken. The same one, told twice, is kept once."""

    data = fields.Nested(TakenReport, required=True)
