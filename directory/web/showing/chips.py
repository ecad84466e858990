"""What was asked, as chips that remove themselves and as a form that can be filled in again."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from directory.catalog.schedule import DAYS
from directory.matching.need import ALWAYS_MUST, Need
from directory.matching.week import FreeWeek, Interval, intervals_of, touched
from directory.web import needs, refining
from directory.web.i18n import gettext, label_in
from directory.web.need_fields import read_weeks
from directory.web.needs import Body, State
from directory.web.refining import Chip
from directory.web.sealing import StaleAddress
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import asked_for, language
from directory.web.week_form import HOURS, PARTS, ROTATES, SPANS

Form = dict[str, list[str]]
HELP_OF = {code: field for field, code in needs.FOCUS_OF.items()}
PAY_OF = {
    "private-insurance": "plan",
    "self-pay": "self",
    "medi-cal": "medi-cal",
    "medicare": "medicare",
}
CLASHES = "_clashes"
"""The mark in a sealed form that asks for the programs that clash, too."""

POINT = re.compile(r"-?[0-9.]+, ?-?[0-9.]+")
WEEK_FIELDS = ("week", "free", "free2", *HOURS)


@dataclass(frozen=True, slots=True)
class Pressable:
    """A chip in words: what names it, the need it belongs to ("" if it rules nothing out)."""

    label: str
    key: str
    need: str
    must: bool


def pressable(state: State) -> tuple[Pressable, ...]:
    """Every chip of a state, in words."""
    return tuple(
        Pressable(label(chip, state), chip.key, chip.need if chip.can_rule_out else "", chip.must)
        for chip in refining.chips(state.body, services.vocabularies)
        if not (chip.field == "level_of_care" and chip.code == "iop")
    )


def seal(state: State) -> str:
    """The word in the address that holds a state."""
    return services.sealer.seal(state.payload())


def opened(sealed: str) -> State:
    """The state in an address. Raises `StaleAddress` if it is too old or not ours."""
    body, form = (services.sealer.open_part(sealed, part) for part in ("body", "form"))
    return State(body, form)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who reads a public page: their need, and the sealed word that links carry on.

    `closed` if the address carried a word that opens no more: then nothing is asked or carried on.
    """

    need: Need
    sealed: str
    closed: bool = False


def asker_of(sealed: str) -> Asker:
    """The need in the address of a page that stands without one, too; nothing asked without it."""
    if not sealed:
        return Asker(Need(), "")
    try:
        body = opened(sealed).body
    except StaleAddress:
        return Asker(Need(), "", closed=True)
    return Asker(replace(needs.read(body, services.vocabularies), offset=0), sealed)


def changed(state: State, body: Body) -> State:
    """The same form with another body: what was changed is filled in anew, the rest as it was."""
    kept: Form = {}
    if body.get("week") == state.body.get("week"):
        kept = {name: state.form[name] for name in (*WEEK_FIELDS, CLASHES) if name in state.form}
    asked = {name: value for name, value in body.items() if name != "week" or "week" not in kept}
    form = form_of(asked) | kept
    if "unsure" in state.form.get("need", []) and "need" not in form:
        form["need"] = ["unsure"]
    return State(body, form)


def form_of(body: Mapping[str, object]) -> Form:
    """The form that asks for this body, as far as the form can ask it."""
    form: dict[str, list[object]] = {
        "place": [body.get("near")],
        "within": [body.get("within_miles")],
        "travel_minutes": [body.get("travel_minutes")],
        "how": ["online" if body.get("mode") == ["virtual"] else body.get("travel_by")],
        "mode": [] if body.get("mode") == ["virtual"] else _listed(body, "mode"),
        "age": [body.get("age")],
        "lang": _listed(body, "languages")[:1],
        "languages": _listed(body, "languages")[1:],
        "start_by": [body.get("start_by")],
        "q": [body.get("text")],
        "sort": [body.get("sort")],
        "need": _help(body),
        "conditions": [code for code in _listed(body, "conditions") if code != "eating_disorders"],
        "must": [code for code in _listed(body, "must") if code not in ALWAYS_MUST],
        "nice": _nice(body),
        **{name: _listed(body, name) for name in ("services", "populations")},
        "level_of_care": []
        if _listed(body, "level_of_care") == ["iop"]
        else _listed(body, "level_of_care"),
        **_pay(body.get("payer")),
        **_week(body.get("week")),
    }
    kept = {
        name: [_typed(one) for one in values if one not in (None, "")]
        for name, values in form.items()
    }
    return {name: values for name, values in kept.items() if values}


