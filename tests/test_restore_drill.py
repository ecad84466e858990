"""The drill that an operator does on a quiet day: back up, lose what came after, restore, prove it."""

import json
from datetime import timedelta

import orjson
import pytest

from directory.app import create_app
from directory.catalog.magic_link import MagicLink
from directory.catalog.staff import Session
from directory.cli import main
from directory.config import read_config
from directory.house import build_house
from directory.store.backups.manifest import read_backup
from tests.curation.builders import listing_file, organization, program, site, write_json
from tests.support.living_site import Follower

SECRET = "a-secret-of-more-than-thirty-two-letters"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command in a home of one's own: its status and its report."""
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DIRECTORY_SECRET", SECRET)
    monkeypatch.chdir(tmp_path)

    def one(*arguments):
        capsys.readouterr()
        status = main([*map(str, arguments), "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else said.err

    return one


def listed(folder, *keys):
    """A file that lists these programs, each of an organization of its own."""
    each = [
        organization(site(program(key, name=f"{key} IOP"), id=f"site-{key}"), id=f"org-{key}")
        for key in keys
    ]
    return write_json(folder, listing_file(*each, name=f"Page of {keys}"), f"{keys[0]}.json")


def standing():
    """A server that was just started: who asks it, and what it lists."""
    app = create_app(read_config())
    generation = build_house(read_config()).generations.current()
    return app.test_client(), {one.program.id: one.slug for one in generation.all()}


def signed_in():
    """Somebody is at the desk; their own link to set a password and one to a listing are open."""
    house = build_house(read_config())
    with house.staff_records().book() as book:
        now, number = house.clock(), book.people.all()[0].number
        book.sessions.add(
            Session(0, number, "t" * 64, now, now, now + timedelta(hours=12), True, "")
        )
        book.magic_links.add(MagicLink("listing", "a", now + timedelta(days=30)))


@pytest.fixture
def two_followers(run, tmp_path):
    """The state that is backed up, one that comes after it, and who follows the changes of each."""
    run("import", "listing", listed(tmp_path, "a", "b", "c"))
    run("publish")
    run("staff", "add-administrator", "jo@example.org", "--name", "Jo")
    client, first = standing()
    early = Follower(client)
    early.to_the_end()
    run("remove", "c", "--reason", "closed")
    run("publish")
    signed_in()
    backup = run("backup", tmp_path / "kept")[1]["backup"]
    run("import", "listing", listed(tmp_path, "d"))
    run("remove", "a", "--reason", "closed")
    run("publish")
    client, lost = standing()
    late = Follower(client)
    assert late.to_the_end() == lost
    assert lost.keys() == {"b", "d"}
    return backup, first, lost, early, late


def test_a_restore_drill_brings_everything_back_and_leads_nobody_astray(
    run, tmp_path, two_followers
):
    backup, first, lost, *followers = two_followers
    assert run("restore", backup)[0] == 1
    assert standing()[1] == lost
    status, back = run("restore", backup, "--replace")
    assert (status, back["signed_out"], back["secret"]) == (0, 1, "the same")
    assert back["links_closed"] == 2, "whoever used one up since does not find it open again"

    held = read_backup(tmp_path / "kept" / backup)
    again = read_backup(tmp_path / "kept" / run("backup", tmp_path / "kept")[1]["backup"])
    changed = dict.fromkeys(("staff_session", "staff_invitation", "magic_link"), 0)
    changed["staff_act"] = held.counts["staff_act"] + 1
    assert again.counts == {**held.counts, **changed}
    status, proved = run("verify")
    assert (status, proved["holds"], proved["problems"]) == (0, True, [])
    assert run("audit-trail", "verify", "--head", held.trail)[0] == 0

    client, now = standing()
    assert now == {key: first[key] for key in ("a", "b")}
    assert client.get(f"/programs/{first['c']}").status_code == 410
    assert client.get(f"/programs/{lost['d']}").status_code == 404
    for one, begun_again in zip(followers, (0, 1), strict=True):
        one.client = client
        assert one.to_the_end() == now
        assert one.begun_again == begun_again


def test_who_replaces_a_database_is_told_where_it_is_and_to_delete_it(run, tmp_path, capsys):
    """It holds reports and cases that were promised to be gone after a while, and nothing ends it."""
    run("import", "listing", listed(tmp_path, "a"))
    backup = run("backup", tmp_path / "kept")[1]["backup"]
    assert main(["restore", backup, "--replace", "--json"]) == 0
    said = capsys.readouterr()
    kept = json.loads(said.out)["replaced_kept_in"]
    assert kept.startswith(str(tmp_path / "home" / "replaced"))
    assert f"delete {kept} once nothing of it is missed" in said.err


def test_verify_names_what_is_damaged_and_what_to_do(run, tmp_path):
    assert run("verify")[1]["problems"] == [
        f"{tmp_path / 'home' / 'directory.sqlite'}: there is no database",
        "no generation: run python -m directory publish",
    ]
    assert not (tmp_path / "home" / "directory.sqlite").exists()
    run("import", "listing", listed(tmp_path, "a"))
    run("publish")
    folder = run("backup", tmp_path / "kept")[1]["backup"]
    assert run("verify", folder)[1]["holds"]
    home = tmp_path / "home"
    (column,) = home.glob("generations/gen-*/roster/lat.npy")
    column.write_bytes(column.read_bytes()[:-1] + b"\xff")
    (open_data,) = home.glob("open-data/*/stepwise-*.csv")
    open_data.write_bytes(open_data.read_bytes()[:-1] + b" ")
    status, told = run("verify")
    assert status == 1
    assert [one.partition(":")[0] for one in told["problems"]] == [
        "no generation can be served",
        "gen-00000001",
        f"open data {open_data.name}",
    ]
    assert all("python -m directory rebuild" in one for one in told["problems"])
    manifest = orjson.loads((tmp_path / folder / "manifest.json").read_bytes())
    assert SECRET not in json.dumps(manifest)


def test_a_restore_says_when_what_is_sealed_cannot_be_opened_any_more(run, tmp_path, monkeypatch):
    run("import", "listing", listed(tmp_path, "a"))
    folder = run("backup", tmp_path / "kept")[1]["backup"]
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("DIRECTORY_SECRET", SECRET[::-1])
    assert "reset-second-factor" in run("restore", folder)[1]["secret"]
    assert standing()[1].keys() == {"a"}
