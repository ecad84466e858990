"""Who may use which address of the desk, and whose things it touches: one table.

An address that is not in it answers 404. A test walks every address with every role, on one's own
and on another's things, and holds the answers to this table (ASVS 5.0 8.2.x, 8.4.1).
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from directory.accounts.roles import SECOND_FACTOR
from directory.accounts.second_factor import Stage
from directory.catalog.staff import ROLES, Role, StaffBook, StaffMember
from directory.curation.files.limits import MEGABYTE
from directory.curation.uploading.aside import LARGEST

Reach = Literal["own", "organization", "all"]
Touched = Literal[
    "nothing",
    "session",
    "account",
    "organization",
    "case",
    "ticket",
    "kind",
    "partner",
    "api_key",
    "upload",
    "listing",
]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a thing is. A listing belongs to whoever works for the organization it is listed under."""

    staff: int
    organization: int
    listed_as: str | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """What an address asks for.

    `roles`: who may use it, and how far each reaches. `touches`: the kind of thing its `number`
    names. `is_open`: also for who is not signed in. `stages`: how far a sign-in has to be.
    `most_bytes`: how much may be sent, where it is more than a form holds; only who may pass sends it.
    """

    roles: Mapping[Role, Reach] = field(default_factory=dict)
    touches: Touched = "nothing"
    is_open: bool = False
    stages: Set[Stage] = frozenset({"in"})
    most_bytes: int = 0


OPEN = Access(is_open=True)
EACH_THEIR_OWN: Mapping[Role, Reach] = dict.fromkeys(ROLES, "own")
REFERRERS: Mapping[Role, Reach] = {"referrer": "organization"}
MAY_DO_WITHOUT = [role for role in ROLES if role not in SECOND_FACTOR]
EDITORS: Mapping[Role, Reach] = {"editor": "organization"}
ADMINISTRATORS: Mapping[Role, Reach] = {"administrator": "all"}
CURATORS: Mapping[Role, Reach] = {"curator": "all"}
WHO_READ: Mapping[Role, Reach] = {"curator": "all", "administrator": "all"}
PARTNERS: Mapping[Role, Reach] = {"partner": "organization", "administrator": "all"}
# Where a sign-in that is not in yet has to go first.
WAY_IN: Mapping[Stage, str] = {"code": "second_factor", "setup": "my_second_factor", "in": "desk"}

