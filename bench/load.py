"""A bounded load on a loopback address: wrk where it is installed, else threads of our own."""

import json
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from time import monotonic, perf_counter, sleep

CONNECTIONS, BROKEN = 8, 599
SETTLING_SECONDS = 1
"""Until what was broken off at the end of the load before is over: its connections still count."""

WRK = shutil.which("wrk")
PACKED = {"Accept-Encoding": "gzip"}
"""What browsers say: a proxy then packs its answers, gunicorn does not."""

# Each answer costs the one thread of wrk little; what it counts is told as one line of JSON.
_LUA = """
local bodies = { %s }
local at = 0
request = function()
  at = at %% #bodies + 1
  return wrk.format("%s", bodies[at][1],
    { ["Content-Type"] = "application/json", ["Accept-Encoding"] = "gzip" }, bodies[at][2])
end
done = function(summary, latency)
  local errors = summary.errors
  print(string.format(
    '\\n{"answers": %%d, "seconds": %%f, "bytes": %%d, "p50": %%f, "p95": %%f, "p99": %%f, "refused": %%d}',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: requests a second, percentiles in milliseconds, bytes of an answer with its head.

    `refused`: answers that were no 2xx, and connections that broke.
    """

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    size: float
    refused: int


def load(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    """Ask in turn, with eight connections, for so many seconds; each begins at a place of its own."""
    sleep(SETTLING_SECONDS)
    return by_wrk(port, asked, seconds) if WRK else by_threads(port, asked, seconds)


def by_wrk(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    """The same with wrk, whose requests go round once for all connections together."""
    listed = ", ".join(f"{{ [==[{one.path}]==], [==[{one.body}]==] }}" for one in asked)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % (listed, asked[0].method))
        script.flush()
        sizes = ["-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
        command = ["wrk", *sizes, "-s", script.name, f"http://127.0.0.1:{port}/"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = json.loads(text.splitlines()[-1])
    per_second, size = told["answers"] / told["seconds"], told["bytes"] / max(1, told["answers"])
    return Load(per_second, told["p50"], told["p95"], told["p99"], size, told["refused"])


def by_threads(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    """The same with eight threads of this process, which cost more than wrk does."""
    seen: list[tuple[float, int, int]] = []
    until = monotonic() + seconds

    def ask(first: int) -> None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            for number, one in enumerate(islice(cycle(asked), first, None)):
                if number and monotonic() > until:
                    return
                began = perf_counter()
                try:
                    size, status = _answered(line, one)
                except (OSError, HTTPException):
                    line.close()
                    size, status = 0, BROKEN
                seen.append(((perf_counter() - began) * 1000, size, status))

    firsts = [at * len(asked) // CONNECTIONS for at in range(CONNECTIONS)]
    workers = [threading.Thread(target=ask, args=(first,)) for first in firsts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    steps = statistics.quantiles((ms for ms, _, _ in seen), n=100, method="inclusive")
    size = statistics.mean(size for _, size, _ in seen)
    refused = sum(status >= 300 for _, _, status in seen)
    return Load(len(seen) / seconds, steps[49], steps[94], steps[98], size, refused)


def _answered(line: HTTPConnection, one: Asked) -> tuple[int, int]:
    """Bytes of the answer with its head, and its status."""
    line.request(one.method, one.path, one.body, {"Content-Type": "application/json", **PACKED})
    answer = line.getresponse()
    first = f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n"
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    return len(first) + head + len(answer.read()), answer.status


def median_of(rounds: Sequence[Load]) -> Load:
    """The median of each figure; what was refused in any round counts."""
    *figures, refused = zip(*(astuple(one) for one in rounds), strict=True)
    return Load(*(statistics.median(one) for one in figures), refused=sum(refused))
