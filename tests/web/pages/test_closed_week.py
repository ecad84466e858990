"""A public page whose address carries a week that has closed stands without it, and says so."""

import pytest

from directory.catalog.program import Span
from directory.matching.outcome import ScheduleAnswer
from directory.web.sealing import Sealer
from tests.support.outcomes import MON, WED, listing, match, outcome, sessions, track

LAMPLIGHT = match(
    listing("Lamplight", track(*sessions(MON, WED)), weeks=Span(8, 8)), ScheduleAnswer("fits")
)
QUIET_OAK = match(listing("Quiet Oak", track(*sessions(WED))), ScheduleAnswer("fits"))
LONG_AGO = Sealer(["s" * 40], 120, clock=lambda: 1_000_000_000)
CLOSED = LONG_AGO.seal({"body": {"near": "91101"}, "form": {}})


@pytest.fixture(
    params=[f"/programs/lamplight?p=quiet-oak&for={CLOSED}", f"/compare?p=lamplight&p=quiet-oak&for={CLOSED}"]
)  # fmt: skip
def page(request, visiting):
    return visiting(outcome(LAMPLIGHT, QUIET_OAK)).get(request.param)


def test_the_page_stands_without_a_week_and_says_how_to_give_it_again(page):
    assert "Lamplight" in page.text
    assert "626-555-0142" in page.text
    assert "Your week has closed, to keep it private." in page.text
    assert page.link("Tell us when you are free") == "/"
    assert "Fits" not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_the_shortlist_is_kept_and_no_link_carries_the_closed_week(page):
    addresses = [one.attributes.get("href") or "" for one in page.read.all("a")]
    assert not [one for one in addresses if CLOSED in one or "for=" in one]
    assert any("p=quiet-oak" in one for one in addresses)
    (spanish,) = page.links("Español")
    assert "p=quiet-oak" in spanish


def test_an_open_week_is_not_told_to_have_closed(visiting):
    page = visiting(outcome(LAMPLIGHT)).get("/programs/lamplight")
    assert "has closed" not in page.text
