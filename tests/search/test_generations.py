"""Generations are whole or not there; readers change over; damage is passed over."""

import errno
import shutil
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import date

import pytest

from directory.catalog.evidence import Source
from directory.errors import NoGeneration
from directory.search import manifest
from directory.search.generations import KEPT, LOOK_EVERY_SECONDS, Generations
from tests.support.builders import (
    CALLED,
    TODAY,
    WORDS,
    a_builder,
    a_journal,
    a_listing,
    a_track,
    published,
)

INVENTED = Source("Stepwise example", TODAY, "example")


def is_whole(folder):
    return manifest.is_whole(folder, set())


@pytest.fixture
def home(tmp_path):
    return tmp_path / "generations"


@dataclass
class Clock:
    """What readers look at to know when to look again. It stands until somebody moves it."""

    seconds: float = 1_000.0

    def __call__(self):
        return self.seconds

    def go_on(self):
        """Until the next look."""
        self.seconds += LOOK_EVERY_SECONDS


@pytest.fixture
def clock(monkeypatch):
    own = Clock()
    monkeypatch.setattr(time, "monotonic", own)
    return own


def test_without_a_generation_there_is_a_clear_refusal(home):
    with pytest.raises(NoGeneration, match="publish"):
        Generations(home, WORDS).current()


def test_a_reader_changes_over_to_a_new_generation_within_a_second(home, clock):
    """By its own clock: whoever asks at the next look, or later, gets the new one."""
    reader = published(home, [a_listing()])
    first = reader.current()
    published(home, [a_listing(), a_listing()])
    assert reader.current() is first
    clock.go_on()
    assert reader.current().name > first.name
    assert reader.current().roster.size == 2
    assert LOOK_EVERY_SECONDS < 1


def test_a_damaged_generation_is_passed_over_for_the_one_before(home):
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing()])
    newest = sorted(home.glob("gen-*"))[-1]
    column = newest / "roster" / "lat.npy"
    column.write_bytes(column.read_bytes()[:-1] + b"\xff")
    assert not is_whole(newest)
    assert Generations(home, WORDS).current().roster.size == 1


def of_other_code(folder):
    """Whole, as its manifest says, and without a file that this code reads."""
    (folder / "slug_keys.npy").unlink()
    wrote = manifest.read_manifest(folder)
    replace(wrote, basis="other code", files=manifest.checksums(folder)).save(folder)


def test_a_generation_that_other_code_wrote_is_passed_over(home):
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing()])
    newest = sorted(home.glob("gen-*"))[-1]
    of_other_code(newest)
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
    assert reader.names() == ["gen-00000004", "gen-00000005", "gen-00000006"]
    assert served.listings([0])[0].program.id == "kept"
    assert [one.text for one in served.suggest("kept", 1)] == ["Program kept"]


UNFIT = {
    "damaged": (CALLED, lambda folder: damage(folder)),
    "of other code": (CALLED, of_other_code),
    "not to be shown": (INVENTED, lambda folder: None),
}


@pytest.mark.parametrize("why", UNFIT)
def test_newer_ones_that_cannot_be_served_do_not_push_out_the_last_good_one(home, why):
    source, spoil = UNFIT[why]

    def publish(one):
        writer = Generations(home, WORDS, examples=False)
        return home / writer.write(a_builder(), [one], TODAY, a_journal([one])).name

    def served():
        current = Generations(home, WORDS, examples=False).current()
        return current.listings([0])[0].program.id

    good = publish(a_listing(id="good"))
    for _ in range(KEPT + 1):
        spoil(publish(a_listing(source=source)))
        assert served() == "good"
    assert [path.name for path in sorted(home.glob("gen-*"))] == [
        good.name,
        *("gen-00000003", "gen-00000004", "gen-00000005"),
    ]
    newer = publish(a_listing(id="newer"))
    assert (served(), good.exists()) == ("newer", True)
    damage(newer)
    assert served() == "good"
    publish(a_listing(id="mended"))
    publish(a_listing(id="last"))
    assert served() == "last"
    assert not good.exists()
    assert len(list(home.glob("gen-*"))) == KEPT


