"""`python -m bench.nodes`: what people and machines ask for, at one node and at two behind Debian's nginx.

Five kinds of requests beside a trivial handler, all on this machine's loopback, the load generator and the
proxy on the same cores: two nodes cannot be faster here, and what is measured is the cost of the layout.
Writes a section of `bench/RESULTS.md`.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from bench.corpus import Corpus, corpus_of
from bench.load import CONNECTIONS, WRK, Asked, Load, load, median_of
from bench.queries import draw
from bench.report import table
from bench.sections import measured_by, put, takes_place
from bench.web import HEADS, JSON, PAGE, TRIVIAL, Body, asked_as, body_of, row, served
from directory.web.needs import State
from directory.web.sealing import Sealer
from tests.support import serving
from tests.support.proxy import NGINX, certify, in_the_open, start_nginx

MATCH, RESULTS = "match, JSON", "results page"
PROGRAM, EMBED, FEED = "program page", "embed", "HSDS page"
KINDS = (MATCH, RESULTS, PROGRAM, EMBED, FEED)
ASKS_A_NEED = (MATCH, RESULTS, EMBED)
ONE, TWO = "One node", "Two nodes behind nginx"
NEEDS, ROUNDS = 2_000, 3
"""Distinct needs of one kind in one round: a server that answers more of them in time is asked again."""

SECRET = "bench-" * 8
PER_PAGE = 20
Found = dict[tuple[str, str], list[Load]]


@contextmanager
def two_nodes(target: str, homes: Sequence[Path], folder: Path) -> Iterator[int]:
    """Two servers with one worker each, and the shipped nginx file before them, without TLS."""
    folder.mkdir()
    certify(folder)
    settings = {"DIRECTORY_SECRET": SECRET, "DIRECTORY_TRUSTED_PROXIES": "1"}
    with ExitStack() as running:
        behind = [running.enter_context(served(target, home, 1, **settings)) for home in homes]
        nginx, _, port = start_nginx(folder, behind, in_the_open)
        running.callback(serving.stop, nginx)
        yield port


def requests_of(kind: str, corpus: Corpus, bodies: Sequence[Body]) -> list[Asked]:
    """The requests of one kind; those that ask a need ask each of these once."""
    if kind in (TRIVIAL, MATCH):
        return asked_as(TRIVIAL if kind == TRIVIAL else JSON, bodies)
    if kind == RESULTS:
        return asked_as(PAGE, bodies)
    if kind == EMBED:
        sealer = Sealer([SECRET], minutes=1)
        sealed = (sealer.seal(State(body, {}).payload()) for body in bodies)
        return [Asked("GET", f"/widget/preview/results/{one}") for one in sealed]
    if kind == PROGRAM:
        return [Asked("GET", f"/programs/{one.slug}") for one in corpus.listings]
    pages = max(1, len(corpus.listings) // PER_PAGE)
    numbers = range(1, pages + 1)
    return [Asked("GET", f"/hsds/v3/services?per_page={PER_PAGE}&page={n}") for n in numbers]


def rounds_of(corpus: Corpus) -> list[dict[str, list[Asked]]]:
    """For each round, what is asked of each kind: no need twice, programs and pages in an order by lot."""
    each = len(ASKS_A_NEED)
    bodies = [body_of(query) for query in draw(corpus, NEEDS * each * (ROUNDS + 1))]
    found: list[dict[str, list[Asked]]] = []
    for turn in range(ROUNDS + 1):
        asked = {}
        for kind in (TRIVIAL, *KINDS):
            at = turn * each + (ASKS_A_NEED.index(kind) if kind in ASKS_A_NEED else 0)
            asked[kind] = requests_of(kind, corpus, bodies[at * NEEDS : (at + 1) * NEEDS])
            Random(turn).shuffle(asked[kind])
        found.append(asked)
    return found


def measured(corpus: Corpus, folder: Path, seconds: float) -> Found:
    """Every kind at every layout, in turn; the first round warms up."""
    home = corpus.house.config.home
    homes = [home, folder / "home-2"]
    shutil.copytree(*homes)
    found: Found = {}
    with (
        served("bench.trivial:app", home) as plain,
        served("wsgi:app", home, DIRECTORY_SECRET=SECRET) as ours,
        two_nodes("bench.trivial:app", homes, folder / "plain") as plain_two,
        two_nodes("wsgi:app", homes, folder / "ours") as ours_two,
    ):
        ports = {ONE: (plain, ours), TWO: (plain_two, ours_two)}
        for turn, asked in enumerate(rounds_of(corpus)):
            for kind, requests in asked.items():
                for layout, (trivial, own) in ports.items():
                    port = trivial if kind == TRIVIAL else own
                    one = load(port, requests, seconds)
                    if turn:
                        found.setdefault((layout, kind), []).append(one)
    return found


def section(found: Mapping[tuple[str, str], Sequence[Load]], programs: int) -> str:
    """The section of `bench/RESULTS.md`."""
    lines = [
        f"## Nodes\n\n{measured_by('bench.nodes')} {programs:,} programs, gunicorn under the shipped "
        f"settings, {CONNECTIONS} connections of {'wrk' if WRK else 'our own'}, everything on the same "
        f"cores; medians of {ROUNDS} alternating rounds. Each match, results page and embed asks a need "
        f"that none before asked; HSDS pages hold {PER_PAGE} services. One node: two workers, asked "
        "directly. Two nodes: two servers with a worker and a home each, behind Debian's nginx with "
        "the shipped file without TLS, which packs answers: as many workers, so what is seen is what the "
        "layout costs, not what a second machine brings. Bytes are those of an answer with its head."
    ]
    for layout in (ONE, TWO):
        middle = {kind: median_of(found[layout, kind]) for kind in (TRIVIAL, *KINDS)}
        rate = middle[TRIVIAL].per_second
        rows = [row(kind, one, rate) for kind, one in middle.items()]
        lines += [f"### {layout}", table(HEADS, rows)]
    return "\n\n".join(lines)


def main() -> None:
    """Publish, serve, load, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.nodes", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5)
    takes_place(parser)
    options = parser.parse_args()
    if NGINX is None:
        raise SystemExit("nginx is not installed: apt-get install nginx")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus = corpus_of(options.programs, Path(folder) / "home")
        found = measured(corpus, Path(folder), options.seconds)
        put(section(found, options.programs), options.into)


if __name__ == "__main__":
    main()
