"""A service is asked only where an operator says so, page after page, and kept whole or not at all."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from directory.curation.importers.findtreatment.fetching import fetch
from directory.curation.reading import silent
from directory.errors import BadSetting, UnreadableFile
from directory.places.place import Place

PASADENA = Place("Pasadena, CA 91101", 34.15, -118.14, "zip", "CA", "91101", "America/Los_Angeles")


@pytest.fixture
def service():
    """A service on loopback: `answers` are what it says, `asked` what it was asked."""

    class Service(BaseHTTPRequestHandler):
        answers: ClassVar[list[bytes]] = []
        asked: ClassVar[list[dict[str, list[str]]]] = []

        def do_GET(self):
            self.asked.append(parse_qs(urlsplit(self.path).query))
            body = self.answers[len(self.asked) - 1]
            self.send_response(200 if body else 500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        Service.address = f"http://127.0.0.1:{server.server_port}/v2"
        yield Service
        server.shutdown()
        thread.join()


def page(number, of, *names):
    rows = [{"name1": name} for name in names]
    return json.dumps({"page": number, "totalPages": of, "rows": rows}).encode()


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
