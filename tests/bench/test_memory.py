"""What a process takes that serves a country is measured apart, and told beside its goal."""

from pathlib import Path

import pytest

from bench import memory


def test_a_country_is_published_and_measured_in_a_process_of_its_own(
    tmp_path: Path, monkeypatch
) -> None:
    results = tmp_path / "RESULTS.md"
    monkeypatch.setattr("sys.argv", ["bench.memory", "--programs", "40", "--into", str(results)])
    memory.main()
    told = results.read_text(encoding="utf-8")
    assert "serves 40 programs" in told
    assert "may take 40 MB: met." in told
    grown = [
        float(line.split("|")[2])
        for line in told.splitlines()
        if line.startswith(("| columns", "| the process", "| and"))
    ]
    assert len(grown) == len(memory.STEPS)
    assert 0 < grown[0] < 40


@pytest.mark.parametrize(("programs", "mb"), [(20_000, 40), (100_000, 40), (200_000, 250)])
def test_a_larger_country_may_take_more(programs: int, mb: int) -> None:
    assert memory.goal_mb(programs) == mb
