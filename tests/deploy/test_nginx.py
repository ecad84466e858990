"""The proxy of deploy/nginx as Debian's nginx runs it, over TLS, before gunicorn."""

import gzip
import http.client
import json
import re
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from directory.web.security import EVERYWHERE, HSTS
from tests.support import serving
from tests.support.builders import a_listing, published
from tests.support.proxy import LOG, NGINX, certify, free_port, start_nginx

CANARY = "heroin-canary-7f3"

QUIET_SECONDS = 0.1
"""So long no line comes where every answer has its line."""


@dataclass
class Front:
    """The proxy: its ports, the folder with everything it writes, the log of gunicorn behind."""

    plain: int
    tls: int
    folder: Path
    log: Path

    def ask(self, path, method="GET", body=None, by="127.0.0.1", **headers):
        """The answer, read; over a connection of its own, from an address of this machine."""
        trusting = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.tls, timeout=30, context=trusting, source_address=(by, 0)
        )
        connection.request(method, path, body, {"Host": "stepwise.example", **headers})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def reached(self, *paths):
        """The routes by which gunicorn answers these."""
        before = len(self._settled())
        for path in paths:
            self.ask(path)
        return [one for one in self._settled()[before:] if one != "pages.healthz"]

    def _settled(self):
        """The routes by which it answered so far. It writes after it answers, in any of its threads: so ask
        for one that it certainly answers, until that is written and nothing more comes.
        """
        before, seen = self._endpoints().count("pages.healthz"), None
        self.ask("/healthz")
        while (now := self._endpoints()) != seen or now.count("pages.healthz") == before:
            seen = now
            time.sleep(QUIET_SECONDS)
        return now

    def logged(self, last):
        """The lines of the proxy's log, once one has the status `last`: it writes after it answers."""
        while True:
            lines = lines_of(self.folder / LOG)
            if any(line["status"] == last for line in lines):
                return lines
            time.sleep(0.01)

    def _endpoints(self):
        return [one["endpoint"] for one in lines_of(self.log) if "endpoint" in one]


