"""While people search: a rebuild, then a restart of the server. No answer fails, none is empty."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from directory.cli.importing import import_one
from directory.cli.publishing import publish_all
from directory.config import Config
from directory.house import build_house
from tests.faults.killing import listed
from tests.support import serving

MATCH = json.dumps(
    {"near": "91101", "week": {"free": [{"day": "mon", "start": "17:00", "end": "22:00"}]}}
)

READING = 0.02
"""Seconds: less, and who asks takes the time of who answers."""


@dataclass
class Askers:
    """People who ask, read for a moment, and ask again, each time over a connection of its own."""

    port: int
    generations: set[str] = field(default_factory=set)
    answered: int = 0
    failed: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def asking(self, people: int) -> Iterator[None]:
        """Ask while the block runs, and once more after it."""
        threads = [threading.Thread(target=self._ask) for _ in range(people)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _ask(self) -> None:
        more = True
        while more:
            more = not self._stop.wait(READING)
            try:
                self._match()
                self._page()
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.failed.append(f"{type(error).__name__}: {error}")

    def _match(self) -> None:
        status, body = self._fetch("POST", "/api/v1/match", MATCH)
        told = json.loads(body)
        if status != 200 or not told["data"]:
            self.failed.append(f"match: {status}, {len(told.get('data', []))} programs")
            return
        self.generations.add(told["meta"]["generation"])
        self.answered += 1

    def _page(self) -> None:
        status, body = self._fetch("GET", "/results?near=91101")
        if status != 200 or b"/programs/" not in body:
            self.failed.append(f"results: {status}, {len(body)} bytes")
            return
        self.answered += 1

    def _fetch(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"} if body else {}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture
def settings(tmp_path):
    """A home with a dozen programs, published."""
    home = tmp_path / "home"
    house = build_house(Config(home=home))
    import_one(house, "listing", listed(tmp_path, "dozen", *(f"p{n}" for n in range(12))))
    publish_all(house)
    return {
        "DIRECTORY_HOME": str(home),
        "DIRECTORY_METRICS": "1",
        "WEB_CONCURRENCY": "2",
    }


def test_a_rebuild_and_a_restart_under_load_fail_nobody(settings, tmp_path):
    log = tmp_path / "server.log"
    with serving.listening() as held:
        server = serving.start(held, settings, log)
        try:
            serving.wait_until_ready(held, server, log)
            asked = Askers(held.getsockname()[1])
            with asked.asking(2):
                publish_all(build_house(Config(home=Path(settings["DIRECTORY_HOME"]))), whole=True)
                while len(asked.generations) < 2 and not asked.failed:
                    time.sleep(0.05)
            assert asked.failed == []
            assert workers_count_together(asked.port, asked.answered)
            asked = Askers(asked.port)
            with asked.asking(2):
                serving.stop(server)
                server = serving.start(held, settings | {"WEB_CONCURRENCY": "1"}, log)
                serving.wait_until_ready(held, server, log)
            assert asked.failed == []
            assert asked.answered
        finally:
            serving.stop(server)


def workers_count_together(port, answered):
    """The figures of both workers add up to what was answered."""
    text = serving.ask(port, "/metrics")[1].decode()
    lines = [line for line in text.splitlines() if line.startswith("stepwise_requests_total")]
    counted = [line for line in lines if "match" in line or "shared_results" in line]
    return sum(float(line.rpartition(" ")[2]) for line in counted) == answered
