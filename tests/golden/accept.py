"""Accept what the shipped listings answer today: rankings and figures of quality.

`python -m tests.golden.accept` prints what moves and rewrites `rankings.json` and `quality.json`.
"""

import argparse
import json
import tempfile
from pathlib import Path

from bench.quality import Corpus, Labels, by_words, frozen, load_queries, published, ranked_figures
from directory.cli import COMMANDS
from directory.config import Config
from directory.house import House, build_house
from tests.golden.rankings import NEEDS, ranked

HERE = Path(__file__).resolve().parent
RANKINGS = HERE / "rankings.json"
QUALITY = HERE / "quality.json"


def quality(corpus: Corpus) -> dict[str, dict[str, float]]:
    """nDCG@10 by split and class."""
    labels = Labels(corpus.listings, corpus.vocabularies)
    figures = ranked_figures(by_words(corpus.index), load_queries(), labels)
    found: dict[str, dict[str, float]] = {}
    for (split, group), one in sorted(figures.items()):
        found.setdefault(split, {})[group] = round(one.ndcg, 3)
    return found


def a_house(home: Path) -> House:
    """The shipped listings, published in this folder on the frozen day."""
    house = build_house(Config(home=home, secret="tests-" * 8), frozen)
    setup = next(run for name, run, *_ in COMMANDS if name == "setup")
    setup(house, argparse.Namespace())
    return house


def main() -> None:
    """Rewrite both files."""
    with tempfile.TemporaryDirectory() as home:
        house = a_house(Path(home))
        now = {
            RANKINGS: {name: ranked(house.finder, need) for name, need in NEEDS.items()},
            QUALITY: quality(published("shipped programs", house)),
        }
    for path, found in now.items():
        before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for name in found:
            if before.get(name) != found[name]:
                print(f"{path.name}: {name}\n  was {before.get(name)}\n  is  {found[name]}")  # noqa: T201 - a command
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
