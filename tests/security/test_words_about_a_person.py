"""No path in the system keeps free text about a person.

Every form that anybody can see is found by walking, every address of machines in its description. Texts
that tell of a person are sent to every field of each; then the database, the files of the home and the log
are searched. What columns are there to hold is declared in `tests/house/text_columns.csv`.
"""

import itertools
import json
import logging
import re
import subprocess

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directory.curation.identifying import sign_of_a_person
from tests.journeys.test_every_field import every_form, submit
from tests.support.grounds import as_it_stands
from tests.support.homes import DATABASE
from tests.support.person_texts import FIRST, FRAMES, TELLING, TRICKS, telling

# Names of people who work here and of where they work, typed by an administrator: they are no patients.
OF_STAFF = {
    ("staff.invite", "name"),
    ("staff.invite", "email"),
    ("staff.change_account", "name"),
    ("staff.add_organization", "organization"),
    ("staff.change_organization", "organization"),
}
# One draw of many texts, the same each time; only drawn, as tracing views for explanations takes minutes.
ONCE = settings(max_examples=1, deadline=None, derandomize=True, database=None,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip


@given(TELLING)
def test_every_one_of_these_texts_is_told_for_what_it_is(told):
    assert sign_of_a_person(told.text, frozenset()) is not None


@pytest.fixture
def searched(grounds, caplog):
    """`searched(tellings)`: where any of them is kept; the home is put back as it was."""
    start = grounds.state()
    caplog.set_level(logging.DEBUG)

    def find(tellings):
        needles = set().union(*(one.needles() for one in tellings))
        pattern = re.compile(b"|".join(map(re.escape, sorted(needles))))
        kept = [path for path in grounds.home.rglob("*") if path.is_file()]
        return [
            *(str(path.relative_to(grounds.home)) for path in kept if holds(path, needles)),
            *(f"{table}.{column}" for table, column, value in grounds.kept()
              if isinstance(value, str) and pattern.search(value.encode())),
            *(["the log"] if pattern.search(caplog.text.encode()) else []),
        ]  # fmt: skip

    yield find
    grounds.back_to(start)


def holds(path, needles):
    """True if a file holds one of these, as it lies on the disk.

    Another program reads it: whoever closes a file of SQLite gives up every lock that their own process has
    on it, and what an upload starts would take the database for one that nobody has open.
    """
    content = subprocess.run(["cat", path], check=True, capture_output=True).stdout
    return any(one in content for one in needles)


def in_database(grounds, tellings):
    """The same of the database alone: quick enough to ask after each form."""
    needles = set().union(*(one.needles() for one in tellings))
    return [path.name for path in grounds.home.glob(f"{DATABASE}*") if holds(path, needles)]


def test_what_is_kept_would_be_found(grounds, searched):
    """Or nothing would be proved."""
    told = [telling(first, FRAMES[0], trick) for first, trick in zip(FIRST, TRICKS, strict=False)]
    with grounds.people.services.book() as book:
        for one in told:
            book.people.add_organization(one.text, None)
    found = searched(told)
    assert {"staff_organization.name"} < set(found)
    logging.getLogger("directory").info(told[0].text)
    assert "the log" in searched(told[:1])


@pytest.mark.timeout(1200)
@ONCE
@given(tellings=st.lists(TELLING, min_size=60, max_size=60))
def test_no_form_of_the_desk_keeps_words_about_a_person(grounds, walked, searched, tellings):
    """Each field of each form in turn, hidden ones and one that no form has, too."""
    each = itertools.cycle(tellings)
    for (endpoint, _), standing in sorted(walked.forms.items()):
        form, sent = standing.form, []
        grounds.back_to(standing.state)
        for name in [*form.names, "no-such-field"]:
            if name == "csrf_token" or (endpoint, name) in OF_STAFF:
                continue
            sent.append(next(each))
            answer = grounds.send(standing.who, form, as_it_stands(form) | {name: [sent[-1].text]})
            assert answer.status_code < 500, (endpoint, name)
            if answer.status_code < 400:
                assert in_database(grounds, sent) == [], (str(standing), name, sent[-1])
                grounds.back_to(standing.state)
        assert in_database(grounds, sent) == [], (str(standing), sent)
    assert searched(tellings) == []


@ONCE
@given(tellings=st.lists(TELLING, min_size=60, max_size=60))
def test_no_form_of_visitors_keeps_words_about_a_person(grounds, searched, tellings):
    client, each = grounds.app.test_client(use_cookies=False), itertools.cycle(tellings)
    for form in every_form(client):
        for name in form.names:
            answer = submit(client, form, form.but(name, next(each).text))
            assert answer.status_code < 500, (form.action, name)
    assert searched(tellings) == []


@ONCE
@given(tellings=st.lists(TELLING, min_size=60, max_size=60))
def test_no_address_of_machines_keeps_words_about_a_person(grounds, searched, tellings):
    """Every property of every body, every parameter, and the address itself."""
    client, each = grounds.app.test_client(use_cookies=False), itertools.cycle(tellings)
    for document in ("/api/v1/openapi.json", "/hsds/v3/openapi.json"):
        described = client.get(document).json
        start = described.get("servers", [{"url": ""}])[0]["url"].removeprefix("http://localhost")
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                if method in ("get", "post"):
                    ask(client, method, prefixed(start, path), described, operation, each)
    assert searched(tellings) == []


def prefixed(start, path):
    return path if path.startswith(("/api/", "/hsds/")) else start.rstrip("/") + path


def ask(client, method, path, described, operation, each):
    """One request for each thing that may be said, and one with the text in the address."""
    where = re.sub(r"\{[^}]+\}", lambda _: next(each).text, path)
    statuses = [client.open(where, method=method.upper()).status_code]
    where = re.sub(r"\{[^}]+\}", "example-lamplight-evening", path)
    for parameter in operation.get("parameters", ()):
        parameter = resolved(described, parameter)
        if parameter["in"] == "query":
            asked = {parameter["name"]: next(each).text}
            statuses.append(client.open(where, method="GET", query_string=asked).status_code)
    body = operation.get("requestBody")
    if body:
        told = resolved(described, body)["content"]["application/json"]
        example = told.get("example", {})
        for name in resolved(described, told["schema"]).get("properties", {}):
            for value in (next(each).text, [next(each).text], {next(each).text: next(each).text}):
                sent = json.dumps({**example, name: value})
                answer = client.open(
                    where, method="POST", data=sent, content_type="application/json"
                )
                statuses.append(answer.status_code)
    assert all(status < 500 for status in statuses), (method, path, statuses)


def resolved(described, part):
    """What a reference of the description stands for."""
    if "$ref" not in part:
        return part
    found = described
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found
