"""gunicorn's threaded worker, with threads only for requests that are there whole.

The stock worker gives each connection a thread at once: as many slow clients as there are threads stop
everybody, and one that does not close after a refusal stops the whole worker for two seconds. Here bytes
are gathered by the worker's own loop, which waits for nobody; leaving is seen to there, too.
"""

import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from directory.web.serving.arrival import Arrival
from directory.web.serving.board import Board

# From its first byte on a request has this long to come whole; one that a thread goes on reading, this long.
REQUEST_SECONDS, LONG_REQUEST_SECONDS = 20, 60
# A client that takes nothing of an answer for this long is given up.
STEP_SECONDS = 30
# After the last answer the client may close first: what it still sends is thrown away, up to a bound.
LEAVING_SECONDS, MOST_LEFT = 2, 8 * 2**20
PIECE = 64 * 1024
MOST_WAITING = 64
"""Whole requests that wait for a thread, at a moment: with more, nobody is answered in time."""
RETRY_SECONDS = 5
# A connection is left this often, for so long, to a worker that holds fewer; it may be slow to wake.
MOST_PASSED, PASS_SECONDS = 10, 0.001
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_REASONS = {
    400: "Bad Request",
    408: "Request Timeout",
    413: "Content Too Large",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}
# To a person, in as few bytes as it takes: help comes first, also now.
_TOO_MANY = (
    "In danger: call 911. To talk to someone, any hour: call or text 988.\n"
    "En peligro: llame al 911. Para hablar con alguien a cualquier hora: marque 988 y oprima 2,\n"
    "o mande la palabra AYUDA al 988.\n\n"
    "Too many people ask at once. Try again in a few seconds.\n"
    "Muchas personas preguntan a la vez. Intente otra vez en unos segundos.\n"
)


