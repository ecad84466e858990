"""Minutes of mixed load on one server: memory, handles, and how long answers take; nobody else may be asked.

Run: python -m bench.soak --minutes 10. The shipped listings, two workers, a free port of this machine.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from subprocess import Popen

from directory.cli import main as command
from tests.support import serving

ASKED = (
    ("GET", "/", ""),
    ("GET", "/results?near=91101", ""),
    ("POST", "/api/v1/match", '{"near": "91101", "text": "evening", "age": 34}'),
    ("POST", "/api/v1/match", '{"near": "90012", "payer": "medi-cal", "limit": 5}'),
    ("GET", "/api/v1/programs?near=91101", ""),
    ("GET", "/hsds/v3/services?per_page=10", ""),
    ("GET", "/es/guide", ""),
    ("GET", "/no-such-page", ""),
)
PEOPLE, WORKERS, WINDOWS = 6, 2, 20
FINE = {200, 404}


@dataclass
class Seen:
    """What came back within one window."""

    seconds: list[float] = field(default_factory=list)
    wrong: int = 0


class Crowd:
    """People who ask one thing after the other, over connections they keep."""

    def __init__(self, port: int) -> None:
        self.port, self.seen = port, Seen()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(PEOPLE)]

    def __enter__(self) -> "Crowd":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for one in self._threads:
            one.join()

    def _ask(self, first: int) -> None:
        turns = cycle(ASKED[first:] + ASKED[:first])
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self._stop.is_set():
            began = time.perf_counter()
            try:
                fine = _once(connection, *next(turns)) in FINE
            except (OSError, HTTPException):
                connection.close()
                fine = False
            self.seen.seconds.append(time.perf_counter() - began)
            self.seen.wrong += not fine
        connection.close()


def _once(connection: HTTPConnection, method: str, path: str, body: str) -> int:
    headers = {"Content-Type": "application/json"} if body else {}
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def workers_of(server: "Popen[bytes]") -> list[int]:
    """The processes that gunicorn made."""
    text = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [int(pid) for pid in text.split()]


def memory_mb(pids: list[int]) -> float:
    """What belongs to these processes alone or together, shared pages counted once each (PSS)."""
    return sum(_pss(pid) for pid in pids) / 1024


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def handles(pids: list[int]) -> int:
    """Their open files and connections."""
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids)


def windows(server: "Popen[bytes]", port: int, minutes: float) -> Iterator[tuple[float, int, Seen]]:
    """Memory, handles and what came back, twenty times over."""
    pids = workers_of(server)
    with Crowd(port) as crowd:
        for _ in range(WINDOWS):
            time.sleep(minutes * 60 / WINDOWS)
            seen, crowd.seen = crowd.seen, Seen()
            yield memory_mb(pids), handles(pids), seen


def report(found: list[tuple[float, int, Seen]], minutes: float) -> None:
    """Print the figures; the first quarter is the warm-up."""
    warm = found[WINDOWS // 4 :]
    hours = [number * minutes / WINDOWS / 60 for number in range(len(warm))]
    slope = statistics.linear_regression(hours, [memory for memory, _, _ in warm]).slope
    p99 = [statistics.quantiles(seen.seconds, n=100)[98] for _, _, seen in warm]
    every = sum(len(seen.seconds) for _, _, seen in found)
    print(f"minutes: {minutes:g}, answers: {every}, wrong: {sum(one.wrong for _, _, one in found)}")
    print(
        f"memory: {warm[0][0]:.0f} MB after warm-up, {warm[-1][0]:.0f} MB at the end, {slope:.1f} MB/h"
    )
    print(f"handles: {warm[0][1]} after warm-up, {warm[-1][1]} at the end")
    half = len(p99) // 2
    first, second = statistics.median(p99[:half]), statistics.median(p99[half:])
    print(f"p99: {first * 1000:.0f} ms in the first half, {second * 1000:.0f} ms in the second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder, serving.listening() as held:
        os.environ["DIRECTORY_HOME"] = folder
        command(["setup"])
        log = Path(folder) / "server.log"
        settings = {"DIRECTORY_HOME": folder, "WEB_CONCURRENCY": str(WORKERS)}
        server = serving.start(held, settings, log)
        try:
            serving.wait_until_ready(held, server, log)
            report(list(windows(server, held.getsockname()[1], minutes)), minutes)
        finally:
            serving.stop(server)


if __name__ == "__main__":
    sys.exit(main())
