"""A public service as `fetch` asks it, on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit


def page(number, of, *names):
    """One of its answers."""
    rows = [{"name1": name} for name in names]
    return json.dumps({"page": number, "totalPages": of, "rows": rows}).encode()


@contextmanager
def asked_service() -> Iterator[type]:
    """`answers` are what it says, in turn, `asked` what it was asked, `address` where it is."""

    class Service(BaseHTTPRequestHandler):
        address = ""
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
