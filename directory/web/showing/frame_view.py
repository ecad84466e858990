"""What a frame shows: its short form, filled in; its programs without the invented ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from directory.catalog.partner import Choices
from directory.matching.outcome import Outcome
from directory.web.i18n import label_in
from directory.web.services import services
from directory.web.showing.chips import HELP_OF, PAY_OF, weeks
from directory.web.showing.form_choices import WeekChoice, helps, pays, week_choice
from directory.web.showing.words import in_a_row

WEEKS = ("nine", "evening", "school", "night", "any")
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of a frame. `place` is None where visitors are asked; `also` is what every search has."""

    place: str | None
    typed: str
    weeks: tuple[WeekChoice, ...]
    week: str
    needs: tuple[Option, ...]
    need: str
    pays: tuple[Option, ...]
    pay: str
    words: str
    also: str


def form_view(choices: Choices, filled: Mapping[str, Sequence[str]]) -> FormView:
    """The form with what a visitor filled in, else with what the partner picked."""
    said = weeks()
    plan = choices.payer and PAY_OF.get(choices.payer, choices.payer)
    return FormView(
        place=choices.place,
        typed=_first(filled, "place"),
        weeks=tuple(week_choice(code, said[code]) for code in WEEKS),
        week=_first(filled, "week"),
        needs=_needs(choices),
        need=_first(filled, "need") or ("" if filled else _own_need(choices)),
        pays=_pays(plan, _first(filled, "plan")),
        pay=_first(filled, "plan") or _first(filled, "pay") or ("" if filled else plan or ""),
        words=_first(filled, "q"),
        also=in_a_row(_also(choices)),
    )


def without_examples(outcome: Outcome, count: int) -> Outcome:
    """The same answer without invented programs: the first of the others, counted anew.

    What would bring more is left out: those promises count invented programs, too.
    """
    real = tuple(one for one in outcome.matches if not one.listing.example)
    verdicts = Counter(one.schedule.verdict for one in real if one.schedule)
    counts = {name: verdicts[name] for name in outcome.counts}
    need = replace(outcome.need, limit=count)
    return replace(
        outcome, need=need, matches=real[:count], total=len(real), counts=counts, relax=()
    )


def _first(filled: Mapping[str, Sequence[str]], name: str) -> str:
    return next((text for text in filled.get(name, ()) if text), "")


def _own_need(choices: Choices) -> str:
    return HELP_OF.get(choices.focus[0], choices.focus[0]) if choices.focus else ""


def _needs(choices: Choices) -> tuple[Option, ...]:
    return _with(tuple(helps().items()), _own_need(choices), "focus")


def _pays(*more: str | None) -> tuple[Option, ...]:
    known = tuple(pays().items())
    for code in more:
        known = _with(known, code or "", "payers")
    return known


def _with(options: tuple[Option, ...], code: str, kind: str) -> tuple[Option, ...]:
    """The options, and one that a partner picked and the form does not have."""
    if not code or code in dict(options):
        return options
    return (*options, (code, label_in(services.vocabularies[kind], code)))


def _also(choices: Choices) -> list[str]:
    return [
        label_in(services.vocabularies[kind], code)
        for kind in ("services", "populations", "languages")
        for code in getattr(choices, kind) or ()
    ]
