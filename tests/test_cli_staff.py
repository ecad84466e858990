"""The command line of the desk: the first administrator, ways back in, and the proof of the trail."""

import json
import re
import sqlite3

import pytest

from directory.accounts.sessions import SessionRules
from directory.accounts.trail_file import as_ndjson
from directory.cli import main
from directory.config import read_config
from directory.house import build_house, wall_clock
from directory.store.connect import open_database
from directory.store.staff_records import SqlStaffRecords
from tests.support.desk import PASSWORD
from tests.web.staff.providing import make_listing

ADD = ("staff", "add-administrator", "ada@example.org", "--name", "Ada")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of one's own, named by the setting."""
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(home, capsys):
    """Run a command: its status, what it printed, what it said on the side."""

    def one(*arguments):
        capsys.readouterr()
        try:
            status = main(list(arguments))
        except SystemExit as ended:  # argparse
            status = ended.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


def book():
    return build_house(read_config()).staff_records().book()


def test_the_first_administrator_gets_a_link_that_is_kept_only_as_a_digest(run, home):
    status, out, _ = run(*ADD, "--json")
    report = json.loads(out)
    assert status == 0
    token = re.fullmatch(r"http://127\.0\.0\.1:8000/staff/join/([\w-]{43})", report["link"])[1]
    kept = b"".join(path.read_bytes() for path in home.glob("directory.sqlite*"))
    assert token.encode() not in kept
    with book() as one:
        (ada,) = one.people.all()
    assert (ada.role, ada.password, ada.organization.name) == ("administrator", None, "Stepwise")


def test_without_a_terminal_no_password_is_taken_and_nothing_is_kept(run):
    status, _, said = run(*ADD, "--password")
    assert status == 1
    assert "a terminal to type at" in said
    assert run("staff", "list", "--json")[1].strip() == '{"accounts": 0, "staff": []}'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("staff", "add-administrator", "ada", "--name", "Ada"), "a mail address"),
        (("staff", "add-administrator", "ada@example.org", "--name", " "), "a name"),
        (("staff", "link", "nobody@example.org"), "an account that may sign in"),
        (("staff", "reset-second-factor", "nobody@example.org"), "an account that may sign in"),
        (("audit-trail", "verify", "--head", "7"), "64 hex digits"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(run, arguments, said):
    status, out, error = run(*arguments)
    assert (status, out) == (1, "")
    assert said in error
    with book() as one:
        assert one.people.all() == []
        assert one.people.organizations() == []
        assert one.trail.head().number == 0


def test_the_same_address_is_not_added_twice(run):
    run(*ADD)
    status, _, said = run(*ADD)
    assert status == 1
    assert "no account has yet" in said


def test_a_second_administrator_joins_the_same_organization(run):
    run(*ADD, "--organization", "Hillside")
    run(
        "staff",
        "add-administrator",
        "bob@example.org",
        "--name",
        "Bob",
        "--organization",
        "HILLSIDE",
    )
    with book() as one:
        assert len(one.people.organizations()) == 1


def test_accounts_are_listed_for_people_and_for_machines(run):
    run(*ADD)
    assert "1  administrator  ada@example.org  Ada  Stepwise" in run("staff", "list")[1]
    (ada,) = json.loads(run("staff", "list", "--json")[1])["staff"]
    assert (ada["email"], ada["disabled"]) == ("ada@example.org", False)


def test_a_new_link_closes_the_one_before(run):
    first = json.loads(run(*ADD, "--json")[1])["link"].rpartition("/")[2]
    second = json.loads(run("staff", "link", "ada@example.org", "--json")[1])["link"]
    from directory.accounts import staff
    from directory.accounts.staff import StaleLink

    with book() as one:
        with pytest.raises(StaleLink):
            staff.invited(one, wall_clock(), first)
        assert staff.invited(one, wall_clock(), second.rpartition("/")[2]).name == "Ada"


def test_a_reset_of_the_second_factor_ends_every_sign_in(run):
    from dataclasses import replace
    from datetime import timedelta

    from directory.accounts import sessions

    run(*ADD)
    rules = SessionRules(timedelta(minutes=30), timedelta(hours=12))
    with book() as one:
        ada = one.people.by_email("ada@example.org")
        one.people.put(replace(ada, secret="sealed", password=PASSWORD))
        sessions.begin(one, rules, ada, "safari", wall_clock())
    assert run("staff", "reset-second-factor", "ada@example.org")[0] == 0
    with book() as one:
        after = one.people.by_email("ada@example.org")
        assert (after.secret, after.password) == (None, PASSWORD)
        assert one.sessions.of(after.number) == []


def test_a_file_of_the_trail_is_proved_without_the_store(run, home, tmp_path):
    run(*ADD)
    with SqlStaffRecords(open_database(f"sqlite:///{home / 'directory.sqlite'}")).book() as book:
        text, head = "".join(as_ndjson(book.trail.read())), book.trail.head()
    path = tmp_path / "trail.ndjson"
    path.write_text(text, encoding="utf-8")
    status, out, _ = run("audit-trail", "verify", str(path), "--head", str(head), "--json")
    assert (status, json.loads(out)["head"]) == (0, str(head))
    path.write_text("".join(text.splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert run("audit-trail", "verify", str(path))[0] == 0, "a file alone does not know its end"
    status, out, _ = run("audit-trail", "verify", str(path), "--head", str(head))
    assert (status, "gone from the end" in out) == (1, True)
    assert run("audit-trail", "verify", str(tmp_path / "none"))[0] == 1


def test_the_trail_is_proved_and_its_head_can_be_noted(run):
    run(*ADD)
    status, out, _ = run("audit-trail", "verify", "--json")
    report = json.loads(out)
    assert (status, report["holds"], report["lines"]) == (0, True, 3)
    run("staff", "link", "ada@example.org")
    status, out, _ = run("audit-trail", "verify", "--head", report["head"])
    assert status == 0
    assert "4 lines, all as they were written." in out


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE staff_act SET act = 'signed_out' WHERE number = 2", "line 2 is not as it was"),
        ("DELETE FROM staff_act WHERE number = 2", "line 2 is gone, and lines stand after it"),
        ("DELETE FROM staff_act WHERE number = 3", "line 3 and what came after it is gone"),
    ],
)
def test_a_trail_that_was_touched_is_told_with_status_1(run, home, statement, said):
    run(*ADD)
    with sqlite3.connect(home / "directory.sqlite") as connection:
        connection.execute(statement)
    connection.close()
    status, out, _ = run("audit-trail", "verify")
    assert status == 1
    assert "The trail does not hold." in out
    assert said in out


def test_a_link_to_a_listing_is_made_for_a_program_we_know(run):
    status, _, said = run("listing-link", "nobody")
    assert status == 1
    assert "nobody" in said
    make_listing(build_house(read_config()).records(), "acme", "acme-evening")
    status, out, _ = run("listing-link", "acme-evening", "--json")
    assert status == 0
    assert re.fullmatch(
        r"http://127\.0\.0\.1:8000/staff/listing/1-[0-9a-f]{40}", json.loads(out)["link"]
    )
    with book() as one:
        assert next(iter(one.trail.read())).act == "listing_link_made"
