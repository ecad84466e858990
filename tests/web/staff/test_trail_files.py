"""Administrators take the audit trail away, and the file proves itself."""

import pytest

from directory.accounts.trail import verify
from directory.accounts.trail_file import read_trail
from directory.catalog.trail import Head


@pytest.fixture
def desk(people, browser_of):
    return browser_of(people.add("administrator", "Ada"))


@pytest.mark.parametrize("address", ["/staff/trail.csv", "/staff/trail.ndjson"])
def test_the_trail_is_taken_away_whole_and_proves_itself(desk, people, tmp_path, address):
    answer = desk.client.get(address, headers=desk.headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="trail-20261124.')
    assert answer.headers["Cache-Control"] == "no-store"
    path = tmp_path / "trail"
    path.write_bytes(answer.data)
    found = list(read_trail(path))
    with people.services.book(write=False) as book:
        assert found == list(book.trail.read())
        head = book.trail.head()
    assert verify(found, head).holds
    assert (found[-1].act, found[-1].subject) == ("trail_exported", str(head.number - 1))
    assert b"Ada" not in answer.data
    assert head == Head(found[-1].number, found[-1].digest)


def test_the_page_leads_to_both(desk):
    page = desk.get("/staff/trail")
    assert page.link("CSV") == "/staff/trail.csv"
    assert page.link("lines of JSON") == "/staff/trail.ndjson"
