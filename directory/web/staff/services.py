"""What the staff desk may ask of the room of accounts. Built once, in `directory.app`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from directory.accounts.identity import SigningInElsewhere
from directory.accounts.keeping import Keeper
from directory.accounts.passwords import Judge, Passwords
from directory.accounts.second_factor import SecondFactor
from directory.accounts.sessions import SessionRules
from directory.accounts.signing_in import SigningIn
from directory.catalog.clock import Clock
from directory.catalog.records import WritableRecords
from directory.catalog.staff import StaffBook, StaffRecords
from directory.curation.uploading.workshop import Workshop
from directory.web.staff.operating import Operating


@dataclass(frozen=True, slots=True)
class StaffServices:
    """The parts of the desk. `secure` says that people come over https only.

    `listings` is the store of listings; `put_out` publishes what was kept there: call it once the
    transaction is over. It answers False if that takes longer than one should wait.
    `elsewhere` is there where the operator named an identity provider.
    """

    records: Callable[[], StaffRecords]
    listings: Callable[[], WritableRecords]
    put_out: Callable[[], bool]
    signing_in: SigningIn
    second_factor: SecondFactor
    passwords: Passwords
    judge: Judge
    rules: SessionRules
    keeper: Keeper
    clock: Clock
    secure: bool
    operating: Operating
    workshop: Workshop
    elsewhere: SigningInElsewhere | None = None

    def book(self, *, write: bool = True) -> AbstractContextManager[StaffBook]:
        """Everything of staff, in one transaction."""
        return self.records().book(write=write)


staff_services = cast(StaffServices, LocalProxy(lambda: current_app.extensions["staff"]))
