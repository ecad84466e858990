"""`python -m bench.soak`: minutes of mixed load on one server: memory, handles, and how long answers take.

The shipped listings, two workers, a free port of this machine; nobody else may be asked. Writes its
section of `docs/reliability.md`.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from subprocess import Popen

from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.cli import main as command
from directory.web import needs
from tests.support import serving

INTO = Path(__file__).parents[1] / "docs" / "reliability.md"
ZIPS = (
    *("91101", "91103", "91104", "91105", "91106", "91107", "91001", "91011", "91016", "91030"),
    *("90012", "90026", "90041", "90065", "91205", "91208"),
)
PEOPLE, WORKERS, WINDOWS = 16, 2, 20
WARM = WINDOWS // 2
"""Windows of the warm-up: until bounded memories are full and each thread has had its largest answer."""

LOOKS = 6
"""How often memory is looked at in a window: its slope is fitted through all looks after the warm-up."""

FINE = {200, 404}
Request = tuple[str, str, str]


def requests(number: int) -> tuple[Request, ...]:
    """One turn of the mix, with needs of its own: numbers without a common factor make 32,144 of them.

    All of them turn at once, so that near and far, small answers and large ones are asked all the time.
    """
    zip_code, age, miles = ZIPS[number % len(ZIPS)], 18 + number % 49, 5 + number % 41
    need = {"near": zip_code, "age": age, "within_miles": miles}
    return (
        ("GET", "/", ""),
        ("GET", f"/results?{needs.to_params(need)}", ""),
        ("POST", "/api/v1/match", json.dumps({**need, "text": "evening"})),
        ("POST", "/api/v1/match", json.dumps({**need, "payer": "medi-cal", "limit": 5})),
        ("GET", f"/api/v1/programs?near={zip_code}", ""),
        ("GET", "/hsds/v3/services?per_page=10", ""),
        ("GET", "/es/guide", ""),
        ("GET", "/no-such-page", ""),
    )


@dataclass
class Seen:
    """What came back within one window."""

    seconds: list[float] = field(default_factory=list)
    wrong: int = 0


@dataclass
class Window:
    """What came back in it, the memory at each look, and the handles at its end."""

    seen: Seen
    looks: list[tuple[float, float]]
    handles: int


class Crowd:
    """People who ask one thing after the other, a turn of the mix over one connection."""

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
        for number in count(first, PEOPLE):
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
                for one in requests(number):
                    if self._stop.is_set():
                        return
                    began = time.perf_counter()
                    try:
                        fine = _once(connection, *one) in FINE
                    except (OSError, HTTPException):
                        connection.close()
                        fine = False
                    self.seen.seconds.append(time.perf_counter() - began)
                    self.seen.wrong += not fine


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
    """What these processes hold of their own.

    Mapped files are left out: they are the system's to drop, and their share of a process (PSS) rises and
    falls with whatever else runs on the machine and maps the same libraries.
    """
    return sum(_anonymous(pid) for pid in pids) / 1024


def _anonymous(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))


def handles(pids: list[int]) -> int:
    """Their open files and connections."""
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids)


def windows(server: "Popen[bytes]", port: int, minutes: float) -> Iterator[Window]:
    """Memory, handles and what came back, twenty times over."""
    pids, began = workers_of(server), time.monotonic()
    with Crowd(port) as crowd:
        for _ in range(WINDOWS):
            looks = []
            for _ in range(LOOKS):
                time.sleep(minutes * 60 / WINDOWS / LOOKS)
                looks.append(((time.monotonic() - began) / 3600, memory_mb(pids)))
            seen, crowd.seen = crowd.seen, Seen()
            yield Window(seen, looks, handles(pids))


def slope(warm: list[Window]) -> float:
    """MB an hour: the line through every look at memory (least squares)."""
    hours, memory = zip(*(look for one in warm for look in one.looks), strict=True)
    return statistics.linear_regression(hours, memory).slope


def section(found: list[Window], minutes: float) -> str:
    """The section of `docs/reliability.md`."""
    warm = found[WARM:]
    every = sum(len(one.seen.seconds) for one in found)
    wrong = sum(one.seen.wrong for one in found)
    p99 = [1000 * statistics.quantiles(one.seen.seconds, n=100)[98] for one in warm]
    half = len(p99) // 2
    first, second = statistics.median(p99[:half]), statistics.median(p99[half:])
    (_, before), (_, after) = warm[0].looks[0], warm[-1].looks[-1]
    rows = [
        ("answers, and wrong ones", f"{every:,}, {wrong or 'none'}"),
        (
            "memory that both workers hold of their own",
            f"{before:.1f} MB after the warm-up, {after:.1f} MB at the end: {slope(warm):+.1f} MB an hour, "
            f"fitted through {len(warm) * LOOKS} looks (the goal: under 5)",
        ),
        (
            "open files and connections",
            f"{warm[0].handles} after the warm-up, {warm[-1].handles} at the end",
        ),
        (
            "the slowest 1 in 100, after the warm-up",
            f"{first:.0f} ms in the first half of that, {second:.0f} ms in the second: "
            f"{second / first - 1:+.0%} (the goal: within a fifth)",
        ),
    ]
    return (
        f"## Minutes of mixed load\n\n{measured_by('bench.soak')} For {minutes:g} minutes {PEOPLE} people "
        f"ask for pages, matches, lists,\nHSDS and a page that is missing, each time with another need; "
        f"{WORKERS} workers, everything on the same cores; the first half\nis the warm-up.\n\n"
        + table(("", ""), rows)
    )


def main() -> None:
    """Set up, serve, ask, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    takes_place(parser, INTO)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving.listening() as held:
        os.environ["DIRECTORY_HOME"] = folder
        command(["setup"])
        log = Path(folder) / "server.log"
        settings = {"DIRECTORY_HOME": folder, "WEB_CONCURRENCY": str(WORKERS)}
        server = serving.start(held, settings, log)
        try:
            serving.wait_until_ready(held, server, log)
            found = list(windows(server, held.getsockname()[1], options.minutes))
        finally:
            serving.stop(server)
    put(section(found, options.minutes), options.into)


if __name__ == "__main__":
    sys.exit(main())
