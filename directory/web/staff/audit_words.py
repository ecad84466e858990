"""The words of the call audit: what callers ask, what they may hear, how a round stands."""

from collections.abc import Mapping

from directory.catalog.accuracy import Result
from directory.curation.audit.questions import Question
from directory.curation.audit.rounds import Called
from directory.errors import BadValue
from directory.web.i18n import gettext


def ask(question: Question) -> str:
    """What to ask; what we list stands below it."""
    said = {
        "phone": gettext("Is this the number people call to start?"),
        "name": gettext("Is this the name of the program?"),
        "address": gettext("Is this the address people come to?"),
        "level_of_care": gettext("Do you run this kind of care there?"),
        "tracks": gettext("Do your groups meet at these times?"),
        "payers": gettext("Do you take these ways to pay?"),
        "ages": gettext("Do you take these ages?"),
        "weeks": gettext("Does it take this many weeks?"),
    }
    return said.get(question.fact) or question.text


def results() -> Mapping[Result, str]:
    """What a caller may have heard of a fact."""
    return {
        "correct": gettext("That is right"),
        "wrong": gettext("That is wrong"),
        "not_known": gettext("They did not know"),
    }


def called(state: Called) -> tuple[str, str]:
    """A mark and whether a program was called."""
    said = {
        "waiting": ("wait", gettext("Not called yet")),
        "not_reached": ("ask", gettext("Nobody answered")),
        "called": ("yes", gettext("Called")),
    }
    return said[state]


def complaint(bad: BadValue) -> str:
    """What to type instead."""
    if bad.field == "--programs":
        return gettext("Type how many, in digits: at least 1, and no more than there are.")
    if bad.field == "--near":
        return gettext("Type one ZIP code or city that we know, such as 91101.")
    if bad.field == "--miles":
        return gettext("Type miles from 1 to 500, in digits.")
    return gettext("Mark at least one answer, or press “Nobody answered”.")


def done(code: str) -> str:
    """What was just done."""
    said = {
        "drawn": gettext("The programs are drawn. Call them one by one, in any order."),
        "kept": gettext("The answers are kept. What was right counts as confirmed by phone today."),
        "vain": gettext("Kept: nobody answered. Try again on another day."),
    }
    return said.get(code, "")