def test_what_cannot_be_read_for_now_is_not_pruned(home):
    class Busy(Generations):
        """A process that has too many files open."""

        def opened(self, name):
            raise OSError(errno.EMFILE, "Too many open files")

    good = home / published(home, [a_listing()]).current().name
    for number in range(KEPT):
        builder = replace(a_builder(), basis=f"release {number}")
        Busy(home, WORDS).write(builder, [a_listing()], TODAY)
    assert good.exists()
    published(home, [a_listing()])
    assert not good.exists()


def test_pruning_opens_only_what_other_code_wrote(home):
    writer = Counting(home, WORDS)
    for basis in ("before", "now", "now", "now", "later", "later"):
        writer.write(replace(a_builder(), basis=basis), [a_listing()], TODAY)
    assert writer.opened_names == ()
    writer = Counting(home, WORDS)
    writer.write(a_builder(), [a_listing()], TODAY)
    assert writer.opened_names == ("gen-00000006",)


class Slow(Generations):
    """Others publish meanwhile: before, and after, it opens its first one."""

    def __init__(self, home, before, after):
        super().__init__(home, WORDS)
        self._home, self._meanwhile = home, deque([before, after])

    def _others_publish(self):
        for size in range(2, 2 + (self._meanwhile.popleft() if self._meanwhile else 0)):
            published(self._home, [a_listing() for _ in range(size)])

    def opened(self, name):
        self._others_publish()
        try:
            return super().opened(name)
        finally:
            self._others_publish()


@pytest.mark.parametrize(("before", "after"), [(KEPT, 0), (0, KEPT)])
def test_what_is_pruned_while_it_is_opened_is_passed_over_for_what_stands_now(home, before, after):
    published(home, [a_listing()])
    assert Slow(home, before, after).current().roster.size == KEPT + 1


def test_what_is_open_is_served_on_where_nothing_else_can_be(home, clock):
    reader = published(home, [a_listing(id="open")])
    served = reader.current()
    damage(home / published(home, [a_listing(), a_listing()]).named())
    shutil.rmtree(home / served.name)
    clock.go_on()
    assert reader.current() is served
    assert served.listings([0])[0].program.id == "open"


def test_invented_programs_are_not_served_where_the_settings_leave_them_out(home):
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing(source=INVENTED)])
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
def test_what_was_refused_is_not_read_again_until_current_is_written(home, clock, before):
    for _ in range(before):
        published(home, [a_listing()])
    published(home, [a_listing(), a_listing()])
    mend = damage(sorted(home.glob("gen-*"))[-1])
    reader, sizes = Generations(home, WORDS), []
    for change in (lambda: None, mend, lambda: named_again(home)):
        change()
        clock.go_on()
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
    published(home, [a_listing()])
    published(home, [a_listing(), a_listing(source=INVENTED)])
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


def test_a_writer_whose_disk_is_full_gives_back_the_room_that_it_took(home):
    """Or the disk would stay full, and what wants to write a report or a backup would fail, too."""
    published(home, [a_listing()])
    found = []

    def full():
        found.extend(path for path in (home / ".tmp-next").rglob("*") if path.is_file())
        raise OSError(errno.ENOSPC, "No space left on device")

    writer = Generations(home, WORDS)
    before = {path.name for path in home.iterdir()}
    with pytest.raises(OSError, match="No space left"):
        writer.write(replace(a_builder(), audit=full), [a_listing(), a_listing()], TODAY)
    assert found
    assert {path.name for path in home.iterdir()} == before
    assert Generations(home, WORDS).current().roster.size == 1
    assert published(home, [a_listing(), a_listing()]).current().roster.size == 2


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
