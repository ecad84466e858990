"""Both ways of asking tell the same figures."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import CONNECTIONS, WRK, Asked, by_threads, by_wrk

WAYS = [
    by_threads,
    pytest.param(by_wrk, marks=pytest.mark.skipif(WRK is None, reason="wrk is not installed")),
]
BODY = b"x" * 1000


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 4 * CONNECTIONS


@pytest.fixture(scope="module")
def port():
    with Server(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("way", WAYS)
def test_answers_are_counted_with_their_times_and_sizes(way, port):
    found = way(port, [Asked("GET", "/")], 0.2)
    assert found.per_second > 0
    assert 0 < found.p50_ms <= found.p95_ms <= found.p99_ms
    assert len(BODY) < found.size < len(BODY) + 300
    assert found.refused == 0


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_answer_counts_as_refused(way, port):
    assert way(port, [Asked("GET", "/nowhere")], 0.2).refused > 0


def test_each_connection_asks_at_least_once(port):
    assert by_threads(port, [Asked("GET", "/")], 0.01).per_second >= CONNECTIONS
