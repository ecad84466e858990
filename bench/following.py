"""`python -m bench.following`: how soon a change that a curator keeps at one node is answered by the other.

The layout of docs/nodes.md on this machine: a primary and its replica, two web nodes with gunicorn and
`follow`, a folder that both see, all on the same cores. A curator changes one phone number after the
other through the pages of the desk at the first node, while both nodes are asked for the program fifty
times a second. Writes a section of docs/nodes.md.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from bench.report import table
from bench.sections import measured_by, put, takes_place
from directory.cli.publishing import SHIPPED as SHIPPED_FILES
from directory.config import ROOT, Config
from directory.curation.importing import take_in
from directory.curation.listing_format.tree import read_tree
from directory.curation.reading import silent
from directory.curation.synthetic.country import generate
from directory.store.connect import open_database
from directory.store.nodes import SqlLine
from tests.support.desk import Desk, People, services_of
from tests.support.editing import EDIT, Editing
from tests.support.nodes import Node, servers, two_nodes
from tests.support.over_http import OverHttp
from tests.support.postgres import tools

SHIPPED = 0
"""Instead of a number of invented programs: the listings that ship."""

BETWEEN_LOOKS, BETWEEN_CHANGES, PATIENCE, A_DAYS_FILES = 0.02, 2.0, 120.0, 1_800.0
WHEN: Mapping[str, str] = {
    "told": "the curator reads that it is kept",
    "own": "their own node answers with it",
    "finished": "the next generation is finished, for all to fetch",
    "other": "the other node answers with it",
    "fetched": "of which after it was finished",
}


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds from the press of the button until each of these, as in `WHEN`."""

    told: float
    own: float
    finished: float
    other: float

    @property
    def fetched(self) -> float:
        """From the finished generation to the other node's answer."""
        return max(0.0, self.other - self.finished)


def main() -> None:
    """Start the layout for each size, change, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.following", description=__doc__)
    parser.add_argument("--programs", type=int, nargs="+", default=[SHIPPED, 20_000])
    parser.add_argument("--changes", type=int, default=20)
    takes_place(parser, ROOT / "docs" / "nodes.md")
    options = parser.parse_args()
    if tools() is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    put(section({size: measured(size, options.changes) for size in options.programs}), options.into)


def section(found: Mapping[int, Sequence[Took]]) -> str:
    """Median and worst of each."""
    heads = [f"{size:,} programs" if size else "the listings that ship" for size in found]
    rows = [
        [words, *(in_words([getattr(one, name) for one in each]) for each in found.values())]
        for name, words in WHEN.items()
    ]
    changes = " and ".join(str(count) for count in dict.fromkeys(map(len, found.values())))
    text = (
        f"{measured_by('bench.following')} Both nodes, both servers and who asks share the cores. Seconds "
        f"from the press of the button, median and worst of {changes} changes, one after the other:"
    )
    return f"## How soon the other node answers\n\n{text}\n\n{table(['until', *heads], rows)}"


def in_words(seconds: Sequence[float]) -> str:
    """'0.8, at most 1.2'."""
    return f"{statistics.median(seconds):.1f}, at most {max(seconds):.1f}"


def measured(programs: int, count: int) -> list[Took]:
    """Each change in a layout of its own size."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, servers() as (primary, replica):
        # Whoever asks fifty times a second is not a network of people.
        one, two = two_nodes(primary, replica, Path(folder), DIRECTORY_API_PER_MINUTE="1000000")
        published(one, programs)
        line = SqlLine(open_database(primary.url()))
        with one.running(), two.running():
            for node in (one, two):
                node.answers("/readyz", 200)
                seconds_until(perf_counter(), lambda node=node: has_open_data(node), A_DAYS_FILES)
            desk, chosen = at_the_desk(one, count)
            return [
                changed(desk, program, f"626-555-01{number:02d}", (one, two), line)
                for number, program in enumerate(chosen)
            ]


def published(node: Node, programs: int) -> None:
    """Take in what is listed and publish it."""
    if programs:
        with node.app() as app:
            services, today = services_of(app), services_of(app).clock().date()
            tree = generate(programs, 1, data=ROOT / "data", today=today)
            reading = read_tree(tree, app.extensions["directory"].vocabularies, silent)
            take_in(services.listings(), reading, "country", clock=services.clock)
    else:
        for name in SHIPPED_FILES:
            run(node, "import", "listing", str(ROOT / "data" / "listings" / name))
    run(node, "publish")


def run(node: Node, *arguments: str) -> None:
    """Run a command there, or say why it did not."""
    status, said = node.command(*arguments)
    if status:
        raise SystemExit(said)


def at_the_desk(node: Node, count: int) -> tuple[Desk, list[str]]:
    """A curator who is signed in there, and programs of as many sites."""
    with node.app() as app:
        people, desk = People(app), Desk(app, client=OverHttp(node.origin))
        desk.sign_in(people.add("curator"))
        sites: dict[str, str] = {}
        for listing in people.services.listings().all():
            sites.setdefault(listing.site.id, listing.program.id)
            if len(sites) == count:
                break
    return desk, list(sites.values())


def changed(desk: Desk, program: str, phone: str, nodes: tuple[Node, Node], line: SqlLine) -> Took:
    """Keep another phone at the first node, and see when each of the others knows."""
    sleep(BETWEEN_CHANGES)
    curator = Editing()
    editor = curator.editor(desk, "site.phone", program=program)
    look = curator.look(desk, editor, site__phone=phone)
    form, before = {**look.form(EDIT), "step": "keep"}, number_of(line)
    began = perf_counter()

    def keep() -> float:
        answer = desk.client.post(EDIT, form, desk.headers)
        if answer.status_code != 303:
            raise SystemExit(f"The change was not kept: {answer.status}")
        return perf_counter() - began

    with ThreadPoolExecutor(4) as threads:
        seen = [
            threads.submit(keep),
            threads.submit(seconds_until, began, lambda: says(nodes[0], program, phone)),
            threads.submit(seconds_until, began, lambda: number_of(line) > before),
            threads.submit(seconds_until, began, lambda: says(nodes[1], program, phone)),
        ]
        return Took(*(one.result() for one in seen))


def seconds_until(began: float, is_so: Callable[[], bool], most: float = PATIENCE) -> float:
    """Ask again and again, fifty times a second."""
    while not is_so():
        if perf_counter() - began > most:
            raise SystemExit(f"It is not so after {most:.0f} seconds.")
        sleep(BETWEEN_LOOKS)
    return perf_counter() - began


def has_open_data(node: Node) -> bool:
    """True once the files of the day are written: that is not what we measure."""
    return (Config(home=node.home).open_data / "CURRENT").exists()


def number_of(line: SqlLine) -> int:
    """The number of the newest finished generation."""
    newest = line.finished()
    return newest.number if newest else 0


def says(node: Node, program: str, phone: str) -> bool:
    """True if the node tells this phone of a program."""
    return phone in node.ask(f"/api/v1/programs/{program}")[1]


if __name__ == "__main__":
    main()
