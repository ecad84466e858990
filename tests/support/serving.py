"""gunicorn as an operator runs it, on a socket that somebody else holds, as systemd does."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What systemd does before it runs the service: the socket is number 3, and it is told so.
_HANDED = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True);"
    "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); os.execv(sys.argv[2], sys.argv[2:])"
)


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket on a free port of this machine, which answers once a server takes it over."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        held.listen(1024)
        yield held


def start(
    held: socket.socket, settings: Mapping[str, str], log: Path, app: str = "wsgi:app"
) -> "subprocess.Popen[bytes]":
    """Start gunicorn on it with these settings and nothing of ours; its lines go to `log`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTORY_")}
    command = [sys.executable, "-c", _HANDED, str(held.fileno()), sys.executable, "-m", "gunicorn"]
    with log.open("ab") as out:
        return subprocess.Popen(
            [*command, "-c", "gunicorn.conf.py", app],
            cwd=ROOT,
            env=clean | dict(settings),
            stdout=out,
            stderr=subprocess.STDOUT,
            pass_fds=[held.fileno()],
        )


def wait_until_ready(held: socket.socket, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Come back when searches are answered."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            if ask(held.getsockname()[1], "/readyz")[0] == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def ask(port: int, path: str) -> tuple[int, bytes]:
    """Status and body, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Ask it to finish what it has begun, and wait."""
    server.terminate()
    server.wait(40)
