"""The columns of the sheet form (CSV, XLSX), as data: reading and writing both come from here.

One row is one session. What is said of the program, its track, site, organization and source is
repeated, or left blank after the first row that names it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["source", "organization", "site", "program", "track", "session"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a cell is read, and how a value is written into one. Unreadable text stays text.

    A list whose parts hold the signs that separate them is written as JSON, and read so too.
    """

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: whose fact it is, and the path of the fact in the JSON form.

    A column without a path is no fact: it only tells tracks of one label and season apart.
    """

    name: str
    level: Level
    path: tuple[str, ...]
    kind: Kind
    example: str = ""


def _number(text: str) -> Any:
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except (ValueError, OverflowError):
        return text


def _yes_no(text: str) -> Any:
    return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def _pairs(text: str) -> Any:
    pairs = [part.partition("=") for part in _parts(text)]
    if len({key for key, _, _ in pairs}) < len(pairs):
        return text
    return {key.strip(): value.strip() for key, _, value in pairs}


def _payer(part: str) -> dict[str, str]:
    payer, _, rest = part.partition("=")
    network, _, as_of = rest.partition("@")
    values = {"payer": payer.strip(), "network": network.strip(), "as_of": as_of.strip()}
    return {key: value for key, value in values.items() if value}


def _payer_cell(payer: dict[str, str]) -> str:
    as_of = payer.get("as_of")
    return f"{payer['payer']}={payer.get('network', 'unknown')}" + (f"@{as_of}" if as_of else "")


def _licenses(text: str) -> Any:
    plain = _json(text) if text.startswith("[") else None
    return [_license(part) for part in _parts(text)] if plain is None else plain


def _licenses_cell(items: list[dict[str, str]]) -> str:
    cells = [_license_cell(item) for item in items]
    plain = [_license(part) for part in _parts("|".join(cells))]
    return "|".join(cells) if plain == items and cells[0][:1] != "[" else _text(items)


def _json(text: str) -> Any:
    """What JSON says; None where it is none (deep nesting and endless numbers included)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _evidence(text: str) -> Any:
    """Source by fact, from a list of sources with their facts."""
    sources = _json(text)
    if not isinstance(sources, list):
        return text
    if not all(isinstance(one, dict) and isinstance(one.get("facts"), list) for one in sources):
        return text
    return {
        str(fact): {key: value for key, value in one.items() if key != "facts"}
        for one in sources
        for fact in one["facts"]
    }


def _evidence_cell(evidence: Mapping[str, Mapping[str, Any]]) -> str:
    """Each source once, with the facts it states."""
    facts: dict[str, list[str]] = {}
    for fact, source in evidence.items():
        facts.setdefault(_text(source), []).append(fact)
    return _text([{"facts": stated, **json.loads(source)} for source, stated in facts.items()])


def _license(part: str) -> dict[str, str]:
    names = ("body", "number", "kind", "expires")
    values = zip(names, part.split(";", 3), strict=False)
    return {name: value.strip() for name, value in values if value.strip()}


def _license_cell(item: dict[str, str]) -> str:
    return ";".join(item.get(name) or "" for name in ("body", "number", "kind", "expires"))


TEXT = Kind("text", str, str)
NUMBER = Kind("number", _number, str)
YES_NO = Kind("true or false", _yes_no, lambda value: "true" if value else "false")
LIST = Kind("values separated by |", _parts, "|".join)
PAIRS = Kind(
    "code=word pairs separated by |",
    _pairs,
    lambda value: "|".join(f"{key}={word}" for key, word in value.items()),
)
PAYERS = Kind(
    "payer=network@as_of, separated by |",
    lambda text: [_payer(part) for part in _parts(text)],
    lambda value: "|".join(map(_payer_cell, value)),
)
LICENSES = Kind("body;number;kind;expires, separated by | (or JSON)", _licenses, _licenses_cell)
EVIDENCE = Kind("JSON: sources, each with its facts", _evidence, _evidence_cell)


def _column(
    level: Level, path: str, kind: Kind = TEXT, example: str = "", *, name: str = ""
) -> Column:
    steps = tuple(path.split("."))
    return Column(name or f"{level}_{'_'.join(steps)}", level, steps, kind, example)


