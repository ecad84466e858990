"""What a page may weigh: people come with old phones and little data (reference: 40 kB, 8 kB, 6 kB, 5 requests)."""

import gzip

import pytest

from directory.web.pages.assets import STYLES
from tests.journeys.steps import FORM, GAADS_PAGE, sealed_address

SCRIPTS, STYLE, RESULTS, REQUESTS = 6 * 1024, 8 * 1024, 40 * 1024, 5


def test_all_scripts_together_are_small(app):
    scripts = [one for name, one in app.extensions["assets"].items() if name.endswith(".js")]
    assert len(scripts) > 1
    assert sum(len(one.packed) for one in scripts) <= SCRIPTS


def test_the_styles_are_small(app):
    assert len(app.extensions["assets"][STYLES].packed) <= STYLE


def test_a_page_of_twenty_programs_is_small(client):
    page = client.get(client.post("/find", data={**FORM, "q": "trauma", "age": "34"}).location)
    assert page.text.count("<article") == 20
    assert len(gzip.compress(page.data)) <= RESULTS


@pytest.mark.parametrize("address", ["/", "results", GAADS_PAGE])
def test_a_page_takes_few_requests(address, visit, live_server):
    opened = visit()
    opened.page.goto(sealed_address(live_server) if address == "results" else address)
    opened.page.wait_for_load_state("networkidle")
    assert 0 < len(opened.requests) <= REQUESTS, opened.requests
