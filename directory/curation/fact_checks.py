"""Is a value what an import would take, and does no word in it tell of a person?"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from marshmallow import Schema, ValidationError

from directory.catalog.evidence import Source
from directory.catalog.listing import Json, facts_of
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.curation.identifying import folded, sign_of_a_person
from directory.curation.listing_format.located import flat_messages, path_text
from directory.curation.listing_format.rules import program_findings, site_findings
from directory.curation.listing_format.schema import Schemas, schemas
from directory.curation.mending import Stated
from directory.curation.own_word import record_of
from directory.curation.reading import shown
from directory.curation.reporting import known_words
from directory.errors import BadValue, TellsOfAPerson

_OF_A_RECORD = ("id", "name")  # what a whole record needs, and one fact of it does not
_PAIRS = ("level_of_care", "location")  # facts that are two keys of the format


@dataclass(frozen=True)
class FactChecks:
    """Checks what somebody at the desk states."""

    vocabularies: Vocabularies

    @cached_property
    def _schemas(self) -> Schemas:
        return schemas(self.vocabularies)

    def checked(self, one: Stated, listing: Listing, source: Source) -> Stated:
        """The same with its clean value. Raises `BadValue`, or `TellsOfAPerson`."""
        if not one.value:
            return replace(one, value=None)
        whole = one.value if one.fact in _PAIRS else {one.fact: one.value}
        if one.fact == "openings":
            self._check_openings(one)
            return one
        read = self._read(one, whole)
        self._judge(one, read, source)
        clean = replace(one, value=_without_nothing(read if one.fact in _PAIRS else read[one.fact]))
        self._look_for_people(clean, listing)
        return clean

    def _read(self, one: Stated, whole: Json) -> Mapping[str, Json]:
        """What an import would read of it: other facts may be left out, parts of this one may not."""
        schema: Schema = getattr(self._schemas, one.kind)
        try:
            return dict(schema.load(whole, partial=_OF_A_RECORD))
        except ValidationError as refused:
            path, expected = flat_messages(refused.messages_dict)[0]
            raise BadValue(one.fact, shown(one.value), f"{path_text(path)}: {expected}") from None

    def _check_openings(self, one: Stated) -> None:
        """Openings stand in their groups in the format. Raises `BadValue`."""
        parts = ("accepting", "seats", "reported_on")
        told = [{name: said[name] for name in parts if name in said} for said in one.value]
        self._read(one, {"tracks": [{"openings": said} for said in told]})

    def _judge(self, one: Stated, read: Mapping[str, Json], source: Source) -> None:
        """What has to hold between parts of the value."""
        findings = site_findings(read, source) if one.kind == "site" else program_findings(read)
        for path, expected in findings if one.kind != "organization" else ():
            raise BadValue(one.fact, shown(one.value), f"{path_text(path)}: {expected}")

    def _look_for_people(self, one: Stated, listing: Listing) -> None:
        """Words that somebody typed. What is listed already is no news; names and streets have their own."""
        texts = _TEXTS.get(one.fact, _nothing)
        listed = facts_of(record_of(listing, one.kind)).get(one.fact)
        here = folded(texts(listed)) if listed else frozenset()
        known = known_words(listing, self.vocabularies) | here
        for text in texts(one.value):
            own = one.fact in _OF_THEIR_OWN
            looked_at = re.sub(r"\d", "", text) if one.fact in _WITH_NUMBERS else text
            if sign := sign_of_a_person(looked_at, {*known, *folded((text,))} if own else known):
                raise TellsOfAPerson(sign)


def _without_nothing(value: Json) -> Json:
    """The value without parts that are not known."""
    if isinstance(value, dict):
        return {key: _without_nothing(part) for key, part in value.items() if part is not None}
    return [_without_nothing(part) for part in value] if isinstance(value, list) else value


def _nothing(_: Json) -> Iterator[str]:
    yield from ()


def _whole(value: Json) -> Iterator[str]:
    yield value


def _of_address(value: Json) -> Iterator[str]:
    yield from (value[part] for part in ("street", "unit", "city") if value.get(part))


def _of_licenses(value: Json) -> Iterator[str]:
    yield from (one[part] for one in value for part in ("body", "number", "kind") if one.get(part))


def _of_tracks(value: Json) -> Iterator[str]:
    for track in value:
        yield from (track[part] for part in ("label", "season") if track.get(part))
        yield from (one["label"] for one in track.get("sessions", ()) if one.get("label"))


_TEXTS: Mapping[str, Callable[[Json], Iterator[str]]] = {
    "name": _whole,
    "description": _whole,
    "attendance": _whole,
    "address": _of_address,
    "licenses": _of_licenses,
    "tracks": _of_tracks,
}
_OF_THEIR_OWN = frozenset({"name", "address", "licenses"})
_WITH_NUMBERS = frozenset({"address", "licenses"})
