"""The keys of the listing format and what each may hold. Unknown keys are refused by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, missing

from directory.catalog.conflict import DISPUTABLE
from directory.catalog.evidence import STRENGTH
from directory.catalog.schedule import DAYS
from directory.catalog.vocabulary import Vocabularies
from directory.curation.listing_format import checks as c

LONGEST_DESCRIPTION = 10_000
MODES = ("in_person", "virtual", "hybrid")


class Fact(fields.Field[Any]):
    """A value read by one check. Null is 'unknown', except where a value is required."""

    def __init__(self, check: c.Check, *, required: bool = False) -> None:
        super().__init__(
            required=required,
            allow_none=not required,
            error_messages={"required": "a value", "null": "a value"},
        )
        self._check = check

    def deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        """The clean value. Only the check: lists hold millions of values, most of them left out."""
        if value is missing or value is None:
            self._validate_missing(value)
            return value
        return self._check(value)


class Conflicts(fields.Field[Any]):
    """By fact or item, what other sources say: each value is read as the fact's own would be."""

    def __init__(self, record: Schema, source: type[Schema]) -> None:
        super().__init__(allow_none=True)
        rival: dict[str, fields.Field[Any]] = {
            "value": fields.Raw(required=True),
            "source": fields.Nested(source(), required=True),
        }
        self._record, self._rival = record, _object("Conflict", rival)()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("an object with facts as its keys")
        return {key: self._rivals(key, some) for key, some in value.items()}

    def _rivals(self, key: str, some: Any) -> list[Any]:
        fact = key.partition(":")[0]
        if fact not in DISPUTABLE:
            expected = f"a fact that sources can disagree on: {', '.join(DISPUTABLE)}"
            raise ValidationError({key: [expected]})
        if not isinstance(some, list):
            raise ValidationError({key: ["a list of objects with value and source"]})
        return [self._read(key, fact, place, one) for place, one in enumerate(some)]

    def _read(self, key: str, fact: str, place: int, raw: Any) -> Any:
        try:
            plain = self._rival.load(raw)
            whole = plain["value"] if fact == "level_of_care" else {fact: plain["value"]}
            read = self._record.load(whole)
        except ValidationError as refused:
            raise ValidationError({key: {place: refused.messages}}) from None
        return plain | {"value": read if fact == "level_of_care" else read[fact]}


@dataclass(frozen=True, slots=True)
class Schemas:
    """One schema for each level of the format. Children are checked one by one, not nested."""

    source: Schema
    organization: Schema
    site: Schema
    program: Schema


def schemas(vocabularies: Vocabularies) -> Schemas:
    """The schemas, with the codes that the vocabularies allow."""
    source = _object("Source", _SOURCE)
    return Schemas(
        source=source(),
        organization=_record("Organization", _ORGANIZATION, source),
        site=_record("Site", _site(), source),
        program=_record("Program", _program(vocabularies), source),
    )


def _record(name: str, own: dict[str, fields.Field[Any]], source: type[Schema]) -> Schema:
    """The facts of a record, with the evidence for them, and what other sources say instead."""
    about: dict[str, fields.Field[Any]] = {
        "evidence": fields.Dict(fields.String(), _nested(source), allow_none=True),
        "conflicts": Conflicts(_object(name, own)(partial=True), source),
    }
    return _object(name, own | about)()


_SOURCE: Mapping[str, fields.Field[Any]] = {
    "name": Fact(c.required_text(200), required=True),
    "seen_on": Fact(c.day, required=True),
    "method": Fact(c.one_of(STRENGTH), required=True),
    "url": Fact(c.web_address),
    "edition": Fact(c.text(100)),
    "dated": Fact(c.day),
    "confirmed_by": Fact(c.role),
}

_ORGANIZATION: dict[str, fields.Field[Any]] = {
    "id": Fact(c.identifier, required=True),
    "name": Fact(c.required_text(200), required=True),
    "npi": Fact(c.npi),
    "website": Fact(c.web_address),
}


def _site() -> dict[str, fields.Field[Any]]:
    address = {
        "street": Fact(c.text(200)),
        "unit": Fact(c.text(100)),
        "city": Fact(c.text(100)),
        "state": Fact(c.state),
        "zip": Fact(c.zip_code),
        "withheld": Fact(c.boolean),
    }
    return {
        "id": Fact(c.identifier, required=True),
        "name": Fact(c.text(200)),
        "phone": Fact(c.phone),
        "time_zone": Fact(c.time_zone),
        "address": _nested(_object("Address", address)),
        "lat": Fact(c.degrees(90)),
        "lon": Fact(c.degrees(180)),
    }