# endpoint -> what it asks for
ROUTES: Mapping[str, Access] = {
    "sign_in": OPEN,
    "enter": OPEN,
    "leave": OPEN,
    "come_back": OPEN,
    "join": OPEN,
    "set_password": OPEN,
    "sign_out": Access(EACH_THEIR_OWN, stages=frozenset({"in", "code", "setup"})),
    "second_factor": Access(EACH_THEIR_OWN, stages=frozenset({"code"})),
    "show_code": Access(EACH_THEIR_OWN, stages=frozenset({"code"})),
    "my_second_factor": Access(EACH_THEIR_OWN, stages=frozenset({"in", "setup"})),
    "set_up": Access(EACH_THEIR_OWN, stages=frozenset({"in", "setup"})),
    "new_paper_codes": Access(EACH_THEIR_OWN),
    "remove_second_factor": Access(dict.fromkeys(MAY_DO_WITHOUT, "own")),
    "people": Access(ADMINISTRATORS),
    "invite": Access(ADMINISTRATORS),
    "account": Access(ADMINISTRATORS, touches="account"),
    "change_account": Access(ADMINISTRATORS, touches="account"),
    "new_link": Access(ADMINISTRATORS, touches="account"),
    "disable_account": Access(ADMINISTRATORS, touches="account"),
    "enable_account": Access(ADMINISTRATORS, touches="account"),
    "reset_second_factor": Access(ADMINISTRATORS, touches="account"),
    "end_sessions": Access(ADMINISTRATORS, touches="account"),
    "await_provider": Access(ADMINISTRATORS, touches="account"),
    "leave_provider": Access(ADMINISTRATORS, touches="account"),
    "organizations": Access(ADMINISTRATORS),
    "add_organization": Access(ADMINISTRATORS),
    "organization": Access(ADMINISTRATORS, touches="organization"),
    "change_organization": Access(ADMINISTRATORS, touches="organization"),
    "link_partner": Access(ADMINISTRATORS, touches="organization"),
    "trail": Access(ADMINISTRATORS),
    "verify_trail": Access(ADMINISTRATORS),
    "trail_csv": Access(ADMINISTRATORS),
    "trail_ndjson": Access(ADMINISTRATORS),
    "desk": Access(EACH_THEIR_OWN),
    "me": Access(EACH_THEIR_OWN),
    "change_password": Access(EACH_THEIR_OWN),
    "end_session": Access(EACH_THEIR_OWN, touches="session"),
    "end_other_sessions": Access(EACH_THEIR_OWN),
    # Referrals: a program answers by a link, staff see what is of their organization.
    "answer": OPEN,
    "open_ticket": OPEN,
    "answer_ticket": OPEN,
    "cases": Access(REFERRERS),
    "new_case": Access(REFERRERS),
    "find_for_case": Access(REFERRERS),
    "match_case": Access(REFERRERS),
    "save_kind": Access(REFERRERS),
    "tickets_csv": Access(REFERRERS),
    "tickets_json": Access(REFERRERS),
    "find_for_kind": Access(REFERRERS, touches="kind"),
    "remove_kind": Access(REFERRERS, touches="kind"),
    "case": Access(REFERRERS, touches="case"),
    "add_to_case": Access(REFERRERS, touches="case"),
    "close_case": Access(REFERRERS, touches="case"),
    "plain_list": Access(REFERRERS, touches="case"),
    "ticket": Access(REFERRERS, touches="ticket"),
    "send_ticket": Access(REFERRERS, touches="ticket"),
    "act_on_ticket": Access(REFERRERS, touches="ticket"),
    "new_ticket_link": Access(REFERRERS, touches="ticket"),
    "note_ticket": Access(REFERRERS, touches="ticket"),
    "take_off": Access(REFERRERS, touches="ticket"),
    "packet": Access(REFERRERS, touches="ticket"),
    # Curators keep listings true; administrators may look. Any listing is theirs, so none is owned.
    "curating": Access(WHO_READ),
    "queue_reports": Access(WHO_READ),
    "queue_proposals": Access(WHO_READ),
    "queue_links": Access(WHO_READ),
    "queue_conflicts": Access(WHO_READ),
    "queue_findings": Access(WHO_READ),
    "queue_stale": Access(WHO_READ),
    "record": Access(WHO_READ),
    "record_history": Access(WHO_READ),
    "close_report": Access(CURATORS),
    "set_item_aside": Access(CURATORS),
    "bring_item_back": Access(CURATORS),
    "answer_proposal": Access(CURATORS),
    "answer_pair": Access(CURATORS),
    "take_back_pair": Access(CURATORS),
    "edit_record": Access(CURATORS),
    "mend_record": Access(CURATORS),
    "undo_change": Access(CURATORS),
    "take_program_off": Access(CURATORS),
    "list_again": Access(CURATORS),
    "readdress": Access(CURATORS),
    # Programs look after their listing: by a link, or with an account of their organization.
    "show_listing": OPEN,
    "confirm_listing": OPEN,
    "told_listing": OPEN,
    "take_back_listing": OPEN,
    "part_listing": OPEN,
    "change_listing": OPEN,
    "programs": Access(EDITORS),
    "show_program": Access(EDITORS, touches="listing"),
    "confirm_program": Access(EDITORS, touches="listing"),
    "told_program": Access(EDITORS, touches="listing"),
    "take_back_program": Access(EDITORS, touches="listing"),
    "part_program": Access(EDITORS, touches="listing"),
    "change_program": Access(EDITORS, touches="listing"),
    "listing_links": Access(WHO_READ),
    "make_listing_link": Access(WHO_READ),
    # Sites that show the finder: their keys, seen to by their own people.
    "partners": Access(PARTNERS),
    "add_partner": Access(PARTNERS),
    "partner": Access(PARTNERS, touches="partner"),
    "change_partner": Access(PARTNERS, touches="partner"),
    "partner_look": Access(PARTNERS, touches="partner"),
    "change_partner_look": Access(PARTNERS, touches="partner"),
    "pause_partner": Access(PARTNERS, touches="partner"),
    "reopen_partner": Access(PARTNERS, touches="partner"),
    "revoke_partner": Access(PARTNERS, touches="partner"),
    "restore_partner": Access(ADMINISTRATORS, touches="partner"),
    "health": Access(ADMINISTRATORS),
    "lists": Access(ADMINISTRATORS),
    "settings": Access(ADMINISTRATORS),
    "api_keys": Access(ADMINISTRATORS),
    "make_api_key": Access(ADMINISTRATORS),
    "api_key": Access(ADMINISTRATORS, touches="api_key"),
    "change_api_key": Access(ADMINISTRATORS, touches="api_key"),
    "revoke_api_key": Access(ADMINISTRATORS, touches="api_key"),
    "give_partner": Access(ADMINISTRATORS, touches="partner"),
    # Many programs at once, call audits (a round is nobody's own), files that curators upload.
    "bulk": Access(CURATORS),
    "bulk_act": Access(CURATORS),
    "preview_bulk": Access(CURATORS),
    "apply_bulk": Access(CURATORS),
    "audits": Access(CURATORS),
    "draw_audit": Access(CURATORS),
    "audit_round": Access(CURATORS),
    "audit_call": Access(CURATORS),
    "keep_call": Access(CURATORS),
    "imports": Access(CURATORS),
    "take_file": Access(CURATORS, most_bytes=LARGEST + MEGABYTE),
    "upload": Access(CURATORS, touches="upload"),
    "check_file": Access(CURATORS, touches="upload"),
    "apply_file": Access(CURATORS, touches="upload"),
    "delete_file": Access(CURATORS, touches="upload"),
}


