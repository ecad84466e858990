"""How an answer about one need is said: a mark and a few words."""

from dataclasses import dataclass
from datetime import date

from directory.catalog.answer import Answer
from directory.catalog.vocabulary import Vocabularies
from directory.matching.outcome import NeedAnswer
from directory.web.i18n import gettext, label_in
from directory.web.needs import VOCABULARY_OF
from directory.web.showing import words

MARKS: dict[Answer, words.Mark] = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "ask"}
PLANS_OF = "private-insurance"
# Ways to pay that are no insurance: they are offered or not, and no network is asked about.
NO_PLAN = frozenset(
    {
        "self-pay",
        "sliding-scale",
        "payment-assistance",
        "no-charge",
        "county-funds",
        "other-state-plan",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A mark and the words beside it. `lang` is set where the words are the program's own."""

    mark: words.Mark
    text: str
    lang: str | None = None


def said(answer: NeedAnswer, vocabularies: Vocabularies) -> Said:
    """One answer in words."""
    mark = MARKS[answer.answer]
    if answer.detail == "conflicting":
        label = asked_for(answer.need, answer.asked, vocabularies)
        return Said(mark, gettext("%(what)s: two sources disagree. Ask.", what=label))
    if answer.need == "payer":
        return Said(mark, payer(answer.asked, answer.answer, answer.detail, vocabularies))
    if answer.need == "level_of_care":
        return Said(mark, level(answer.asked, answer.answer, answer.detail, vocabularies))
    if answer.need == "languages":
        return Said(
            mark, language(label_in(vocabularies["languages"], answer.asked), answer.detail)
        )
    if answer.need == "populations" and answer.detail == "dedicated":
        group = label_in(vocabularies["populations"], answer.asked)
        return Said(mark, gettext("A group of their own: %(people)s", people=group))
    return Said(mark, asked_for(answer.need, answer.asked, vocabularies))


def payer(code: str, answer: Answer, detail: str | None, vocabularies: Vocabularies) -> str:
    """Such as 'Anthem, in network', 'Takes private insurance. Ask about yours.'."""
    terms = vocabularies["payers"]
    plan = label_in(terms, code)
    wider = terms[code].parent if code in terms else None
    if answer is Answer.YES and wider == PLANS_OF:
        return gettext("%(plan)s, in network", plan=plan)
    if answer is Answer.YES:
        return plan if code in NO_PLAN else gettext("Takes %(plan)s", plan=lower_first(plan))
    if answer is Answer.NO:
        return gettext("%(plan)s: not taken, or out of network", plan=plan)
    if code in NO_PLAN:
        return gettext("%(plan)s: ask.", plan=plan)
    if detail == "class_only" and wider:
        return gettext("Takes %(kind)s. Ask about yours.", kind=lower_first(label_in(terms, wider)))
    if detail == "network":
        return gettext("Takes %(plan)s. Ask if it is in network.", plan=lower_first(plan))
    return gettext("%(plan)s: they do not say. Ask.", plan=plan)


def level(codes: str, answer: Answer, detail: str | None, vocabularies: Vocabularies) -> str:
    """Such as 'Their list suggests an IOP. Ask.'."""
    labels = asked_for("level_of_care", codes, vocabularies)
    if answer is Answer.UNKNOWN and detail == "suggested":
        return gettext("Their list suggests an IOP. Ask.")
    if answer is Answer.UNKNOWN and detail:
        other = label_in(vocabularies["levels_of_care"], detail)
        return gettext("Listed as: %(level)s. Ask if they run an IOP.", level=other)
    if answer is Answer.UNKNOWN:
        return gettext("They do not say if it is an IOP. Ask.")
    return labels


def language(name: str, detail: str | None) -> str:
    """'Group in Spanish', 'Staff who speak Spanish'."""
    if detail == "staff":
        return gettext("Staff who speak %(language)s", language=name)
    if detail == "interpreter":
        return gettext("Interpreter for %(language)s", language=name)
    return gettext("Group in %(language)s", language=name)


def asked_for(need: str, asked: str, vocabularies: Vocabularies) -> str:
    """The words for what was asked: labels for codes, a sentence for the rest."""
    kind = VOCABULARY_OF.get(need)
    if kind:
        return gettext(" or ").join(label_in(vocabularies[kind], code) for code in asked.split("|"))
    if need == "age":
        return gettext("Age %(years)s", years=asked)
    if need == "start_by":
        day = words.day_and_month(date.fromisoformat(asked))
        return gettext("Start by %(day)s", day=day)
    if need == "mode":
        return gettext(" or ").join(modes().get(code, code) for code in asked.split("|"))
    return asked


def modes() -> dict[str, str]:
    """How a group is held, by code."""
    return {
        "in_person": gettext("In person"),
        "virtual": gettext("By video"),
        "hybrid": gettext("Part in person, part by video"),
    }


def lower_first(text: str) -> str:
    """'private insurance' for 'Private insurance'; names such as 'Kaiser Permanente' stay."""
    plain = text[1:].islower() and " " in text
    return text[:1].lower() + text[1:] if plain else text
