"""A node comes up to date: it fetches what another finished, builds in its turn, and says what keeps it back."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from errno import EACCES

import pytest

from directory.catalog.nodes import Finished
from directory.curation.following import Following

TODAY = date(2026, 11, 26)
FIRST = Finished(1, TODAY, 10, 77, 7, "first")
SECOND = Finished(2, TODAY, 11, 78, 7, "second")


@dataclass
class Shared:
    """What all nodes see."""

    change: tuple[int, int | None] = (10, 77)
    newest_finished: Finished | None = None
    builder: str = ""
    lost: bool = False
    shut: bool = False

    def newest(self):
        return self.change

    def finished(self):
        return self.newest_finished

    @contextmanager
    def turn(self, *, wait):
        yield not self.builder


@dataclass
class Generations:
    """The generations of one node."""

    shared: Shared
    stands: Finished | None = None
    fetched: list[str] = field(default_factory=list)

    def own(self):
        return self.stands

    def fetch(self, finished):
        if self.shared.lost:
            raise FileNotFoundError(finished.digest)
        if self.shared.shut:
            raise PermissionError(EACCES, "Permission denied", f"/srv/shared/{finished.digest}")
        self.stands = finished
        self.fetched.append(finished.digest)


@dataclass
class Node:
    """One node, and what it built."""

    shared: Shared
    stands: Finished | None = None
    today: date = TODAY
    with_folder: bool = True
    built: int = 0

    def __post_init__(self):
        self.generations = Generations(self.shared, self.stands)

    def step(self):
        return self._following.step(self.build)

    def build(self):
        number = (self.shared.newest_finished or Finished(0, TODAY, 0, None, 7, "")).number + 1
        made = Finished(number, self.today, *self.shared.change, 7, f"built {number}")
        self.generations.stands = self.shared.newest_finished = made
        self.built += 1

    @property
    def _following(self):
        def clock():
            return datetime(*self.today.timetuple()[:3], 12, tzinfo=UTC)

        return Following(self.shared, self.generations, clock, self.with_folder, 7)


@pytest.fixture
def shared():
    return Shared()


def test_a_node_that_has_everything_does_nothing(shared):
    node = Node(shared, FIRST)
    assert (node.step(), node.built, node.generations.fetched) == ("", 0, [])


def test_of_two_nodes_one_builds_and_the_other_fetches(shared):
    one, two = Node(shared), Node(shared)
    assert (one.step(), two.step()) == ("", "")
    assert (one.built, two.built) == (1, 0)
    assert one.generations.own() == two.generations.own()


def test_a_change_is_built_once(shared):
    one, two = Node(shared, FIRST), Node(shared, FIRST)
    shared.newest_finished, shared.change = FIRST, (11, 78)
    assert (two.step(), one.step(), two.step()) == ("", "", "")
    assert (one.built, two.built) == (0, 1)


def test_what_another_published_again_is_fetched_though_nothing_has_changed(shared):
    """Or two nodes would number their pages by two generations until the next change."""
    shared.newest_finished = replace(SECOND, change=10, mark=77)
    node = Node(shared, FIRST)
    assert (node.step(), node.generations.fetched) == ("", ["second"])
    shared.newest_finished = replace(shared.newest_finished, number=3, digest="third")
    shared.lost = True
    assert (node.step(), node.built, node.generations.own().number) == ("", 0, 2)


def test_facts_are_aged_once_a_day_without_anybody_asking(shared):
    node = Node(shared, FIRST, today=date(2026, 11, 27))
    shared.newest_finished = FIRST
    assert (node.step(), node.built) == ("", 1)


def test_a_node_whose_clock_is_behind_takes_what_another_aged_for_tomorrow(shared):
    tomorrow = replace(FIRST, as_of=date(2026, 11, 27))
    node = Node(shared, tomorrow)
    assert (node.step(), node.built) == ("", 0)


def test_while_another_builds_a_node_says_that_it_is_old(shared):
    node = Node(shared, FIRST)
    shared.newest_finished, shared.change, shared.builder = FIRST, (11, 78), "another"
    told = node.step()
    assert "generation 1 of 2026-11-26, change 10, is old" in told
    assert "another node builds" in told
    shared.newest_finished = SECOND
    assert (node.step(), node.generations.own()) == ("", SECOND)


def test_what_is_lost_or_damaged_in_the_folder_is_built_anew(shared):
    shared.newest_finished, shared.change, shared.lost = SECOND, (11, 78), True
    node = Node(shared, FIRST)
    assert (node.step(), node.built) == ("", 1)
    assert shared.newest_finished.number == 3


def test_what_may_not_be_read_in_the_folder_is_built_anew_and_told(shared):
    """As where nodes run under two uids: nothing is lost, but each would build every change."""
    shared.newest_finished, shared.change, shared.shut = SECOND, (11, 78), True
    node = Node(shared, FIRST)
    assert "/srv/shared/second: our user may not" in node.step()
    assert node.built == 1
    shared.newest_finished = replace(node.generations.own(), number=4, digest="another's")
    for _ in range(2):
        assert "the same uid" in node.step(), "as long as it is so"
    shared.shut = False
    assert (node.step(), node.built, node.generations.own().number) == ("", 1, 4)


def test_a_node_builds_nothing_over_what_a_newer_release_published(shared):
    shared.newest_finished = replace(SECOND, format=8)
    shared.change = (12, 79)
    node = Node(shared, FIRST)
    assert "a newer release published" in node.step()
    assert node.built == 0


def test_what_an_older_release_published_is_built_anew(shared):
    shared.newest_finished = replace(FIRST, format=6)
    node = Node(shared)
    assert (node.step(), node.built, node.generations.fetched) == ("", 1, [])


def test_after_an_older_backup_came_back_the_same_number_of_another_change_is_old(shared):
    shared.change = (10, 99)
    node = Node(shared, FIRST)
    assert (node.step(), node.built) == ("", 1)


def test_without_a_folder_to_share_each_node_builds_in_its_turn(shared):
    shared.newest_finished, shared.change = SECOND, (11, 78)
    node = Node(shared, FIRST, with_folder=False)
    assert (node.step(), node.built, node.generations.fetched) == ("", 1, [])
