"""The shapes of a program: who runs it, behind which door, what one attends, and how sure it is."""

from marshmallow import Schema, fields, validate

from directory.catalog.program import Network, Stance, Support
from directory.catalog.schedule import (
    DAYS,
    Attendance,
    Grade,
    Mode,
    PartOfDay,
    SessionMode,
    StartRule,
)
from directory.web.api.schemas import Evidence, Finding, OtherWord, one_of, told

EVIDENCE = fields.Dict(keys=fields.String(), values=fields.Nested(Evidence), required=True)
CONFLICTS = fields.Dict(
    keys=fields.String(),
    values=fields.List(fields.Nested(OtherWord)),
    required=True,
    metadata={"description": "What other sources say of a fact, where nothing settles it."},
)
EXAMPLE = fields.Boolean(required=True, metadata={"description": "Invented, to try things."})


class Links(Schema):
    """Where the whole of it is."""

    self_ = fields.String(required=True, data_key="self")
    page = fields.String(metadata={"description": "Its page for people."})


class Meta(Schema):
    """What an answer was made of: the generation, and the day its facts were aged on."""

    generation = fields.String(required=True)
    as_of = fields.Date(
        required=True,
        metadata={
            "description": "The state of evidence is of this day; openings and first groups are of today."
        },
    )


class Session(Schema):
    """One session a week, or `count` like sessions on days that are not named. Null: not published."""

    day = fields.String(required=True, allow_none=True, validate=validate.OneOf(DAYS))
    start = told(fields.String, "Wall-clock time at the site.", required=True)
    end = told(fields.String, "Not after `start`: on the next day.", required=True)
    count = fields.Integer(required=True, allow_none=True)
    day_among = fields.List(fields.String(validate=validate.OneOf(DAYS)), required=True)
    part_of_day = fields.String(required=True, allow_none=True, validate=one_of(PartOfDay))
    span_minutes = fields.Integer(required=True, allow_none=True)
    contact_minutes = told(fields.Integer, "Treatment time without breaks.", required=True)
    mode = fields.String(required=True, allow_none=True, validate=one_of(SessionMode))
    attendance = fields.String(required=True, validate=one_of(Attendance))
    label = fields.String(required=True, allow_none=True)


class Choose(Schema):
    """How many of the `choose` sessions a person attends each week."""

    at_least = fields.Integer(required=True)
    at_most = fields.Integer(required=True, allow_none=True)
    different_days = fields.Boolean(required=True)


class Start(Schema):
    """When a person can begin."""

    rule = fields.String(required=True, validate=one_of(StartRule))
    dates = fields.List(fields.Date(), required=True)
    lead_days = fields.Integer(required=True, allow_none=True)


class Openings(Schema):
    """Whether the track takes people, as last reported."""

    accepting = fields.String(required=True, validate=validate.OneOf(["yes", "no", "unknown"]))
    seats = fields.Integer(required=True, allow_none=True)
    reported_on = fields.Date(required=True, allow_none=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["current", "call_to_confirm", "unknown"]),
        metadata={"description": "How far that may be trusted, by the day it was reported."},
    )


class FirstGroup(Schema):
    """The first session one could attend, if one calls today."""

    date = fields.Date(required=True, allow_none=True)
    certainty = fields.String(
        required=True, validate=validate.OneOf(["stated", "estimated", "unknown"])
    )
    full = fields.Boolean(required=True)


class AttendedTrack(Schema):
    """The track by which a program answers, in short: its sessions are at `programs/{id}`."""

    label = fields.String(required=True, allow_none=True)
    mode = fields.String(required=True, allow_none=True, validate=one_of(Mode))
    season = fields.String(required=True, allow_none=True)
    schedule_grade = fields.String(
        required=True,
        validate=one_of(Grade),
        metadata={"description": "How much of its week is published."},
    )
    openings = fields.Nested(Openings, required=True)


class ListedTrack(AttendedTrack):
    """What a person attends. Tracks of one label and different `season` are one in phases."""

    start = fields.Nested(Start, required=True)
    choose = fields.Nested(Choose, required=True, allow_none=True)
    sessions = fields.List(fields.Nested(Session), required=True)