def lines_of(log):
    """What a log has said so far, line by line."""
    return [json.loads(line) for line in log.read_text().rpartition("\n")[0].splitlines()]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx before gunicorn, as deploy/ says."""
    if NGINX is None:
        pytest.skip("nginx is not installed (apt-get install nginx): the proxy is not tried")
    folder, home = tmp_path_factory.mktemp("proxy"), tmp_path_factory.mktemp("home")
    published(home / "generations", [a_listing(id=f"p{number}") for number in range(20)])
    certify(folder)
    log = folder / "gunicorn.out"
    settings = {
        "DIRECTORY_PRODUCTION": "1",
        "DIRECTORY_EXAMPLES": "0",
        "DIRECTORY_HOME": str(home),
        "DIRECTORY_SECRET": "a-secret-of-more-than-thirty-two-letters",
        "DIRECTORY_BASE_URL": "https://stepwise.example",
        "DIRECTORY_TRUSTED_PROXIES": "1",
        "DIRECTORY_METRICS": "1",
    }
    with serving.listening() as held:
        behind = serving.start(held, settings, log)
        try:
            serving.wait_until_ready(held, behind, log)
            nginx, plain, tls = start_nginx(folder, [held.getsockname()[1]])
            try:
                yield Front(plain, tls, folder, log)
            finally:
                serving.stop(nginx)
        finally:
            serving.stop(behind)


def test_a_page_comes_over_tls_with_each_header_once_and_packed(front):
    answer = front.ask("/", **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert b"988" in gzip.decompress(answer.body)
    names = [name.lower() for name, _ in answer.getheaders()]
    assert [name for name in set(names) if names.count(name) > 1] == []
    for name, value in EVERYWHERE.items():
        assert answer.getheader(name) == value
    assert answer.getheader("Strict-Transport-Security") == HSTS
    assert answer.getheader("Server") == "nginx"


def test_plain_http_leads_to_https(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=30)
    connection.request("GET", "/guide", headers={"Host": "stepwise.example"})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.getheader("Location")) == (301, "https://stepwise.example/guide")


def test_static_files_are_kept_by_the_proxy_and_pages_never(front):
    sheet = re.search(r'href="(/static/[^"]+css)"', front.ask("/").body.decode())[1]
    first = front.ask(sheet)
    assert first.status == 200
    second = front.ask(sheet)
    assert second.body == first.body
    assert "immutable" in second.getheader("Cache-Control")
    assert front.reached(sheet, "/", sheet, "/") == ["pages.home", "pages.home"]


def test_the_desk_is_not_packed(front):
    answer = front.ask("/staff/sign-in", **{"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Encoding") is None
    assert "Secure" in answer.getheader("Set-Cookie", "Secure")


def test_nothing_that_was_asked_is_in_any_log_or_file_of_the_proxy(front):
    front.ask(f"/results?near=91101&text={CANARY}", Referer=f"https://x.example/{CANARY}")
    front.ask(f"/{CANARY}")
    body = json.dumps({"near": "91101", "text": CANARY, "more": "x" * 200_000})
    front.ask("/api/v1/match", "POST", body, **{"Content-Type": "application/json"})
    front.ask("/api/v1/match", "POST", CANARY * 16_000)
    front.ask("/" + CANARY * 600)
    lines = front.logged(414)
    assert {200, 404, 413, 414} <= {line["status"] for line in lines}
    assert {*lines[0]} == {"at", "logger", "method", "status", "bytes", "seconds"}
    files = [path for path in front.folder.rglob("*") if path.is_file()]
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/", "method": "POST", "body": "x" * 300_000}, 413),
        ({"path": "/" + "x" * 9_000}, 414),
        ({"path": "/", "X-Long": "x" * 9_000}, 400),
    ],
)
def test_what_is_too_large_ends_at_the_proxy_with_help_lines(front, asked, status):
    answer = front.ask(**asked)
    assert answer.status == status
    assert b'href="tel:988"' in answer.body
    assert answer.getheader("Content-Security-Policy").startswith("default-src 'none'")


@pytest.mark.parametrize("language", ["", "/es"])
def test_metrics_are_not_shown_outside_and_readiness_to_this_machine_only(front, language):
    assert front.ask(f"{language}/metrics").status == 404
    assert front.ask(f"{language}/readyz").status == 200
    assert front.ask(f"{language}/readyz", by="127.0.0.2").status == 403
    assert front.ask(f"{language}/healthz", by="127.0.0.2").body == b"ok\n"


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/metrics"},
        {"path": "/readyz", "by": "127.0.0.2"},
        {"path": "/", "method": "POST", "body": "x" * 300_000},
    ],
)
def test_the_proxys_own_answers_ask_for_tls_as_ours_do(front, asked):
    told = front.ask(**asked).getheaders()
    assert [value for name, value in told if name == "Strict-Transport-Security"] == [HSTS]


@pytest.mark.parametrize("language", ["", "/es"])
def test_a_stranger_is_sent_away_before_the_file_has_come(front, language):
    """Only the head is ever sent: a proxy that gathers the file would wait for it."""
    size = str(50 * 2**20)
    answer = front.ask(f"{language}/staff/imports", "POST", **{"Content-Length": size})
    assert answer.status == 413
    assert answer.getheader("Content-Security-Policy")


def test_while_no_server_is_there_people_see_help_lines(front, tmp_path):
    certify(tmp_path)
    nginx, plain, tls = start_nginx(tmp_path, [free_port()])
    try:
        answer = Front(plain, tls, tmp_path, front.log).ask("/guide")
    finally:
        serving.stop(nginx)
    assert answer.status == 502
    assert b'href="tel:988"' in answer.body
    assert answer.getheader("Retry-After") == "30"
