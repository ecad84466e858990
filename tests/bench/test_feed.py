"""The bench of the HSDS feed runs, and asks what it says."""

from pathlib import Path

from bench.corpus import corpus_of
from bench.feed import ASKED, answered


def test_every_address_is_asked(tmp_path: Path) -> None:
    corpus_of(60, tmp_path)
    names = [name for name, _ in answered(tmp_path)]
    assert set(ASKED) <= set(names)
    assert "every whole service as NDJSON" in names