def _bare(level: Level, path: str, kind: Kind = TEXT, example: str = "") -> Column:
    return _column(level, path, kind, example, name=path.replace(".", "_"))


COLUMNS: tuple[Column, ...] = (
    _column("source", "name", TEXT, "Example: Acme's own page"),
    _column("source", "url", TEXT, "https://acme.example.org/iop"),
    _column("source", "seen_on", TEXT, "2026-11-23"),
    _column("source", "method", TEXT, "example"),
    _column("source", "edition"),
    _column("source", "dated"),
    _column("source", "confirmed_by"),
    _column("organization", "id", TEXT, "example-acme"),
    _column("organization", "name", TEXT, "Example: Acme Recovery"),
    _column("organization", "npi"),
    _column("organization", "website", TEXT, "https://acme.example.org"),
    _column("organization", "evidence", EVIDENCE),
    _column("site", "id", TEXT, "example-acme-lake"),
    _column("site", "name"),
    _column("site", "phone", TEXT, "626-555-0142"),
    _column("site", "time_zone", TEXT, "America/Los_Angeles"),
    _column("site", "address.street", TEXT, "12 N Lake Ave", name="street"),
    _column("site", "address.unit", TEXT, "Suite 4", name="unit"),
    _column("site", "address.city", TEXT, "Pasadena", name="city"),
    _column("site", "address.state", TEXT, "CA", name="state"),
    _column("site", "address.zip", TEXT, "91101", name="zip"),
    _column("site", "address.withheld", YES_NO, name="street_withheld"),
    _bare("site", "lat", NUMBER),
    _bare("site", "lon", NUMBER),
    _column("site", "evidence", EVIDENCE),
    _column("program", "id", TEXT, "example-acme-evening"),
    _column("program", "name", TEXT, "Example: Evening IOP"),
    _bare("program", "description"),
    _bare("program", "level_of_care", TEXT, "iop"),
    _bare("program", "level_evidence", TEXT, "stated"),
    _bare("program", "focus", LIST, "substance_use|co_occurring"),
    _bare("program", "conditions", LIST),
    _bare("program", "services", LIST, "cbt"),
    _bare("program", "ages.min", NUMBER, "18"),
    _bare("program", "ages.max", NUMBER),
    _bare("program", "populations", PAIRS, "women=dedicated"),
    _bare("program", "languages", PAIRS, "es=group"),
    _bare("program", "payers", PAYERS, "medi-cal=in@2026-11-01"),
    _bare("program", "weeks.min", NUMBER, "8"),
    _bare("program", "weeks.max", NUMBER, "12"),
    _bare("program", "price.cents", NUMBER),
    _bare("program", "price.per"),
    _bare("program", "price.sliding_scale", YES_NO),
    _bare("program", "attendance"),
    _bare("program", "licenses", LICENSES),
    _bare("program", "accreditations", LIST),
    _column("program", "evidence", EVIDENCE),
    Column("track_number", "track", (), TEXT),
    _column("track", "label", TEXT, "Evening"),
    _column("track", "mode", TEXT, "in_person"),
    _column("track", "season"),
    _column("track", "start.rule", TEXT, "rolling"),
    _column("track", "start.dates", LIST),
    _column("track", "start.lead_days", NUMBER, "2"),
    _column("track", "openings.accepting", TEXT, "yes"),
    _column("track", "openings.seats", NUMBER),
    _column("track", "openings.reported_on", TEXT, "2026-11-20"),
    _bare("track", "schedule_grade", TEXT, "days_and_times"),
    _bare("track", "choose.at_least", NUMBER),
    _bare("track", "choose.at_most", NUMBER),
    _bare("track", "choose.different_days", YES_NO),
    _bare("session", "day", TEXT, "mon"),
    _bare("session", "start", TEXT, "18:00"),
    _bare("session", "end", TEXT, "21:00"),
    _bare("session", "count", NUMBER),
    _bare("session", "day_among", LIST),
    _bare("session", "part_of_day"),
    _bare("session", "span_minutes", NUMBER),
    _bare("session", "contact_minutes", NUMBER, "165"),
    _column("session", "mode", TEXT, "in_person"),
    _column("session", "attendance", TEXT, "required"),
    _column("session", "label"),
    _bare("session", "overnight", YES_NO),
)

BY_NAME = {column.name: column for column in COLUMNS}
