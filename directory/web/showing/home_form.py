"""What the form of the first page shows: its choices, what is filled in, what to change."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from directory.catalog.schedule import DAYS
from directory.catalog.vocabulary import Term
from directory.errors import BadValue
from directory.web.i18n import gettext, label_of
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import modes
from directory.web.showing.chips import travel_ways, weeks
from directory.web.showing.danger import in_danger
from directory.web.showing.form_choices import helps, pays, week_choice
from directory.web.showing.paint_words import parts_of_day
from directory.web.week_form import HOURS, NO_FREE_HOUR, TWO_WEEKS

WITHIN = (5, 10, 15, 25, 50)
DISTANCE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
# Which question a refused value belongs to.
QUESTION_OF = {
    **dict.fromkeys(("near", "place", "within_miles", "travel_by", "travel_minutes"), "where"),
    **dict.fromkeys(("week", "free"), "when"),
    **dict.fromkeys(("focus", "conditions", "services", "text"), "what"),
    **dict.fromkeys(("age", "languages", "populations", "start_by", "mode"), "more"),
    "payer": "pay",
}
MORE = ("age", "lang", "mode", "populations", "start_by")


def home_form(
    filled: Mapping[str, Sequence[str]], problems: Sequence[BadValue] = ()
) -> dict[str, Any]:
    """Everything the form shows."""
    wrong: dict[str, list[str]] = {}
    for problem in problems:
        question = QUESTION_OF.get(problem.field.partition(".")[0], "form")
        wrong.setdefault(question, []).append(complaint(problem))
    return {
        "filled": filled,
        "wrong": {question: tuple(dict.fromkeys(said)) for question, said in wrong.items()},
        "ways": travel_ways(),
        "within": distances(filled),
        "weeks": tuple(week_choice(code, label) for code, label in weeks().items()),
        "parts": parts_of_day(),
        "days": tuple(
            (code, words.day_name(day), words.day_short(day)) for day, code in enumerate(DAYS)
        ),
        "helps": helps(),
        "not_offered": needs_not_offered(filled),
        "pays": pays(),
        "plans": tuple(term for term in services.vocabularies["payers"] if _is_plan(term)),
        "languages": tuple(
            (term.id, words.capitalized(label_of(term)))
            for term in services.vocabularies["languages"]
        ),
        "populations": tuple(services.vocabularies["populations"]),
        "modes": modes(),
        "timed": any(filled.get(field) for field in HOURS),
        "danger": in_danger(filled),
        "more_given": any(filled.get(name) for name in MORE),
    }


def distances(filled: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The distances to pick from, the one that is asked among them, the nearest first."""
    found = {str(far) for far in WITHIN}
    found |= {far for far in filled.get("within", ()) if DISTANCE.fullmatch(far)}
    return tuple(sorted(found, key=float))


def needs_not_offered(filled: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What an address or a partner asked for, and the form has no box for."""
    known = services.vocabularies["focus"]
    return tuple(code for code in filled.get("need", ()) if code in known and code not in helps())


def complaint(problem: BadValue) -> str:
    """What is wrong with one answer, and what to do."""
    field = problem.field.partition(".")[0]
    said = {
        "near": gettext("Type a ZIP code like 91101, or a city."),
        "week": gettext("We could not read your week. Give each day a start and an end."),
        "age": gettext("Type the age as a number, like 34."),
        "start_by": gettext("Pick a day, such as 2026-12-10."),
        "text": gettext("Use at most 500 letters."),
        "payer": gettext("Pick a plan from the list."),
    }
    if problem.got == NO_FREE_HOUR:
        return gettext(
            "Your week has no free hour yet. Tick when you are free, or pick another week."
        )
    if problem.got == TWO_WEEKS:
        return gettext(
            "You picked a week and also painted one. Which do you mean? Pick “My own week”, or "
            "clear the one you painted."
        )
    default = gettext("We could not read “%(got)s”. Change it, or leave it out.", got=problem.got)
    return said.get(field, default)


def _is_plan(term: Term) -> bool:
    return term.parent is not None
