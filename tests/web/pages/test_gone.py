"""An address that was given once is never an unknown one: it leads on, or says what became of it."""

from datetime import UTC, datetime

import pytest

from directory.catalog.whereabouts import WHYS, Gone, Whereabouts
from tests.support.outcomes import app_with, listing, match, outcome, track, whereabouts_of
from tests.support.page import Visitor
from tests.web.conftest import register

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def gone(why=None, near="91101"):
    return Whereabouts("old", "old-address", 4, AT, gone=Gone(why, None, near))


@pytest.fixture
def site():
    """A site with one program, and others that moved or are gone, by address."""

    def make(**moved):
        found = outcome(match(listing("Lamplight", track())))
        app = app_with(found, register)
        finder = app.extensions["directory"].finder
        here = whereabouts_of(found.matches[0].listing)
        finder.moved = {slug.replace("_", "-"): one or here for slug, one in moved.items()}
        return Visitor(app), here

    return make


@pytest.mark.parametrize(
    "path", ["/programs/{}", "/es/programs/{}", "/programs/{}/report", "/programs/{}.ics"]
)
def test_an_old_address_leads_to_the_present_one_for_good(site, path):
    visitor, here = site(old_address=None)
    answer = visitor._client.get(path.format("old-address") + "?from=2026-12-07")
    assert (answer.status_code, answer.location) == (
        301,
        path.format(here.slug) + "?from=2026-12-07",
    )


def test_what_was_sent_to_an_old_address_goes_on_as_it_was_sent(site):
    visitor, here = site(old_address=None)
    answer = visitor._client.post("/programs/old-address/report", data={"what": "phone"})
    assert (answer.status_code, answer.location) == (308, f"/programs/{here.slug}/report")


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("why", [*WHYS, None])
def test_a_removed_program_says_so_since_when_and_why_and_where_to_look(site, prefix, why):
    visitor, _ = site(old_address=gone(why))
    page = visitor.get(f"{prefix}/programs/old-address", 410)
    assert ("Nov 20, 2026" if not prefix else "20 de noviembre de 2026") in page.html
    assert f'href="{prefix}/results?near=91101"' in page.html


def test_each_reason_is_told_in_its_own_words(site):
    told = set()
    for why in (*WHYS, None):
        visitor, _ = site(old_address=gone(why))
        told.add(visitor.get("/programs/old-address", 410).html)
    assert len(told) == len(WHYS) + 1


def test_without_a_zip_nothing_near_is_offered(site):
    visitor, _ = site(old_address=gone("closed", near=None))
    assert "/results?near=" not in visitor._client.get("/programs/old-address").text


def test_an_address_that_was_never_given_is_unknown(site):
    visitor, _ = site(old_address=gone())
    assert visitor._client.get("/programs/never-given").status_code == 404


def test_a_shared_comparison_finds_a_program_under_its_old_address(site):
    visitor, here = site(old_address=None, left=gone())
    page = visitor._client.get("/compare?p=old-address&p=left").text
    assert f"/programs/{here.slug}" in page
    assert "1 program is no longer listed" in page
