"""The plan for many nodes is arithmetic from measured figures, and the document says what comes out."""

import pytest

from bench import nodes
from bench.plan import INTO, MIX, PER_SECOND, Built, kinds, nodes_for, rows_of, section
from bench.sections import RESULTS, parts, replaced

HEAD = "|  | requests/s | bytes |\n| --- | --- | --- |\n"
FIGURES = (
    "## Nodes\n\n### One node\n\n" + HEAD + "".join(f"| {kind} | 100 | 9,000 |\n" for kind in MIX)
    + "\n### Two nodes behind nginx\n\n" + HEAD + "".join(f"| {kind} | 90 | 2,000 |\n" for kind in MIX)
    + "\n## Growth\n\n| Rows | mean |\n| --- | --- |\n| 20,000 | 4.00 |\n| 1,000,000 | 14.00 |\n"
    + "\n## Building\n\n| Programs | Build, s | One changed, s | Disk, MB | Builder's memory at most, MB |\n"
    + "| --- | --- | --- | --- | --- |\n| 50,000 | 100.0 | 1.00 | 500.0 | 1000 |\n"
)  # fmt: skip


def test_the_document_says_what_the_figures_come_to():
    """It does not? Run `python -m bench.plan`."""
    told = parts(INTO.read_text(encoding="utf-8"))
    assert told["## In figures"] == section(RESULTS.read_text(encoding="utf-8"))


def test_a_match_among_more_rows_takes_longer_by_what_was_measured_and_other_pages_do_not():
    found = {one.name: one for one in kinds(FIGURES)}
    assert (found[nodes.PROGRAM].few_ms, found[nodes.PROGRAM].many_ms) == (20, 20)
    assert (found[nodes.RESULTS].few_ms, found[nodes.RESULTS].many_ms) == (20, 30)
    assert found[nodes.RESULTS].cores == pytest.approx(MIX[nodes.RESULTS] * PER_SECOND * 0.03)
    assert found[nodes.RESULTS].size == 2_000


def test_every_request_of_the_mix_is_counted_once():
    assert sum(MIX.values()) == pytest.approx(1)
    assert set(MIX) == set(nodes.KINDS)


def test_a_node_may_be_lost():
    assert nodes_for(0.1) == 2
    assert nodes_for(96.1) == 12


def test_a_generation_grows_with_its_programs():
    whole = Built.of(FIGURES).at(1_000_000)
    assert (whole.seconds, whole.one, whole.disk, whole.memory) == (2_000, 20, 10_000, 20_000)


def test_what_was_not_measured_is_named():
    without = replaced(FIGURES, "## Building\n\nnothing yet")
    with pytest.raises(SystemExit, match="Building"):
        rows_of(without, "Building")
    with pytest.raises(SystemExit, match="Three nodes"):
        rows_of(FIGURES, "Nodes", "Three nodes")
