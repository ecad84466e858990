"""Generations are whole or not there; readers change over; damage is passed over."""

import errno
import os
import random
import signal
import time
from dataclasses import replace
from datetime import date

import pytest

from directory.catalog.evidence import Source
from directory.errors import NoGeneration
from directory.search import manifest
from directory.search.generations import LOOK_EVERY_SECONDS, Generations
from tests.support.builders import TODAY, WORDS, a_builder, a_listing, a_track, published


def is_whole(folder):
    return manifest.is_whole(folder, set())


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


def test_a_generation_that_other_code_wrote_is_passed_over(home):
    """Whole, as its manifest says, and without a file that this code reads."""
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing()])
    newest = sorted(home.glob("gen-*"))[-1]
    (newest / "slug_keys.npy").unlink()
    wrote = manifest.read_manifest(newest)
    replace(wrote, files=manifest.checksums(newest)).save(newest)
    assert is_whole(newest)
    assert Generations(home, WORDS).current().roster.size == 1


@pytest.mark.parametrize("lost", ["manifest.json", "public/0000.bytes", "text/_MAIN_1.toc"])
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


def test_invented_programs_are_not_served_where_the_settings_leave_them_out(home):
    invented = Source("Stepwise example", TODAY, "example")
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing(source=invented)])
    assert Generations(home, WORDS).current().roster.size == 2
    assert Generations(home, WORDS, examples=False).current().roster.size == 1


def damage(folder):
    """Another last byte in a file, and the way back."""
    column = folder / "roster" / "lat.npy"
    whole = column.read_bytes()
    column.write_bytes(whole[:-1] + b"\xff")
    return lambda: column.write_bytes(whole)


def named_again(home):
    """CURRENT written anew with the same name."""
    fresh = home / "CURRENT.fresh"
    fresh.write_text((home / "CURRENT").read_text())
    fresh.rename(home / "CURRENT")


@pytest.mark.parametrize("before", [1, 0])
def test_what_was_refused_is_not_read_again_until_current_is_written(home, before):
    for _ in range(before):
        published(home, [a_listing()])
    published(home, [a_listing(), a_listing()])
    mend = damage(sorted(home.glob("gen-*"))[-1])
    reader, sizes = Generations(home, WORDS), []
    for change in (lambda: None, mend, lambda: named_again(home)):
        change()
        time.sleep(LOOK_EVERY_SECONDS)
        try:
            sizes.append(reader.current().roster.size)
        except NoGeneration:
            sizes.append(0)
    assert sizes == [before, before, 2]


class Counting(Generations):
    """Counts how many generations are opened."""

    opened_names = ()

    def opened(self, name):
        self.opened_names += (name,)
        return super().opened(name)


def test_a_generation_with_invented_programs_is_not_opened_where_they_are_left_out(home):
    invented = Source("Stepwise example", TODAY, "example")
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing(source=invented)])
    reader = Counting(home, WORDS, examples=False)
    reader.current()
    assert reader.opened_names == (sorted(path.name for path in home.glob("gen-*"))[0],)


def test_a_generation_that_cannot_be_read_for_now_is_tried_again(home):
    class Busy(Generations):
        """A process that has too many files open, once."""

        tries = 0

        def opened(self, name):
            self.tries += 1
            if self.tries == 1:
                raise OSError(errno.EMFILE, "Too many open files")
            return super().opened(name)

    published(home, [a_listing()])
    reader = Busy(home, WORDS)
    with pytest.raises(NoGeneration):
        reader.current()
    assert reader.current().roster.size == 1


def test_an_empty_directory_is_a_generation_too(home):
    assert published(home, []).current().roster.size == 0


def test_the_same_listings_give_the_same_answers_after_a_rebuild(tmp_path):
    listings = [
        a_listing(a_track("mon wed"), id=f"p{i}", services=("group_therapy",)) for i in range(9)
    ]
    first = published(tmp_path / "a", listings).current()
    second = published(tmp_path / "b", list(reversed(listings))).current()
    assert first.listings(range(9)) == second.listings(range(9))
    text = "group therapy"
    assert (first.words(text).scores == second.words(text).scores).all()


def test_facts_are_aged_on_the_day_of_the_generation(tmp_path):
    early = published(tmp_path / "a", [a_listing()], TODAY).current()
    late = published(tmp_path / "b", [a_listing()], date(2031, 1, 1)).current()
    assert (early.roster.columns["fresh"][0], late.roster.columns["fresh"][0]) == (1.0, 0.0)


def _killed_after(seconds, write):
    """Run `write` in a process of its own and kill it; True if it got to its end before."""
    child = os.fork()
    if child == 0:
        try:
            write()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_killed_revisers_leave_whole_generations_and_no_lock(home):
    generations = published(home, [a_listing(id=f"p{number}") for number in range(30)])
    reader = Generations(home, WORDS)
    rng, finished = random.Random(5), 0
    for number in range(30):
        came = [a_listing(id=f"new{number}")]
        finished += _killed_after(
            rng.uniform(0.001, 0.06),
            lambda came=came: generations.revise(a_builder(), came, frozenset()),
        )
        assert is_whole(home / (home / "CURRENT").read_text())
        assert 30 <= reader.current().roster.size <= 31 + number
    assert finished < 30
    generations.revise(a_builder(), [a_listing(id="last")], frozenset())
    assert Generations(home, WORDS).current().row_of("last") is not None
    assert not list(home.glob(".tmp-*"))


def test_a_hundred_killed_writers_leave_whole_generations_and_no_lock(home):
    published(home, [a_listing()])
    reader = Generations(home, WORDS)
    many = [a_listing(id=f"p{number}") for number in range(30)]
    rng, finished = random.Random(4), 0
    for _ in range(100):
        finished += _killed_after(rng.uniform(0.001, 0.12), lambda: published(home, many))
        assert is_whole(home / (home / "CURRENT").read_text())
        assert reader.current().roster.size in {1, 30}
        assert reader.current().words("program").scores.max() > 0
    assert finished < 100
    assert published(home, [a_listing()] * 3).current().roster.size == 3
    assert not list(home.glob(".tmp-*"))