class Timely(socket.socket):
    """A socket that never waits without end."""

    until = float("inf")

    def setblocking(self, flag: bool) -> None:
        """Wait, but not for ever; or not at all."""
        self.settimeout(STEP_SECONDS if flag else 0.0)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What has come. Raises `TimeoutError` once the whole request has taken too long."""
        if time.monotonic() > self.until:
            raise TimeoutError("the request takes too long")
        return super().recv(size, flags)


class Guest(TConn):
    """A connection, and where it stands: its request arrives, a thread has it, or it leaves."""

    def __init__(self, cfg: Any, sock: Timely, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.arrival = Arrival()
        self.deadline = 0.0
        self.is_leaving = False
        self.is_whole = True
        self.left = 0


class PatientWorker(ThreadWorker):
    """The worker that `gunicorn.conf.py` names."""

    board: Board | None = None

    @classmethod
    def setup(cls) -> None:
        """In the master, before there are workers: what they share."""
        cls.board = cls.board or Board()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.guests: set[Guest] = set()
        """Those whom the loop waits for: who arrive, and who leave."""
        self._looks_at = 0.0
        self._in_hand = 0
        self._passed = 0

    def accept(self, listener: socket.socket) -> None:
        """Let a connection in, unless another worker should; its request may take its time."""
        if self._leaves_it_to_others():
            return
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError:  # no more files may be open
            self._make_room()
            return
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections - self.cfg.threads:
            self._make_room()
        sock = Timely(fileno=client.detach())
        self._await(Guest(self.cfg, sock, address, listener.getsockname()), self.cfg.keepalive)

    def handle(self, conn: Guest) -> Any:
        """In a thread: hand the gathered bytes to the parser, and go on as the stock worker does."""
        conn.data_ready = True
        conn.sock.until = time.monotonic() + LONG_REQUEST_SECONDS
        conn.init()
        conn.parser.unreader.unread(bytes(conn.arrival.data))
        return super().handle(conn)

    def finish_request(self, conn: Guest, fs: "Future[Any]") -> None:
        """Back in the loop: wait for the next request, or let the client leave."""
        self._in_hand -= 1
        stays = not fs.cancelled() and fs.exception() is None and bool(fs.result())
        if not stays:
            self._let_leave(conn)
            return
        conn.sock.setblocking(False)
        ahead = conn.parser.unreader.take_buffered()
        self._await(conn, self.cfg.keepalive)
        if ahead:  # the next request came with this one
            self._take(conn, ahead)

    def murder_pending(self) -> None:
        """Close what has waited too long; the loop calls it often, twice a second is enough."""
        now = time.monotonic()
        self._tell(now)
        if now < self._looks_at:
            return
        self._looks_at = now + 0.5
        for guest in [one for one in self.guests if now >= one.deadline]:
            if guest.arrival.data and not guest.is_leaving:
                self._refuse(guest, 408)
            else:
                self._dismiss(guest)

    def _cap_keepalive(self, deadline: float) -> None:
        """A worker that stops waits for no new request for long."""
        for guest in self.guests:
            if not guest.arrival.data:
                guest.deadline = min(guest.deadline, deadline)

    def _keepalive_after(self, conn: Guest, keepalive: Any) -> bool:
        """A body that did not come whole is not waited for."""
        return conn.is_whole and bool(super()._keepalive_after(conn, keepalive))

    # --- the loop: nothing here waits for a client

    def _leaves_it_to_others(self) -> bool:
        """A worker that holds fewer was woken, too: it gets a moment. That is all the loop ever waits."""
        room = self.board and self.board.has_room_elsewhere(
            self.age, self.nr_conns, time.monotonic()
        )
        if not room or self._passed == MOST_PASSED:
            self._passed = 0
            return False
        self._passed += 1
        time.sleep(PASS_SECONDS)
        return True

    def _tell(self, now: float) -> None:
        """Say on the board how many are held here, or that no more are taken."""
        if self.board and self.alive:
            self.board.tell(self.age, self.nr_conns, now)
        elif self.board:
            self.board.leave(self.age)

    def _make_room(self) -> None:
        """Whoever has waited longest goes: who is quick is never among them."""
        if self.guests:
            self._dismiss(min(self.guests, key=lambda one: one.deadline))

    def _await(self, guest: Guest, seconds: float) -> None:
        guest.arrival, guest.is_whole, guest.sock.until = Arrival(), True, float("inf")
        self._watch(guest, seconds)

    def _watch(self, guest: Guest, seconds: float) -> None:
        guest.deadline = time.monotonic() + seconds
        self.guests.add(guest)
        self.poller.register(guest.sock, EVENT_READ, partial(self._on_bytes, guest))

    def _unwatch(self, guest: Guest) -> None:
        if guest in self.guests:
            self.guests.remove(guest)
            self.poller.unregister(guest.sock)

    def _on_bytes(self, guest: Guest, _sock: socket.socket) -> None:
        try:
            piece = guest.sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._dismiss(guest)
        elif guest.is_leaving:
            guest.left += len(piece)
            if guest.left > MOST_LEFT:
                self._dismiss(guest)
        else:
            self._take(guest, piece)

    def _take(self, guest: Guest, piece: bytes) -> None:
        if not guest.arrival.data:
            guest.deadline = time.monotonic() + REQUEST_SECONDS
        state = guest.arrival.take(piece)
        if state == "more":
            self._say_continue(guest)
        elif state == "refused":
            self._refuse(guest, guest.arrival.status)
        elif self._in_hand >= self.cfg.threads + MOST_WAITING:
            self._refuse(guest, 503)
        else:
            guest.is_whole = state == "whole"
            self._unwatch(guest)
            self._in_hand += 1
            self.enqueue_req(guest)

    def _say_continue(self, guest: Guest) -> None:
        if guest.arrival.awaits_leave:
            guest.arrival.awaits_leave = False
            self._send(guest, _CONTINUE)

    def _refuse(self, guest: Guest, status: int) -> None:
        self.log.info("Refused before it was there whole: %d", status)
        self._send(guest, _refusal(status))
        self._let_leave(guest)

    def _send(self, guest: Guest, said: bytes) -> None:
        with suppress(OSError):  # it is gone, or hears nothing: it will be dismissed
            guest.sock.send(said)

    def _let_leave(self, guest: Guest) -> None:
        """Say that nothing comes any more, and let the client close: a reset might take the answer back."""
        self._unwatch(guest)
        guest.is_leaving = True
        try:
            guest.sock.setblocking(False)
            guest.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._dismiss(guest)
        else:
            self._watch(guest, LEAVING_SECONDS)

    def _dismiss(self, guest: Guest) -> None:
        self._unwatch(guest)
        self.nr_conns -= 1
        guest.close()


def _refusal(status: int) -> bytes:
    reason = _REASONS[status]
    body = (_TOO_MANY if status == 503 else f"{reason}\n").encode()
    later = f"Retry-After: {RETRY_SECONDS}\r\n" if status == 503 else ""
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nCache-Control: no-store\r\n{later}"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
