"""Bytes on a socket, for clients that no library would play."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

# Nothing here is timed: whoever waits this long has been left hanging.
HANGING = 15
_STATUS = re.compile(rb"(?:\A|\r\n\r\n|\n)HTTP/1\.[01] (\d{3}) ")


@dataclass(frozen=True)
class Wire:
    """A server to be spoken to in bytes."""

    host: str
    port: int

    @classmethod
    def to(cls, origin: str) -> "Wire":
        parts = urlsplit(origin)
        return cls(parts.hostname or "", parts.port or 80)

    def open(self, said: bytes = b"", waits: float = HANGING) -> socket.socket:
        """A connection on which this much was said."""
        line = socket.create_connection((self.host, self.port), timeout=waits)
        if said:
            line.sendall(said)
        return line

    def said(self, said: bytes, *, ends: bool = True) -> bytes:
        """Everything the server answers, up to its closing of the connection.

        `ends`: it hears that nothing more will come. A proxy takes that for a client that has gone.
        """
        with self.open() as line:
            try:
                line.sendall(said)
                if ends:
                    line.shutdown(socket.SHUT_WR)
            except TimeoutError:
                raise
            except OSError:
                pass  # it had enough, or has gone already
            return heard(line)

    def statuses(self, said: bytes, *, ends: bool = True) -> list[int]:
        """The status of each answer; none if the connection was just closed."""
        return [int(one) for one in _STATUS.findall(self.said(said, ends=ends))]

    @contextmanager
    def crowd(self, said: bytes, many: int) -> Iterator[list[socket.socket]]:
        """Many connections on which this much was said, and nothing more."""
        with ExitStack() as open_ones:
            yield [open_ones.enter_context(self.open(said)) for _ in range(many)]

    def normal(self, path: str = "/healthz") -> int:
        """The status that a client gets who behaves; an error if it is left hanging."""
        asked = HTTPConnection(self.host, self.port, timeout=HANGING)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            answer.read()
            return answer.status
        finally:
            asked.close()


def heard(line: socket.socket) -> bytes:
    """Everything up to the end of a connection."""
    content = b""
    try:
        while piece := line.recv(65536):
            content += piece
    except ConnectionResetError:
        pass
    return content
