"""What must hold between the values of one record. Each finding is (path, what was expected)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.listing import FACTS, Kind, Record, facts_of, items_of
from directory.catalog.track_format import LONGEST_DAY_SESSION, minutes_of, span_minutes

Path = tuple[str | int, ...]
Finding = tuple[Path, str]
Plain = Mapping[str, Any]


def site_findings(site: Plain, source: Source) -> Iterator[Finding]:
    """Location, withheld street, and the 555-01xx numbers that every example carries."""
    address = site.get("address") or {}
    if address.get("withheld") and (address.get("street") or address.get("unit")):
        yield ("address", "street"), "no street and unit where the street is withheld"
    if (site.get("lat") is None) != (site.get("lon") is None):
        yield ("lat",), "lat and lon together"
    method = ((site.get("evidence") or {}).get("phone") or {}).get("method", source.method)
    phone = site.get("phone")
    if phone and method == "example" and "-555-01" not in phone:
        yield ("phone",), "a 555-01xx number, as an example"


def program_findings(program: Plain) -> Iterator[Finding]:
    """Level with its grade, ranges, payers and licenses named once, tracks."""
    if program.get("level_evidence") and not program.get("level_of_care"):
        yield ("level_of_care",), "a level where level_evidence is given"
    for name in ("ages", "weeks"):
        limits = program.get(name) or {}
        if _greater(limits.get("min"), limits.get("max")):
            yield (name,), "min not above max"
    yield from _once(program, "payers", "payer")
    yield from _once(program, "licenses", "number")
    for place, track in enumerate(program.get("tracks") or ()):
        for path, expected in _track_findings(track):
            yield ("tracks", place, *path), expected


def evidence_findings(
    kind: Kind, record: Record, plain: Plain, source: Source
) -> Iterator[Finding]:
    """Evidence speaks of facts that are there; examples and real sources never mix."""
    told = {key: own for key, own in (plain.get("evidence") or {}).items() if own}
    if not (told or record.rivals):
        return
    facts = facts_of(record)
    for key, own in told.items():
        fact, _, item = key.partition(":")
        if fact not in FACTS[kind]:
            yield ("evidence", key), f"a fact: {', '.join(FACTS[kind])}"
        elif fact not in facts or (item and item not in dict(items_of(fact, facts[fact]))):
            yield ("evidence", key), "a fact or item that is stated beside it"
        if (own["method"] == "example") != (source.method == "example"):
            yield ("evidence", key, "method"), "examples and real sources in separate files"
    yield from _one_edition(record)
    yield from _conflict_findings(record, source)


def _one_edition(record: Record) -> Iterator[Finding]:
    by_fact: dict[tuple[str, str], Source] = {}
    told = [("evidence", key, source) for key, source in record.evidence.items()]
    told += [("conflicts", key, one.source) for key, some in record.rivals.items() for one in some]
    for where, key, source in told:
        if by_fact.setdefault((key.partition(":")[0], source.name), source) != source:
            yield (where, key), "one edition of a source for one fact"


def _conflict_findings(record: Record, source: Source) -> Iterator[Finding]:
    """A conflict is against a fact that is stated, and between different sources."""
    for key, rivals in record.rivals.items():
        believed = record.evidence.get(key) or record.evidence.get(key.partition(":")[0])
        names = [one.source.name for one in rivals]
        if believed is None or believed.name in names or len(set(names)) < len(names):
            yield ("conflicts", key), "another source than the one of the fact stated beside it"
        if any((one.source.method == "example") != (source.method == "example") for one in rivals):
            yield ("conflicts", key), "examples and real sources in separate files"


def _once(program: Plain, fact: str, name: str) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for place, item in enumerate(program.get(fact) or ()):
        seen[item[name]] += 1
        if seen[item[name]] > 1:
            yield (fact, place, name), f"each {name} once"


def _track_findings(track: Plain) -> Iterator[Finding]:
    sessions = track.get("sessions") or ()
    choose = track.get("choose")
    if choose and _greater(choose.get("at_least"), choose.get("at_most")):
        yield ("choose", "at_most"), "not less than at_least"
    for place, session in enumerate(sessions):
        for path, expected in _session_findings(session):
            yield ("sessions", place, *path), expected


def _session_findings(session: Plain) -> Iterator[Finding]:
    yield from _day_findings(session)
    span = session.get("span_minutes")
    if session.get("start") and session.get("end"):
        yield from _time_findings(session)
        span = _span(session)
        if session.get("span_minutes") not in (None, span):
            yield ("span_minutes",), f"{span}, the minutes from start to end, or nothing"
    elif session.get("overnight"):
        yield ("overnight",), "start and end where overnight is given"
    if _greater(session.get("contact_minutes"), span):
        yield ("contact_minutes",), f"at most the {span} minutes of the session"


def _day_findings(session: Plain) -> Iterator[Finding]:
    if session.get("day"):
        for name in ("count", "day_among"):
            if session.get(name):
                yield (name,), "nothing where the day is named"
    among = session.get("day_among")
    if among and (session.get("count") or 1) > len(among):
        yield ("count",), f"at most the {len(among)} days of day_among"


def _time_findings(session: Plain) -> Iterator[Finding]:
    past_midnight = session["end"] <= session["start"] or session["end"] == "24:00"
    if session.get("overnight"):
        if not past_midnight or _span(session) > 1020:
            yield ("overnight",), "an end on the next day, at most 17 hours after the start"
    elif _span(session) > LONGEST_DAY_SESSION:
        limit = "a session of at most 12 hours"
        slip = f'end after start (else {limit} past midnight, or "overnight": true)'
        yield ("end",), slip if past_midnight else limit


def _span(session: Plain) -> int:
    start, end = minutes_of(session["start"]), minutes_of(session["end"])
    return span_minutes(start or 0, end or 0)


def _greater(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def grade_of(sessions: list[Plain]) -> str:
    """The grade of a schedule by what its sessions name, where the file does not say."""
    if not sessions:
        return "none"
    days = all(session.get("day") for session in sessions)
    times = all(session.get("start") and session.get("end") for session in sessions)
    if days:
        return "days_and_times" if times else "days_only"
    return "times_only" if times else "frequency_only"
