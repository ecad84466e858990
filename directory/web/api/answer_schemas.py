"""The shapes of an answer to a need, as `dump_outcome` writes it."""

from marshmallow import Schema, fields, validate

from directory.catalog.answer import Answer as Given
from directory.matching.attend import Verdict
from directory.matching.counting import FACETS
from directory.matching.need import NEEDS
from directory.places.place import Precision
from directory.web.api.program_schemas import AttendedTrack, FirstGroup, Meta, Program
from directory.web.api.schemas import Evidence, Page, Time, one_of, told

ASK = ("days", "times", "mode", "season", "sessions", "sources", "old")


class NeedAnswer(Schema):
    """One thing that was asked, and what we know of it."""

    need = fields.String(required=True, validate=validate.OneOf(NEEDS))
    asked = fields.String(
        required=True, metadata={"description": "The code or value; several with `|` between them."}
    )
    answer = fields.String(required=True, validate=validate.OneOf([str(one) for one in Given]))
    detail = told(
        fields.String,
        "A nuance in a word: suggested, network, virtual, conflicting.",
        required=True,
    )
    evidence = fields.Nested(Evidence, required=True)


class MissedSession(Time):
    """A session, travel included, that the week has no room for."""

    minutes = fields.Integer(required=True, metadata={"description": "Minutes of it not free."})


class Schedule(Schema):
    """Whether the person can attend the track, and what stands in the way; on the person's clock."""

    verdict = fields.String(required=True, validate=one_of(Verdict))
    missed_minutes = fields.Integer(
        required=True, metadata={"description": "A week, each minute counted once."}
    )
    conflicts = fields.List(fields.Nested(MissedSession), required=True)
    smallest_change = fields.List(
        fields.Nested(Time),
        required=True,
        allow_none=True,
        metadata={"description": "The time to free, if the track is missed."},
    )
    weekly_contact_minutes = told(fields.Integer, "Treatment time; null: not known.", required=True)
    weekly_span_minutes = told(
        fields.Integer, "From start to end, without travel; null: not known.", required=True
    )
    ask = fields.List(
        fields.String(validate=validate.OneOf(ASK)),
        required=True,
        metadata={
            "description": "What is not published (`season`: only one season is known); `sources`: "
            "two of them publish different weeks; `old`: what was published is too old to count."
        },
    )
    sessions = fields.List(
        fields.Nested(Time), required=True, metadata={"description": "Of the best week."}
    )
    evidence = fields.Nested(Evidence, required=True)


class Receipt(Schema):
    """How the score came about: points between 0 and 1, times published weights (/about/ranking)."""

    tier = fields.Integer(
        required=True,
        validate=validate.Range(0, 2),
        metadata={"description": "Sorts first: 0 fits, 1 cannot tell, 2 misses; 0 without a week."},
    )
    weights = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    parts = fields.Dict(
        keys=fields.String(), values=fields.Float(validate=validate.Range(0, 1)), required=True
    )


class Match(Schema):
    """One program as an answer to one need, through its best track."""

    program = fields.Nested(Program, required=True)
    track = fields.Nested(
        AttendedTrack,
        required=True,
        allow_none=True,
        metadata={"description": "Null where no track is published."},
    )
    score = fields.Float(required=True)
    miles = told(fields.Float, "Null: no place was asked, or none is known.", required=True)
    travel_minutes = told(fields.Integer, "One way.", required=True)
    first_group = fields.Nested(FirstGroup, required=True)
    schedule = fields.Nested(
        Schedule,
        required=True,
        allow_none=True,
        metadata={"description": "Null where no week was asked."},
    )
    needs = fields.List(fields.Nested(NeedAnswer), required=True)
    receipt = fields.Nested(Receipt, required=True)
    highlight = told(
        fields.String,
        "A line of the description as HTML, the words searched for in `mark`.",
        required=True,
    )


class Tally(Schema):
    """How many of the programs answer a code with yes, and how many do not say."""

    yes = fields.Integer(required=True)
    unknown_ = fields.Integer(required=True, data_key="unknown")


TALLIES = fields.Dict(
    keys=fields.String(),
    values=fields.Nested(Tally),
    metadata={"description": "By code, of the codes that some program answers with yes."},
)
FacetTallies = Schema.from_dict(dict.fromkeys(FACETS, TALLIES), name="FacetTallies")


class Change(Schema):
    """What to ask instead, in one key."""

    within_miles = fields.Float()
    must = fields.Boolean(
        validate=validate.Equal(False),
        metadata={
            "description": "Take the need out of `must`: in a body, for no address has the parameter."
        },
    )
    text = fields.String(
        validate=validate.Equal(""), metadata={"description": "Ask without words."}
    )
    free_minutes = fields.Integer(metadata={"description": "So much more time."})
    also_free = fields.List(fields.Nested(Time), metadata={"description": "Just these hours."})


class Relax(Schema):
    """One change of a need, and how many more programs a recount finds."""

    need = fields.String(required=True, validate=validate.OneOf(NEEDS))
    to = fields.Nested(Change, required=True)
    more = fields.Integer(required=True, validate=validate.Range(1))


class FoundPlace(Schema):
    """The place that was understood, and how exact its point is."""

    name = fields.String(required=True)
    precision = fields.String(required=True, validate=one_of(Precision))


class Verdicts(Schema):
    """How many programs fit, cannot be told or miss; empty where no week was asked."""

    fits = fields.Integer()
    cannot_tell = fields.Integer()
    misses = fields.Integer()


class Spelling(Schema):
    """A word as it was typed, and the one we searched for."""

    typed = fields.String(required=True)
    used = fields.String(required=True)


class Concept(Schema):
    """What words mean: a code of a vocabulary."""

    kind = fields.String(
        required=True, metadata={"description": "Its vocabulary: /api/v1/taxonomies/{kind}."}
    )
    code = fields.String(required=True)


class Understood(Schema):
    """What we made of the words."""

    spelling = fields.List(fields.Nested(Spelling), required=True)
    concepts = fields.List(fields.Nested(Concept), required=True)
    help_first = fields.Boolean(
        required=True, metadata={"description": "They speak of danger: show 988 first."}
    )
    out_of_scope = told(fields.String, "Care that we do not list, named in them.", required=True)


class AnswerMeta(Meta):
    """What was searched: where, among how many, and what we understood."""

    place = fields.Nested(FoundPlace, required=True, allow_none=True)
    within_miles = told(fields.Float, "The radius that was used.", required=True)
    looked_at = fields.Integer(
        required=True, metadata={"description": "Programs within reach, before anything else."}
    )
    counts = fields.Nested(Verdicts, required=True)
    understood = fields.Nested(Understood, required=True)


class Answer(Schema):
    """The programs that answer a need, best first."""

    data = fields.List(fields.Nested(Match), required=True)
    page = fields.Nested(Page, required=True)
    facets = fields.Nested(
        FacetTallies,
        required=True,
        metadata={"description": "Counts by need and code, of all programs that answer."},
    )
    relax = fields.List(fields.Nested(Relax), required=True)
    meta = fields.Nested(AnswerMeta, required=True)
