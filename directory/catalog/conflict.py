"""When two sources contradict each other: which facts can, what counts as the same, who settles it.

Spelling is no contradiction, nor is silence: parts that only one source states are not compared.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from directory.catalog.evidence import STRENGTH, Freshness, Rival, Source, State
from directory.catalog.program import Organization, Program, Site

Json = Any
Record = Organization | Site | Program

# A certificate for outpatient care covers intensive outpatient care too, and does not say which.
MAY_INCLUDE = {"outpatient": frozenset({"iop"})}

# How streets are abbreviated (USPS Publication 28, appendix C), as far as lists differ in it.
STREET_WORDS: Mapping[str, str] = {
    "avenue": "ave", "av": "ave", "boulevard": "blvd", "building": "bldg", "center": "ctr",
    "circle": "cir", "court": "ct", "drive": "dr", "east": "e", "expressway": "expy",
    "highway": "hwy", "lane": "ln", "mount": "mt", "north": "n", "northeast": "ne",
    "northwest": "nw", "parkway": "pkwy", "place": "pl", "plaza": "plz", "road": "rd",
    "saint": "st", "south": "s", "southeast": "se", "southwest": "sw", "square": "sq",
    "street": "st", "suite": "ste", "terrace": "ter", "trail": "trl", "west": "w",
}  # fmt: skip


def rank(fact: str, value: Json, source: Source) -> tuple[bool, int, date, str]:
    """Who is believed: stated before suggested (level of care), then method, then date, then name."""
    stated = fact == "level_of_care" and (value or {}).get("level_evidence") == "stated"
    return stated, STRENGTH[source.method], source.as_of, source.name


def supersedes(believed: Source, other: Source) -> bool:
    """True if the believed source settles what the other says.

    It does if it is not older and stronger by method, or newer and a confirmation. A newer list
    against an older call, or two lists, leave the question open.
    """
    if believed.as_of < other.as_of:
        return False
    if STRENGTH[believed.method] > STRENGTH[other.method]:
        return True
    return confirms(believed) and believed.as_of > other.as_of


def confirms(source: Source) -> bool:
    """True if somebody who knows said so: on the phone, by themselves, or asked."""
    return source.method in {"phone", "self_report"} or source.confirmed_by is not None


def disagree(fact: str, one: Json, other: Json) -> bool:
    """True if two values of a fact cannot both be right; of a list fact, values of one item."""
    compare = _COMPARE.get(fact)
    return compare is not None and compare(one, other)


def live_rivals(
    record: Record, fact: str, freshness: Freshness, today: date, item: str | None = None
) -> tuple[Rival, ...]:
    """What contradicts a fact (or one item of it) and still counts; nothing if both are too old."""
    source = _source(record, fact, item)
    if freshness.state(fact, source, today) is State.UNKNOWN:
        return ()
    rivals = record.rivals.get(f"{fact}:{item}", ()) or record.rivals.get(fact, ())
    return tuple(
        rival for rival in rivals if freshness.state(fact, rival.source, today) is not State.UNKNOWN
    )


def state_of(
    record: Record, fact: str, freshness: Freshness, today: date, item: str | None = None
) -> State:
    """The state of a fact of a record: its age, or `conflicting`. A list has its items' conflicts."""
    if live_rivals(record, fact, freshness, today, item):
        return State.CONFLICTING
    items = () if item else [key for key in record.rivals if key.startswith(f"{fact}:")]
    for key in items:
        if live_rivals(record, fact, freshness, today, key.partition(":")[2]):
            return State.CONFLICTING
    return freshness.state(fact, _source(record, fact, item), today)


def _source(record: Record, fact: str, item: str | None) -> Source | None:
    own = record.evidence.get(f"{fact}:{item}") if item else None
    return own or record.evidence.get(fact)


def _phones(one: Json, other: Json) -> bool:
    return _number(one) != _number(other)


def _number(phone: str) -> str:
    """The ten digits; an extension is another door of the same house."""
    return re.sub(r"\D", "", re.split(r"(?i)x|ext", phone)[0])[-10:]


def _addresses(one: Json, other: Json) -> bool:
    zips = [str(value.get("zip") or "")[:5] for value in (one, other)]
    if all(zips) and zips[0] != zips[1]:
        return True
    names = ("street",) if all(zips) else ("street", "city", "state")
    return any(
        plain_street(one[name]) != plain_street(other[name])
        for name in names
        if one.get(name) and other.get(name)
    )


def plain_street(text: str) -> str:
    """A street (or city) without its spelling: '12 North Lake Avenue' is '12 n lake ave'."""
    words = re.sub(r"[^\w\s]", "", text.casefold()).split()
    return " ".join(STREET_WORDS.get(word, word) for word in words)


def _levels(one: Json, other: Json) -> bool:
    """Only stated levels contradict each other; outpatient care may include an IOP."""
    if {one.get("level_evidence"), other.get("level_evidence")} != {"stated"}:
        return False
    levels = one.get("level_of_care"), other.get("level_of_care")
    if None in levels or levels[0] == levels[1]:
        return False
    return not any(b in MAY_INCLUDE.get(a, ()) for a, b in (levels, levels[::-1]))


def _parts(one: Json, other: Json) -> bool:
    return any(one[name] != other[name] for name in set(one) & set(other))


def _prices(one: Json, other: Json) -> bool:
    return bool(one["per"] == other["per"] and one["cents"] != other["cents"])


def _networks(one: Json, other: Json) -> bool:
    return {one.get("network"), other.get("network")} == {"in", "out"}


def _stances(one: Json, other: Json) -> bool:
    """Dedicated and welcoming go together; excluding goes with neither."""
    return bool((one[1] == "excludes") != (other[1] == "excludes"))


def _weeks(one: Json, other: Json) -> bool:
    """Days, times or ways of meeting, compared where both publish all of theirs."""
    for parts in (("day",), ("start", "end"), ("day", "start", "end"), ("mode",)):
        told = [_told(tracks, parts) for tracks in (one, other)]
        if None not in told and told[0] != told[1]:
            return True
    return False


def _told(tracks: Json, parts: tuple[str, ...]) -> frozenset[tuple[Json, ...]] | None:
    """These parts of every session that counts; None if some session does not tell them."""
    found = [
        tuple(session.get(part) or (track.get(part) if part == "mode" else None) for part in parts)
        for track in tracks
        for session in track.get("sessions") or ()
        if session.get("attendance") != "optional"
    ]
    return frozenset(found) if found and all(all(one) for one in found) else None


_COMPARE: Mapping[str, Callable[[Json, Json], bool]] = {
    "phone": _phones,
    "address": _addresses,
    "level_of_care": _levels,
    "ages": _parts,
    "weeks": _parts,
    "price": _prices,
    "tracks": _weeks,
    "payers": _networks,
    "populations": _stances,
}

DISPUTABLE = tuple(_COMPARE)
"""The facts that sources can contradict each other on."""
