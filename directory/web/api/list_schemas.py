"""The shapes of lists beside the match: tracks, organizations, doors, vocabularies, counts, a map."""

from marshmallow import Schema, fields

from directory.web.api.program_schemas import (
    CONFLICTS,
    EVIDENCE,
    EXAMPLE,
    FirstGroup,
    Links,
    ListedTrack,
    Meta,
    Site,
)
from directory.web.api.schemas import Finding, Page, told

LABELS = fields.Dict(
    keys=fields.String(),
    values=fields.String(),
    required=True,
    metadata={"description": "By language: en, es."},
)


class ProgramBrief(Schema):
    """Which program it is."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    level_of_care = fields.String(required=True, allow_none=True)
    example = EXAMPLE
    links = fields.Nested(Links, required=True)


class TrackLinks(Schema):
    """Its calendar; null where no day with its hours is published. Phases share one."""

    calendar = fields.String(required=True, allow_none=True)


class Track(ListedTrack):
    """A track with its calendar and its first group."""

    key = fields.String(required=True, metadata={"description": "Names its calendar."})
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


class Door(Site):
    """One site, and where the whole of it is."""

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
