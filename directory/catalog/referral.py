"""A referral as it is kept: a code the system makes, choices from lists, weeks. Never who it is about.

Nothing here has room for words. Dates that stay are Mondays; the days that clocks run to are kept
while a ticket is open, and go when it closes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, get_args

Status = Literal[
    "draft",
    "sent",
    "seen",
    "needs_info",
    "offered",
    "waitlisted",
    "intake_kept",
    "no_show",
    "unable_to_reach",
    "started",
    "declined",
    "declined_by_person",
    "chose_other",
    "withdrawn",
    "expired",
]
STATUSES: tuple[Status, ...] = get_args(Status)

Reason = Literal[
    "no_capacity",
    "payer",
    "acuity_too_high",
    "acuity_too_low",
    "age_or_population",
    "language",
    "schedule",
    "out_of_area",
    "license",
    "other",
]
REASONS: tuple[Reason, ...] = get_args(Reason)

Asked = Literal[
    "call_us",
    "insurance",
    "history_and_physical",
    "medicine_list",
    "discharge_summary",
    "level_recommended",
    "consent",
]
ASKED: tuple[Asked, ...] = get_args(Asked)

Note = Literal[
    "first_choice",
    "second_choice",
    "person_likes_it",
    "no_answer",
    "left_message",
    "asked_payer",
    "asked_openings",
]
NOTES: tuple[Note, ...] = get_args(Note)

AgeBand = Literal["child", "teen", "young_adult", "adult", "older_adult"]
AGE_BANDS: tuple[AgeBand, ...] = get_args(AgeBand)

Fit = Literal["yes", "no", "unknown"]
FITS: tuple[Fit, ...] = get_args(Fit)


@dataclass(frozen=True, slots=True)
class CoarseNeeds:
    """What a program has to know before it answers. None: not asked, or not told.

    `level`, `payer` (the widest class) and `language` are codes of our vocabularies.
    """

    level: str | None = None
    age: AgeBand | None = None
    payer: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case of an organization: its code and coarse needs. `number` is 0 until a store gives one."""

    code: str
    organization: int
    needs: CoarseNeeds
    opened_week: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Ticket:
    """One program asked for one case. A draft is a program on the shortlist.

    `turn` grows with each act: who acts says which turn they saw. `week` is the Monday of the week
    that the program named, for a first talk or a place. `due_on` and `expires_on` are days, kept
    while it is open only.
    """

    case: int
    program: str
    opened_week: date
    fit: Fit = "unknown"
    status: Status = "draft"
    turn: int = 0
    reason: Reason | None = None
    asked: Asked | None = None
    note: Note | None = None
    week: date | None = None
    due_on: date | None = None
    expires_on: date | None = None
    closed_week: date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class KindOfCase:
    """Needs that come again and again, as codes: what the form is filled in with."""

    organization: int
    level: str | None = None
    focus: str | None = None
    payer: str | None = None
    language: str | None = None
    week: str | None = None
    mode: str | None = None
    number: int = 0


class Referrals(Protocol):
    """What a store must offer for referrals."""

    def add_case(self, case: Case) -> int:
        """Keep a case and answer its number; no number is given twice."""

    def case(self, number: int) -> Case | None:
        """One case, or None."""

    def cases(self, organization: int) -> Sequence[Case]:
        """Those of an organization, the newest first."""

    def is_taken(self, code: str) -> bool:
        """True if a case that is kept has this code."""

    def drop_case(self, number: int) -> None:
        """Delete a case and all its tickets."""

    def add_ticket(self, ticket: Ticket) -> int:
        """Keep a ticket and answer its number; no number is given twice."""

    def ticket(self, number: int) -> Ticket | None:
        """One ticket, or None."""

    def tickets(self, cases: Collection[int]) -> Sequence[Ticket]:
        """Those of these cases, in the order they were added."""

    def put_ticket(self, ticket: Ticket) -> None:
        """Write everything of a ticket that is kept."""

    def drop_ticket(self, number: int) -> None:
        """Delete a ticket."""

    def run_out(self, today: date) -> Sequence[Ticket]:
        """Open tickets whose time is up: `expires_on` has passed."""

    def closed_before(self, monday: date) -> Sequence[Ticket]:
        """Tickets that were closed before this week."""

    def empty_cases(self) -> Sequence[int]:
        """Numbers of cases that have no ticket."""

    def add_kind(self, kind: KindOfCase) -> int:
        """Keep a kind of case and answer its number."""

    def kind(self, number: int) -> KindOfCase | None:
        """One kind of case, or None."""

    def kinds(self, organization: int) -> Sequence[KindOfCase]:
        """Those of an organization, in the order they were added."""

    def drop_kind(self, number: int) -> None:
        """Delete a kind of case."""
