"""What has a name outlives a loss of power: first it is made durable, then it is named, then the name is."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from directory.catalog.nodes import Finished
from directory.search.generations import Generations
from directory.search.manifest import FORMAT
from tests.support.builders import TODAY, WORDS, a_builder, a_listing, published

Place = tuple[int, int]
"""Device and inode: what a file or folder is, whatever it is called."""


def place_of(found: os.stat_result) -> Place:
    return found.st_dev, found.st_ino


@dataclass
class Steps:
    """What is made durable, as its place, and what gets a name, as its path, in order."""

    taken: list[Place | Path] = field(default_factory=list)

    def durable(self, sync):
        def recorded(handle):
            sync(handle)
            self.taken.append(place_of(os.fstat(handle)))

        return recorded

    def named(self, rename):
        def recorded(old, new):
            rename(old, new)
            self.taken.append(Path(new))

        return recorded

    def when(self, path: Path) -> int:
        """When it was made durable, for the only time."""
        (at,) = [at for at, one in enumerate(self.taken) if one == place_of(path.stat())]
        return at


@pytest.fixture
def steps(monkeypatch):
    own = Steps()
    monkeypatch.setattr(os, "fsync", own.durable(os.fsync))
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, own.named(getattr(os, name)))
    return own


@dataclass
class Shared:
    """A folder that another node has put its generation in."""

    folder: Path

    def fetch(self, finished, into, before):
        shutil.copytree(self.folder, into, dirs_exist_ok=True)


def write(home):
    Generations(home, WORDS).write(a_builder(), [a_listing(), a_listing()], TODAY)


def revise(home):
    Generations(home, WORDS).revise(a_builder(), [a_listing()], frozenset())


def fetch(home):
    sharing = Shared(home / "gen-00000001")
    Generations(home, WORDS, sharing=sharing).fetch(Finished(2, TODAY, 0, None, FORMAT, ""))


@pytest.mark.parametrize("put", [write, revise, fetch], ids=lambda one: one.__name__)
def test_everything_is_durable_before_it_is_named_and_its_name_after_it(tmp_path, steps, put):
    home = tmp_path / "generations"
    published(home, [a_listing()])
    steps.taken.clear()
    put(home)
    folder, current = home / "gen-00000002", home / "CURRENT"
    assert current.read_text() == folder.name
    inside = list(folder.rglob("*"))
    new = [path for path in inside if path.is_file() and path.stat().st_nlink == 1]
    folders = [folder, *(path for path in inside if path.is_dir())]
    assert folder / "manifest.json" in new
    named = steps.taken.index(folder)
    assert max(map(steps.when, new)) < min(map(steps.when, folders))
    assert max(map(steps.when, folders)) < named
    assert named < steps.when(current) < steps.taken.index(current) < steps.when(home)
    assert steps.when(home) == len(steps.taken) - 1


def test_what_a_revision_links_was_made_durable_with_the_one_before(tmp_path, steps):
    home = tmp_path / "generations"
    published(home, [a_listing()])
    before = steps.taken[: steps.taken.index(home / "gen-00000001")]
    revise(home)
    linked = [path for path in (home / "gen-00000002").rglob("*.*") if path.stat().st_nlink > 1]
    assert linked
    assert {place_of(path.stat()) for path in linked} <= set(before)
