"""The shapes of lists beside the match: tracks, organizations, doors, vocabularies, counts, a map."""

from marshmallow import Schema, fields, validate

from directory.catalog.schedule import DAYS
from directory.web import needs
from directory.web.api.schemas import Evidence, Finding, OtherWord, Page, told

EVIDENCE = fields.Dict(keys=fields.String(), values=fields.Nested(Evidence))
CONFLICTS = fields.Dict(
    keys=fields.String(),
    values=fields.List(fields.Nested(OtherWord)),
    metadata={"description": "What other sources say of a fact, where nothing settles it."},
)
EXAMPLE = fields.Boolean(required=True, metadata={"description": "Invented, to try things."})
LABELS = fields.Dict(
    keys=fields.String(),
    values=fields.String(),
    required=True,
    metadata={"description": "By language: en, es."},
)


class Links(Schema):
    """Where the whole of it is."""

    self_ = fields.String(required=True, data_key="self")
    page = fields.String(metadata={"description": "Its page for people."})


class Meta(Schema):
    """What an answer was made of: the generation, and the day its facts were aged on."""

    generation = fields.String(required=True)
    as_of = fields.Date(required=True)


class ProgramBrief(Schema):
    """Which program it is."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    level_of_care = fields.String(required=True, allow_none=True)
    example = EXAMPLE
    links = fields.Nested(Links, required=True)


class Session(Schema):
    """One session a week, or `count` like sessions on days that are not named. Null: not published."""

    day = fields.String(required=True, allow_none=True, validate=validate.OneOf(DAYS))
    start = told(fields.String, "Wall-clock time at the site.", required=True)
    end = told(fields.String, "Not after `start`: on the next day.", required=True)
    count = fields.Integer(required=True, allow_none=True)
    day_among = fields.List(fields.String(validate=validate.OneOf(DAYS)), required=True)
    part_of_day = fields.String(required=True, allow_none=True)
    span_minutes = fields.Integer(required=True, allow_none=True)
    contact_minutes = told(fields.Integer, "Treatment time without breaks.", required=True)
    mode = fields.String(required=True, allow_none=True)
    attendance = fields.String(
        required=True, validate=validate.OneOf(["required", "choose", "optional"])
    )
    label = fields.String(required=True, allow_none=True)


class Choose(Schema):
    """How many of the `choose` sessions a person attends each week."""

    at_least = fields.Integer(required=True)
    at_most = fields.Integer(required=True, allow_none=True)
    different_days = fields.Boolean(required=True)


class Start(Schema):
    """When a person can begin."""

    rule = fields.String(required=True, validate=validate.OneOf(["rolling", "cohort", "unknown"]))
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


class TrackLinks(Schema):
    """Its calendar; null where no day with its hours is published. Phases share one."""

    calendar = fields.String(required=True, allow_none=True)


class Track(Schema):
    """What a person attends. Tracks of one label and different `season` are one in phases."""

    key = fields.String(required=True, metadata={"description": "Names its calendar."})
    label = fields.String(required=True, allow_none=True)
    mode = fields.String(required=True, allow_none=True, validate=validate.OneOf(needs.MODES))
    season = fields.String(required=True, allow_none=True)
    schedule_grade = fields.String(required=True)
    start = fields.Nested(Start, required=True)
    openings = fields.Nested(Openings, required=True)
    choose = fields.Nested(Choose, required=True, allow_none=True)
    sessions = fields.List(fields.Nested(Session), required=True)
    first_group = fields.Nested(FirstGroup, required=True)
    links = fields.Nested(TrackLinks, required=True)


class TracksMeta(Meta):
    """Whose tracks they are, who says so, and what does not add up."""

    program = fields.Nested(ProgramBrief, required=True)
    time_zone = told(fields.String, "IANA name; null: not known.", required=True)
    findings = fields.List(fields.Nested(Finding), required=True)
    evidence = EVIDENCE
    conflicts = CONFLICTS


class Tracks(Schema):
    """Every track of a program."""

    data = fields.List(fields.Nested(Track), required=True)
    page = fields.Nested(Page, required=True)
    meta = fields.Nested(TracksMeta, required=True)


class Address(Schema):
    """A street that is withheld is null."""

    city = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    zip = fields.String(required=True, allow_none=True)
    street = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    withheld = fields.Boolean(required=True)


class Door(Schema):
    """One site. WGS-84 degrees; null where not stated, and where the street is withheld."""

    id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    time_zone = fields.String(required=True, allow_none=True)
    address = fields.Nested(Address, required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    links = fields.Nested(Links, required=True)


class OrganizationBrief(Schema):
    """Who runs the programs there."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    links = fields.Nested(Links, required=True)


class Organization(OrganizationBrief):
    """Who runs programs, and who says so."""

    npi = fields.String(required=True, allow_none=True)
    website = fields.String(required=True, allow_none=True)
    example = EXAMPLE
    program_count = fields.Integer(required=True)
    evidence = EVIDENCE
    conflicts = CONFLICTS


class WholeOrganization(Organization):
    """With its doors and programs."""

    locations = fields.List(fields.Nested(Door), required=True)
    programs = fields.List(fields.Nested(ProgramBrief), required=True)


class Location(Door):
    """One site, who runs it, and who says so."""

    organization = fields.Nested(OrganizationBrief, required=True)
    example = EXAMPLE
    program_count = fields.Integer(required=True)
    evidence = EVIDENCE
    conflicts = CONFLICTS


class WholeLocation(Location):
    """With its programs."""

    programs = fields.List(fields.Nested(ProgramBrief), required=True)


class Organizations(Schema):
    """Some of all organizations."""

    data = fields.List(fields.Nested(Organization), required=True)
    page = fields.Nested(Page, required=True)
    meta = fields.Nested(Meta, required=True)


class OrganizationAnswer(Schema):
    """One organization."""

    data = fields.Nested(WholeOrganization, required=True)
    meta = fields.Nested(Meta, required=True)


class Locations(Schema):
    """Some of all sites."""

    data = fields.List(fields.Nested(Location), required=True)
    page = fields.Nested(Page, required=True)
    meta = fields.Nested(Meta, required=True)


class LocationAnswer(Schema):
    """One site."""

    data = fields.Nested(WholeLocation, required=True)
    meta = fields.Nested(Meta, required=True)
