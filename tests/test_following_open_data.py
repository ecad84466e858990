"""Open data of a node that follows: due for whatever came to stand there, whoever published it."""

import argparse
import shutil
from contextlib import closing

import pytest

from directory.cli import COMMANDS
from directory.cli.following import OpenData
from directory.config import Config
from directory.exchange.aside import sole_writer
from directory.house import build_house
from tests.conftest import frozen
from tests.support.homes import copy_home

LAMP, DOOR = "example-lamplight-evening", "example-blue-door"


@pytest.fixture
def node(house, tmp_path):
    """A node where a process follows, over a copy of the shipped listings."""
    config = Config(home=copy_home(house.config.home, tmp_path), secret="tests-" * 8)
    with closing(build_house(config, frozen)) as own:
        yield own


def command(house, name, *arguments):
    """What an operator does on any node, without publishing it."""
    (one,) = [one for one in COMMANDS if one.name == name]
    parser = argparse.ArgumentParser()
    one.add(parser)
    one.run(house, parser.parse_args(arguments))


def told(house):
    """The release that stands, and the programs that its files tell of."""
    release = house.releases.current()
    texts = [
        (release.folder / one.name).read_text() for one in release.files if one.format == "json"
    ]
    return release, {key for key in (LAMP, DOOR) if any(key in text for text in texts)}


def test_a_correction_waits_for_the_next_whole_generation(node):
    open_data, (before, _) = OpenData(node), told(node)
    open_data.keep_up()
    command(node, "readdress", LAMP, "--to", "by-lamplight")
    assert not node.publish(node.records()).whole
    open_data.keep_up()
    assert told(node)[0] == before


def test_what_is_taken_back_leaves_the_files_whoever_published_it(node):
    open_data = OpenData(node)
    open_data.keep_up()
    assert told(node)[1] == {LAMP, DOOR}
    command(node, "remove", LAMP, "--reason", "closed")
    published = node.publish(node.records())
    open_data.keep_up()
    release, programs = told(node)
    assert (release.generation, programs) == (published.generation, {DOOR})


def test_a_process_that_starts_again_finds_what_was_left_undone(node):
    command(node, "remove", LAMP, "--reason", "closed")
    node.publish(node.records())
    assert told(node)[1] == {LAMP, DOOR}
    OpenData(node).keep_up()
    assert told(node)[1] == {DOOR}


def test_what_the_web_has_written_is_not_written_again(node):
    open_data = OpenData(node)
    open_data.keep_up()
    command(node, "remove", LAMP, "--reason", "closed")
    node.put_out(node.records())
    written = told(node)[0].folder.stat().st_ino
    open_data.keep_up()
    release, programs = told(node)
    assert (release.folder.stat().st_ino, programs) == (written, {DOOR})


def test_a_node_looks_on_while_its_files_are_written(node):
    """In a large country that takes minutes, in which changes come."""
    command(node, "remove", LAMP, "--reason", "closed")
    node.publish(node.records())
    open_data = OpenData(node)
    with sole_writer(node.releases.home):  # it cannot write yet
        for _ in range(3):
            open_data.begin()
        assert told(node)[1] == {LAMP, DOOR}
    open_data._work.join()
    assert told(node)[1] == {DOOR}


def test_files_that_cannot_be_written_are_told_and_tried_again_with_the_next_generation(
    node, capsys
):
    open_data = OpenData(node)
    node.publish(node.records())
    shutil.rmtree(node.releases.home)
    node.releases.home.write_text("a file where a folder was")
    open_data.begin()
    open_data.begin()
    open_data._work.join()
    assert capsys.readouterr().err.count("Open data: ") == 1
    node.releases.home.unlink()
    node.publish(node.records())
    open_data.keep_up()
    assert told(node)[1] == {LAMP, DOOR}
