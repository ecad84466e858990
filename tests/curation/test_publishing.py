"""Publishing: what goes out, and what never does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from directory.catalog.finding import Findings
from directory.catalog.program import Listing
from directory.catalog.whereabouts import Journal, Standing
from directory.curation.publishing import MOST_CHANGED, Published, publish
from directory.errors import ExamplesInProduction
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    NOON,
    listing_file,
    organization,
    program,
    session,
    site,
    track,
)
from tests.curation.conftest import Import
from tests.curation.lint.measuring import BY


@dataclass
class Counts:
    programs: int
    examples: int


@dataclass
class Printed:
    name: str
    statistics: Counts


class Press:
    """Keeps what it was given to print; `stands` is what it says of the generation before."""

    def __init__(self, stands: Mapping[str, int] | None = None, change: int = 0) -> None:
        self.stands, self.change = stands, change
        self.mark: int | None = None
        self.journal = Journal()
        self.programs: list[str] = []
        self.gone: frozenset[str] = frozenset()
        self.findings: dict[str, Findings] = {}
        self.as_of: date | None = None
        self.revised = False

    def standing(self, as_of: date, *, examples: bool) -> Standing | None:
        return None if self.stands is None else Standing(self.stands, self.change, self.mark)

    def write(self, listings: Sequence[Listing], as_of: date, journal: Journal) -> Printed:
        self.as_of, self.revised, self.journal = as_of, False, journal
        return self._print(listings)

    def revise(self, came: Sequence[Listing], gone: frozenset[str], journal: Journal) -> Printed:
        self.gone, self.revised, self.journal = gone, True, journal
        return self._print(came)

    def _print(self, listings: Sequence[Listing]) -> Printed:
        self.programs = [listing.program.id for listing in listings]
        self.findings = {listing.program.id: listing.findings for listing in listings}
        return Printed("generation-1", Counts(len(listings), sum(one.example for one in listings)))


def _fill(take: Import) -> None:
    take(listing_file(organization(site(program("real")))))
    invented = organization(site(program("invented"), id="ex-site"), id="ex")
    take(listing_file(invented, method="example", name="Examples"))


def _publish(records: SqlRecords, press: Press, **how: bool) -> Published:
    return publish(records, press, by=BY, **how)


def _versions(records: SqlRecords) -> dict[str, int]:
    return dict(records.versions())


def test_a_revision_says_whether_something_is_taken_back(take: Import, records: SqlRecords) -> None:
    take(listing_file(organization(site(program("open")))))
    before = _versions(records)
    corrected = _publish(records, Press(before | {"open": 0}), examples=False, production=False)
    gone = _publish(records, Press(before | {"closed": 1}), examples=False, production=False)
    take(listing_file(organization(site(program("open"), address={"city": "Pasadena", "state": "CA", "withheld": True}))))  # fmt: skip
    hidden = _publish(records, Press(before), examples=False, production=False)
    told = [(one.whole, one.withdraws) for one in (corrected, gone, hidden)]
    assert told == [(False, False), (False, True), (False, True)]
    assert _publish(records, Press(), examples=False, production=False).whole


def test_examples_go_out_only_where_asked_for(take: Import, records: SqlRecords) -> None:
    _fill(take)
    press = Press()
    assert _publish(records, press, examples=True, production=False).examples == 1
    assert press.programs == ["invented", "real"]
    without = _publish(records, press, examples=False, production=True)
    assert without.as_dict() == {"generation": "generation-1", "programs": 1, "examples": 0}
    assert (press.programs, press.as_of) == (["real"], NOON.date())


def test_production_refuses_to_publish_examples(take: Import, records: SqlRecords) -> None:
    _fill(take)
    press = Press()
    with pytest.raises(ExamplesInProduction) as refusal:
        _publish(records, press, examples=True, production=True)
    assert refusal.value.programs == ("invented",)
    assert press.as_of is None


def test_serious_findings_go_out_with_the_program_whole_or_revised(
    take: Import, records: SqlRecords
) -> None:
    morning = track(session(start="09:00", end="12:00"))
    sure = {"level_of_care": "iop", "level_evidence": "stated", "payers": [{"payer": "medicare"}]}
    late = program("late", tracks=[morning], accreditations=["carf"], **sure)
    take(listing_file(organization(site(late, program("fine")))))
    for press in (Press(), Press({"fine": 1})):
        _publish(records, press, examples=True, production=False)
        assert [one.case for one in press.findings["late"]] == ["hours_young", "evening"]
        assert press.findings.get("fine", ()) == ()
    assert press.revised


def test_only_what_changed_since_is_printed_anew(take: Import, records: SqlRecords) -> None:
    take(listing_file(organization(site(*(program(f"p{number}") for number in range(3))))))
    press = Press(records.versions() | {"closed": 4})
    take(
        listing_file(
            organization(site(*(program(f"p{n}", name=f"Program {n % 2}") for n in range(3))))
        )
    )
    before = press.stands or {}
    changed = {key for key, version in records.versions().items() if before[key] != version}
    _publish(records, press, examples=True, production=False)
    assert (press.revised, press.gone) == (True, {"closed"})
    assert sorted(press.programs) == sorted(changed) != []


def test_an_invented_program_that_may_not_go_out_is_taken_back(
    take: Import, records: SqlRecords
) -> None:
    _fill(take)
    press = Press({"real": 1, "invented": 0})
    _publish(records, press, examples=False, production=True)
    assert (press.programs, press.gone) == ([], {"invented"})


def test_a_revision_in_production_refuses_examples_too(take: Import, records: SqlRecords) -> None:
    _fill(take)
    with pytest.raises(ExamplesInProduction):
        _publish(records, Press({"real": 1}), examples=True, production=True)


def test_the_whole_is_printed_if_asked_for_or_if_much_has_changed(
    take: Import, records: SqlRecords
) -> None:
    _fill(take)
    press = Press(records.versions())
    _publish(records, press, examples=True, production=False, whole=True)
    assert (press.revised, len(press.programs)) == (False, 2)
    press.stands = {f"gone{number}": 1 for number in range(MOST_CHANGED)}
    _publish(records, press, examples=True, production=False)
    assert not press.revised
