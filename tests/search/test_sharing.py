"""Nodes share generations by a folder: what one has written the others fetch, and check byte by byte."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from directory.errors import NoGeneration, StoreAway
from directory.search.generations import Generations
from directory.search.manifest import FORMAT
from directory.search.sharing import KEPT, Sharing
from directory.search.shelf import Shelf
from tests.support.builders import TODAY, WORDS, a_builder, a_listing


@dataclass
class Ledger:
    """A ledger in memory."""

    rows: list = field(default_factory=list)
    away: bool = False

    def finished(self):
        return self.rows[-1] if self.rows else None

    def record(self, finished):
        if self.away:
            raise StoreAway("gone")
        self.rows.append(finished)

    def kept(self, most):
        return [one.digest for one in self.rows[-most:]]


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def node(ledger, tmp_path):
    """What makes a node with a home of its own over one folder and one ledger."""

    def made(name):
        sharing = Sharing(Shelf(tmp_path / "shared"), lambda: ledger)
        return Generations(tmp_path / name, WORDS, sharing=sharing)

    return made


def files(generations, tmp_path, name):
    folder = tmp_path / name / generations.current().name
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_what_one_node_wrote_another_fetches_byte_by_byte(node, ledger, tmp_path):
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a"), a_listing(id="b")], TODAY)
    two.fetch(ledger.finished())
    assert files(one, tmp_path, "one") == files(two, tmp_path, "two")
    assert one.own() == two.own() == ledger.finished()
    assert two.current().name == "gen-00000001"


def test_a_node_goes_on_from_what_another_wrote_under_the_next_number(node, ledger, tmp_path):
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    two.fetch(ledger.finished())
    two.revise(a_builder(), [a_listing(id="b")], frozenset())
    one.fetch(ledger.finished())
    assert one.current().name == two.current().name == "gen-00000002"
    assert files(one, tmp_path, "one") == files(two, tmp_path, "two")


def test_after_a_way_back_who_publishes_is_fetched_by_the_others(node, ledger, tmp_path):
    """`docs/operations.md`, Upgrade: a newer release wrote down what this one cannot read."""
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    ledger.rows.append(replace(ledger.finished(), number=2, format=FORMAT + 1, digest="newer"))
    (tmp_path / "shared" / "newer").write_text(f'{{"format": {FORMAT + 1}}}')
    one.write(a_builder(), [a_listing(id="b")], TODAY)
    assert ledger.finished().format == FORMAT
    two.fetch(ledger.finished())
    assert one.current().name == two.current().name == "gen-00000003"


def test_what_is_here_already_is_not_copied(node, ledger, tmp_path):
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    two.fetch(ledger.finished())
    one.write(a_builder(), [a_listing(id="a")], TODAY + timedelta(days=1))
    two.fetch(ledger.finished())
    now = tmp_path / "two" / two.current().name
    assert any(path.stat().st_nlink > 1 for path in now.rglob("*") if path.is_file())


@pytest.mark.parametrize("wrong", ["changed", "gone"])
def test_what_is_not_as_it_was_put_there_is_not_served_and_put_anew_next_time(
    node, ledger, tmp_path, wrong
):
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    for path in (tmp_path / "shared").iterdir():
        path.write_bytes(b"\x80\x04.") if wrong == "changed" else path.unlink()
    with pytest.raises((ValueError, FileNotFoundError)):
        two.fetch(ledger.finished())
    with pytest.raises(NoGeneration):
        two.current()
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    for _ in range(60):  # each try finds one damaged file and takes it away
        try:
            two.fetch(ledger.finished())
            break
        except (ValueError, FileNotFoundError):
            one.write(a_builder(), [a_listing(id="a")], TODAY)
    assert two.current().statistics.programs == 1


def test_what_cannot_be_written_down_is_served_by_nobody(node, ledger):
    one = node("one")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    ledger.away = True
    with pytest.raises(StoreAway):
        one.write(a_builder(), [a_listing(id="b")], TODAY)
    assert one.current().name == "gen-00000001"
    ledger.away = False
    one.write(a_builder(), [a_listing(id="b")], TODAY)
    assert one.own() == ledger.finished()


def test_the_folder_holds_the_newest_ones_only(node, ledger, tmp_path):
    one, two = node("one"), node("two")
    for number in range(KEPT + 2):
        one.write(a_builder(), [a_listing(id=f"p{number}")], TODAY)
    there = {path.name for path in (tmp_path / "shared").iterdir()}
    digests = [row.digest for row in ledger.rows]
    assert [digest in there for digest in digests] == [False, False, True, True, True]
    two.fetch(ledger.finished())
    assert two.current().statistics.programs == 1


def test_a_number_that_was_given_to_another_generation_is_not_fetched_over_it(node, ledger):
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    other = ledger.rows.pop()
    two.write(a_builder(), [a_listing(id="b")], TODAY)
    with pytest.raises(ValueError, match="another generation"):
        two.fetch(other)


@pytest.mark.parametrize("found", [b"{", b"[]", b'{"format": 7}'])
def test_nothing_is_deleted_while_a_kept_generation_cannot_be_read(node, ledger, tmp_path, found):
    """It is of another release, or damaged. What was just written is announced all the same."""
    one, two = node("one"), node("two")
    one.write(a_builder(), [a_listing(id="a")], TODAY)
    (tmp_path / "shared" / ledger.finished().digest).write_bytes(found)
    before = {path.name for path in (tmp_path / "shared").iterdir()}
    one.write(a_builder(), [a_listing(id="b")], TODAY)
    assert one.own() == ledger.finished()
    assert before < {path.name for path in (tmp_path / "shared").iterdir()}
    two.fetch(ledger.finished())
    assert two.current().name == "gen-00000002"
