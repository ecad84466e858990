"""Problems that visitors tell us about a listing: taken without a name, read by curators, soon gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directory.catalog.clock import Clock
from directory.catalog.program import Listing
from directory.catalog.records import Desk, WritableRecords
from directory.catalog.report import PROBLEMS, Report
from directory.catalog.vocabulary import Vocabularies
from directory.curation.identifying import folded, sign_of_a_person
from directory.curation.publishing import close_report, forget_reports, keep_report
from directory.errors import BadValue, TellsOfAPerson, TooManyReports, UnknownReport

LONGEST_TEXT = 300
KEPT_DAYS = 90
# Of one program, and of all, on one day. What the gate lets in from one network is counted there.
MOST_OF_PROGRAM, MOST_OF_DAY = 10, 500
# So many of the day's are for programs that nobody wrote about yet: a flood does not silence the rest.
KEPT_FREE = 100


@dataclass(frozen=True, slots=True)
class Reporting:
    """Takes reports from pages and from machines."""

    records: Callable[[], WritableRecords]
    vocabularies: Vocabularies
    clock: Clock

    def report(self, listing: Listing, what: str, text: str) -> None:
        """Keep what is wrong with a listing.

        Raises `BadValue`, `TellsOfAPerson` if the text may name somebody, `TooManyReports`. What
        was told already, and is open, is not kept twice.
        """
        today, text = self.clock().date(), " ".join(text.split())
        if what not in PROBLEMS:
            raise BadValue("what", what[:40], "what is wrong", PROBLEMS)
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise BadValue("text", f"{len(text)} letters", f"at most {LONGEST_TEXT} letters")
        if sign := sign_of_a_person(text, known_words(listing, self.vocabularies)):
            raise TellsOfAPerson(sign)
        report, records = Report(listing.program.id, what, text, today), self.records()
        with records.desk(write=False) as desk:  # who is sent away keeps no writer waiting
            if not _is_wanted(desk, report):
                return
        with records.desk() as desk:
            _keep(desk, report)


def known_words(listing: Listing, vocabularies: Vocabularies) -> frozenset[str]:
    """Words with capitals that name no person: this program's, and the field's."""
    site, address = listing.site, listing.site.address
    own = (listing.organization.name, listing.program.name, site.name, address.street)
    terms = (term for vocabulary in vocabularies.values() for term in vocabulary)
    field = (word for term in terms for word in (term.label, *term.aliases))
    return folded([*filter(None, (*own, address.city, address.state)), *field])


def _keep(desk: Desk, report: Report) -> None:
    forget(desk, report.told_on)
    if _is_wanted(desk, report):
        keep_report(desk, report)


def _is_wanted(desk: Desk, report: Report) -> bool:
    """False for what was told already, and is open. Raises `TooManyReports`."""
    today = report.told_on
    if desk.reports.is_told(report, today - timedelta(days=KEPT_DAYS)):
        return False
    of_program = desk.reports.count_on(today, report.program)
    most = MOST_OF_DAY - KEPT_FREE if of_program else MOST_OF_DAY
    if of_program >= MOST_OF_PROGRAM or desk.reports.count_on(today) >= most:
        raise TooManyReports
    return True


def forget(desk: Desk, today: date) -> int:
    """Delete what was told too long ago."""
    return forget_reports(desk, today - timedelta(days=KEPT_DAYS))


def reports(desk: Desk, today: date) -> Sequence[Report]:
    """The open reports, the oldest first; old ones are gone."""
    forget(desk, today)
    return [one for one in desk.reports.all() if one.closed_on is None]


def close(desk: Desk, number: int, today: date) -> None:
    """A curator has looked into it. Raises `UnknownReport`."""
    if not close_report(desk, number, today):
        raise UnknownReport(number)
