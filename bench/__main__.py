"""`python -m bench`: ours beside what one would pick instead; writes its sections of `bench/RESULTS.md`."""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from bench.checking import check, same_scores
from bench.corpus import Corpus, corpus_of
from bench.goals import goals
from bench.growth import FAR, grow
from bench.measure import WARM_UP, alternate
from bench.memory import MB, measured
from bench.peers import PEERS
from bench.peers.ours import Ours, OursChanging, OursExplained
from bench.peers.peer import WORKLOADS, AbsentError, Peer
from bench.peers.whoosh import PlainWhoosh
from bench.queries import Query, draw
from bench.report import Results, written
from bench.sections import put, takes_place


def main(arguments: Sequence[str] | None = None) -> Results:
    """Build, measure, check, write."""
    options = _parser().parse_args(arguments)
    results = Results(options.programs, options.queries, datetime.now(UTC))  # noqa: TID251
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        _say(f"Publishing {options.programs:,} programs")
        corpus = corpus_of(options.programs, home / "home")
        results.builds["ours"] = corpus.publish_seconds, _megabytes(corpus.folder)
        chosen = [peer for peer in PEERS if not options.peers or _named(peer, options.peers)]
        peers = _built(chosen, corpus, home, results)
        try:
            _run(results, corpus, peers, options)
        finally:
            for peer in peers:
                peer.close()
        results.memory = measured(home / "home")
    put(written(results, goals(results)), options.into)
    return results


def _run(
    results: Results, corpus: Corpus, peers: Sequence[Peer], options: argparse.Namespace
) -> None:
    """Measure, then check: ours remembers weeks, so none is asked before it is timed."""
    of_one = WARM_UP + options.queries
    queries = draw(corpus, of_one * (len(WORKLOADS) + 1) + FAR)
    asked = {name: queries[of_one * at :][:of_one] for at, name in enumerate(WORKLOADS)}
    engines = [Ours(corpus), OursChanging(corpus), OursExplained(corpus), *peers]
    for workload, own in asked.items():
        _say(f"{workload}: measuring")
        results.times[workload] = alternate(workload, engines, own)
    if options.growth:
        _say("growth")
        results.growth = grow(corpus, queries[-of_one - FAR :], large=options.large)
    _check(results, corpus, peers, {name: own[: options.checked] for name, own in asked.items()})


def _check(
    results: Results, corpus: Corpus, peers: Sequence[Peer], asked: Mapping[str, Sequence[Query]]
) -> None:
    _say("checking")
    ours = Ours(corpus)
    for workload, queries in asked.items():
        if workload != "words":
            results.checks += check(workload, ours, peers, corpus.rows, queries)
    for peer in peers:
        if type(peer) is PlainWhoosh:
            results.scores = (*same_scores(ours, peer, asked["words"]), len(asked["words"]))


def _built(kinds: Sequence[type[Peer]], corpus: Corpus, home: Path, results: Results) -> list[Peer]:
    peers: list[Peer] = []
    for kind in kinds:
        try:
            peer = kind()
        except AbsentError as absent:
            results.absent[kind.name] = str(absent)
            _say(f"Skipped: {kind.name}: {absent}")
            continue
        _say(f"Building {peer.name}")
        folder = home / f"peer-{len(peers)}"
        folder.mkdir()
        began = perf_counter()
        peer.build(corpus.rows, folder)
        seconds = perf_counter() - began
        size = _megabytes(getattr(peer, "size_of", folder))
        results.builds[peer.name] = seconds, size
        peers.append(peer)
    return peers


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--checked", type=int, default=40, help="queries whose hits are compared")
    parser.add_argument("--peers", nargs="*", help="only engines whose name begins so")
    parser.add_argument("--large", action="store_true", help="growth up to 1,000,000 rows")
    parser.add_argument("--no-growth", dest="growth", action="store_false")
    takes_place(parser)
    return parser


def _named(peer: type[Peer], names: Sequence[str]) -> bool:
    return any(peer.name.lower().startswith(name.lower()) for name in names)


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MB


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(not all(one.holds for one in main().checks))  # 1 if engines did not answer alike
