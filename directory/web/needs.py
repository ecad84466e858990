"""One dialect of needs: the body of `POST /api/v1/match`, which form and address are turned into.

Form and address readers never judge a value: what they cannot turn, they pass on as it came, and
`read` refuses it with the list of what is allowed.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from directory.catalog.vocabulary import Vocabularies, Vocabulary
from directory.errors import BadValue
from directory.matching.need import ALWAYS_MUST, NEEDS, Need, Sort
from directory.places.travel import TravelMode
from directory.web.need_fields import BadNeed as BadNeed
from directory.web.need_fields import Fields, shown, unknown_keys
from directory.web.need_fields import decode_cursor as decode_cursor
from directory.web.need_fields import encode_cursor as encode_cursor
from directory.web.week_form import HOURS, free_time, never_free, week_of
from directory.web.week_form import PRESETS as PRESETS

Body = dict[str, object]

NUMBERS = ("within_miles", "travel_minutes", "age", "limit")
VOCABULARY_OF: Mapping[str, str] = {
    "level_of_care": "levels_of_care",
    "focus": "focus",
    "conditions": "conditions",
    "services": "services",
    "payer": "payers",
    "languages": "languages",
    "populations": "populations",
}
LISTS = (*(key for key in VOCABULARY_OF if key != "payer"), "mode", "must")
WEEKS = ("busy", "free", "rotates")
WORDS = ("near", "travel_by", "payer", "start_by", "text", "sort", "cursor", "lang")
KEYS = (*WORDS[:1], *NUMBERS, "week", *LISTS, *WORDS[1:])
PARAMS = (*(key for key in KEYS if key != "week"), *WEEKS)

TRAVEL: tuple[TravelMode, ...] = ("car", "transit", "walk")
MODES = ("in_person", "virtual", "hybrid")
SORTS: tuple[Sort, ...] = ("fit", "distance", "soonest")
LANGS = ("en", "es")
LONGEST_PLACE = 120
LONGEST_TEXT = 500
MOST_MILES = 500
DEFAULT_LIMIT = 20

# What a need is called in `must` and in answers, where the key of the body has another name.
NEED_OF = {
    "within_miles": "near",
    "travel_minutes": "near",
    "travel_by": "near",
    "week": "schedule",
}

# Who answers the form and asks for one kind of care cannot use a program for another only; and
# words that somebody types are a search.
FORM_MUST = frozenset({"focus", "mode", "text"})
FOCUS_OF = {"mh": "mental_health", "sud": "substance_use"}
EATING = ("eating_disorders",)
MANY_IN_FORM = (
    *("free", "free2", "need", "level_of_care", "conditions", "services", "populations", "mode"),
    *("languages", "must", "nice"),
)
ONE_IN_FORM = (
    *("place", "how", "within", "travel_minutes", "week", "pay", "plan", "age", "lang"),
    *("start_by", "q", "sort", *HOURS),
)
FORM_FIELDS = (*MANY_IN_FORM, *ONE_IN_FORM)


@dataclass(frozen=True, slots=True)
class State:
    """What a sealed address holds: the need, and the form it came from, to fill it in again."""

    body: Body
    form: dict[str, list[str]]

    @classmethod
    def opened(cls, payload: Mapping[str, object]) -> "State":
        """The state of an opened address."""
        return cls(cast(Body, payload["body"]), cast(dict[str, list[str]], payload["form"]))

    def payload(self) -> Body:
        """What is sealed."""
        return {"body": self.body, "form": self.form}


def read(body: Mapping[str, object], vocabularies: Vocabularies, *, by_form: bool = False) -> Need:
    """The need a body asks for. Raises `BadNeed` with every key and value that is not allowed.

    `by_form`: somebody just filled in a form, and a week without a free hour is asked back.
    """
    fields = Fields(body, vocabularies)
    fields.only(KEYS)
    must = fields.choices("must", NEEDS)
    need = Need(
        near=fields.line("near", LONGEST_PLACE) or None,
        within_miles=fields.number("within_miles", 1, MOST_MILES),
        travel_minutes=fields.whole("travel_minutes", 0, 180),
        travel_by=fields.choice("travel_by", TRAVEL, "car"),
        weeks=fields.weeks("week"),
        level_of_care=fields.codes("level_of_care", "levels_of_care"),
        focus=fields.codes("focus", "focus"),
        conditions=fields.codes("conditions", "conditions"),
        services=fields.codes("services", "services"),
        payer=fields.code("payer", "payers"),
        languages=fields.codes("languages", "languages"),
        age=fields.whole("age", 0, 120),
        populations=fields.codes("populations", "populations"),
        mode=fields.choices("mode", MODES) or (),
        start_by=fields.day("start_by"),
        text=fields.line("text", LONGEST_TEXT),
        must=ALWAYS_MUST if must is None else frozenset(must),
        sort=fields.choice("sort", SORTS, "fit"),
        limit=fields.whole("limit", 1, 100) or DEFAULT_LIMIT,
        offset=fields.offset("cursor"),
        lang=fields.choice("lang", LANGS, "en"),
    )
    if by_form:
        fields.refuse(never_free("week", need.weeks))
    fields.finish()
    return need


def from_form(form: MultiDict[str, str], vocabularies: Vocabularies) -> Body:
    """The body a filled-in home page asks for. Raises `BadNeed` for a field that is not on it."""
    _once_each(form, FORM_FIELDS, repeatable=MANY_IN_FORM)
    picked = {field: [text for text in form.getlist(field) if text] for field in MANY_IN_FORM}
    one = {field: form.get(field, "").strip() for field in ONE_IN_FORM}
    online, needs = one["how"] == "online", picked["need"]
    body: Body = {
        "near": one["place"],
        "within_miles": _number(one["within"]),
        "travel_minutes": _number(one["travel_minutes"]),
        "travel_by": "" if online else one["how"],
        "week": week_of(one, picked["free"], picked["free2"]),
        "level_of_care": picked["level_of_care"] or ["iop"],
        "focus": [FOCUS_OF.get(need, need) for need in needs if need not in ("ed", "unsure")],
        "conditions": [*(EATING if "ed" in needs else ()), *picked["conditions"]],
        "services": picked["services"],
        "payer": _payer(one["pay"], one["plan"], vocabularies["payers"]),
        "languages": _languages(one["lang"], picked["languages"]),
        "age": _number(one["age"]),
        "populations": picked["populations"],
        "mode": ["virtual"] if online else picked["mode"],
        "start_by": one["start_by"],
        "text": one["q"],
        "sort": one["sort"],
    }
    body = {key: value for key, value in body.items() if value not in ("", None, [])}
    must = {*ALWAYS_MUST, *picked["must"], *(FORM_MUST & body.keys())} - {*picked["nice"]}
    return body if must == ALWAYS_MUST else {**body, "must": sorted(must)}


def _payer(pay: str, plan: str, payers: Vocabulary) -> str:
    """A plan counts if the person pays by plan, did not say how, or picked the kind it is of."""
    if plan and (pay in ("plan", "") or (plan in payers and pay in payers.widened(plan))):
        return plan
    return {"plan": "private-insurance", "self": "self-pay", "unsure": ""}.get(pay, pay)


def _languages(first: str, others: Sequence[str]) -> list[str]:
    """The language picked, then others that came with it; any language is any."""
    return [] if first in ("", "any") else list(dict.fromkeys((first, *others)))


def to_params(body: Mapping[str, object]) -> str:
    """The readable address of a body that `read` accepts: what a person shares on purpose."""
    given = {key: body[key] for key in KEYS if body.get(key) not in (None, "")}
    week = cast(dict[str, list[object]], given.pop("week", {}))
    params = {
        key: ",".join(cast(list[str], value)) if key in LISTS else str(value)
        for key, value in given.items()
        if value != [] or key == "must"
    }
    for kind, listed in week.items():
        params[kind] = "~".join(map(_spelled, listed)) if kind == "rotates" else _times(listed)
    return urlencode(params, safe=",:~")


def _spelled(week: object) -> str:
    return "".join(f"{kind}:{_times(times)}" for kind, times in cast(Body, week).items())


def _times(listed: object) -> str:
    times = cast(list[dict[str, str]], listed)
    return ",".join(f"{time['day']}-{time['start']}-{time['end']}" for time in times)


def from_params(params: MultiDict[str, str]) -> Body:
    """The body of a readable address. Raises `BadNeed` for an unknown or repeated parameter."""
    _once_each(params, PARAMS)
    body: Body = {key: params[key] for key in WORDS if key in params}
    body |= {key: _number(params[key]) for key in NUMBERS if key in params}
    body |= {key: params[key].split(",") if params[key] else [] for key in LISTS if key in params}
    week: Body = {kind: _read_times(params[kind]) for kind in WEEKS[:2] if kind in params}
    if "rotates" in params:
        spelled = (week.partition(":") for week in params["rotates"].split("~"))
        week["rotates"] = [{kind: _read_times(times)} for kind, _, times in spelled]
    return {**body, "week": week} if week else body


def _read_times(text: str) -> list[object]:
    return [
        free_time(*parts) if len(parts := item.split("-")) == 3 else item
        for item in text.split(",")
        if item
    ]


def _number(text: str) -> int | float | str:
    """A number in ASCII digits, 15.0 as 15; any other text as it came, for `read` to refuse."""
    if re.fullmatch(r"[0-9]{1,9}(\.0{1,9})?", text):
        return int(text.partition(".")[0])
    return float(text) if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", text) else text


def _once_each(
    found: MultiDict[str, str], allowed: Sequence[str], repeatable: Collection[str] = ()
) -> None:
    repeated = [
        BadValue(name, shown(", ".join(values)), "one value, not several")
        for name, values in found.lists()
        if len(values) > 1 and name in allowed and name not in repeatable
    ]
    if problems := unknown_keys(found, allowed) + repeated:
        raise BadNeed(tuple(problems))