def _typed(value: object) -> str:
    """A value as one would type it: 15, though the body has 15.0."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _listed(body: Mapping[str, object], key: str) -> list[object]:
    return list(cast(Sequence[object], body.get(key) or ()))


def _nice(body: Mapping[str, object]) -> list[object]:
    """What would rule programs out as the form asks it, and here does not."""
    if "must" not in body:
        return []
    usual = ALWAYS_MUST | (needs.FORM_MUST & body.keys())
    return [*sorted(usual - {*_listed(body, "must")})]


def _help(body: Mapping[str, object]) -> list[object]:
    found = [HELP_OF.get(str(code), code) for code in _listed(body, "focus")]
    return [*found, *(["ed"] if "eating_disorders" in _listed(body, "conditions") else [])]


def _pay(payer: object) -> dict[str, list[object]]:
    if payer is None:
        return {}
    if known := PAY_OF.get(str(payer)):
        return {"pay": [known]}
    payers = services.vocabularies["payers"]
    wide = payers.widened(str(payer)) if payer in payers else ()
    return {"pay": [next((PAY_OF[one] for one in wide if one in PAY_OF), "plan")], "plan": [payer]}


def _week(week: object) -> dict[str, list[object]]:
    """A week as the form has it; of weeks that rotate, the first two."""
    if week is None:
        return {}
    if preset := preset_of(week):
        return {"week": [preset]}
    read = read_weeks("week", week, [])
    if len(read) > 1:
        return {"week": [ROTATES], **_exact(read[0]), "free2": _whole_parts(read[1])}
    return {"week": ["own"], **(_exact(read[0]) if read else {})}


def preset_of(week: object) -> str | None:
    """The name of the preset that this week is, if it is one."""
    for name, times in needs.PRESETS.items():
        free = [{"day": day, "start": a, "end": b} for on, a, b in times for day in on]
        if week == {"free": free}:
            return name
    return None


def _exact(week: FreeWeek) -> dict[str, list[object]]:
    """The two longest free times of each day, in order."""
    by_day: dict[int, list[Interval]] = {}
    for one in intervals_of(week.bits):
        by_day.setdefault(one.day, []).append(one)
    found: dict[str, list[object]] = {}
    for day, times in by_day.items():
        longest = sorted(times, key=lambda one: one.start - one.end)[: len(SPANS)]
        for (start, end), one in zip(SPANS, sorted(longest, key=_start), strict=False):
            found[f"{start}-{DAYS[day]}"] = [_clock(one.start)]
            found[f"{end}-{DAYS[day]}"] = [_clock(min(one.end, 24 * 60 - 1))]
    return found


def _start(time: Interval) -> int:
    return time.start


def _whole_parts(week: FreeWeek) -> list[object]:
    """The boxes to tick of a week: the parts that are free from end to end."""
    return [
        f"{code}-{part}"
        for day, code in enumerate(DAYS)
        for part, (start, end) in PARTS.items()
        if not touched([Interval(day, _minute(start), _minute(end))]) & ~week.bits
    ]


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def label(chip: Chip, state: State) -> str:
    """A chip in words."""
    if chip.field == "within_miles" and (near := state.body.get("near")):
        miles = words.miles(float(chip.code))
        return gettext("Within %(miles)s of %(place)s", miles=miles, place=_place(str(near)))
    say = LABELS.get(chip.field)
    if say:
        return say(chip.code)
    if chip.field == "week":
        week = state.body.get("week")
        own = ROTATES if isinstance(week, Mapping) and "rotates" in week else "own"
        return weeks()[preset_of(week) or own]
    return asked_for(chip.need, chip.code, services.vocabularies)


def _near(text: str) -> str:
    return gettext("Near %(place)s", place=_place(text))


def _place(text: str) -> str:
    """The place as it was typed; coordinates that the browser rounded have no name."""
    return gettext("where I am") if POINT.fullmatch(text) else text


def _within(miles: str) -> str:
    return gettext("Within %(miles)s", miles=words.miles(float(miles)))


def _each_way(minutes: str) -> str:
    return gettext("%(time)s each way", time=words.duration(int(minutes)))


def _travel_by(code: str) -> str:
    return travel_ways().get(code, code)


def _group_in(code: str) -> str:
    return language(label_in(services.vocabularies["languages"], code), "group")


def _quoted(text: str) -> str:
    return gettext("“%(words)s”", words=text if len(text) < 60 else f"{text[:60]}…")


LABELS: Mapping[str, Callable[[str], str]] = {
    "near": _near,
    "within_miles": _within,
    "travel_minutes": _each_way,
    "travel_by": _travel_by,
    "languages": _group_in,
    "text": _quoted,
}


def weeks() -> dict[str, str]:
    """The weeks one may pick, by name."""
    return {
        "nine": gettext("I work 9 to 5"),
        "evening": gettext("Evenings only"),
        "school": gettext("While kids are at school"),
        "night": gettext("I work nights"),
        ROTATES: gettext("My shifts rotate"),
        "any": gettext("Any time"),
        "own": gettext("My own week"),
    }


def travel_ways() -> dict[str, str]:
    """Ways to get around, by code."""
    return {
        "car": gettext("By car"),
        "transit": gettext("By bus or train"),
        "walk": gettext("On foot"),
        "online": gettext("Online only"),
    }
