"""The trail as a file: what is read is what was written, and a touched line shows."""

import json
from datetime import UTC, datetime

import pytest

from directory.accounts import trail
from directory.accounts.trail import verify
from directory.accounts.trail_file import COLUMNS, as_csv, as_ndjson, read_trail
from directory.catalog.trail import Head
from directory.errors import UnreadableFile

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FORMS = {"csv": as_csv, "ndjson": as_ndjson}


@pytest.fixture
def entries(records):
    with records.book() as book:
        for number in range(1, 6):
            trail.record(book, NOW, -1, "ticket_moved", "ticket", number, to="sent", why="")
        return list(book.trail.read())


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_is_what_was_written_and_holds(entries, tmp_path, form):
    path = tmp_path / f"trail.{form}"
    path.write_text("".join(FORMS[form](entries)), encoding="utf-8", newline="")
    found = list(read_trail(path))
    assert found == entries
    head = Head(5, entries[-1].digest)
    assert verify(found, head).holds
    assert verify(found, head, head).holds


@pytest.mark.parametrize("form", FORMS)
def test_a_line_that_was_touched_or_taken_out_shows(entries, tmp_path, form):
    path = tmp_path / f"trail.{form}"
    whole = "".join(FORMS[form](entries))
    path.write_text(whole.replace("2026-11-24", "2026-11-25", 1), encoding="utf-8", newline="")
    assert verify(read_trail(path), Head(5, entries[-1].digest)).broken[0].number == 1
    lines = whole.splitlines(keepends=True)
    path.write_text("".join(lines[:-3] + lines[-2:]), encoding="utf-8", newline="")
    assert verify(read_trail(path), Head(5, entries[-1].digest)).broken[0].how == "missing"


def test_a_file_that_is_no_trail_is_refused_by_its_line(tmp_path, entries):
    path = tmp_path / "trail.csv"
    good = json.loads(next(as_ndjson(entries)))
    for text, told in (
        ("", "another first line"),
        ("name,phone\nJo,1\n", "another first line"),
        (",".join(COLUMNS) + "\n1,2\n", "line 1"),
        (",".join(COLUMNS) + "\nx,a,b,c,d,e,f,g\n", "line 1"),
        ("{}\n", "line 1"),
        ("{not json\n", "line 1"),
        (json.dumps(good) + "\n" + json.dumps(good | {"more": 1}) + "\n", "line 2"),
        (json.dumps(good | {"details": {}}) + "\n", "line 1"),
        (json.dumps(good | {"number": 1.5}) + "\n", "line 1"),
        (json.dumps(good | {"number": True}) + "\n", "line 1"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFile, match=told):
            list(read_trail(path))
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableFile, match="no text"):
        list(read_trail(path))
    with pytest.raises(UnreadableFile):
        list(read_trail(tmp_path / "nowhere.csv"))
