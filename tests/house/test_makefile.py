"""What a newcomer types: it removes no more than it says, and says in one line what is missing."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.house.files import ROOT

MAKE = shutil.which("make")
TEXT = (ROOT / "Makefile").read_text(encoding="utf-8")
pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed (apt-get install make)")


@pytest.fixture
def make(tmp_path):
    """The Makefile in a folder of its own, asked for a target."""
    shutil.copy(ROOT / "Makefile", tmp_path)

    def ask(*said):
        command = [MAKE, "--no-print-directory", "-C", tmp_path, *said]
        # Not what the make that runs these tests was told.
        own = {name: value for name, value in os.environ.items() if "MAKE" not in name}
        return subprocess.run(command, capture_output=True, text=True, env=own)

    return ask


@pytest.fixture
def home(tmp_path):
    """What stands in the default home once it was used."""
    for name in (".venv/bin/python", "var/generations/1/columns", "var/open-data/all.json"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    for name in ("directory.sqlite", "secret"):
        (tmp_path / "var" / name).touch()
    return tmp_path / "var"


def test_clean_removes_what_can_be_built_anew_and_never_a_database_or_a_secret(make, home):
    assert make("clean").returncode == 0
    assert not (home.parent / ".venv").exists()
    assert sorted(path.name for path in home.iterdir()) == ["directory.sqlite", "secret"]


def test_everything_is_forgotten_only_under_that_name(make, home):
    assert make("forget-everything").returncode == 0
    assert not home.exists()


def test_every_name_that_stands_for_no_file_has_a_rule_and_a_line_of_help(make):
    phony = re.search(r"^\.PHONY: (.+)$", TEXT, re.MULTILINE)[1].split()
    rules = re.findall(r"^([a-z-]+):", TEXT, re.MULTILINE)
    assert sorted(phony) == sorted(rules)
    told = [line.split()[0] for line in make("help").stdout.splitlines()]
    assert sorted(told) == sorted(rules)


def test_where_python_cannot_make_environments_one_line_says_what_to_install(make, tmp_path):
    """As on Debian without python3-venv."""
    without = tmp_path / "python3"
    answers = f'case "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n'
    without.write_text(f"#!/bin/sh\n{answers}")
    without.chmod(0o755)
    asked = make(".venv/bin/python", f"PYTHON={without}")
    assert asked.returncode != 0
    assert asked.stdout.splitlines()[-1].endswith("On Debian: apt-get install python3-venv")
    assert not (tmp_path / ".venv").exists()
