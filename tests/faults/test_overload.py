"""More requests than a worker can answer: what does not fit is told at once to come back, and it recovers."""

import os
import re
import socket
from contextlib import ExitStack

import pytest

from directory.web.serving.patient_worker import MOST_WAITING, RETRY_SECONDS
from tests.faults.offering import offer
from tests.support import serving
from tests.support.builders import a_listing, published

THREADS, CROWD = 8, 240
USUAL_PER_SECOND = THREADS / 0.2
# Never more at once than a worker holds connections, even if all come late together.
SECONDS = 60 if os.environ.get("FAULTS") == "long" else 1.2


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A server with one worker; one of its pages is slow."""
    folder = tmp_path_factory.mktemp("slow")
    published(folder / "home" / "generations", [a_listing()])
    settings = {"DIRECTORY_HOME": str(folder / "home"), "WEB_CONCURRENCY": "1"}
    log = folder / "log"
    with serving.listening() as held:
        server = serving.start(held, settings, log, "tests.faults.slow_app:app")
        try:
            serving.wait_until_ready(held, server, log)
            yield held.getsockname()[1]
        finally:
            serving.stop(server)


def heard(line):
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    return b"".join(parts)


def test_a_crowd_is_answered_or_told_when_to_come_back_and_help_lines_come_first(port):
    with ExitStack() as crowd:
        lines = [
            crowd.enter_context(socket.create_connection(("127.0.0.1", port), 60))
            for _ in range(CROWD)
        ]
        for line in lines:
            line.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answers = [heard(line) for line in lines]
    answered = [one for one in answers if one.startswith(b"HTTP/1.1 200 ")]
    shed = [one for one in answers if one.startswith(b"HTTP/1.1 503 ")]
    assert len(answered) + len(shed) == CROWD
    assert len(answered) >= THREADS + MOST_WAITING
    assert shed
    for one in shed:
        assert re.search(rb"^Retry-After: %d\r$" % RETRY_SECONDS, one, re.MULTILINE)
        assert b"988" in one
    status, page = serving.ask(port, "/")
    assert (status, b"tel:988" in page) == (200, True)


def test_while_ten_times_too_many_keep_coming_each_is_answered_or_told_when_to_come_back(port):
    pace = 10 * USUAL_PER_SECOND
    heard = offer(port, ["/slow"], pace, int(pace * SECONDS))
    assert heard.otherwise == {}
    assert len(heard.answered) >= THREADS + MOST_WAITING
    assert len(heard.answered) + len(heard.told_later) == int(pace * SECONDS)
    assert heard.told_later
    status, page = serving.ask(port, "/")
    assert (status, b"tel:988" in page) == (200, True)
