"""People at the staff desk, for tests: accounts in a few words, and a browser that is signed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from directory.accounts import staff
from directory.accounts.passwords import Passwords
from directory.accounts.roles import needs_second_factor
from directory.accounts.staff import Wanted
from directory.app import create_app
from directory.catalog.staff import ROLES, Role, StaffMember, StaffOrganization
from directory.config import Config
from directory.store.staff_records import SqlStaffRecords
from directory.web.staff.services import StaffServices
from tests.support.over_http import OverHttp
from tests.support.page import Page, checked

PASSWORD = "violet tractor humming 9"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PHONE = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


def code_at(moment: datetime, secret: str = SECRET) -> str:
    """What an authenticator app shows."""
    return pyotp.TOTP(secret).at(moment)


class Counting(PasswordHasher):
    """argon2, as cheap as it can be, that counts what it is asked.

    `meanwhile` is what others do, once, while it compares.
    """

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0
        self.hashed = 0
        self.meanwhile: Callable[[], object] | None = None

    def verify(self, hash, password):
        self.verified += 1
        others, self.meanwhile = self.meanwhile, None
        if others is not None:
            others()
        return super().verify(hash, password)

    def hash(self, password, *, salt=None):
        self.hashed += 1
        return super().hash(password, salt=salt)


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)


def desk_app(home: Path, watch: Watch, **settings: object) -> Flask:
    """The whole app over an empty house, with hashes that take no time."""
    config = Config(home=home, secret="tests-" * 8, **settings)  # type: ignore[arg-type]
    app = create_app(config, watch)
    renew(app)
    return app


def renew(app: Flask, records: SqlStaffRecords | None = None) -> Counting:
    """Give the desk a hasher that counts, and other records if they are given."""
    hasher, services = Counting(), services_of(app)
    passwords = Passwords(hasher)
    opened = services.records if records is None else lambda: records
    elsewhere = services.elsewhere and replace(services.elsewhere, records=opened)
    signing_in = replace(services.signing_in, passwords=passwords, records=opened)
    app.extensions["staff"] = replace(
        services, passwords=passwords, signing_in=signing_in, records=opened, elsewhere=elsewhere
    )
    return hasher


def services_of(app: Flask) -> StaffServices:
    """What the desk stands on."""
    found: StaffServices = app.extensions["staff"]
    return found


@dataclass
class People:
    """Accounts of two organizations, one of each role in each, all with the same password."""

    app: Flask

    @property
    def services(self) -> StaffServices:
        return services_of(self.app)

    def organization(self, name: str) -> StaffOrganization:
        with self.services.book() as book:
            for one in book.people.organizations():
                if one.name == name:
                    return one
            return staff.add_organization(book, self.services.clock(), 0, name)

    def add(
        self, role: Role = "referrer", name: str = "", at: str = "Hillside Hospital"
    ) -> StaffMember:
        """An account that has its password, and its second factor where its role needs one."""
        name = name or role.title()
        place, now = self.organization(at), self.services.clock()
        kept = self.services.passwords.kept(PASSWORD)
        with self.services.book() as book:
            number = len(book.people.all())
            email = f"{role}{number}@{place.number}.example.org"
            member = staff.add(book, now, 0, Wanted(email, name, role, place))
            staff.join(book, now, staff.link(book, now, 0, member), kept)
            if needs_second_factor(member):
                found = book.people.get(number + 1)
                book.people.put(replace(found, secret=self.services.keeper.seal(SECRET)))
        return member

    def all_roles(self, at: str = "Hillside Hospital") -> dict[Role, StaffMember]:
        return {role: self.add(role, at=at) for role in ROLES}


class Desk:
    """A browser at the desk: it keeps the cookie, sends the token of forms, and checks each page.

    `client` asks an app that runs elsewhere over the same database.
    """

    def __init__(self, app: Flask, agent: str = PHONE, client: OverHttp | None = None) -> None:
        self.app = app
        self.client = client or app.test_client(use_cookies=True)
        self.headers = {"User-Agent": agent, "Sec-Fetch-Site": "same-origin"}

    def get(self, address: str, status: int = 200) -> Page:
        """A page; redirects are followed."""
        answer = self.client.get(address, headers=self.headers, follow_redirects=True)
        return checked(answer, status, may_hold_cookie=True)

    def send(self, address: str, fields: dict[str, str] | None = None) -> TestResponse:
        """Send a form as its page would, and follow nothing."""
        data = {"csrf_token": self.token(), **(fields or {})}
        return self.client.post(address, data=data, headers=self.headers)

    def post(self, address: str, fields: dict[str, str] | None = None, status: int = 200) -> Page:
        """Send a form and follow to where it leads."""
        answer = self.send(address, fields)
        if answer.status_code == 303:
            return self.get(answer.headers["Location"], status)
        return checked(answer, status, may_hold_cookie=True)

    def token(self) -> str:
        """The token of forms, from whatever page this browser may see."""
        page = self.get("/staff")
        return next(
            one.attributes["value"] or ""
            for one in page.read.all("input")
            if one.attributes.get("name") == "csrf_token"
        )

    def sign_in(self, member: StaffMember, password: str = PASSWORD, status: int = 200) -> Page:
        """Type mail address and password, and the code where it is asked for."""
        page = self.type_in(member, password, status)
        return self.show_code(member) if page.heading == "Second step" else page

    def type_in(self, member: StaffMember, password: str = PASSWORD, status: int = 200) -> Page:
        """Type mail address and password."""
        return self.post("/staff/sign-in", {"email": member.email, "password": password}, status)

    def show_code(self, member: StaffMember) -> Page:
        """Type the code of this half minute, as if none had been used in it."""
        services = services_of(self.app)
        with services.book() as book:
            current = book.people.get(member.number)
            assert current is not None
            book.people.put(replace(current, last_step=0))
        return self.post("/staff/second-factor", {"code": code_at(services.clock())})

    def cookie(self) -> str:
        """What the browser holds for the desk."""
        found = self.client.get_cookie("staff", path="/staff")
        return found.value if found else ""
