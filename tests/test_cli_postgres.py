"""Every command and the site with PostgreSQL behind them: an address in a setting, nothing else."""

import json
from contextlib import closing

import pytest

from directory.app import app_over
from directory.cli import main
from directory.config import read_config
from directory.house import build_house
from tests.support import postgres as postgresql
from tests.test_cli import listing, program

KEY = "acme-evening"
CHANGES = (
    ("import", "listing", "{file}"),
    ("remove", KEY, "--reason", "closed"),
    ("undo", "2"),
    ("readdress", KEY, "--to", "acme-at-dusk"),
    ("history", KEY),
    ("review", "list"),
    ("audit", "draw", "--seed", "7", "--programs", "1"),
    ("reports", "list"),
    ("referrals", "tend"),
    ("partner", "add", "--name", "A county", "--origin", "https://county.example"),
    ("api-key", "add", "--owner", "County line"),
    ("staff", "add-administrator", "ada@example.org", "--name", "Ada"),
    ("audit-trail", "verify"),
    ("publish",),
    ("check",),
    ("export", "json", "--out", "{out}"),
)


@pytest.fixture
def run(postgres, tmp_path, monkeypatch, capsys):
    """Run a command with PostgreSQL as the system of record: its report."""
    engine = postgresql.emptied(postgres)
    url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    monkeypatch.setenv("DIRECTORY_DATABASE_URL", url)
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))

    def one(*arguments):
        capsys.readouterr()
        assert main([*arguments, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return one


def test_the_commands_and_the_site_need_nothing_but_the_address(run, tmp_path):
    file, out = tmp_path / "listing.json", tmp_path / "out.json"
    file.write_text(json.dumps(listing(program())))
    said = {one[0]: run(*(part.format(file=file, out=out) for part in one)) for one in CHANGES}
    assert said["import"]["created"] == 1
    assert said["publish"]["programs"] == 1
    assert said["audit-trail"]["holds"] is True
    assert not list((tmp_path / "home").glob("*.sqlite"))
    with closing(build_house(read_config())) as house:
        client = app_over(house).test_client(use_cookies=False)
        assert client.get("/programs/acme-at-dusk").status_code == 200
        told = client.post("/api/v1/reports", json={"program": KEY, "what": "phone"})
        assert told.status_code == 202, told.text
        with house.records().desk(write=False) as desk:
            assert [one.what for one in desk.reports.all()] == ["phone"]
