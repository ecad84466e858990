"""Every command and the site with PostgreSQL behind them: an address in a setting, nothing else."""

import json
import shutil
from contextlib import closing

import pytest

from directory.app import app_over
from directory.cli import COMMANDS, main
from directory.config import read_config
from directory.house import build_house
from tests.curation.importers.test_every_importer import SAMPLE, UNDATED
from tests.support import postgres as postgresql
from tests.support.asked_service import asked_service, page

KEY, INVENTED = "acme-evening", "example-lamplight-evening"
PARTNER = "{partner[key]}"
# Each once, in an order in which each finds what it needs; what was said before is named in braces.
STORY = (
    ("setup",),
    *(
        ("import", name, f"{{folder}}/{name}", *(("--edition", "2024") if name in UNDATED else ()))
        for name in SAMPLE
    ),
    ("generate", "--programs", "2", "--out", "{folder}/invented.json"),
    ("import", "listing", "{folder}/invented.json", "--dry-run"),
    ("fetch", "findtreatment", "--near", "91101", "--out", "{folder}/asked.ndjson"),
    ("read-schedule", "M/W/F 9a-12p"),
    ("meetings", "{meetings}", "--source", "Invented"),
    ("review", "list"),
    ("review", "same", "{review[pairs][0][pair]}"),
    ("review", "undo", "{review[pair]}"),
    ("remove", KEY, "--reason", "closed"),
    ("undo", "{remove[change]}"),
    ("remove", INVENTED, "--reason", "closed"),
    ("relist", INVENTED),
    ("readdress", KEY, "--to", "acme-at-dusk"),
    ("history", KEY),
    ("audit", "draw", "--seed", "7", "--programs", "1"),
    ("audit", "record", "{audit[file]}"),
    ("audit", "report"),
    ("referrals", "tend"),
    ("uploads", "tend"),
    ("partner", "add", "--name", "A county", "--origin", "https://county.example"),
    *(("partner", act, PARTNER) for act in ("pause", "reopen", "revoke", "restore", "change")),
    ("partner", "counts", PARTNER),
    ("listing-link", KEY),
    ("api-key", "add", "--owner", "County line"),
    ("api-key", "revoke", "{api-key[key]}"),
    ("staff", "add-administrator", "ada@example.org", "--name", "Ada"),
    ("staff", "link", "ada@example.org"),
    ("staff", "reset-second-factor", "ada@example.org"),
    ("audit-trail", "verify"),
    ("publish",),
    ("check",),
    ("export", "json", "--out", "{folder}/out.json"),
)
AFTERWARDS = (
    ("reports", "list"),
    ("reports", "close", "{reports[reports][0][report]}"),
    ("backup", "{folder}/kept"),
    ("remove", KEY, "--reason", "closed"),
    ("restore", "{backup[backup]}", "--replace"),
    ("verify",),
    ("rebuild",),
    ("config",),
)
ELSEWHERE = {"follow": "tests/nodes/test_three_nodes.py"}


@pytest.fixture
def folder(postgres, tmp_path, monkeypatch):
    """A home, an empty database, a service to ask, and a file for each importer."""
    if shutil.which("pg_dump") is None:
        pytest.skip(postgresql.NOT_HERE)
    for name, content in SAMPLE.items():
        (tmp_path / name).write_bytes(content)
    with postgresql.own_database(postgres) as address, asked_service() as service:
        service.answers.append(page(1, 1, "One"))
        monkeypatch.setenv("DIRECTORY_FINDTREATMENT_URL", service.address)
        monkeypatch.setenv("DIRECTORY_DATABASE_URL", address)
        monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))
        yield tmp_path


@pytest.fixture
def run(folder, capsys):
    """Run commands in turn: what each of them said last."""
    said = {"folder": folder, "meetings": read_config().data / "guide" / "meetings.json"}

    def story(commands):
        for command in commands:
            arguments = [part.format(**said) for part in command]
            capsys.readouterr()
            assert main([*arguments, "--json"]) == 0, (arguments, capsys.readouterr().err)
            said[arguments[0]] = json.loads(capsys.readouterr().out)
        return said

    return story


def test_every_command_is_tried_over_postgresql():
    tried = {command[0] for command in (*STORY, *AFTERWARDS)}
    assert tried | set(ELSEWHERE) == {command.name for command in COMMANDS}


def test_the_commands_and_the_site_need_nothing_but_the_address(run, folder):
    said = run(STORY)
    assert said["publish"]["programs"] > said["setup"]["programs"] > 100
    assert said["fetch"]["rows"] == 1
    assert said["audit-trail"]["holds"] is True
    assert not list((folder / "home").glob("*.sqlite"))
    with closing(build_house(read_config())) as house:
        client = app_over(house).test_client(use_cookies=False)
        assert client.get("/programs/acme-at-dusk").status_code == 200
        told = client.post("/api/v1/reports", json={"program": KEY, "what": "phone"})
        assert told.status_code == 202, told.text
        with house.records().desk(write=False) as desk:
            assert [one.what for one in desk.reports.all()] == ["phone"]
    said = run(AFTERWARDS)
    assert said["verify"]["holds"] is True
    assert said["rebuild"]["programs"] == said["publish"]["programs"], "what was removed is back"
