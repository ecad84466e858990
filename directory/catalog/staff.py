"""Staff: who works at the desk, for whom, and what a store must keep of it. Never a patient."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

from directory.catalog.api_key import ApiKeys
from directory.catalog.identity import Bonds
from directory.catalog.magic_link import MagicLinks
from directory.catalog.partner import Partners
from directory.catalog.referral import Referrals
from directory.catalog.trail import Trail
from directory.catalog.upload import Uploads

Role = Literal["referrer", "curator", "editor", "partner", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)

Purpose = Literal["join", "reset"]


@dataclass(frozen=True, slots=True)
class StaffOrganization:
    """A hospital, court, program or partner site whose people use the desk.

    `listed_as` is the id of the organization in the listings that its people may mend.
    """

    number: int
    name: str
    listed_as: str | None = None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person with an account. `password` is a hash; `secret` seals the second factor's.

    `last_step` is the half minute of the newest code that was taken: it and older ones open no more.
    """

    number: int
    email: str
    name: str
    role: Role
    organization: StaffOrganization
    password: str | None = None
    secret: str | None = None
    disabled_at: datetime | None = None
    last_step: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in. `token` is the digest of what the browser holds; `browser` a word of ours.

    `passed` says that the second factor was shown, where there is one.
    """

    number: int
    staff: int
    token: str
    started_at: datetime
    seen_at: datetime
    ends_at: datetime
    passed: bool
    browser: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that opens once, to set a password. `token` is a digest."""

    staff: int
    token: str
    purpose: Purpose
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in; account and network are keyed digests."""

    account: str
    network: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tries:
    """How many tries there were since some moment."""

    together: int
    of_account: int
    of_network: int


class People(Protocol):
    """What a store must offer for accounts and their organizations."""

    def add(self, member: StaffMember) -> int:
        """Keep a new account and answer its number; its own number is not looked at."""

    def all(self) -> Sequence[StaffMember]:
        """Every account, by name."""

    def get(self, number: int) -> StaffMember | None:
        """One account, or None."""

    def by_email(self, email: str) -> StaffMember | None:
        """The account with this mail address (small letters), or None."""

    def put(self, member: StaffMember) -> None:
        """Write everything of an account that is kept."""

    def put_paper(self, number: int, codes: Sequence[str]) -> None:
        """Keep the digests of an account's codes for paper, instead of those before."""

    def use_paper(self, number: int, code: str) -> bool:
        """Take one away; False if there is none."""

    def count_paper(self, number: int) -> int:
        """How many are left."""

    def add_organization(self, name: str, listed_as: str | None) -> int:
        """Keep a new organization and answer its number."""

    def put_organization(self, organization: StaffOrganization) -> None:
        """Write its name and where it is listed."""

    def lists(self, organization: str) -> bool:
        """True if the listings have an organization of this id."""

    def listed_under(self, program: str) -> str | None:
        """The id of the organization that the listings have a program under, or None."""

    def programs_of(self, organization: str) -> Sequence[str]:
        """The ids of the programs that the listings have under an organization, in order."""

    def organizations(self) -> Sequence[StaffOrganization]:
        """Every organization, by name."""


class Sessions(Protocol):
    """What a store must offer for sign-ins."""

    def add(self, session: Session) -> int:
        """Keep a new one and answer its number."""

    def by_token(self, token: str) -> Session | None:
        """The one with this digest, or None."""

    def of(self, staff: int) -> Sequence[Session]:
        """Those of one account, the newest first."""

    def get(self, number: int) -> Session | None:
        """One by its number, or None."""

    def seen(self, session: Session, at: datetime) -> None:
        """Note that one was in use, if it is still as it was read."""

    def renew(self, session: Session, token: str, passed: bool) -> bool:
        """Give one another digest, and say whether the second factor passed.

        False, and nothing is changed, if it was ended or renewed since it was read.
        """

    def end(self, number: int) -> None:
        """Delete one."""

    def end_all(self, staff: int, but: int = 0) -> int:
        """Delete those of an account, except one; answers how many."""

    def forget(self, now: datetime, seen_before: datetime) -> None:
        """Delete what has run out."""


class Invitations(Protocol):
    """What a store must offer for one-time links."""

    def add(self, invitation: Invitation) -> None:
        """Keep a link; older ones of the same account open no more."""

    def by_token(self, token: str) -> Invitation | None:
        """The one with this digest, or None."""

    def use(self, token: str) -> bool:
        """Take it away; False if it was gone already."""

    def drop_all(self) -> int:
        """Take every link of every account away; answers how many."""


class Attempts(Protocol):
    """What a store must offer to slow guessing down."""

    def add(self, attempt: Attempt) -> None:
        """Keep one."""

    def count(self, account: str, network: str, since: datetime) -> Tries:
        """How many there were of this account, of this network, of both together."""

    def clear(self, account: str, network: str) -> None:
        """Forget those of this account from this network: its owner came in."""

    def forget(self, before: datetime) -> None:
        """Delete old ones."""


class StaffBook(Protocol):
    """One transaction on everything of staff."""

    @property
    def people(self) -> People:
        """Accounts and organizations."""

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""

    @property
    def invitations(self) -> Invitations:
        """Links that open once."""

    @property
    def bonds(self) -> Bonds:
        """Who is known to an identity provider as whom."""

    @property
    def magic_links(self) -> MagicLinks:
        """Links that do one thing without a password."""

    @property
    def attempts(self) -> Attempts:
        """Tries to sign in."""

    @property
    def referrals(self) -> Referrals:
        """Cases by code, and tickets."""

    @property
    def partners(self) -> Partners:
        """Sites that may show our finder."""

    @property
    def api_keys(self) -> ApiKeys:
        """Keys of partners' servers."""

    @property
    def uploads(self) -> Uploads:
        """Files that curators uploaded."""

    @property
    def trail(self) -> Trail:
        """What staff did."""


class StaffRecords(Protocol):
    """What a store must offer to the room of accounts."""

    def book(self, *, write: bool = True) -> AbstractContextManager[StaffBook]:
        """Open the book. Writers wait for one another; an error leaves everything as it was."""
