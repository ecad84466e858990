"""What time does to all that is kept for a while only: tickets, reports, tries to sign in, uploaded files."""

from datetime import date

from directory.accounts import throttle
from directory.cli.referrals import tended
from directory.cli.telling import say
from directory.cli.uploads import AtCommandLine
from directory.curation import reporting
from directory.errors import Refusal, StoreAway
from directory.house import House
from directory.web.staff.upload_work import tend


def tend_all(house: House) -> None:
    """Keep every promise that something is gone after a while. Doing it twice is harmless."""
    now = house.clock()
    tended(house)
    with house.records().desk() as desk:
        reporting.forget(desk, now.date())
    with house.staff_records().book() as book:
        book.attempts.forget(now - throttle.KEPT)
    tend(AtCommandLine(house))  # the last: files that cannot be deleted keep nothing else


class Daily:
    """The same once a day, for a process that goes on. Files lie on one node, so each node does it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._done_on: date | None = None

    def keep_up(self) -> None:
        """What cannot be deleted is told, and tried again the next day."""
        today = self._house.clock().date()
        if today == self._done_on:
            return
        try:
            tend_all(self._house)
        except StoreAway:
            return  # or busy, with a long import: the next look tries again, and tells if it is away
        except (OSError, Refusal) as error:
            say(f"What is past its time: {error}")
        self._done_on = today
