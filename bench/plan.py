"""`python -m bench.plan`: the arithmetic of `docs/scaling.md`, from the figures of `bench/RESULTS.md`.

What is assumed stands here as constants; all else is read from tables that programs wrote. Writes the section
`## In figures`; a test fails while it is not what this prints.
"""

import argparse
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import building, nodes
from bench.report import table
from bench.sections import RESULTS, parts, put, takes_place

INTO = Path(__file__).parents[1] / "docs" / "scaling.md"
PROGRAMS, PER_SECOND = 1_000_000, 10_000
MEASURED_CORES = 2
"""Of the machine on which rates were measured; those who asked sat on the same."""

MIX = {
    nodes.RESULTS: 0.35,
    nodes.PROGRAM: 0.35,
    nodes.EMBED: 0.15,
    nodes.MATCH: 0.10,
    nodes.FEED: 0.05,
}
MATCHES = (nodes.MATCH, nodes.RESULTS, nodes.EMBED)
"""Kinds whose answer looks at rows, and so costs more among more rows."""

NODE_CORES, BUSY = 16, 0.6
DAYS_BETWEEN_CHANGES = 30
LINE_MB_PER_SECOND = 125
"""One Gbit a second."""

Row = Mapping[str, str]


def rows_of(document: str, title: str, under: str = "") -> list[Row]:
    """The first table of a section, or of the part `under` it, as one mapping for each line."""
    part = parts(document).get(f"## {title}", "")
    if under:
        part = part.partition(f"### {under}\n")[2].partition("\n### ")[0]
    found = re.search(r"(?:^\| .* \|$\n?)+", part, re.MULTILINE)
    if found is None:
        raise SystemExit(f"{RESULTS.name} has no table of {title} {under}: measure it first")
    lines = ([cell.strip() for cell in one[1:-1].split("|")] for one in found[0].splitlines())
    heads, _, *rest = lines
    return [dict(zip(heads, line, strict=True)) for line in rest]


