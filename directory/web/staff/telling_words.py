"""The words of the page where a program looks after its listing."""

from collections.abc import Mapping, Sequence

from directory.catalog.evidence import State
from directory.catalog.proposal import Proposal, Reason
from directory.catalog.whereabouts import Why
from directory.curation.handling import Handling
from directory.curation.phrases.flags import Flag
from directory.errors import BadValue, TellsOfAPerson
from directory.web.i18n import gettext, ngettext
from directory.web.showing import words
from directory.web.staff import curator_words
from directory.web.staff.schedule_part import LONGEST


def ways() -> Mapping[Handling, tuple[str, str]]:
    """Each way a change is handled: its heading, and what it means."""
    return {
        "at_once": (
            gettext("Shown at once"),
            gettext("What you change here is on your public page within seconds, as your word."),
        ),
        "waits": (
            gettext("Our staff look first"),
            gettext("Who you are, where you are and how to reach you. Until then the page stays."),
        ),
    }


def state(torn: State) -> str:
    """How far visitors may count on a fact today."""
    return {
        State.CURRENT: gettext("Fresh"),
        State.CALL_TO_CONFIRM: gettext("Getting old: visitors read “call to check”"),
        State.UNKNOWN: gettext("Too old: visitors read “ask them”"),
        State.CONFLICTING: gettext("Our sources disagree. Tell us which is right."),
    }[torn]


def wish_state(one: Proposal) -> str:
    """What became of a wish."""
    day = words.full_date(one.settled_on) if one.settled_on else ""
    said = {
        "waiting": gettext("Our staff will look at it"),
        "accepted": gettext("Taken over on %(day)s", day=day),
        "rejected": gettext("Not taken over on %(day)s", day=day),
        "replaced": gettext("You said something newer"),
        "withdrawn": gettext("You took it back"),
    }[one.state]
    return f"{said}: {reasons()[one.reason]}" if one.reason else said


def reasons() -> Mapping[Reason, str]:
    """Why a curator did not take it over."""
    return {
        "not_confirmed": gettext("we could not confirm it with you"),
        "contradicted": gettext("a public list says otherwise"),
        "other_program": gettext("it is about another program"),
        "unclear": gettext("we did not understand it"),
        "not_a_fact": gettext("it is no fact that we list"),
        "mended": gettext("we listed it in other words"),
    }


def removal() -> str:
    """The wish to be taken off."""
    return gettext("Take this program off the list")


def whys() -> Mapping[Why, str]:
    """Why a program may ask to be taken off."""
    return {
        "closed": gettext("It closed"),
        "not_iop": gettext("It is not an intensive outpatient program"),
        "asked": gettext("We do not want to be listed"),
    }


def confirmed(num: int) -> str:
    """What the one button did."""
    return ngettext(
        "You said that %(num)d fact is still right",
        "You said that %(num)d facts are still right",
        num,
    )


def done(code: str) -> str:
    """What was just done; "" for a code that is none of ours."""
    said = {
        "taken_back": gettext("It is taken back."),
        "same": gettext("It is listed like this already. Nothing was changed."),
    }
    return said.get(code, "")


def changed_meanwhile() -> str:
    """Somebody was faster; nothing is lost."""
    return gettext("Something changed since you opened this page. Look again, then press.")


def cannot_take_back() -> str:
    """Why an undo was refused."""
    return gettext(
        "That cannot be taken back any more: something newer was said. Change it instead."
    )


def complaint(bad: BadValue | TellsOfAPerson) -> str:
    """What to type instead."""
    own = {
        "start": gettext("Pick when people may start."),
        "lead": gettext("Type the days as a number up to 365, or leave it empty."),
        "date": gettext("Give the next day people start: from today on, within a year."),
        "why": gettext("Pick why it should be taken off."),
        "phrase": gettext("Type or paste days and hours, at most %(num)d letters.", num=LONGEST),
        "nothing_read": gettext(
            "We could not read days and hours in it. Write it like this: Mon, Wed, Fri 6-9 pm."
        ),
        "which": gettext("Pick which group it is about."),
        "one_group": gettext(
            "We read more than one group in it. Pick “all groups”, or tell one group."
        ),
        "many": gettext("So many changes came today that no more are taken. Try again tomorrow."),
    }
    if isinstance(bad, BadValue) and bad.field in own:
        return own[bad.field]
    return curator_words.complaint(bad)


def clash() -> str:
    """Two said something at once; nothing is lost."""
    return gettext(
        "Somebody changed this while you were here. Nothing was overwritten: what is listed now "
        "stands above, what you typed is still below. Send it again if yours is right."
    )


def modes() -> Mapping[str, str]:
    """Where a group meets, to pick."""
    return {
        "in_person": gettext("In person"),
        "virtual": gettext("By video"),
        "hybrid": gettext("Some days by video"),
    }


def flags(some: Sequence[Flag]) -> Sequence[str]:
    """What to look at before the week is kept."""
    return [curator_words.flag(one) for one in some]
