"""Publishing: what goes out, and what never does."""

from collections.abc import Sequence
from datetime import date

import pytest

from directory.catalog.program import Listing
from directory.curation.publishing import Published, publish
from directory.errors import ExamplesInProduction
from directory.store.sql_records import SqlRecords
from tests.curation.builders import (
    NOON,
    listing_file,
    organization,
    program,
    site,
)
from tests.curation.conftest import Import


class Press:
    """Keeps what it was given to print."""

    def __init__(self) -> None:
        self.programs: list[str] = []
        self.as_of: date | None = None

    def __call__(self, listings: Sequence[Listing], as_of: date) -> str:
        self.programs = [listing.program.id for listing in listings]
        self.as_of = as_of
        return "generation-1"


def _fill(take: Import) -> None:
    take(listing_file(organization(site(program("real")))))
    invented = organization(site(program("invented"), id="ex-site"), id="ex")
    take(listing_file(invented, method="example", name="Examples"))


def _publish(records: SqlRecords, press: Press, **how: bool) -> Published:
    return publish(records, press, clock=lambda: NOON, **how)


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
