"""A bounded load on a loopback address: wrk where it is installed, else threads of our own."""

import re
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from time import monotonic, perf_counter

CONNECTIONS = 8
_LUA = """
local bodies = { %s }
local at = 0
request = function()
  at = at %% #bodies + 1
  return wrk.format("%s", bodies[at][1], { ["Content-Type"] = "application/json" }, bodies[at][2])
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
    """What came back: requests a second, the median in milliseconds, answers that were no 2xx."""

    per_second: float
    p50_ms: float
    refused: int


def load(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    """Ask in turn, with eight connections, for so many seconds; each begins at a place of its own."""
    return _wrk(port, asked, seconds) if shutil.which("wrk") else _threads(port, asked, seconds)


def _wrk(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    listed = ", ".join(f"{{ [==[{one.path}]==], [==[{one.body}]==] }}" for one in asked)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % (listed, asked[0].method))
        script.flush()
        sizes = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency"]
        command = ["wrk", *sizes, "-s", script.name, f"http://127.0.0.1:{port}/"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    per_second = float(_found(r"Requests/sec:\s+([\d.]+)", text)[0])
    number, unit = _found(r"50%\s+([\d.]+)(us|ms|s)", text)
    p50 = float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
    return Load(per_second, p50, int(refused[1]) if refused else 0)


def _found(pattern: str, text: str) -> tuple[str, ...]:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"wrk said something else: {text[:200]}")
    return found.groups()


def _threads(port: int, asked: Sequence[Asked], seconds: float) -> Load:
    times: list[float] = []
    refused: list[int] = []
    until = monotonic() + seconds

    def ask(first: int) -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=10)
        for one in islice(cycle(asked), first, None):
            if monotonic() > until:
                return
            began = perf_counter()
            line.request(one.method, one.path, one.body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            answer.read()
            times.append((perf_counter() - began) * 1000)
            if answer.status >= 300:
                refused.append(answer.status)

    firsts = [at * len(asked) // CONNECTIONS for at in range(CONNECTIONS)]
    workers = [threading.Thread(target=ask, args=(first,)) for first in firsts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Load(len(times) / seconds, statistics.median(times), len(refused))
