"""Requests that come at a pace whatever is answered, each over a connection of its own, as a crowd comes."""

import errno
import re
import resource
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle

MOST_OPEN = 6_000
"""Connections open at once; who comes beyond that is counted, and does not come."""

PATIENCE_SECONDS = 30
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_LATER = re.compile(rb"^Retry-After: \d+\r$", re.MULTILINE)


@dataclass
class Heard:
    """What became of those who came: seconds until answered, seconds until told to come back, all else."""

    answered: list[float] = field(default_factory=list)
    told_later: list[float] = field(default_factory=list)
    otherwise: Counter[str] = field(default_factory=Counter)
    last_came: float = 0.0
    """When the last of them came, on the monotonic clock."""

    @property
    def every(self) -> int:
        """How many came."""
        return len(self.answered) + len(self.told_later) + self.otherwise.total()


class _Guest:
    def __init__(self, port: int, path: str) -> None:
        self.path, self.heard, self.came = path, b"", time.monotonic()
        self.line = socket.socket()
        self.line.setblocking(False)
        self.line.connect_ex(("127.0.0.1", port))

    def says(self) -> None:
        head = f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        self.line.send(head.encode())

    def hears(self) -> bool:
        """False once all was said."""
        try:
            piece = self.line.recv(256 * 1024)
        except BlockingIOError:
            return True
        self.heard += piece
        return bool(piece)


def offer(port: int, paths: Iterable[str], per_second: float, how_many: int) -> Heard:
    """Let so many come at this pace, and wait until the last has heard or lost patience."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    heard, asked, began, came = Heard(), cycle(paths), time.monotonic(), 0
    inside: set[_Guest] = set()
    with selectors.DefaultSelector() as loop:
        while came < how_many or inside:
            now = time.monotonic()
            due = min(how_many, int((now - began) * per_second) + 1)
            for _ in range(came, due):
                if len(inside) >= MOST_OPEN:
                    heard.otherwise["did not come: too many wait"] += 1
                    continue
                guest = _Guest(port, next(asked))
                inside.add(guest)
                loop.register(guest.line, selectors.EVENT_WRITE, guest)
            if due > came:
                came, heard.last_came = due, now
            wait = began + came / per_second - now if came < how_many else 0.1
            for key, _ in loop.select(max(0.0, wait)):
                if not _goes_on(key.data, key.events, loop, heard):
                    inside.remove(key.data)
            for guest in [one for one in inside if now - one.came > PATIENCE_SECONDS]:
                _leave(guest, loop)
                inside.remove(guest)
                heard.otherwise["lost patience"] += 1
    return heard


def _goes_on(guest: _Guest, events: int, loop: selectors.BaseSelector, heard: Heard) -> bool:
    try:
        if events & selectors.EVENT_WRITE:
            guest.says()
            loop.modify(guest.line, selectors.EVENT_READ, guest)
            return True
        if guest.hears():
            return True
    except OSError as error:
        heard.otherwise[errno.errorcode.get(error.errno or 0, "broken")] += 1
    else:
        _count(guest, heard)
    _leave(guest, loop)
    return False


def _leave(guest: _Guest, loop: selectors.BaseSelector) -> None:
    loop.unregister(guest.line)
    guest.line.close()


def _count(guest: _Guest, heard: Heard) -> None:
    status, seconds = _STATUS.match(guest.heard), time.monotonic() - guest.came
    if status is None:
        heard.otherwise["hung up on"] += 1
    elif status[1] == b"200":
        heard.answered.append(seconds)
    elif status[1] == b"503" and _LATER.search(guest.heard) and b"988" in guest.heard:
        heard.told_later.append(seconds)
    else:
        heard.otherwise[f"status {status[1].decode()}"] += 1
