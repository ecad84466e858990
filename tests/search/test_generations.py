"""Generations are whole or not there; readers change over; damage is passed over."""

import random
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date

import pytest

from directory.errors import NoGeneration
from directory.search.generation import is_whole
from directory.search.generations import Generations
from tests.support.builders import TODAY, WORDS, a_listing, a_track, published


@pytest.fixture
def home(tmp_path):
    return tmp_path / "generations"


def test_without_a_generation_there_is_a_clear_refusal(home):
    with pytest.raises(NoGeneration, match="publish"):
        Generations(home, WORDS).current()


def test_a_reader_changes_over_to_a_new_generation(home):
    reader = published(home, [a_listing()])
    first = reader.current().name
    published(home, [a_listing(), a_listing()])
    time.sleep(0.6)
    assert reader.current().name > first
    assert reader.current().roster.size == 2


def test_a_damaged_generation_is_passed_over_for_the_one_before(home):
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing()])
    newest = sorted(home.glob("gen-*"))[-1]
    column = newest / "roster" / "lat.npy"
    column.write_bytes(column.read_bytes()[:-1] + b"\xff")
    assert not is_whole(newest)
    assert Generations(home, WORDS).current().roster.size == 1


@pytest.mark.parametrize("lost", ["manifest.json", "public.bytes", "text/_MAIN_1.toc"])
def test_a_generation_that_lost_a_file_is_not_served(home, lost):
    generations = published(home, [a_listing()])
    (home / generations.current().name / lost).unlink()
    with pytest.raises(NoGeneration):
        Generations(home, WORDS).current()


def test_old_generations_are_pruned_and_the_served_one_stays_readable(home):
    reader = published(home, [a_listing(a_track("mon"), id="kept")])
    served = reader.current()
    for _ in range(5):
        published(home, [a_listing()])
    assert len(list(home.glob("gen-*"))) == 3
    assert served.listings([0])[0].program.id == "kept"


def test_an_empty_directory_is_a_generation_too(home):
    assert published(home, []).current().roster.size == 0


def test_the_same_listings_give_the_same_answers_after_a_rebuild(tmp_path):
    listings = [a_listing(a_track("mon wed"), id=f"p{i}", services=("group_therapy",)) for i in range(9)]
    first = published(tmp_path / "a", listings).current()
    second = published(tmp_path / "b", list(reversed(listings))).current()
    assert first.listings(range(9)) == second.listings(range(9))
    text = "group therapy"
    assert (first.words(text).scores == second.words(text).scores).all()


def test_facts_are_aged_on_the_day_of_the_generation(tmp_path):
    early = published(tmp_path / "a", [a_listing()], TODAY).current()
    late = published(tmp_path / "b", [a_listing()], date(2031, 1, 1)).current()
    assert (early.roster.columns["fresh"][0], late.roster.columns["fresh"][0]) == (1.0, 0.0)


WRITER = """
    import sys
    from pathlib import Path
    from tests.support.builders import a_listing, published
    size = int(sys.argv[2])
    published(Path(sys.argv[1]), [a_listing(id=f"p{i}") for i in range(size)])
"""


def test_killed_writers_leave_a_whole_generation_and_no_lock(home):
    published(home, [a_listing()])
    reader = Generations(home, WORDS)
    rng = random.Random(4)
    for _ in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(home), "40"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.5, 1.6))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert reader.current().roster.size in {1, 40}
        named = (home / "CURRENT").read_text()
        assert is_whole(home / named)
    assert published(home, [a_listing()] * 3).current().roster.size == 3
    assert not list(home.glob(".tmp-*"))