def may_use(page: str, role: Role) -> bool:
    """True if people of this role have this page."""
    return role in ROUTES[page].roles


def reaches(access: Access, member: StaffMember, owner: Owner) -> bool:
    """True if a thing of this owner is within reach of an account."""
    reach = access.roles.get(member.role)
    return (
        reach == "all"
        or (reach == "own" and owner.staff == member.number)
        or (reach == "organization" and _is_theirs(member, owner))
    )


def _is_theirs(member: StaffMember, owner: Owner) -> bool:
    listed_as = member.organization.listed_as
    if owner.listed_as is not None:
        return owner.listed_as == listed_as
    return owner.organization == member.organization.number


def owner_of(touched: Touched, book: StaffBook, name: int | str) -> Owner | None:
    """Whose a thing is, by its number (of a listing: the program's id); None if there is no such thing."""
    if isinstance(name, str):
        return _of_listing(book, name) if touched == "listing" else None
    return _OWNERS[touched](book, name)


def _of_listing(book: StaffBook, program: str) -> Owner | None:
    listed_as = book.people.listed_under(program)
    return None if listed_as is None else Owner(0, 0, listed_as)


def _of_session(book: StaffBook, number: int) -> Owner | None:
    session = book.sessions.get(number)
    return None if session is None else _of_account(book, session.staff)


def _of_account(book: StaffBook, number: int) -> Owner | None:
    member = book.people.get(number)
    return None if member is None else Owner(member.number, member.organization.number)


def _of_organization(book: StaffBook, number: int) -> Owner | None:
    known = {one.number for one in book.people.organizations()}
    return Owner(0, number) if number in known else None


def _of_case(book: StaffBook, number: int) -> Owner | None:
    case = book.referrals.case(number)
    return None if case is None else Owner(0, case.organization)


def _of_ticket(book: StaffBook, number: int) -> Owner | None:
    ticket = book.referrals.ticket(number)
    return None if ticket is None else _of_case(book, ticket.case)


def _of_kind(book: StaffBook, number: int) -> Owner | None:
    kind = book.referrals.kind(number)
    return None if kind is None else Owner(0, kind.organization)


def _of_partner(book: StaffBook, number: int) -> Owner | None:
    partner = book.partners.numbered(number)
    return None if partner is None else Owner(0, partner.organization or 0)


def _of_api_key(book: StaffBook, number: int) -> Owner | None:
    return Owner(0, 0) if any(one.number == number for one in book.api_keys.all()) else None


def _of_upload(book: StaffBook, number: int) -> Owner | None:
    return _of_account(book, upload.staff) if (upload := book.uploads.get(number)) else None


_OWNERS: Mapping[str, Callable[[StaffBook, int], Owner | None]] = {
    "session": _of_session,
    "account": _of_account,
    "organization": _of_organization,
    "case": _of_case,
    "ticket": _of_ticket,
    "kind": _of_kind,
    "partner": _of_partner,
    "api_key": _of_api_key,
    "upload": _of_upload,
}
