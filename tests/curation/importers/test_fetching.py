"""A service is asked only where an operator says so, page after page, and kept whole or not at all."""

import json

import pytest

from directory.curation.importers.findtreatment.fetching import fetch
from directory.curation.reading import silent
from directory.errors import BadSetting, UnreadableFile
from directory.places.place import Place
from tests.support.asked_service import asked_service, page

PASADENA = Place("Pasadena, CA 91101", 34.15, -118.14, "zip", "CA", "91101", "America/Los_Angeles")


@pytest.fixture
def service():
    """A service on loopback."""
    with asked_service() as found:
        yield found


def test_every_page_is_asked_in_turn_and_kept_one_a_line(service, tmp_path):
    service.answers[:] = [page(1, 2, "One", "Two"), page(2, 2, "Three")]
    out = tmp_path / "answers.ndjson"
    assert fetch(service.address, PASADENA, 10, out, silent) == 3
    kept = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["name1"] for one in kept for row in one["rows"]] == ["One", "Two", "Three"]
    assert [one["page"] for one in service.asked] == [["1"], ["2"]]
    first = service.asked[0]
    assert (first["sAddr"], first["sType"], first["limitValue"]) == (
        ["34.15,-118.14"],
        ["both"],
        ["16093"],
    )


@pytest.mark.parametrize(
    "bad", [b"", b"<html>", b"[]", b'{"rows": []}', page(2, 999)], ids=lambda b: b[:9].decode()
)
def test_a_page_that_does_not_come_leaves_what_was_kept(service, tmp_path, bad):
    service.answers[:] = [page(1, 2, "One"), bad]
    out = tmp_path / "answers.ndjson"
    out.write_text("before", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        fetch(service.address, PASADENA, 10, out, silent)
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["answers.ndjson"]


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "ftp://127.0.0.1/"])
def test_nothing_is_asked_where_no_address_is_set(tmp_path, address):
    with pytest.raises(BadSetting, match="DIRECTORY_FINDTREATMENT_URL"):
        fetch(address, PASADENA, 10, tmp_path / "answers.ndjson", silent)
    assert list(tmp_path.iterdir()) == []
