"""A program in a browser, on a phone, by keyboard, without a script: still right, a new week, a wish, back again."""

import re
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from directory.app import create_app
from directory.store.connect import open_database
from directory.store.staff_records import SqlStaffRecords
from tests.conftest import frozen
from tests.journeys.providers import make_link
from tests.support.homes import copy_home
from tests.support.patience import be_patient

PHONE = {"width": 320, "height": 640}


@contextmanager
def served(app):
    """The app at a port that was free."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def program(house, browser, tmp_path):
    """A page of a small browser without scripts, and the program's link; the store is its own."""
    home = copy_home(house.config.home, tmp_path / "home")
    engine = open_database(f"sqlite:///{home / 'directory.sqlite'}")
    with SqlStaffRecords(engine).book() as book:
        link = make_link(book)
    engine.dispose()
    app = create_app(replace(house.config, home=home), frozen)
    be_patient(app)
    with served(app) as origin:
        context = browser.new_context(base_url=origin, viewport=PHONE, java_script_enabled=False)
        yield context.new_page(), link
        context.close()


def press(page, name, role="button"):
    """By keyboard alone."""
    page.get_by_role(role, name=name).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def said(page):
    """The words of the main part."""
    return page.locator("main").inner_text()


def paste_a_week(page):
    """From the listing to the thanks for a new week."""
    press(page, re.compile("^Change Days and hours"), "link")
    page.get_by_label("Days and hours, as you would write them").focus()
    page.keyboard.type("Mon, Tue, Thu 5:30-8:30 pm")
    press(page, "Show me the week")
    assert heading(page) == "Is this your week?"
    assert "5:30 to 8:30 pm" in said(page)
    press(page, "Yes, show this week")
    assert "Shown now" in said(page)


def ask_for_another_phone(page, link):
    """A wish that waits; back at the listing."""
    page.goto(f"{link}/change/site.phone")
    page.get_by_label("Phone").fill("626-555-0188")
    press(page, "Send it to our staff")
    assert "Our staff look at these first" in said(page)
    press(page, "Back to your listing", "link")


def test_a_program_looks_after_its_listing_in_two_minutes(program):
    page, link = program
    page.goto(link)
    press(page, "All of this is still right")
    assert heading(page) == "Thank you"
    press(page, "Back to your listing", "link")
    paste_a_week(page)
    press(page, "Your public page", "link")
    assert "The program itself" in said(page)
    assert "5:30" in said(page)
    ask_for_another_phone(page, link)
    told = page.get_by_role("table", name="What you told us")
    assert told.get_by_role("row").count() == 4
    press(page, re.compile("^Take back"))
    assert "You took it back" in told.inner_text()
    press(page, re.compile("^Undo"))
    assert "It is taken back." in said(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