class Address(Schema):
    """A street that is withheld is null."""

    city = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    zip = fields.String(required=True, allow_none=True)
    street = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    withheld = fields.Boolean(required=True)


class Site(Schema):
    """One door. WGS-84 degrees; null where not stated, and where the street is withheld."""

    id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    time_zone = told(fields.String, "IANA name; null: not known.", required=True)
    address = fields.Nested(Address, required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)


class ProgramLinks(Schema):
    """Where the whole program is, and its page for people."""

    self_ = fields.String(required=True, data_key="self")
    page = fields.String(required=True)


class WholeLinks(ProgramLinks):
    """What else there is of it; no calendar where no day with its hours is published."""

    tracks = fields.String(required=True)
    card = fields.String(required=True)
    calendar = fields.String()
    organization = fields.String(required=True)
    location = fields.String(required=True)


class Program(Schema):
    """A program as results show it."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    organization = fields.String(required=True, metadata={"description": "Who runs it, by name."})
    organization_id = fields.String(required=True)
    npi = told(fields.String, "Of the organization.", required=True)
    website = told(fields.String, "Of the organization.", required=True)
    site = fields.Nested(Site, required=True)
    example = EXAMPLE
    level_of_care = told(
        fields.String, "A code of /api/v1/taxonomies/levels_of_care.", required=True
    )
    level_evidence = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(["stated", "suggested"])
    )
    focus = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Codes of /api/v1/taxonomies/focus."},
    )
    findings = fields.List(
        fields.Nested(Finding),
        required=True,
        metadata={"description": "What does not add up, and what to ask."},
    )
    links = fields.Nested(ProgramLinks, required=True)
    evidence = EVIDENCE
    conflicts = CONFLICTS


class Span(Schema):
    """From `min` to `max`, both included; null: open on that side."""

    min = fields.Integer(required=True, allow_none=True)
    max = fields.Integer(required=True, allow_none=True)


class Payer(Schema):
    """A payer it takes, or is out of network for."""

    payer = fields.String(
        required=True, metadata={"description": "A code of /api/v1/taxonomies/payers."}
    )
    network = fields.String(required=True, validate=one_of(Network))
    as_of = fields.Date(required=True, allow_none=True)


class Price(Schema):
    """What a person pays without insurance."""

    cents = fields.Integer(required=True)
    per = fields.String(
        required=True, validate=validate.OneOf(["day", "session", "week", "program"])
    )
    sliding_scale = fields.Boolean(required=True, allow_none=True)


class License(Schema):
    """A certificate or license of the site, as printed on the state's list."""

    body = fields.String(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    expires = fields.Date(required=True, allow_none=True)


class WholeProgram(Program):
    """Everything listed of one program. A fact that is null or empty is unknown, not no."""

    links = fields.Nested(WholeLinks, required=True)
    version = fields.Integer(required=True, metadata={"description": "Grows with each change."})
    description = fields.String(required=True, allow_none=True)
    conditions = fields.List(fields.String(), required=True)
    services = fields.List(fields.String(), required=True)
    ages = fields.Nested(Span, required=True, allow_none=True)
    populations = fields.Dict(
        keys=fields.String(), values=fields.String(validate=one_of(Stance)), required=True
    )
    languages = fields.Dict(
        keys=fields.String(), values=fields.String(validate=one_of(Support)), required=True
    )
    payers = fields.List(fields.Nested(Payer), required=True)
    weeks = fields.Nested(Span, required=True, allow_none=True)
    price = fields.Nested(Price, required=True, allow_none=True)
    attendance = fields.String(required=True, allow_none=True)
    licenses = fields.List(fields.Nested(License), required=True)
    accreditations = fields.List(fields.String(), required=True)
    tracks = fields.List(fields.Nested(ListedTrack), required=True)


class ProgramAnswer(Schema):
    """One program."""

    data = fields.Nested(WholeProgram, required=True)
    meta = fields.Nested(Meta, required=True)
