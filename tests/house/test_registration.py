"""Registries are visible tuples; forgetting one line is impossible."""

import importlib
import inspect
from pathlib import Path

import flask
import pytest

from directory import cli
from directory.curation.importers import IMPORTERS
from directory.curation.reading import Reader
from directory.matching import criteria
from directory.matching.need import ALWAYS_MUST, NEEDS
from directory.web import needs, pages, staff
from tests.house.files import PACKAGE


def stems(folder: Path) -> set[str]:
    """The modules of a room."""
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


def test_every_criterion_module_is_registered():
    registered = {type(one).__module__.rpartition(".")[2] for one in criteria.CRITERIA}
    assert registered == stems(PACKAGE / "matching" / "criteria")
    assert len(criteria.CRITERIA) == len(registered)


def test_every_criterion_answers_a_need_that_requests_can_name():
    assert {one.name for one in criteria.CRITERIA} <= set(NEEDS)
    assert set(NEEDS) >= ALWAYS_MUST
    asked = {needs.NEED_OF.get(key, key) for key in needs.KEYS} - {
        "must",
        "sort",
        "limit",
        "cursor",
        "lang",
    }
    assert asked == set(NEEDS)


def test_every_importer_folder_is_registered_under_its_name():
    folder = PACKAGE / "curation" / "importers"
    folders = {
        path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert [name for name, _ in IMPORTERS] == list(dict.fromkeys(name for name, _ in IMPORTERS))
    assert {name for name, _ in IMPORTERS} == folders
    assert stems(folder) == set()
    for name, read in IMPORTERS:
        assert callable(read)
        assert inspect.getmodule(read).__name__.startswith(f"directory.curation.importers.{name}")
    assert Reader


@pytest.mark.parametrize("room", [pages, staff])
def test_every_page_module_is_registered(room):
    """A module that registers a view is imported in the `__init__` of its room."""
    folder = Path(room.__file__).parent
    with_views = {
        path.stem
        for path in folder.glob("*.py")
        if "@blueprint." in path.read_text(encoding="utf-8")
    }
    listed = set(room.__all__) - {"blueprint"}
    assert with_views - {"site"} <= listed
    for name in listed:
        assert importlib.import_module(f"{room.__name__}.{name}")
    assert isinstance(room.blueprint, flask.Blueprint)


def test_every_command_has_one_line_of_help():
    for name, run, help_text, add, show in cli.COMMANDS:
        assert name == name.lower()
        assert callable(run)
        assert callable(add)
        assert callable(show)
        assert help_text.endswith(".")
        assert "\n" not in help_text


def test_every_module_with_commands_is_registered():
    folder = PACKAGE / "cli"
    rooms = [importlib.import_module(f"directory.cli.{name}") for name in sorted(stems(folder))]
    written = [one for room in rooms for one in getattr(room, "COMMANDS", ())]
    assert sorted(one.name for one in written) == sorted(one.name for one in cli.COMMANDS)
    assert len({one.name for one in written}) == len(written)
