"""What is asked, and what every answer shares, as OpenAPI tells it. `web.needs` reads needs."""

from typing import Any, get_args

from marshmallow import RAISE, Schema, fields, validate

from directory.catalog.evidence import Method, State
from directory.catalog.schedule import DAYS
from directory.matching.need import NEEDS
from directory.web import needs
from directory.web.need_fields import MOST_CODES, MOST_INTERVALS, MOST_WEEKS

TIME = validate.Regexp(r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")


MILES = "Straight miles around `near`; refused without it."
STATES = validate.OneOf([str(state) for state in State])


def one_of(words: object) -> validate.OneOf:
    """One of the words of a `Literal`."""
    return validate.OneOf(get_args(words))


def codes(vocabulary: str) -> fields.Field[Any]:
    """A list of codes of one vocabulary."""
    told = {"description": f"Codes of /api/v1/taxonomies/{vocabulary}."}
    most = validate.Length(max=MOST_CODES)
    code = fields.String(metadata={"vocabulary": vocabulary})
    return fields.List(code, allow_none=True, validate=most, metadata=told)


def told(field: type[fields.Field[Any]], words: str, **options: Any) -> fields.Field[Any]:
    """A field that may be null, with a description."""
    return field(allow_none=True, metadata={"description": words}, **options)


class Time(Schema):
    """A part of a week, in wall-clock time; an end not after its start lies on the next day."""

    class Meta:
        unknown = RAISE

    day = fields.String(required=True, validate=validate.OneOf(DAYS))
    start = fields.String(required=True, validate=TIME)
    end = fields.String(required=True, validate=TIME)


class OneWeek(Schema):
    """One of a person's rotating weeks: either busy or free times."""

    class Meta:
        unknown = RAISE

    busy = fields.List(fields.Nested(Time), validate=validate.Length(max=MOST_INTERVALS))
    free = fields.List(fields.Nested(Time), validate=validate.Length(max=MOST_INTERVALS))


class Week(OneWeek):
    """A person's week: one of busy, free or rotates."""

    rotates = fields.List(fields.Nested(OneWeek), validate=validate.Length(2, MOST_WEEKS))


class Need(Schema):
    """What a person looks for. Every key is optional; null means not asked."""

    class Meta:
        unknown = RAISE

    near = told(fields.String, "A ZIP code, a city, or rounded coordinates.")
    within_miles = told(fields.Float, MILES, validate=validate.Range(1, 500))
    travel_minutes = told(
        fields.Integer, "One way, in place of our estimate.", validate=validate.Range(0, 180)
    )
    travel_by = told(
        fields.String, "How the person travels.", validate=validate.OneOf(needs.TRAVEL)
    )
    week = fields.Nested(Week, allow_none=True)
    level_of_care = codes("levels_of_care")
    focus = codes("focus")
    conditions = codes("conditions")
    services = codes("services")
    payer = fields.String(
        allow_none=True,
        metadata={"description": "A code of /api/v1/taxonomies/payers.", "vocabulary": "payers"},
    )
    languages = codes("languages")
    age = told(fields.Integer, "Years.", validate=validate.Range(0, 120))
    populations = codes("populations")
    mode = fields.List(
        fields.String(validate=validate.OneOf(needs.MODES)),
        allow_none=True,
        validate=validate.Length(max=MOST_CODES),
    )
    start_by = told(fields.Date, "The latest day to begin.")
    text = told(fields.String, "Words.", validate=validate.Length(max=needs.LONGEST_TEXT))
    must = fields.List(
        fields.String(validate=validate.OneOf(NEEDS)),
        allow_none=True,
        validate=validate.Length(max=MOST_CODES),
        metadata={"description": "Needs that rule a program out when the answer is no."},
    )
    sort = told(
        fields.String,
        "The order among programs of one verdict: what fits stays before what may fit.",
        validate=validate.OneOf(needs.SORTS),
    )
    limit = told(fields.Integer, "Programs a page.", validate=validate.Range(1, 100))
    cursor = told(fields.String, "From page.next of the answer before.")
    lang = told(fields.String, "The language of words.", validate=validate.OneOf(needs.LANGS))


class Beginning(Schema):
    """What a person has typed so far."""

    class Meta:
        unknown = RAISE

    q = told(fields.String, "The beginning of a word.", validate=validate.Length(max=40))
    lang = told(fields.String, "The language of the page.", validate=validate.OneOf(needs.LANGS))


class Suggestion(Schema):
    """Something to search for. `written` is the word that begins as typed: 'CBT' for its label."""

    kind = fields.String(required=True, validate=validate.OneOf(["concept", "name", "city"]))
    text = fields.String(required=True)
    written = fields.String(required=True)


class Suggestions(Schema):
    """At most eight: concepts, then names, then cities."""

    data = fields.List(fields.Nested(Suggestion), required=True)


class Evidence(Schema):
    """Where a fact comes from, and how far to trust it on `meta.as_of`; nobody told us: all else is null."""

    source = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    as_of = told(fields.Date, "The day the fact is as old as.", required=True)
    seen_on = told(fields.Date, "The day we read it.", required=True)
    method = fields.String(required=True, allow_none=True, validate=one_of(Method))
    confirmed_by = told(
        fields.String, "The role of who confirmed it, such as program.", required=True
    )
    state = fields.String(
        required=True,
        validate=STATES,
        metadata={"description": "`conflicting`: two sources that count disagree."},
    )


class Finding(Schema):
    """What does not add up in a listing: what it says of a fact, what goes with it, who says so."""

    rule = fields.String(required=True)
    case = fields.String(required=True)
    fact = fields.String(required=True)
    got = fields.String(required=True)
    expected = fields.String(required=True)
    source = fields.String(required=True)
    sentence = fields.String(required=True)
    question = fields.String(required=True)


class OtherWord(Schema):
    """What another source says of a fact, in the terms of the listing format."""

    value = fields.Raw(required=True)
    evidence = fields.Nested(Evidence, required=True)


class Page(Schema):
    """Which part of a whole list this is; `next` and `prev` are cursors of the parts beside it.

    A cursor holds for one generation: after a new one is published, begin again without it.
    """

    total = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True)
    prev = fields.String(required=True, allow_none=True)


class Wrong(Schema):
    """One value we cannot use, and what is allowed instead."""

    field = fields.String(required=True)
    got = fields.Raw(allow_none=True)
    expected = fields.String(required=True)
    allowed = fields.List(fields.String(), required=True)


class SuggestedPlace(Schema):
    """A place that may have been meant: send its `zip`, or its `name`, as `near`."""

    name = fields.String(required=True)
    zip = fields.String(required=True, allow_none=True)


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(Wrong), required=True)
    suggestions = fields.List(
        fields.Nested(SuggestedPlace), metadata={"description": "Of a place that is not clear."}
    )
    # of a program that is no longer listed
    program = fields.String()
    slug = fields.String()
    since = fields.Date()
    reason = fields.String(allow_none=True)
    near = fields.String(allow_none=True)
