"""The self-check in words: questions, choices, and why one could ask about a level of care."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.web.i18n import gettext, label_in
from directory.web.self_check import levels_to_ask_about
from directory.web.services import services


@dataclass(frozen=True, slots=True)
class Asking:
    """One question: its words, a hint, and its choices (code, words)."""

    name: str
    text: str
    hint: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of care to ask about, and why."""

    code: str
    name: str
    why: str


def asking(question: str) -> Asking:
    """A question in words."""
    text, hint = _QUESTIONS[question]()
    return Asking(question, text, hint, tuple(_CHOICES[question]().items()))


def _danger() -> tuple[str, str]:
    return (
        gettext("Is anyone in danger right now?"),
        gettext("Such as: a plan to die, someone who might hurt you, or too much of a drug."),
    )


def _danger_choices() -> dict[str, str]:
    return {
        "yes": gettext("Yes, now"),
        "thoughts": gettext("I think about dying, but I am safe now"),
        "no": gettext("No"),
    }


def _withdrawal() -> tuple[str, str]:
    return (
        gettext("Do you get sick when you stop drinking or taking pills?"),
        gettext(
            "Such as: you shake, sweat or throw up. Pills for nerves or sleep count, such as"
            " Xanax, Valium, Ativan or Klonopin."
        ),
    )


def _withdrawal_choices() -> dict[str, str]:
    return {
        "daily": gettext("Yes, or I drink or take them every day"),
        "unsure": gettext("I do not know"),
        "opioids": gettext("I use opioids, such as pain pills, heroin or fentanyl"),
        "no": gettext("No"),
    }


def _home() -> tuple[str, str]:
    return (
        gettext("Is the place where you sleep safe for you?"),
        gettext("You would sleep there while you are in a program."),
    )


def _home_choices() -> dict[str, str]:
    return {
        "safe": gettext("Yes"),
        "using": gettext("People drink or use there"),
        "hurt": gettext("Somebody hurts me or scares me there"),
        "none": gettext("I have no steady place to sleep"),
    }


def _tried() -> tuple[str, str]:
    return (
        gettext("What have you tried so far?"),
        gettext("Pick the last one that you did."),
    )


def _tried_choices() -> dict[str, str]:
    return {
        "nothing": gettext("Nothing yet"),
        "weekly": gettext("A counselor or doctor, once a week or less"),
        "program": gettext("A program on several days a week"),
        "stay": gettext("A stay in a hospital, a detox or a live-in place"),
    }


def _days() -> tuple[str, str]:
    return (
        gettext("How often is it hard to get through the day?"),
        gettext("To sleep, eat, work, learn, or be there for others."),
    )


def _days_choices() -> dict[str, str]:
    return {
        "few": gettext("Now and then"),
        "some": gettext("Some days each week"),
        "most": gettext("Most days"),
    }


def _time() -> tuple[str, str]:
    return (
        gettext("How much time could you give to it?"),
        gettext("Think of work, school and people you care for."),
    )


def _time_choices() -> dict[str, str]:
    return {
        "little": gettext("An hour or two a week"),
        "part": gettext("A few hours on 3 to 5 days a week"),
        "full": gettext("Most of the day, for some weeks"),
    }


_QUESTIONS = {
    "danger": _danger,
    "withdrawal": _withdrawal,
    "home": _home,
    "tried": _tried,
    "days": _days,
    "time": _time,
}
_CHOICES = {
    "danger": _danger_choices,
    "withdrawal": _withdrawal_choices,
    "home": _home_choices,
    "tried": _tried_choices,
    "days": _days_choices,
    "time": _time_choices,
}


def levels(answers: Mapping[str, str]) -> tuple[Level, ...]:
    """The levels of care to ask about, with reasons."""
    labels = services.vocabularies["levels_of_care"]
    why = _reasons()
    return tuple(
        Level(code, label_in(labels, code), why[code]) for code in levels_to_ask_about(answers)
    )


def _reasons() -> dict[str, str]:
    return {
        "detox": gettext(
            "A few days with a doctor or nurse near, so that you can stop safely. Ask for this first."
        ),
        "residential": gettext(
            "You sleep there for some weeks. Ask about it if home makes it hard to get better."
        ),
        "php": gettext(
            "Most of the day, often 5 days a week. You sleep at home. It is 20 hours a week or more."
        ),
        "iop": gettext(
            "A few hours on 3 to 5 days a week. You sleep at home. It is 9 to 19 hours a week."
            " Some groups meet in the evening."
        ),
        "outpatient": gettext(
            "One or two talks a week with a counselor or a group. It is less than 9 hours a week."
        ),
    }
