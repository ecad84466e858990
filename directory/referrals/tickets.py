"""The life of a ticket: who may move it where, which clock runs then, how FHIR calls it.

`docs/referrals.md` has statuses and clocks as a table. All acts are choices: no function here takes words.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from directory.catalog.referral import ASKED, REASONS, Asked, Reason, Status, Ticket
from directory.errors import BadValue, Refusal
from directory.referrals.days import business_days_after, friday_of, monday_of, weeks_from

Actor = Literal["referrer", "program", "system"]
TaskStatus = Literal[
    "draft", "requested", "accepted", "rejected", "cancelled", "on-hold", "in-progress", "failed", "completed"
]  # fmt: skip

TO_OPEN, TO_ANSWER, AFTER_A_MISS = 1, 2, 2  # business days
TO_START = timedelta(days=7)
EXPIRES = timedelta(days=14)
WEEKS_AHEAD = 13
"""How far ahead a program may name a week: a quarter of a year."""
MOST_TURNS = 100
"""After so many a program may only close a ticket: each act is a line of the trail, for ever."""

# our status -> the status of FHIR R4 Task that says the same to others
TASK_STATUS: Mapping[Status, TaskStatus] = {
    "draft": "draft",
    "sent": "requested",
    "seen": "requested",
    "needs_info": "on-hold",
    "offered": "accepted",
    "waitlisted": "on-hold",
    "intake_kept": "in-progress",
    "no_show": "in-progress",
    "unable_to_reach": "failed",
    "started": "completed",
    "declined": "rejected",
    "declined_by_person": "cancelled",
    "chose_other": "cancelled",
    "withdrawn": "cancelled",
    "expired": "failed",
}
OVER: Set[TaskStatus] = frozenset({"rejected", "cancelled", "failed", "completed"})

_ANSWERS: Set[Status] = frozenset({"needs_info", "offered", "waitlisted", "declined"})
_ENDS: Set[Status] = frozenset({"declined_by_person", "chose_other", "withdrawn"})

# who -> where a ticket stands -> where they may move it. What is not here is refused.
MOVES: Mapping[Actor, Mapping[Status, Set[Status]]] = {
    "referrer": {
        "draft": frozenset({"sent"}),
        "needs_info": _ENDS | {"seen"},
        **dict.fromkeys(("sent", "seen", "offered", "waitlisted", "intake_kept", "no_show"), _ENDS),
    },
    "program": {
        "sent": frozenset({"seen"}),
        "seen": _ANSWERS,
        "needs_info": _ANSWERS - {"needs_info"},
        "waitlisted": _ANSWERS,
        "offered": frozenset(
            {"offered", "intake_kept", "no_show", "unable_to_reach", "declined", "waitlisted"}
        ),
        "no_show": frozenset({"offered", "intake_kept", "unable_to_reach", "declined"}),
        "intake_kept": frozenset({"started", "waitlisted", "declined"}),
    },
    "system": {
        **dict.fromkeys(
            ("sent", "seen", "needs_info", "offered", "waitlisted", "no_show", "intake_kept"),
            frozenset({"withdrawn", "expired"}),
        ),
    },
}
NAMES_A_WEEK: Set[Status] = frozenset({"offered", "waitlisted"})


@dataclass
class CannotMove(Refusal):
    """Nobody in this role may move a ticket from where it stands to there."""

    status: Status
    to: Status
    by: Actor

    def __str__(self) -> str:
        return f"A ticket that is {self.status!r} cannot be made {self.to!r} by the {self.by}."


@dataclass
class Moved(Refusal):
    """Somebody moved the ticket since this page was shown; nothing was changed."""

    status: Status

    def __str__(self) -> str:
        return f"The ticket has moved: it is {self.status!r} now. Look at it again."


@dataclass
class SaidAlready(Refusal):
    """The program's answer is the one that stands; nothing was changed."""

    status: Status

    def __str__(self) -> str:
        return f"The ticket is {self.status!r} already, for the same week."


@dataclass
class TooManyTurns(Refusal):
    """The ticket was moved so often that its program may only close it."""

    most: int = MOST_TURNS

    def __str__(self) -> str:
        return f"The ticket was moved {self.most} times. Only an answer that closes it is taken."


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does with a ticket, as it is chosen on a form. `week` is the Monday of one."""

    to: Status
    reason: Reason | None = None
    asked: Asked | None = None
    week: date | None = None


def is_open(ticket: Ticket) -> bool:
    """True if something may still come of it."""
    return TASK_STATUS[ticket.status] not in OVER


def is_out(ticket: Ticket) -> bool:
    """True if a program has it and it is open: these count as parallel offers."""
    return is_open(ticket) and ticket.status != "draft"


def may_move(ticket: Ticket, by: Actor) -> Set[Status]:
    """Where somebody may move a ticket from here."""
    return MOVES[by].get(ticket.status, frozenset())


def moved(ticket: Ticket, act: Act, by: Actor, today: date, turn: int | None = None) -> Ticket:
    """The ticket after an act.

    Raises `Moved` if `turn` is not the one it stands at (an answer that comes twice, or late),
    `CannotMove`, `BadValue` for a choice that is missing or does not belong to the act, and of a
    program `SaidAlready` and `TooManyTurns`.
    """
    if turn is not None and turn != ticket.turn:
        raise Moved(ticket.status)
    if act.to not in may_move(ticket, by):
        raise CannotMove(ticket.status, act.to, by)
    _check_choices(act, today)
    after = replace(
        ticket,
        status=act.to,
        turn=ticket.turn + 1,
        reason=act.reason,
        asked=act.asked,
        week=act.week,
    )
    if not is_open(after):
        return replace(after, due_on=None, expires_on=None, closed_week=monday_of(today))
    if by == "program":
        _refuse_endless(ticket, after)
    due_on = due(act, today)
    return replace(after, due_on=due_on, expires_on=max(due_on, today) + EXPIRES)


def _refuse_endless(ticket: Ticket, after: Ticket) -> None:
    """What a program says again is no news, and it may not go to and fro without end."""
    if (after.status, after.week) == (ticket.status, ticket.week):
        raise SaidAlready(ticket.status)
    if ticket.turn >= MOST_TURNS:
        raise TooManyTurns


def _check_choices(act: Act, today: date) -> None:
    """Each act comes with exactly the choice it needs."""
    needed = (
        ("reason", act.reason, act.to == "declined", REASONS),
        ("asked", act.asked, act.to == "needs_info", ASKED),
        (
            "week",
            act.week and act.week.isoformat(),
            act.to in NAMES_A_WEEK,
            tuple(week.isoformat() for week in weeks_from(today, WEEKS_AHEAD)),
        ),
    )
    for name, got, is_needed, allowed in needed:
        if is_needed and got not in allowed:
            raise BadValue(name, got or "", "one of the list", allowed)
        if not is_needed and got is not None:
            raise BadValue(name, got, f"nothing for {act.to!r}")


def due(act: Act, today: date) -> date:
    """Until when the next act should come. A named week is due at its end."""
    if act.to in NAMES_A_WEEK and act.week is not None:
        return friday_of(act.week)
    if act.to == "sent":
        return business_days_after(today, TO_OPEN)
    if act.to == "seen":
        return business_days_after(today, TO_ANSWER)
    if act.to == "no_show":
        return business_days_after(today, AFTER_A_MISS)
    if act.to == "intake_kept":
        return today + TO_START
    return today  # needs_info: it is the referrer's turn
