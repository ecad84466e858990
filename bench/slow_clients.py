"""`python -m bench.slow_clients`: how long one who behaves waits while slow clients hold connections.

gunicorn with the shipped settings and one worker: its own threaded one, and ours. Prints a table.
"""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep

from tests.faults.shapes import SLOW

WORKERS = {
    "gunicorn's own": "gthread",
    "ours": "directory.web.serving.patient_worker.PatientWorker",
}
SLOW_ONES, PATIENCE_SECONDS = 20, 15


@contextmanager
def serving(worker: str) -> Iterator[int]:
    """A trivial app at a free port."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as home:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "-k", worker]
        command += ["-b", f"127.0.0.1:{port}", "bench.trivial:app"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        env = {"PATH": "/usr/bin:/bin", "DIRECTORY_HOME": home}
        with subprocess.Popen(command, cwd=Path(__file__).parents[1], env=env, **quiet) as server:
            try:
                while waited(port) is None:
                    sleep(0.1)
                yield port
            finally:
                server.kill()


def waited(port: int) -> float | None:
    """Seconds until one request is answered; None if it is not."""
    start, asked = perf_counter(), HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        asked.request("GET", "/")
        asked.getresponse().read()
    except OSError:
        return None
    finally:
        asked.close()
    return perf_counter() - start


def beside(port: int, said: bytes) -> float | None:
    """The same while slow clients have said this and no more."""
    with ExitStack() as open_ones:
        for _ in range(SLOW_ONES):
            line = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(said)
        sleep(0.2)  # so that the server has them before
        return waited(port)


def main() -> None:
    """Print the table."""
    found: dict[str, list[float | None]] = {name: [] for name in SLOW}
    for worker in WORKERS.values():
        for name, said in SLOW.items():
            with serving(worker) as port:
                found[name].append(beside(port, said))
    print(f"| what {SLOW_ONES} clients have sent | {' | '.join(WORKERS)} |")
    print(f"|---|{'---|' * len(WORKERS)}")
    for name, times in found.items():
        cells = (
            f"not within {PATIENCE_SECONDS} s" if one is None else f"{one:.2f} s" for one in times
        )
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
