"""What administrators do to the accounts of others. Nobody does these things to themselves."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory.accounts import second_factor, trail
from directory.accounts.staff import read_name, read_role
from directory.catalog.identity import Bond
from directory.catalog.staff import StaffBook, StaffMember, StaffOrganization
from directory.errors import BadValue, Refusal

# How long an account waits for its owner to come from the identity provider for the first time.
BOND_WAITS = timedelta(days=7)


@dataclass
class NotOneself(Refusal):
    """An act that only a colleague may do, so that no administrator locks themselves out."""

    def __str__(self) -> str:
        return "Ask another administrator to do this to your own account."


@dataclass
class LastAdministrator(Refusal):
    """Without this account nobody could add or mend any other."""

    def __str__(self) -> str:
        return "This is the last account of an administrator. Make another one first."


@dataclass
class ChangedMeanwhile(Refusal):
    """Somebody else changed the account since it was read; nothing is overwritten."""

    def __str__(self) -> str:
        return "Somebody changed this account meanwhile. Look at it again."


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an account should be, as somebody typed it; `seen` is the state they changed."""

    name: str
    role: str
    organization: str
    seen: str


def state_of(member: StaffMember) -> str:
    """The part of an account that administrators change, as one word."""
    return f"{member.role}/{member.organization.number}/{member.name}"


def changed(wanted: Wanted) -> dict[str, str]:
    """The fields that somebody changed, by name: those that differ from the state they saw."""
    was = dict(zip(("role", "organization", "name"), wanted.seen.split("/", 2), strict=False))
    typed = {"name": wanted.name, "role": wanted.role, "organization": wanted.organization}
    return {field: text for field, text in typed.items() if text != was.get(field)}


def change(book: StaffBook, now: datetime, actor: StaffMember, number: int, wanted: Wanted) -> None:
    """Give an account another name, role or organization; a new role or organization ends sign-ins.

    Raises `BadValue`, `NotOneself` for one's own role, `ChangedMeanwhile`, `LastAdministrator`.
    """
    member = _member(book, number)
    if wanted.seen != state_of(member):
        raise ChangedMeanwhile
    name, role = read_name("name", wanted.name), read_role(wanted.role)
    place = organization(book, wanted.organization)
    moves = (role, place.number) != (member.role, member.organization.number)
    if moves and actor.number == number:
        raise NotOneself
    book.people.put(replace(member, name=name, role=role, organization=place))
    if moves:
        book.sessions.end_all(number)
    _keep_an_administrator(book)
    details = {"role": role, "was": member.role, "organization": place.number}
    trail.record(book, now, actor.number, "account_changed", "staff", number, **details)


def disable(book: StaffBook, now: datetime, actor: StaffMember, number: int) -> None:
    """Close an account: out at once, in no more. Raises `NotOneself`, `LastAdministrator`."""
    member = _colleague(book, actor, number)
    if member.disabled_at is None:
        book.people.put(replace(member, disabled_at=now))
        book.sessions.end_all(number)
        _keep_an_administrator(book)
        trail.record(book, now, actor.number, "account_disabled", "staff", number)


def enable(book: StaffBook, now: datetime, actor: StaffMember, number: int) -> None:
    """Open a closed account again, with its password and second factor as they were."""
    member = _colleague(book, actor, number)
    if member.disabled_at is not None:
        book.people.put(replace(member, disabled_at=None))
        trail.record(book, now, actor.number, "account_enabled", "staff", number)


def reset_second_factor(book: StaffBook, now: datetime, actor: StaffMember, number: int) -> None:
    """For who lost phone and recovery codes. Raises `NotOneself`."""
    _colleague(book, actor, number)
    second_factor.remove(book, now, actor.number, number)


def end_sessions(book: StaffBook, now: datetime, actor: StaffMember, number: int) -> None:
    """Sign somebody out everywhere. Raises `NotOneself`: one's own are listed at one's account."""
    _colleague(book, actor, number)
    for one in book.sessions.of(number):
        trail.record(book, now, actor.number, "session_ended", "session", one.number)
    book.sessions.end_all(number)


def await_provider(
    book: StaffBook, now: datetime, actor: StaffMember, number: int, issuer: str
) -> None:
    """Let whoever the identity provider knows by the account's mail address be bound to it.

    It waits a week for them; a subject that is bound already stays so. Raises `NotOneself`.
    """
    _colleague(book, actor, number)
    bond = book.bonds.of(number)
    if bond is None or bond.subject is None or bond.issuer != issuer:
        book.bonds.put(Bond(number, issuer, ends_at=now + BOND_WAITS))
        trail.record(book, now, actor.number, "provider_awaited", "staff", number)


def leave_provider(book: StaffBook, now: datetime, actor: StaffMember, number: int) -> None:
    """The identity provider opens the account no more; its sign-ins end. Raises `NotOneself`."""
    _colleague(book, actor, number)
    if book.bonds.remove(number):
        book.sessions.end_all(number)
        trail.record(book, now, actor.number, "provider_left", "staff", number)


def organization(book: StaffBook, number: str) -> StaffOrganization:
    """One of our organizations by the number of a form. Raises `BadValue`."""
    for one in book.people.organizations():
        if str(one.number) == number:
            return one
    raise BadValue("organization", number[:20], "one of the organizations")


def change_organization(
    book: StaffBook, now: datetime, actor: StaffMember, number: int, name: str, listed_as: str
) -> None:
    """Give an organization another name, or another place in the listings. Raises `BadValue`."""
    name, known = read_name("organization", name), book.people.organizations()
    if any(one.name.casefold() == name.casefold() and one.number != number for one in known):
        raise BadValue("organization", name, "a name that no organization has yet")
    listed = read_listed(book, listed_as)
    book.people.put_organization(StaffOrganization(number, name, listed))
    details = {"listed_as": listed} if listed else {}
    trail.record(book, now, actor.number, "organization_changed", "organization", number, **details)


def read_listed(book: StaffBook, text: str) -> str | None:
    """The id of an organization in the listings; None if nothing is typed. Raises `BadValue`."""
    listed_as = text.strip()
    if listed_as and not book.people.lists(listed_as):
        raise BadValue("listed_as", listed_as[:80], "the id of an organization that is listed")
    return listed_as or None


def _member(book: StaffBook, number: int) -> StaffMember:
    member = book.people.get(number)
    if member is None:
        raise BadValue("account", number, "an account")
    return member


def _colleague(book: StaffBook, actor: StaffMember, number: int) -> StaffMember:
    if actor.number == number:
        raise NotOneself
    return _member(book, number)


def _keep_an_administrator(book: StaffBook) -> None:
    """Two administrators who close each other's account at once would leave none."""
    if not any(
        one.role == "administrator" and one.disabled_at is None for one in book.people.all()
    ):
        raise LastAdministrator
