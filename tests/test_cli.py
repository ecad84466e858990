"""Commands: 0 done, 1 refused and nothing changed, 2 usage; results on stdout, progress on stderr."""

import csv
import hashlib
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from directory.cli import COMMANDS, main
from directory.config import PREFIX, read_config
from directory.curation.reporting import Reporting
from directory.house import build_house
from tests.conftest import ROOT
from tests.curation.linking import rows

SECRET = "a-secret-of-more-than-thirty-two-letters"
SOURCE = {
    "name": "A page",
    "url": "https://acme.example/",
    "seen_on": "2026-11-23",
    "method": "published",
}


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
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:  # argparse
            status = ended.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


def published():
    """The programs people would find."""
    house = build_house(read_config())
    generation = house.generations.current()
    return generation.listings(list(range(generation.statistics.programs)))


def store(home):
    """Everything the store holds, as one checksum."""
    with sqlite3.connect(home / "directory.sqlite") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(dump.encode()).hexdigest()


def listing(*programs, **site):
    """A listing file with one site."""
    one = {"id": "acme-lake", "name": None, "phone": "626-796-3141", "time_zone": "America/Los_Angeles",
           "address": {"street": "12 N Lake Ave", "city": "Pasadena", "state": "CA", "zip": "91101"}, **site}  # fmt: skip
    organization = {
        "id": "acme",
        "name": "Acme Recovery",
        "sites": [{**one, "programs": list(programs)}],
    }
    return {"source": SOURCE, "organizations": [organization]}


def program(name="acme-evening", **facts):
    """A program that can be read."""
    session = {"day": "mon", "start": "18:00", "end": "21:00"}
    track = {
        "label": "Evening",
        "mode": "in_person",
        "schedule_grade": "days_and_times",
        "sessions": [session],
    }
    return {
        "id": name,
        "name": "Evening IOP",
        "level_of_care": "iop",
        "level_evidence": "stated",
        "tracks": [track],
        **facts,
    }


@pytest.fixture
def file(tmp_path):
    """Write a file to import."""

    def write(content, name="listing.json"):
        path = tmp_path / name
        path.write_text(
            content if isinstance(content, str) else json.dumps(content), encoding="utf-8"
        )
        return path

    return write


# --- exit statuses and output ---------------------------------------------------------------------


def test_help_lists_every_command_in_one_line_and_ends_well(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    status, out, _ = run("--help")
    assert status == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for name, _, help_text, *_ in COMMANDS:
        assert f"{name} {help_text}" in lines
        assert run(name, "--help")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["import"],
        ["import", "listing"],
        ["import", "nowhere", "x.json"],
        ["check", "--loud"],
    ],
)
def test_wrong_usage_is_status_two_and_goes_to_stderr(run, arguments):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "usage:" in err


def test_nothing_published_is_a_refusal_that_says_what_to_do(run):
    status, out, err = run("check")
    assert (status, out) == (1, "")
    assert "python -m directory publish" in err


