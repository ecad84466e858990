"""Long work says how far it is on stderr: a bar where somebody watches, a few plain lines elsewhere."""

import io
import json
import threading
from functools import partial

import pytest

from directory.cli import main, telling
from directory.house import build_house
from tests.conftest import frozen


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self):
        return True


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command in a home of one's own: what it printed, what it said on the side, line by line."""
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))
    # Neither a busy machine nor midnight adds a line.
    monkeypatch.setattr(telling, "EVERY_SECONDS", 3600.0)
    monkeypatch.setattr("directory.cli.build_house", partial(build_house, clock=frozen))

    def one(*arguments):
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == 0
        said = capsys.readouterr()
        assert "\r" not in said.err
        return said.out, said.err.splitlines()

    return one


def test_lines_tell_the_beginning_each_ten_seconds_and_the_end():
    told, clock = [], iter([0.0, 1.0, 9.9, 10.0, 12.0, 13.0, 14.0])
    lines = telling.Lines(told.append, lambda: next(clock))
    for done in (0, 500, 1_000, 1_500, 2_000):
        lines("read", done, 2_000)
    lines("write", 0, 3)
    lines("write", 3, 3)
    assert told == [
        "read: 0 of 2,000",
        "read: 1,500 of 2,000",
        "read: 2,000 of 2,000",
        "write: 0 of 3",
        "write: 3 of 3",
    ]


def test_a_step_of_unknown_length_is_not_over_until_it_says_so():
    told = []
    lines = telling.Lines(told.append, lambda: 0.0)
    for done, of in ((500, 0), (1_000, 0), (1_200, 1_200)):
        lines("read", done, of)
    assert told == ["read: 500", "read: 1,200 of 1,200"]


def test_work_that_lasts_says_so_and_that_it_is_done():
    told, lasts = [], threading.Event()

    def tell(text):
        told.append(text)
        if "still at work" in text:
            lasts.set()

    with telling.working("Export: writing a file", tell, every=0.001):
        assert lasts.wait(60)
    assert told[0] == "Export: writing a file"
    assert told[1].startswith("Export: still at work after ")
    assert told[-1].startswith("Export: done after ")


def test_short_work_is_one_line_and_work_that_fails_is_not_done():
    told = []
    with telling.working("Backup: copying", told.append, every=600):
        pass
    assert told == ["Backup: copying"]
    with (
        pytest.raises(ValueError, match="full"),
        telling.working("Backup: copying", told.append, every=600),
    ):
        raise ValueError("full")
    assert told == ["Backup: copying"] * 2


def test_a_bar_stays_in_its_line_until_it_is_over(monkeypatch):
    monkeypatch.setattr("sys.stderr", Terminal())
    bar = telling.progress()
    for done, of in ((500, 0), (700, 700), (0, 700)):
        bar("read", done, of)
    first, second = telling.sys.stderr.getvalue().split("\n")
    assert first.rstrip().startswith("\rread: 500 ")
    assert first.rstrip().endswith("\rread: 700 of 700")
    assert second.rstrip() == "\rread: 0 of 700"


def test_every_long_command_says_on_stderr_what_it_does_and_prints_only_its_report(run, tmp_path):
    country = tmp_path / "country.json"
    out, said = run("generate", "--programs", 3, "--out", country, "--json")
    assert json.loads(out)["programs"] == 3
    assert said == ["invent: 0 of 3", "invent: 3 of 3", "Generate: writing country.json"]
    out, said = run("import", "listing", country, "--json")
    assert json.loads(out)["created"] == 3
    assert said[:2] == ["Import: country.json", "read: 3 of 3"]
    assert [line.partition(" ")[0] for line in said[2:]] == ["write:"] * 2  # claims
    for command in ("publish", "rebuild"):
        out, said = run(command, "--json")
        assert json.loads(out)["programs"] == 3
        assert said[0] == "Generation: building the index and the columns"
    out, said = run("export", "json", "--examples", "--out", tmp_path / "out.json", "--json")
    assert json.loads(out)["programs"] == 3
    assert said == ["Export: writing out.json"]
    out, said = run("backup", tmp_path / "kept", "--json")
    assert json.loads(out)["rows"]
    assert [line.partition(":")[0] for line in said] == ["Backup"]


def test_setup_stays_calm_with_a_line_for_each_step(run):
    _, said = run("setup", "--json")
    steps = [line.partition(":")[0] for line in said]
    assert steps[:4] == ["Listings", "Listings", "Meetings", "Generation"]
    assert set(steps[4:]) == {"Open data"}
    _, said = run("setup", "--json")
    assert [line.partition(":")[0] for line in said] == [*steps[:4]]
