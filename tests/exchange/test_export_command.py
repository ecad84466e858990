"""`export` at the command line: one file, whole or not at all; status 1 and nothing written where it cannot be."""

import json
from pathlib import Path

import pytest

from directory.cli import main
from directory.cli.exporting import CHOICES
from tests.curation.builders import full_file, write_json

ENDINGS = {
    "json": ".json",
    "csv": ".csv",
    "xlsx": ".xlsx",
    "geojson": ".geojson",
    "hsds": ".ndjson",
}


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def filled(home, tmp_path) -> Path:
    """A home whose store lists one program that is no example."""
    assert main(["import", "listing", str(write_json(tmp_path, full_file()))]) == 0
    return home


def report(capsys, *arguments) -> dict[str, object]:
    capsys.readouterr()
    assert main(["export", *map(str, arguments), "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


@pytest.mark.parametrize("name", ENDINGS)
def test_a_file_is_written_into_home_and_reported(name, filled, capsys) -> None:
    told = report(capsys, name)
    path = filled / "exports" / f"listings{ENDINGS[name]}"
    assert Path(str(told["file"])) == path
    assert (told["programs"], told["bytes"]) == (1, path.stat().st_size)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_hsds_can_be_tables(filled, tmp_path, capsys) -> None:
    told = report(capsys, "hsds", "--tabular", "--out", tmp_path / "tables.zip")
    assert told["format"] == "hsds-tabular"
    assert (tmp_path / "tables.zip").read_bytes().startswith(b"PK")


def test_a_template_needs_no_listings(home, tmp_path, capsys) -> None:
    assert report(capsys, "template")["format"] == "csv"
    report(capsys, "template", "--xlsx", "--out", tmp_path / "form.xlsx")
    assert main(["import", "listing", str(tmp_path / "form.xlsx")]) == 0


@pytest.mark.parametrize("name", ENDINGS)
def test_a_store_without_programs_is_refused_and_leaves_no_file(name, home, capsys) -> None:
    assert main(["export", name]) == 1
    said = capsys.readouterr()
    assert "no program in the store" in said.err
    assert said.out == ""
    assert list((home / "exports").glob("*")) == []


def test_an_older_file_stays_until_the_new_one_is_whole(filled, capsys) -> None:
    report(capsys, "csv")
    before = (filled / "exports" / "listings.csv").read_bytes()
    assert (
        main(["export", "csv", "--examples", "--out", str(filled / "exports" / "listings.csv")])
        == 1
    )
    assert (filled / "exports" / "listings.csv").read_bytes() == before


def test_an_unknown_format_is_a_mistake_of_usage(home, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "pdf"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert [choice for choice in CHOICES if choice not in said] == []
