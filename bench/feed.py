"""The HSDS feed of a large country: how long addresses take, and what they cost at publish time.

`python -m bench.feed [--programs N]` publishes N invented programs and writes a section of
`bench/RESULTS.md`. Memory is that of a fresh process that only answers (`--home`).
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from bench.corpus import corpus_of, frozen
from bench.memory import MB, resident
from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.app import create_app
from directory.config import Config
from directory.exchange.hsds.entries import KINDS, Encoder

RUNS = 15
ASKED = {
    "first page": "services",
    "a page in the middle": "services?page=200",
    "first page, whole records": "services?full=true",
    "Monday evening, a payer": "services?day=MO&start_time=17:00&end_time=22:00&payer=aetna",
    "16 km around a ZIP code": "service_at_locations?postcode=91101&proximity=16000",
    "words": "services?search=trauma",
    "changed since": "services?modified_after=2026-01-01T00:00:00Z",
    "organizations": "organizations",
    "every id (minimal)": "services?minimal=true",
}
EVERYTHING = "services?format=ndjson&full=true"


def main() -> None:
    """Publish, then measure in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--home", type=Path, help="measure what is published there")
    takes_place(parser)
    options = parser.parse_args()
    if options.home:
        print(json.dumps(answered(options.home)))
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        corpus = corpus_of(options.programs, home)
        encoder = Encoder(corpus.house.context(frozen().date()), corpus.house.near)
        encode_ms = (
            milliseconds(lambda: [encoder.encode(one) for one in corpus.listings[:500]]) / 500
        )
        sizes = {kind: size_of(corpus.folder / kind) for kind in KINDS}
        command = [sys.executable, "-m", "bench.feed", "--home", str(home)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    facts = [
        ("programs", f"{options.programs:,}"),
        ("publish, all of it", f"{corpus.publish_seconds:.1f} s"),
        ("of that, encoding a service", f"{encode_ms:.2f} ms"),
        *((f"`{kind}/`", f"{size / MB:.1f} MB") for kind, size in sizes.items()),
        *json.loads(done.stdout),
    ]
    told = "Medians of requests through the whole app, in one process."
    head = f"## HSDS feed\n\n{measured_by('bench.feed')} {told}\n\n"
    put(head + table(("Figure", "Measured"), facts), options.into)


def answered(home: Path) -> list[tuple[str, str]]:
    """What a process that only answers takes and holds."""
    app = create_app(Config(home=home, secret="bench-" * 8), frozen)
    client = app.test_client(use_cookies=False)
    client.get("/hsds/v3")
    client.get("/readyz")
    before = resident()
    first = milliseconds(lambda: got(client, ASKED["first page"]))
    found = [("first answer of a generation (reads the columns)", f"{first:.0f} ms")]
    for name, path in ASKED.items():
        times = [milliseconds(lambda path=path: got(client, path)) for _ in range(RUNS)]
        found.append((name, f"{statistics.median(times):.1f} ms"))
    grown, began, sent = resident(), perf_counter(), 0
    for line in streamed(app, EVERYTHING):
        sent += len(line)
    seconds = perf_counter() - began
    more, last = (grown - before) / MB, (resident() - grown) / MB
    return [
        *found,
        ("every whole service as NDJSON", f"{seconds:.1f} s, {sent / MB:.0f} MB"),
        ("memory after these requests, mapped files included", f"{more:.0f} MB more"),
        ("and after NDJSON", f"{last:.0f} MB more"),
    ]


def streamed(app: Flask, path: str) -> Iterable[bytes]:
    """The body of an answer as a server sends it: the test client would hold all of it."""
    environ = EnvironBuilder(path=f"/hsds/v3/{path}").get_environ()
    return app(environ, lambda *_: lambda _: None)


def got(client: FlaskClient, path: str) -> bytes:
    """The body of an answer."""
    answer = client.get(f"/hsds/v3/{path}")
    assert answer.status_code == 200, path
    return answer.data


def milliseconds(run: Callable[[], object]) -> float:
    """How long something takes."""
    began = perf_counter()
    run()
    return (perf_counter() - began) * 1000


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


if __name__ == "__main__":
    main()