def number(text: str) -> float:
    """'16,735' as a number."""
    return float(text.replace(",", ""))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request: its share, milliseconds of a core among few programs and many, bytes packed."""

    name: str
    share: float
    few_ms: float
    many_ms: float
    size: float

    @property
    def cores(self) -> float:
        """Cores that its part of the requests keeps wholly busy."""
        return self.share * PER_SECOND * self.many_ms / 1000

    @property
    def megabytes(self) -> float:
        """Of answers, a second."""
        return self.share * PER_SECOND * self.size / 1e6


def kinds(document: str) -> Iterator[Kind]:
    """Each kind of the mix, as measured, and as it would be among so many programs."""
    one = {row[""]: row for row in rows_of(document, "Nodes", nodes.ONE)}
    two = {row[""]: row for row in rows_of(document, "Nodes", nodes.TWO)}
    first, *_, last = rows_of(document, "Growth")
    grown = number(last["mean"]) - number(first["mean"])
    for name, share in MIX.items():
        few = 1000 * MEASURED_CORES / number(one[name]["requests/s"])
        many = few + (grown if name in MATCHES else 0)
        yield Kind(name, share, few, many, number(two[name]["bytes"]))


@dataclass(frozen=True, slots=True)
class Built:
    """A generation of so many programs: what the largest one measured says, in proportion."""

    programs: float
    seconds: float
    one: float
    disk: float
    memory: float

    @classmethod
    def of(cls, document: str) -> "Built":
        """As `bench.building` measured the largest."""
        row = rows_of(document, "Building")[-1]
        return cls(*(number(row[head]) for head in building.HEADS))

    def at(self, programs: float) -> "Built":
        """The same for more."""
        times = programs / self.programs
        every = (self.seconds, self.one, self.disk, self.memory)
        return Built(programs, *(times * one for one in every))


def nodes_for(cores: float) -> int:
    """Machines for so many busy cores, with room, and one that may be lost."""
    return math.ceil(cores / (NODE_CORES * BUSY)) + 1


def section(document: str) -> str:
    """The section of `docs/scaling.md`."""
    found = list(kinds(document))
    cores = sum(one.cores for one in found)
    sent = sum(one.megabytes for one in found)
    rows = [
        (
            *(one.name, f"{one.share:.0%}", f"{one.few_ms:.1f}", f"{one.many_ms:.1f}"),
            *(f"{one.size / 1000:.1f}", f"{one.cores:.0f}", f"{one.megabytes:.1f}"),
            f"{nodes_for(PER_SECOND * one.many_ms / 1000)}",
        )
        for one in found
    ]
    rows.append(
        ("all of it", "100%", "", "", "", f"{cores:.0f}", f"{sent:.1f}", f"{nodes_for(cores)}")
    )
    few = f"{int(number(rows_of(document, 'Growth')[0]['Rows'])):,}"
    heads = (
        *("", "share", f"ms of a core at {few}", f"at {PROGRAMS:,}", "kB an answer, packed"),
        *("cores", "MB a second", "nodes, were it all of this"),
    )
    return "\n\n".join(
        (
            "## In figures",
            "Written by `python -m bench.plan` out of `bench/RESULTS.md`, with the assumptions above.",
            table(heads, rows),
            table(("", "arithmetic", "comes to"), list(sums(document, cores, sent))),
        )
    )


def sums(document: str, cores: float, sent: float) -> Iterator[tuple[str, str, str]]:
    """What follows for machines, network, building and changes."""
    measured = Built.of(document)
    whole, many = measured.at(PROGRAMS), nodes_for(cores)
    times = f"{PROGRAMS / measured.programs:.1f} x"
    changes = PROGRAMS / DAYS_BETWEEN_CHANGES / 86_400
    yield (
        f"nodes of {NODE_CORES} cores",
        f"{cores:.0f} cores / ({NODE_CORES} x {BUSY:.0%}), rounded up, and one to lose",
        f"{many}",
    )
    line = 8 * sent / 1000
    yield (
        "network of answers",
        f"{sent:.0f} MB x 8; through {many - 1} nodes",
        f"{line:.1f} Gbit/s; {line / (many - 1):.2f} each",
    )
    yield (
        "columns, which a match reads, in the memory of each node",
        "as tiled",
        f"{number(rows_of(document, 'Growth')[-1]['Columns, MB']) / 1000:.2f} GB",
    )
    yield (
        "a generation on disk; in memory, too, once all of it was read",
        f"{times} {measured.disk:,.0f} MB",
        f"{whole.disk / 1000:.1f} GB",
    )
    yield (
        "building it, one process",
        f"{times} {measured.seconds:.0f} s",
        f"{whole.seconds / 60:.0f} min",
    )
    yield (
        "memory of the builder",
        f"{times} {measured.memory:,.0f} MB",
        f"{whole.memory / 1000:.0f} GB",
    )
    fetch = whole.disk / LINE_MB_PER_SECOND
    yield (
        "fetching it whole over 1 Gbit/s; all nodes from one folder",
        f"{whole.disk:,.0f} MB / {LINE_MB_PER_SECOND}; x {many}",
        f"{fetch:.0f} s; {fetch * many / 60:.0f} min",
    )
    yield (
        "changes, each program once in a month",
        f"{PROGRAMS:,} / {DAYS_BETWEEN_CHANGES} days",
        f"{changes:.2f} a second",
    )
    yield (
        "publishing one change (or all that wait)",
        f"{times} {measured.one:.2f} s",
        f"{whole.one:.0f} s, {changes * whole.one:.0f} changes at once",
    )


def main() -> None:
    """Read, reckon, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.plan", description=__doc__)
    parser.add_argument("--measured", type=Path, default=RESULTS, help="the figures to read")
    takes_place(parser, INTO)
    options = parser.parse_args()
    put(section(options.measured.read_text(encoding="utf-8")), options.into)


if __name__ == "__main__":
    main()
