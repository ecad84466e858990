"""Where the product's parts come from: installed as locked, under terms that were read, listed for others."""

import json
from importlib.metadata import PathDistribution, distribution

import jsonschema_rs
import pytest

from scripts import check_installed, licenses, sbom
from scripts.supply import LOCKS, PRODUCT, NotLockedError, everything, of_lock
from tests.house.files import ROOT

SCHEMAS = ROOT / "tests" / "house" / "cyclonedx"


# --- what is installed --------------------------------------------------------------------------


def test_what_is_installed_is_what_was_locked_file_by_file():
    assert check_installed.problems() == []


def test_every_install_of_the_makefile_holds_pip_to_the_hashes():
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    installs = [line for line in lines if "pip install" in line]
    assert installs
    assert [line for line in installs if "--require-hashes -r requirements" not in line] == []


@pytest.fixture
def copied(tmp_path):
    """A small distribution as pip wrote it, to be spoiled."""
    source = distribution("blinker")
    for file in source.files:
        if "__pycache__" not in file.parts:
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.locate().read_bytes())
    (info,) = tmp_path.glob("*.dist-info")
    return PathDistribution(info)


def test_a_file_that_was_changed_or_removed_since_shows(copied):
    assert list(check_installed.changed(copied)) == []
    file = copied.locate_file("blinker/base.py")
    file.write_text(file.read_text() + "\n")
    copied.locate_file("blinker/__init__.py").unlink()
    assert sorted(check_installed.changed(copied)) == [
        "blinker: blinker/__init__.py is gone",
        "blinker: blinker/base.py is not what was installed",
    ]


def test_a_package_that_two_distributions_wrote_shows(monkeypatch):
    twice = {
        "whoosh": ["Whoosh", "Whoosh-Reloaded"],
        "tests": ["one", "other"],
        "flask": ["Flask", "Flask"],
    }
    monkeypatch.setattr(check_installed, "packages_distributions", lambda: twice)
    (said,) = check_installed.shared({"whoosh", "flask"})
    assert said == "whoosh is provided by whoosh and whoosh-reloaded: one overwrote the other"


def test_another_version_or_a_missing_part_shows_in_one_line(monkeypatch, capsys):
    there = check_installed.installed()
    other = {**there, "flask": there["click"]}
    del other["geopy"]
    monkeypatch.setattr(check_installed, "installed", lambda: other)
    assert check_installed.main() == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "geopy is locked and not installed" in line
    assert f"flask is {there['click'].version}, requirements.txt has" in line


# --- licenses -----------------------------------------------------------------------------------


def test_the_list_of_licenses_is_current():
    """After a change of a lock: make licenses."""
    text = licenses.PAGE.read_text(encoding="utf-8")
    kept = licenses.read(text)
    assert licenses.written(licenses.rows(kept)) == text
    assert [*kept] == [one.name for one in everything()]


def test_the_product_runs_only_on_what_anybody_may_pass_on():
    rows = licenses.read(licenses.PAGE.read_text(encoding="utf-8")).values()
    assert licenses.not_to_ship(rows) == []
    bad = licenses.Row("x", "1", "MIT AND (AGPL-3.0-only OR MIT)", LOCKS[PRODUCT])
    assert licenses.not_to_ship([bad]) == ["x: MIT AND (AGPL-3.0-only OR MIT)"]


def test_a_license_that_was_not_read_is_asked_for_and_nothing_is_written(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(licenses, "installed", dict)
    page = tmp_path / "licenses.md"
    assert licenses.main(page) == 1
    assert "pip install --require-hashes -r requirements" in capsys.readouterr().err
    assert not page.exists()


# --- the bill of materials ----------------------------------------------------------------------


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def valid():
    at = "http://cyclonedx.org/schema/"
    registry = jsonschema_rs.Registry([
        (f"{at}spdx.SNAPSHOT.schema.json", schema("spdx")),
        (f"{at}jsf-0.82.SNAPSHOT.schema.json", schema("jsf-0.82")),
    ])  # fmt: skip
    return jsonschema_rs.Draft7Validator(schema("bom-1.6"), registry=registry)


def test_the_bill_of_materials_is_cyclonedx(valid, capsys):
    assert sbom.main([]) == 0
    bill = json.loads(capsys.readouterr().out)
    assert [str(error) for error in valid.iter_errors(bill)] == []
    broken = {**bill, "components": [{**bill["components"][0], "type": "thing"}]}
    assert not valid.is_valid(broken)
    named = {**bill["metadata"]["component"], "licenses": [{"license": {"id": "Ours"}}]}
    assert not valid.is_valid({**bill, "metadata": {"component": named}})


def test_the_bill_holds_the_lock_no_more_and_no_less():
    bill = sbom.bill([PRODUCT])
    assert [
        (one["name"], one["version"], tuple(each["content"] for each in one["hashes"]))
        for one in bill["components"]
    ] == [(one.name, one.version, one.hashes) for one in of_lock(PRODUCT)]
    assert sbom.bill([PRODUCT]) == bill
    assert "://" not in json.dumps(bill)


def test_every_part_of_the_bill_is_there_because_something_asks_for_it():
    bill = sbom.bill([PRODUCT])
    asks = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    reached, ahead = set(), [bill["metadata"]["component"]["bom-ref"]]
    while ahead:
        ref = ahead.pop()
        if ref not in reached:
            reached.add(ref)
            ahead += asks[ref]
    assert set(asks) - reached == set()
    assert {one["bom-ref"] for one in bill["components"]} <= reached


def test_no_bill_is_made_of_what_is_not_installed_as_locked(monkeypatch, capsys):
    there = check_installed.installed()
    monkeypatch.setattr(sbom, "installed", lambda: {**there, "flask": there["click"]})
    with pytest.raises(NotLockedError, match="flask"):
        sbom.bill([PRODUCT])
    assert sbom.main([]) == 1
    assert capsys.readouterr().out == ""