def _program(v: Vocabularies) -> dict[str, fields.Field[Any]]:
    return {
        "id": Fact(c.identifier, required=True),
        "name": Fact(c.required_text(200), required=True),
        "description": Fact(c.text(LONGEST_DESCRIPTION)),
        "level_of_care": Fact(c.code_of(v["levels_of_care"])),
        "level_evidence": Fact(c.one_of(("stated", "suggested"))),
        "focus": Fact(c.each(c.code_of(v["focus"]))),
        "conditions": Fact(c.each(c.code_of(v["conditions"]))),
        "services": Fact(c.each(c.code_of(v["services"]))),
        "ages": _span("Ages", 0, 120),
        "populations": _stances(v["populations"], ("dedicated", "welcomes", "excludes")),
        "languages": _stances(v["languages"], ("group", "staff", "interpreter")),
        "payers": _payers(v),
        "weeks": _span("Weeks", 1, 104),
        "price": _price(),
        "attendance": Fact(c.text(2_000)),
        "licenses": _licenses(),
        "accreditations": Fact(c.each(c.code_of(v["accreditations"]))),
        "tracks": _nested(_track(), many=True),
    }


def _payers(v: Vocabularies) -> fields.Field[Any]:
    payer = {
        "payer": Fact(c.code_of(v["payers"]), required=True),
        "network": Fact(c.one_of(("in", "out", "unknown"))),
        "as_of": Fact(c.day),
    }
    return _nested(_object("Payer", payer), many=True)


def _price() -> fields.Field[Any]:
    price = {
        "cents": Fact(c.whole(0, 10_000_000), required=True),
        "per": Fact(c.one_of(("day", "session", "week", "program")), required=True),
        "sliding_scale": Fact(c.boolean),
    }
    return _nested(_object("Price", price))


def _licenses() -> fields.Field[Any]:
    item = {
        "body": Fact(c.required_text(100), required=True),
        "number": Fact(c.required_text(100), required=True),
        "kind": Fact(c.text(200)),
        "expires": Fact(c.day),
    }
    return _nested(_object("License", item), many=True)


def _track() -> type[Schema]:
    start = {
        "rule": Fact(c.one_of(("rolling", "cohort", "unknown"))),
        "dates": Fact(c.each(c.day)),
        "lead_days": Fact(c.whole(0, 365)),
    }
    openings = {
        "accepting": Fact(c.one_of(("yes", "no", "unknown"))),
        "seats": Fact(c.whole(0, 1_000)),
        "reported_on": Fact(c.day),
    }
    choose = {
        "at_least": Fact(c.whole(1, 49)),
        "at_most": Fact(c.whole(1, 49)),
        "different_days": Fact(c.boolean),
    }
    grades = ("days_and_times", "times_only", "days_only", "frequency_only", "none")
    track = {
        "label": Fact(c.text(100)),
        "mode": Fact(c.one_of(MODES)),
        "season": Fact(c.text(100)),
        "start": _nested(_object("Start", start)),
        "openings": _nested(_object("Openings", openings)),
        "schedule_grade": Fact(c.one_of(grades)),
        "choose": _nested(_object("Choose", choose)),
        "sessions": _nested(_session(), many=True),
    }
    return _object("Track", track)


def _session() -> type[Schema]:
    session = {
        "day": Fact(c.one_of(DAYS)),
        "count": Fact(c.whole(1, 7)),
        "day_among": Fact(c.each(c.one_of(DAYS))),
        "start": Fact(c.start_of_session),
        "end": Fact(c.end_of_session),
        "overnight": Fact(c.boolean),
        "part_of_day": Fact(c.one_of(("morning", "afternoon", "evening"))),
        "span_minutes": Fact(c.whole(15, 1020)),
        "contact_minutes": Fact(c.whole(1, 1020)),
        "mode": Fact(c.one_of(MODES[:2])),
        "attendance": Fact(c.one_of(("required", "choose", "optional"))),
        "label": Fact(c.text(100)),
    }
    return _object("Session", session)


def _span(name: str, least: int, most: int) -> fields.Field[Any]:
    limits = {"min": Fact(c.whole(least, most)), "max": Fact(c.whole(least, most))}
    return _nested(_object(name, limits))


def _stances(vocabulary: Any, words: tuple[str, ...]) -> fields.Field[Any]:
    return Fact(c.pairs(c.code_of(vocabulary), c.one_of(words)))


def _nested(schema: type[Schema], *, many: bool = False) -> fields.Field[Any]:
    return fields.Nested(schema(many=many), allow_none=True)


def _object(name: str, keys: Mapping[str, fields.Field[Any]]) -> type[Schema]:
    schema = Schema.from_dict(dict(keys), name=name)
    schema.error_messages = {
        "unknown": f"only the keys {', '.join(keys)}",
        "type": f"an object with the keys {', '.join(keys)}",
    }
    schema.Meta.unknown = RAISE
    return schema
