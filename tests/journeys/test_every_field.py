"""What is typed into any field of any page is kept nowhere.

Forms and their fields are found in the pages as they are served, so a new field is held to this the day it
is made. Each field of each form is sent once with a word of its own that stands nowhere else (a canary),
the others as the page fills them in; then everything the server keeps or says is searched for the words.
"""

import dataclasses
import itertools
import logging
import re
from urllib.parse import urlencode

import pytest

from directory.app import create_app
from directory.web.pages.maker import ASKED
from tests.conftest import frozen
from tests.journeys.pages import FOUR
from tests.journeys.steps import FORM, GAADS_PAGE
from tests.support.forms import forms_of

# A report is kept on purpose: its few words, if they tell of nobody. Nothing else of any form is.
KEPT_ON_PURPOSE = (GAADS_PAGE + "/report", "text")
# Names programs or holds ciphertext; every other form sends its answers in a body.
# What somebody chooses for a site of theirs at the maker tells of no visitor.
IN_ADDRESS = {("/compare", "p"), ("/compare", "for"), *(("/embed", one) for one in (*ASKED, "key"))}
KIND = "application/x-www-form-urlencoded"
LAMPLIGHT = "/programs/lamplight-example-lamplight-evening-program"
STARTS = (
    *("/", "/self-check", "/work", "/meetings", "/aftercare", "/guide", "/paying", "/family"),
    *("/about/data", "/about/ranking", f"/work?program={GAADS_PAGE.rpartition('/')[2]}"),
    *(GAADS_PAGE, GAADS_PAGE + "/report", LAMPLIGHT, f"/compare?{FOUR}", "/no-such-page"),
    *("/embed", "/widget/preview"),
)


def pages_of(client):
    """Every page to start from, and every page that answers what was sent."""
    found = client.post("/find", data=FORM).location
    token = found.rpartition("/")[2]
    unknown = client.post("/find", data={**FORM, "place": "Passadena"}).location
    yield from STARTS
    yield from (found, f"/change/{token}", f"/share/{token}", unknown, f"{LAMPLIGHT}?for={token}")
    check = client.post("/self-check", data={"answer": "yes"}).location
    yield from (
        check,
        client.post("/meetings", data={"place": "91101", "free": "mon-evening"}).location,
    )


def every_form(client):
    """Each form once, wherever it stands."""
    forms = {}
    for address in pages_of(client):
        page = client.get(address)
        for form in forms_of(page.text):
            forms.setdefault((form.action, *form.names), form)
    return list(forms.values())


@pytest.fixture
def forms(client):
    return every_form(client)


def filled_in(forms):
    """(form, field, canary, what is sent): each field in turn, and one that no form has."""
    number = itertools.count(1)
    for form in forms:
        for name in [*form.names, "no-such-field"]:
            word = f"canary-{next(number)}-7f3"
            yield form, name, word, form.but(name, word)


def submit(client, form, data):
    if form.method == "GET":
        return client.get(form.action, query_string=data)
    return client.post(form.action, data=data)


def test_the_forms_are_found(forms):
    """Or nothing would be proved: the known ones and their rarest fields."""
    names = {(form.action, name) for form in forms for name in form.names}
    for known in (
        *(("/find", name) for name in ("place", "travel_minutes", "from-mon", "q", "age", "plan")),
        *(("/self-check", name) for name in ("answer", "so_far")),
        *(("/work", name) for name in ("work-from-mon", "group-to-sun", "paid", "program")),
        *(("/meetings", name) for name in ("place", "free")),
        *((GAADS_PAGE + "/report", name) for name in ("what", "text")),
        *((f"{LAMPLIGHT}.ics", name) for name in ("from", "plain")),
        *(("/refine", name) for name in ("sealed", "drop", "sort")),
    ):
        assert known in names, known


def test_a_form_sends_its_answers_in_a_body(forms):
    by_address = {
        (form.action, name) for form in forms if form.method == "GET" for name in form.names
    }
    assert by_address <= IN_ADDRESS


def test_no_address_and_no_header_tells_what_was_typed(client, forms):
    for form, name, word, data in filled_in(forms):
        answer = submit(client, form, data)
        assert answer.status_code < 500, (form.action, name)
        assert word not in str(answer.headers), (form.action, name)
        if answer.status_code == 303:
            answer = client.get(answer.location)
            assert word not in str(answer.headers), (form.action, name)
        if form.method == "POST" and answer.status_code < 400 and answer.mimetype == "text/html":
            assert answer.headers["Cache-Control"] == "no-store", (form.action, name)


def test_nothing_that_was_typed_is_kept(live_server, forms):
    """Log and errors, the database's pages, the index, temporary files, and whatever is counted."""
    before = {path for path in live_server.temporary.rglob("*") if path.is_file()}
    meant = ""
    for form, name, word, data in filled_in(forms):
        if (form.action, name) == KEPT_ON_PURPOSE:
            data, meant = {**data, "what": ["hours"]}, word
        body = urlencode(data, doseq=True)
        if form.method == "GET":
            live_server.ask(f"{form.action}?{body}")
        else:
            live_server.ask(form.action, body.encode(), KIND)
    status, _, counted = live_server.ask("/metrics")
    assert status == 404 or "canary-" not in counted
    assert not re.search(r"canary-\d", live_server.log.read_text())
    assert {path for path in live_server.temporary.rglob("*") if path.is_file()} == before
    kept = {
        word.decode()
        for path in live_server.home.rglob("*")
        if path.is_file()
        for word in re.findall(rb"canary-\d+-7f3", path.read_bytes())
    }
    assert meant
    assert kept == {meant}, "only the few words of a report are kept"


def test_a_report_that_tells_of_somebody_is_refused_and_not_kept(live_server):
    told = {"what": "hours", "text": "Ask for Quetzalina Canary, her son goes there"}
    status, *_ = live_server.ask(GAADS_PAGE + "/report", urlencode(told).encode(), KIND)
    assert status == 422
    kept = [path for path in live_server.home.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"Quetzalina" in path.read_bytes()]


class Breaking:
    """Stands where a service stands, and fails with whatever it was given."""

    def __getattr__(self, name):
        return self

    def __call__(self, *given, **named):
        raise RuntimeError(f"{given} {named}")


def test_a_fault_of_ours_tells_nothing_that_was_typed(house, forms, caplog):
    """Every form is sent to a house whose every part breaks, with what was typed in the fault's words."""
    app = create_app(house.config, frozen)
    services = app.extensions["directory"]
    parts = ("finder", "gazetteer", "sealer", "report")
    app.extensions["directory"] = dataclasses.replace(services, **dict.fromkeys(parts, Breaking()))
    client, statuses = app.test_client(use_cookies=False), set()
    with caplog.at_level(logging.DEBUG):
        for form, name, word, data in filled_in(forms):
            answer = submit(client, form, data)
            statuses.add(answer.status_code)
            assert word not in str(answer.headers), (form.action, name)
            if form.method == "POST" and answer.status_code == 500:
                assert word not in answer.text, (form.action, name)
    assert 500 in statuses
    assert "RuntimeError" in caplog.text
    assert not re.search(r"canary-\d", caplog.text)