def test_check_says_what_does_not_add_up_with_what_it_got_and_expected(run, tmp_path):
    run("setup")
    status, out, _ = run("check", "--csv", tmp_path / "found.csv")
    assert status == 0
    said = out.splitlines()
    at = said.index("L1 hours_day_program (serious): 1")
    line = "program ucsf-health-php: tracks: got 16.67 hours, expected at least 20 contact hours a week"
    assert said[at + 1].strip().startswith(line)
    lint = json.loads(run("check", "--json")[1])["lint"]
    assert f"findings: {lint['serious']} serious, {lint['worth_a_look']} worth a look" in said
    assert len(lint["found"]) == lint["serious"] + lint["worth_a_look"]
    assert sum(one["count"] for one in lint["cases"]) == len(lint["found"])
    with (tmp_path / "found.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == lint["found"]


@pytest.fixture
def twice(home, run, file):
    """The columns of each of two generations, the older first."""
    run("import", "listing", file(listing(program())))
    for command in ("publish", "rebuild"):
        assert run(command)[0] == 0
    return sorted((home / "generations").glob("gen-*/roster/lat.npy"))


def spoil(column):
    """Change bytes of it."""
    column.write_bytes(column.read_bytes()[:-3] + b"\xff\xff\xff")


@pytest.mark.parametrize("command", ["check", "verify"])
def test_a_damaged_generation_is_said_with_the_one_that_is_served_instead(run, twice, command):
    older, newest = (column.parent.parent.name for column in twice)
    assert run(command)[0] == 0
    spoil(twice[-1])
    status, out, _ = run(command, "--json")
    (problem, *_) = json.loads(out)["problems"]
    assert (status, problem.startswith(f"{older} is served instead of {newest}")) == (1, True)
    assert "run python -m directory rebuild" in problem
    assert f"  {problem}" in run(command)[1].splitlines()
    assert run("rebuild")[0] == 0
    assert run("check")[0] == 0


def test_check_says_that_nothing_whole_is_left_and_still_counts_the_store(run, twice):
    for column in twice:
        spoil(column)
    status, out, _ = run("check", "--json")
    report = json.loads(out)
    assert (status, report["generation"], report["store_programs"]) == (1, None, 1)
    assert "no generation can be served" in report["problems"][0]
    assert "run python -m directory rebuild" in report["problems"][0]


def test_check_says_that_nothing_names_what_was_published_last(run, home, twice):
    (home / "generations" / "CURRENT").unlink()
    status, out, _ = run("check")
    assert (status, "instead of the one published last" in out) == (1, True)


def test_check_shows_a_few_of_many_and_says_how_to_see_all(run):
    run("setup")
    said = run("check")[1].splitlines()
    at = next(place for place, line in enumerate(said) if line.startswith("L12 fact_stale"))
    assert said[at + 6].startswith("  and ")
    assert "--csv FILE" in said[at + 6]


@pytest.mark.parametrize("command", ["setup", "check", "publish", "rebuild", "config"])
def test_json_is_one_object_on_stdout_and_progress_is_on_stderr(run, command):
    run("setup")
    status, out, _ = run(command, "--json")
    assert status == 0
    assert isinstance(json.loads(out), dict)
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (("check",), []),
        (("import", "listing", "nowhere.json"), [("nowhere.json", "no such file")]),
        (("reports", "close"), [("N", None)]),
    ],
)
def test_a_refusal_is_one_json_object_with_what_we_got_and_expected(run, arguments, refused):
    status, out, err = run(*arguments, "--json")
    said = json.loads(out)
    assert (status, len(out.splitlines())) == (1, 1)
    assert err == f"Refused: {said['refusal']}\n"
    assert [(one["field"], one["got"]) for one in said["refused"]] == refused
    assert all(one["expected"] for one in said["refused"])


def test_a_setting_is_refused_as_json_too(run, monkeypatch):
    monkeypatch.setenv("DIRECTORY_EXAMPELS", "0")
    (row,) = json.loads(run("check", "--json")[1])["refused"]
    assert row["field"] == "DIRECTORY_EXAMPELS"


def test_a_disk_without_room_is_refused_as_json_too(run):
    status, out, err = run("generate", "--programs", 1, "--out", "/dev/full", "--json")
    (row,) = json.loads(out)["refused"]
    assert (status, row["got"]) == (1, "No space left on device")
    assert "Make room" in err


def test_setup_says_its_steps_on_stderr_only(run):
    _, out, err = run("setup", "--json")
    assert "Listings:" in err
    assert "Generation:" in err
    assert "Listings:" not in out
    assert json.loads(out).keys() >= {"generation", "programs", "examples"}


