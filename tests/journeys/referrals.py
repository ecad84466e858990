"""A case of the referral desk in a running server's store, straight in the book."""

from dataclasses import dataclass
from datetime import timedelta

from directory.accounts import magic_links
from directory.accounts.keeping import Keeper
from directory.catalog.referral import Case, CoarseNeeds, KindOfCase, Ticket
from directory.referrals import desk
from directory.referrals.tickets import Act
from directory.store.connect import open_database
from directory.store.staff_records import SqlStaffRecords
from tests.conftest import Served, frozen

PROGRAMS = ("example-lamplight-evening", "example-blue-door", "example-sparrow-hill")
NEEDS = CoarseNeeds("iop", "adult", "medi-cal", "es")


@dataclass(frozen=True)
class Kept:
    """A case with three programs; the first is out, and this is the token of its link."""

    case: Case
    tickets: tuple[Ticket, ...]
    token: str
    kind: int


def records_of(server: Served) -> SqlStaffRecords:
    """The server's book of staff."""
    return SqlStaffRecords(open_database(f"sqlite:///{server.home / 'directory.sqlite'}"))


def keep_case(server: Served, organization: int, *, opened: bool = False) -> Kept:
    """Keep a case of an organization; its first ticket is sent, and opened by the program if asked."""
    today = frozen().date()
    with records_of(server).book() as book:
        fits = {"yes": PROGRAMS[0], "no": PROGRAMS[1], "unknown": PROGRAMS[2]}
        programs = {program: fit for fit, program in fits.items()}
        case = desk.open_case(book.referrals, today, organization, NEEDS, programs)
        first = book.referrals.tickets([case.number])[0]
        first = desk.act(book.referrals, today, first, Act("sent"), "referrer", 0).ticket
        if opened:
            desk.act(book.referrals, today, first, Act("seen"), "program", 1)
        keeper = Keeper(["tests-" * 8])
        token = magic_links.make(
            book, keeper, frozen(), "ticket", str(first.number), timedelta(days=30)
        )
        kind = book.referrals.add_kind(KindOfCase(organization, "iop", payer="medi-cal"))
        return Kept(case, tuple(book.referrals.tickets([case.number])), token, kind)
