"""A fresh browser for each person."""

import pytest

from tests.journeys.looks import WIDE
from tests.journeys.steps import Hand, Keyboard


class Visit:
    """One person's browser: the page, and every address and message it saw."""

    def __init__(self, browser, origin, **options):
        self.context = browser.new_context(**{"base_url": origin, "viewport": WIDE, **options})
        self.context.set_default_timeout(10_000)
        self.requests, self.messages = [], []
        self.referers = []
        self.context.on("request", self._remember)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.messages.append(said.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))

    def _remember(self, request):
        self.requests.append(request.url)
        self.referers += filter(None, [request.headers.get("referer")])


@pytest.fixture
def visit(browser, live_server):
    """`visit(**options)` opens a browser with nothing in it."""
    opened = []

    def open_one(**options):
        one = Visit(browser, live_server.origin, **options)
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.context.close()


@pytest.fixture(params=["mouse", "mouse, no JavaScript", "keyboard alone"])
def hand(request, visit):
    """The three ways to use every page."""
    opened = visit(java_script_enabled="no JavaScript" not in request.param)
    return (Keyboard if "keyboard" in request.param else Hand)(opened.page)