def test_the_module_is_the_command(tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environ = clean | {"DIRECTORY_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "directory", "config", "--json"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["DIRECTORY_HOME"] == str(tmp_path)


# --- settings ---------------------------------------------------------------------------------------


def test_an_unknown_setting_is_refused_by_name(run, monkeypatch):
    monkeypatch.setenv("DIRECTORY_EXAMPELS", "0")
    status, out, err = run("check")
    assert (status, out) == (1, "")
    assert "DIRECTORY_EXAMPELS" in err
    assert "DIRECTORY_EXAMPLES" in err


def test_config_shows_every_setting_and_no_secret(run, monkeypatch):
    monkeypatch.setenv("DIRECTORY_SECRET", SECRET)
    monkeypatch.setenv("DIRECTORY_DATABASE_URL", "postgresql://keeper:pass-word-7@db/one")
    monkeypatch.setenv("DIRECTORY_OIDC_ISSUER", "https://login.example")
    monkeypatch.setenv("DIRECTORY_OIDC_CLIENT_ID", "stepwise")
    monkeypatch.setenv("DIRECTORY_OIDC_CLIENT_SECRET", "between-us-and-them")
    monkeypatch.setenv("DIRECTORY_BASE_URL", "https://stepwise.example")
    status, out, err = run("config")
    assert status == 0
    assert "DIRECTORY_SEARCH_MINUTES: 120" in out
    assert "between-us-and-them" not in out + err
    assert SECRET not in out + err
    assert "pass-word-7" not in out + err


@pytest.mark.parametrize(("setting", "value", "named"), [
    ("DIRECTORY_SECRET", "short", "DIRECTORY_SECRET"),
    ("DIRECTORY_EXAMPLES", "1", "DIRECTORY_EXAMPLES"),
    ("DIRECTORY_BASE_URL", "", "DIRECTORY_BASE_URL"),
    ("DIRECTORY_TRUSTED_PROXIES", "0", "DIRECTORY_TRUSTED_PROXIES"),
])  # fmt: skip
def test_production_refuses_what_is_unsafe_before_others(
    run, home, monkeypatch, setting, value, named
):
    safe = {
        "DIRECTORY_PRODUCTION": "1",
        "DIRECTORY_SECRET": SECRET,
        "DIRECTORY_EXAMPLES": "0",
        "DIRECTORY_BASE_URL": "https://stepwise.example",
        "DIRECTORY_TRUSTED_PROXIES": "1",
    }
    for name, text in (safe | {setting: value}).items():
        monkeypatch.setenv(name, text)
    status, out, err = run("setup")
    assert (status, out) == (1, "")
    assert named in err
    assert not home.exists()


# --- setup ------------------------------------------------------------------------------------------


def test_a_second_setup_changes_nothing(run, home):
    assert run("setup")[0] == 0
    before = (store(home), sorted(path.name for path in (home / "generations").iterdir()))
    status, _out, err = run("setup", "--json")
    assert status == 0
    assert "up to date" in err
    assert (store(home), sorted(path.name for path in (home / "generations").iterdir())) == before
    assert "0 new" in err


def test_setup_publishes_the_shipped_programs_and_the_examples(run):
    _, out, _ = run("setup", "--json")
    report = json.loads(out)
    assert report["programs"] == len(published())
    assert report["examples"] == sum(one.example for one in published()) >= 24


def test_without_examples_none_is_published(run, monkeypatch):
    monkeypatch.setenv("DIRECTORY_EXAMPLES", "0")
    _, out, _ = run("setup", "--json")
    assert json.loads(out)["examples"] == 0
    assert not any(one.example for one in published())
    assert len(published()) >= 100


def test_examples_that_were_loaded_leave_when_they_are_switched_off(run, monkeypatch, home):
    run("setup")
    assert any(one.example for one in published())
    monkeypatch.setenv("DIRECTORY_EXAMPLES", "0")
    assert run("setup")[0] == 0
    assert not any(one.example for one in published())
    current = (home / "generations" / "CURRENT").read_text().strip()
    kept = b"".join(
        path.read_bytes() for path in (home / "generations" / current).rglob("*") if path.is_file()
    )
    assert b"example-lamplight" not in kept
    assert run("publish")[0] == 0
    assert not any(one.example for one in published())
    monkeypatch.setenv("DIRECTORY_EXAMPLES", "1")
    assert run("setup")[0] == 0
    assert any(one.example for one in published())


def test_production_publishes_real_programs_beside_loaded_examples(run, monkeypatch):
    run("setup")
    safe = {"PRODUCTION": "1", "SECRET": SECRET, "EXAMPLES": "0", "BASE_URL": "https://one.example",
            "TRUSTED_PROXIES": "1"}  # fmt: skip
    for name, text in safe.items():
        monkeypatch.setenv(PREFIX + name, text)
    assert run("publish")[0] == 0
    assert not any(one.example for one in published())


# --- import -----------------------------------------------------------------------------------------


def test_an_import_reports_what_it_did_with_each_row(run, file):
    bad = program("acme-odd", level_of_care="nonsense")
    status, out, _err = run("import", "listing", file(listing(program(), bad)), "--json")
    report = json.loads(out)
    assert status == 0
    assert report.keys() >= {
        "read",
        "accepted",
        "refused",
        "created",
        "changed",
        "unchanged",
        "missing",
        "review",
    }
    assert (report["read"], report["accepted"]) == (2, 1)
    assert report["created"] == 1
    refused = report["refused"][0]
    assert refused.keys() >= {"row", "field", "got", "expected"}
    assert refused["got"] == "nonsense"


def test_an_import_twice_changes_nothing(run, file, home):
    path = file(listing(program()))
    run("import", "listing", path)
    before = store(home)
    _, out, _ = run("import", "listing", path, "--json")
    report = json.loads(out)
    assert (report["created"], report["changed"], report["unchanged"]) == (0, 0, 1)
    assert store(home) == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(run, file, home):
    run("import", "listing", file(listing(program())))
    before = store(home)
    path = file(
        listing(program(name="acme-evening", weeks={"min": 8, "max": 12}), phone="626-796-3142"),
        "new.json",
    )
    status, out, _ = run("import", "listing", path, "--dry-run", "--json")
    assert status == 0
    assert json.loads(out)["changed"]
    assert store(home) == before


@pytest.mark.parametrize(("name", "content"), [
    ("cut.json", '{"source": {"name": "A page"'),
    ("list.json", "[1, 2, 3]"),
    ("empty.json", ""),
    ("nothing.json", "{}"),
    ("number.json", "7"),
    ("binary.xlsx", "this is no workbook"),
    ("odd.csv", "one;two\n1;2\n"),
    ("deep.json", "[" * 100_000),
    ("page.html", "<html></html>"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_and_the_store_stays(run, file, home, name, content):
    run("import", "listing", file(listing(program())))
    before = store(home)
    status, out, err = run("import", "listing", file(content, name), "--json")
    assert status == 1
    assert name in err or json.loads(out)["refused"]
    assert "Traceback" not in err
    assert store(home) == before


def test_a_file_that_is_not_there_is_refused_by_name(run, tmp_path):
    status, out, err = run("import", "listing", tmp_path / "nowhere.json")
    assert (status, out) == (1, "")
    assert "nowhere.json" in err


def test_a_file_with_nothing_but_bad_rows_is_refused_whole_and_the_store_stays(run, file, home):
    run("import", "listing", file(listing(program())))
    before = store(home)
    bad = program(
        tracks=[
            {"label": "Evening", "sessions": [{"day": "someday", "start": "18:00", "end": "21:00"}]}
        ]
    )
    status, out, _ = run("import", "listing", file(listing(bad), "bad.json"), "--json")
    assert status == 1
    assert "someday" in json.dumps(json.loads(out)["refused"])
    assert store(home) == before


def test_several_files_are_reported_one_by_one(run, file):
    good, bad = (
        file(listing(program())),
        file(listing(program(level_of_care="nonsense")), "bad.json"),
    )
    status, out, _ = run("import", "listing", good, bad, "--json")
    reports = json.loads(out)["files"]
    assert [report["accepted"] for report in reports] == [1, 0]
    assert status == 0  # something changed


def test_several_files_have_their_sums_and_refused_rows_at_the_top(run, file):
    good = file(listing(program(), program("acme-odd", level_of_care="nonsense")))
    bad = file(listing(program(level_of_care="nothing")), "bad.json")
    _, out, _ = run("import", "listing", good, bad, "--json")
    report = json.loads(out)
    single = json.loads(run("import", "listing", good, "--dry-run", "--json")[1])
    counts = {name for name, value in single.items() if isinstance(value, int)}
    for name in counts - {"dry_run", "change", "catalog"}:
        assert report[name] == sum(one[name] for one in report["files"]), name
    assert (report["read"], report["accepted"], report["created"]) == (3, 1, 1)
    assert [(one["file"], one["got"]) for one in report["refused"]] == [
        ("listing.json", "nonsense"),
        ("bad.json", "nothing"),
    ]
    _, out, _ = run("import", "listing", good, bad, "--most", "1", "--json")
    cut = json.loads(out)
    assert (len(cut["refused"]), cut["refused_rows"]) == (1, 2)
    assert "read in all: 3" in run("import", "listing", good, bad)[1].splitlines()


def test_several_files_that_are_all_refused_are_a_refusal(run, file):
    one, two = (
        file(listing(program(level_of_care="nonsense")), name) for name in ("one.json", "two.json")
    )
    assert run("import", "listing", one, two, "--json")[0] == 1


def test_a_refusal_means_that_nothing_changed(run, file, home, tmp_path):
    """A file that is not there, after a good one: all of it is done and reported, or none of it."""
    run("import", "listing", file(listing(program())))
    before = store(home)
    more = file(listing(program("acme-morning")), "more.json")
    status, _, err = run("import", "listing", more, tmp_path / "nowhere.json", "--json")
    assert "nowhere.json" in err
    assert (status == 1) == (store(home) == before)


def test_what_refuses_a_later_file_stands_in_its_report_once_an_earlier_one_went_in(run, file):
    known = federal(file, name="list-2023.csv")
    newer = federal(file, name="list-2025.csv")
    day = "--seen-on", "2023-06-01"
    assert run("import", "samhsa", newer, known, *day)[0] == 1
    status, out, _ = run("import", "samhsa", known, newer, *day, "--json")
    first, second = json.loads(out)["files"]
    assert (status, first["created"], second["read"]) == (0, 1, 0)
    assert [(one["row"], one["got"]) for one in second["refused"]] == [("file", "2024-12-31")]


def test_a_file_of_several_is_not_refused_for_the_change_of_the_one_before(run, file):
    run("import", "listing", file(listing(program("acme-night")), "first.json"))
    one, two = (
        file(listing(program("acme-night"), program(name)), f"{name}.json") for name in "ab"
    )
    dry = json.loads(run("import", "listing", one, "--dry-run", "--json")[1])
    guard = "--only-after", dry["catalog"]
    status, out, _ = run("import", "listing", one, two, *guard, "--json")
    assert (status, [file["created"] for file in json.loads(out)["files"]]) == (0, [1, 1])
    assert run("import", "listing", one, two, *guard, "--json")[0] == 1


def test_a_refused_row_is_shown_to_people_too(run, file):
    _, out, _ = run(
        "import", "listing", file(listing(program(), program("acme-odd", level_of_care="nonsense")))
    )
    assert "refused: 1" in out
    assert "'nonsense'" in out


def test_a_generated_country_is_a_listing_file_that_goes_in(run, tmp_path):
    out = tmp_path / "country.json"
    status, printed, _ = run("generate", "--programs", 40, "--seed", 7, "--out", out, "--json")
    assert (status, json.loads(printed)["programs"]) == (0, 40)
    status, printed, _ = run("import", "listing", out, "--json")
    assert (status, json.loads(printed)["accepted"], json.loads(printed)["refused"]) == (0, 40, [])
    assert run("generate", "--programs", "0")[0] == 2


# --- history and undo -----------------------------------------------------------------------------


def test_a_curator_reads_what_was_said_and_takes_one_change_back(run, file):
    run("import", "listing", file(listing(program(weeks={"min": 8}))))
    report = json.loads(
        run("import", "listing", file(listing(program(weeks={"min": 80}))), "--json")[1]
    )
    number = report["change"]
    status, told, _ = run("history", "acme-evening")
    assert status == 0
    assert f"change {number}, " in told
    assert 'program weeks: {"min":80}' in told
    done = json.loads(run("undo", number, "--json")[1])
    assert (done["claims_withdrawn"], done["claims_restored"]) == (1, 1)
    status, _, said = run("undo", number)
    assert (status, f"undo {done['change']}" in said) == (1, True)


def test_a_dry_undo_changes_nothing(run, file, home):
    run("import", "listing", file(listing(program())))
    before = store(home)
    assert json.loads(run("undo", 1, "--dry-run", "--json")[1])["change"] is None
    assert store(home) == before


# --- review -----------------------------------------------------------------------------------------


def waiting_pair(home):
    """A store in which two rows wait for a person; answers nothing."""
    records = build_house(read_config()).records()
    rows.take(records, rows.SAMHSA, rows.substance())
    rows.take(records, rows.DHCS, rows.certificate(street="99 East Green Street"))


def test_a_pair_is_shown_side_by_side_within_eighty_columns(run, home):
    waiting_pair(home)
    status, out, _ = run("review")
    assert status == 0
    assert "Pair 1: the same phone and name, but two addresses" in out
    assert any(
        "12 North Lake Avenue" in line and "99 East Green Street" in line
        for line in out.splitlines()
    )
    assert max(map(len, out.splitlines())) <= 80
    assert "1 to decide" in out


def test_an_answer_is_kept_with_who_gave_it_and_can_be_taken_back(run, home):
    waiting_pair(home)
    status, out, _ = run("review", "same", 1, "--by", "referral desk", "--json")
    assert (status, json.loads(out)["by"]) == (0, "referral desk")
    assert json.loads(run("review", "--json")[1])["to_decide"] == 0
    assert "(same, by referral desk)" in run("review", "show", 1)[1]
    assert run("review", "undo", 1)[0] == 0
    assert json.loads(run("review", "--json")[1])["to_decide"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["same"], "review same 1"),
        (["same", 99], "review list"),
        (["undo", 1], "nobody has decided"),
    ],
)
def test_an_answer_that_cannot_be_given_is_refused_and_says_why(run, home, arguments, said):
    waiting_pair(home)
    before = store(home)
    status, out, err = run("review", *arguments)
    assert (status, out) == (1, "")
    assert said in err
    assert store(home) == before


MEETING = {"name": "Lamp Circle", "slug": "lamp", "day": 1, "time": "18:30", "address": "1 Main St", "postal_code": "91101"}  # fmt: skip


def meetings_of(home):
    """The names of the meetings that people would be shown."""
    return [
        one.name
        for listed in build_house(read_config()).meetings.current()
        for one in listed.meetings
    ]


def test_meetings_are_published_and_a_bad_row_is_named(run, home, tmp_path):
    file = tmp_path / "feed.json"
    file.write_text(json.dumps([MEETING, {"name": "No day", "slug": "x"}]))
    arguments = ("meetings", file, "--source", "The county list", "--seen", "2026-11-20", "--json")
    status, out, _ = run(*arguments, "--dry-run")
    assert (status, meetings_of(home)) == (0, [])
    status, out, _ = run(*arguments)
    report = json.loads(out)
    assert (status, report["read"], report["accepted"]) == (0, 2, 1)
    assert [(one["row"], one["field"]) for one in report["refused"]] == [("[1]", "place")]
    assert meetings_of(home) == ["Lamp Circle"]


def test_a_list_of_which_nothing_can_be_used_changes_nothing(run, home, tmp_path):
    file = tmp_path / "feed.json"
    file.write_text(json.dumps([MEETING]))
    run("meetings", file, "--source", "The county list")
    file.write_text(json.dumps([{"name": "No day"}]))
    assert run("meetings", file, "--source", "The county list")[0] == 1
    file.write_text("no json")
    assert run("meetings", file, "--source", "The county list")[0] == 1
    assert meetings_of(home) == ["Lamp Circle"]


# --- public lists ------------------------------------------------------------------------------------

FEDERAL = """directory_type,name1,name2,street1,street2,city,state,zip,phone,service_code_info
substance,Acme Recovery,,12 North Lake Avenue,,Pasadena,CA,91101,{phone},SA * OP OIT * MD * ADLT {more}
"""


def federal(file, phone="626-795-9988", more="", name="list.csv"):
    """A federal list of one row."""
    return file(FEDERAL.format(phone=phone, more=more), name)


def test_a_public_list_is_dated_by_what_is_told(run, file):
    told = "--edition", "2024", "--seen-on", "2026-11-20"
    status, out, _ = run("import", "samhsa", federal(file), *told, "--json")
    report = json.loads(out)
    assert (status, report["read"], report["created"], report["notes"]) == (0, 1, 1, [])
    claims = json.loads(run("history", "acme-recovery-iop", "--json")[1])["claims"]
    assert {(one["edition"], one["dated"], one["seen_on"]) for one in claims} == {
        ("2024", "2023-12-31", "2026-11-20")
    }


def test_a_public_list_of_unknown_age_says_what_to_pass(run, file):
    status, out, _ = run("import", "samhsa", federal(file))
    assert status == 0
    assert "note: Edition not named" in out
    assert "--edition" in out


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (("--seen-on", "yesterday"), 2, "2026-11-23"),
        (("--seen-on", "2099-01-01"), 1, "--seen-on"),
        (("--edition", "2024", "--seen-on", "2020-01-01"), 1, "--dated"),
    ],
)
def test_days_that_cannot_be_are_refused(run, file, options, status, told):
    found, _, err = run("import", "samhsa", federal(file), *options)
    assert (found, told in err) == (status, True)


def test_a_dry_run_says_in_words_what_would_change(run, file):
    run("import", "samhsa", federal(file), "--edition", "2024")
    changed = federal(file, phone="626-795-9977", more="* CBT * ZZTOP")
    _, out, _ = run("import", "samhsa", changed, "--edition", "2024", "--dry-run")
    lines = [line.strip() for line in out.splitlines()]
    assert "site phone: 626-795-9988 -> 626-795-9977" in lines
    assert "services: + cbt" in lines
    assert "unknown code: ZZTOP: 1 rows" in lines


def test_curators_read_what_visitors_reported_and_close_it(home, run):
    run("setup")
    house = build_house(read_config())
    listing = house.finder.program(published()[0].program.id)
    Reporting(house.records, house.vocabularies, house.clock).report(listing, "phone", "No answer")
    _, shown, _ = run("reports")
    assert listing.program.id in shown
    assert "No answer" in shown
    (one,) = json.loads(run("reports", "--json")[1])["reports"]
    assert run("reports", "close", one["report"])[0] == 0
    assert json.loads(run("reports", "--json")[1])["open"] == 0
    status, _, said = run("reports", "close", one["report"])
    assert (status, "none is open" in said) == (1, True)


# --- partners -------------------------------------------------------------------------------------


def test_a_partner_gets_a_key_changes_and_is_revoked(run):
    origin, options = "https://clinic.example", ("--place", "Pasadena, CA", "--count", "3")
    _, out, _ = run("partner", "add", "--name", "Clinic", "--origin", origin, *options, "--json")
    made = json.loads(out)
    assert made["choices"] == {"place": "Pasadena, CA", "count": "3"}
    status, out, _ = run("partner", "change", made["key"], "--count", "", "--lang", "es", "--json")
    assert status == 0
    assert json.loads(out)["choices"] == {"place": "Pasadena, CA", "lang": "es"}
    assert run("partner", "revoke", made["key"])[0] == 0
    _, out, _ = run("partner", "restore", made["key"], "--json")
    assert json.loads(out)["active"]
    assert run("partner", "revoke", made["key"])[0] == 0
    run("partner", "change", made["key"], "--count", "")
    _, out, _ = run("partner", "list")
    assert out.splitlines() == [
        f"{made['key']}  (revoked)  Clinic  {origin}  lang=es place=Pasadena, CA",
        "partners: 1",
    ]


def test_counts_of_a_partner_are_told_by_day_and_few_are_not_told(run):
    _, out, _ = run("partner", "add", "--name", "C", "--origin", "https://c.example", "--json")
    status, out, _ = run("partner", "counts", json.loads(out)["key"], "--days", "2")
    assert status == 0
    assert [line.split()[1:] for line in out.splitlines()[1:]] == [["fewer", "than", "11"] * 2] * 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "--origin", "https://c.example"), "--name: got None"),
        (("add", "--name", "C"), "--origin: got None"),
        (("add", "--name", "C", "--origin", "https://*.example"), "a wildcard"),
        (
            ("add", "--name", "C", "--origin", "https://c.example", "--accent", "#ffcc00"),
            "4.5 to 1",
        ),
        (
            ("add", "--name", "C", "--origin", "https://c.example", "--place", "Atlantis XY"),
            "ZIP code",
        ),
        (("change",), "KEY: got None"),
        (("revoke", "pk_nobody"), "no partner has it"),
        (("counts", "pk_nobody", "--days", "0"), "1 to 366"),
    ],
)
def test_a_partner_that_cannot_be_is_refused_with_a_reason(run, arguments, told):
    status, _, err = run("partner", *arguments)
    assert (status, told in err) == (1, True), err
    assert run("partner", "list")[1] == "partners: 0\n"
