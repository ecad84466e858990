"""The audit trail: every act of staff, one line each, and the proof that no line was touched.

A line holds numbers, codes and choices: who (an account's number), what, to what. No name, no mail
address, no words about anybody. Whoever can write to the database could forge the whole chain, so
keep its head elsewhere: `audit-trail verify --head N:DIGEST` proves that everything up to it still stands.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

from directory.catalog.trail import START, Act, Entry, Head, Trail, digest_of
from directory.errors import BadValue

Kind = Literal[
    "staff",
    "organization",
    "session",
    "trail",
    "case",
    "ticket",
    "kind",
    "partner",
    "api_key",
    "upload",
    "change",
    "report",
    "pair",
    "proposal",
    "item",
    "audit",
    "listing",
]
What = Literal[
    "signed_in",
    "signed_out",
    "session_ended",
    "password_set",
    "password_changed",
    "account_added",
    "account_changed",
    "account_disabled",
    "account_enabled",
    "link_made",
    "organization_added",
    "organization_changed",
    "second_factor_set",
    "second_factor_passed",
    "second_factor_removed",
    "recovery_code_used",
    "recovery_codes_made",
    "provider_awaited",
    "provider_bound",
    "provider_left",
    "case_opened",
    "case_closed",
    "shortlist_changed",
    "ticket_moved",
    "ticket_noted",
    "kind_saved",
    "kind_removed",
    "referrals_exported",
    "referrals_tended",
    "listing_link_made",
    "listing_confirmed",
    "listing_told",
    "listing_taken_back",
    "store_restored",
    "partner_added",
    "partner_changed",
    "partner_paused",
    "partner_reopened",
    "partner_revoked",
    "partner_restored",
    "partner_given",
    "api_key_made",
    "api_key_changed",
    "api_key_revoked",
    "trail_exported",
    "bulk_done",
    "audit_drawn",
    "audit_called",
    "file_uploaded",
    "file_checked",
    "file_applied",
    "file_taken_in",
    "file_deleted",
    "facts_set",
    "change_undone",
    "program_removed",
    "program_relisted",
    "program_moved",
    "report_closed",
    "pair_answered",
    "pair_taken_back",
    "proposal_accepted",
    "proposal_rejected",
    "item_set_aside",
    "item_brought_back",
]
ACTS: tuple[What, ...] = get_args(What)
COMMAND_LINE = 0
"""The actor of what an operator does at the command line, and of what time does."""
BY_LINK = -1
"""The actor of what a program does by a link, without an account."""

# What a detail may be: a code or a number, never a sentence or a mail address.
_CODE = re.compile(r"[a-z0-9_.:/-]{0,80}")


class Noting(Protocol):
    """A transaction that keeps the trail with what it does: the book of staff, a desk on the claims."""

    @property
    def trail(self) -> Trail:
        """What staff did."""


def record(
    book: Noting,
    now: datetime,
    actor: int,
    act: What,
    kind: Kind,
    subject: int | str,
    **details: str | int,
) -> None:
    """Add a line about what is done in this same transaction."""
    _refuse_words({"subject": str(subject), **details})
    at = now.isoformat(timespec="microseconds")
    book.trail.append(Act(at, actor, act, kind, str(subject), details))


def _refuse_words(values: Mapping[str, str | int]) -> None:
    for name, value in values.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise BadValue(name, value[:40], "a code or a number: the trail holds no words")


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the trail does not hold, and how: `got` is the number of the line found there."""

    number: int
    how: Literal["changed", "missing", "cut", "replaced"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reading the whole trail showed; it holds if nothing is broken."""

    head: Head
    broken: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        """True if every line is as it was written."""
        return not self.broken


def verify(entries: Iterable[Entry], head: Head, kept: Head | None = None) -> Verdict:
    """Read every line. `head` is what the store remembers, `kept` what somebody noted elsewhere.

    The first wrong line is told; after it nothing is proved. `changed`: its content or its place in
    the chain; `missing`: lines before it are gone; `cut`: lines at the end are gone; `replaced`: the
    chain is whole, but is not the one that was noted.
    """
    last = Head(0, START)
    for entry in entries:
        if entry.number != last.number + 1:
            return Verdict(last, (Broken(last.number + 1, "missing"),))
        if digest_of(entry, last.digest) != entry.digest:
            return Verdict(last, (Broken(entry.number, "changed"),))
        last = Head(entry.number, entry.digest)
        if kept is not None and kept.number == last.number and kept != last:
            return Verdict(last, (Broken(last.number, "replaced"),))
    return Verdict(last, tuple(_wrong_end(last, head, kept)))


def _wrong_end(last: Head, head: Head, kept: Head | None) -> Iterable[Broken]:
    expected = max(head.number, kept.number if kept else 0)
    if last.number < expected:
        yield Broken(last.number + 1, "cut")
    elif last != head:
        yield Broken(last.number, "replaced")


def read_head(text: str) -> Head:
    """A head as `audit-trail verify` prints it. Raises `BadValue`."""
    found = re.fullmatch(r"(\d{1,12}):([0-9a-f]{64})", text.strip())
    if found is None:
        raise BadValue("--head", text[:80], "a number, a colon and 64 hex digits, as verify prints")
    return Head(int(found[1]), found[2])
