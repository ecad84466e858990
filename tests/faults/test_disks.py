"""Full or read-only disks, damaged files, a clock that is wrong: a clear state, searches go on, nothing is lost."""

import contextlib
import os
import resource
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directory.app import create_app
from directory.cli import main
from directory.cli.importing import import_one
from directory.cli.publishing import publish_all
from directory.config import Config
from directory.house import build_house
from directory.search.generations import Generations
from directory.store.soundness import soundness
from directory.store.sql_records import SqlRecords
from tests.conftest import NOW
from tests.faults.killing import database, listed
from tests.support.builders import WORDS

SECRET = "a-secret-of-more-than-thirty-two-letters"
EVENINGS = {"near": "91101", "week": {"free": [{"day": "mon", "start": "17:00", "end": "22:00"}]}}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A home with three programs, published twice."""
    home = tmp_path_factory.mktemp("whole")
    house = build_house(Config(home=home, secret=SECRET), lambda: NOW)
    import_one(house, "listing", listed(home, "three", "a", "b", "c"))
    for _ in range(2):
        publish_all(house, whole=True)
    house.close()
    listed(home, "many", *(f"p{number}" for number in range(60)))
    return home


@pytest.fixture
def home(whole, tmp_path, monkeypatch):
    """A copy of it, named by the settings."""
    here = Path(shutil.copytree(whole, tmp_path / "home"))
    monkeypatch.setenv("DIRECTORY_HOME", str(here))
    monkeypatch.setenv("DIRECTORY_SECRET", SECRET)
    return here


def asking(home, clock=lambda: NOW):
    return create_app(Config(home=home, secret=SECRET), clock).test_client()


def found(client):
    answer = client.post("/api/v1/match", json=EVENINGS)
    assert answer.status_code == 200
    return len(answer.json["data"])


def programs(home):
    with database(home) as engine:
        assert soundness(engine).problems == ()
        return SqlRecords(engine).count()


def without_room(act: Callable[[], int], most_bytes: int, said: Path) -> int:
    """Run `act` where no file may grow beyond so many bytes, as on a disk that is full; its answer."""
    child = os.fork()
    if child == 0:
        status = 99
        with (
            said.open("w") as out,
            contextlib.redirect_stderr(out),
            contextlib.redirect_stdout(out),
        ):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
            try:
                status = act()
            finally:
                out.flush()
                os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    "words", [["import", "listing", "many.json"], ["rebuild"]], ids=lambda it: it[0]
)
def test_a_full_disk_is_refused_in_words_and_what_stood_stands(home, tmp_path, words):
    words = [str(home / word) if word.endswith(".json") else word for word in words]
    said = tmp_path / "said"
    most = 2048 if words[0] == "rebuild" else 40_000
    status = without_room(lambda: main(words), most, said)
    assert status == 1, said.read_text()
    assert said.read_text().splitlines()[-1].startswith("Refused: ")
    assert programs(home) == 3
    assert found(asking(home)) == 3
    assert main(words) == 0
    assert Generations(home / "generations", WORDS).current().roster.size >= 3


def test_where_nothing_can_be_written_searches_are_answered_and_reports_wait(home, tmp_path):
    def serve() -> int:
        client = asking(home)
        assert client.get("/results?near=91101").status_code == 200
        assert found(client) == 3
        assert client.get("/readyz").status_code == 200
        told = client.post("/api/v1/reports", json={"program": "a", "what": "closed"})
        assert told.status_code == 503, told.text
        assert "Traceback" not in told.text
        return 7

    said = tmp_path / "said"
    assert without_room(serve, 16, said) == 7, said.read_text()
    assert programs(home) == 3


@pytest.mark.parametrize("spoil", ["CURRENT", "the newest", "all"])
def test_a_generation_that_is_missing_or_damaged_is_passed_over_or_said_to_be_missing(home, spoil):
    folder = home / "generations"
    names = sorted(path.name for path in folder.glob("gen-*"))
    if spoil == "CURRENT":
        (folder / "CURRENT").unlink()
    for name in {"CURRENT": [], "the newest": names[-1:], "all": names}[spoil]:
        column = folder / name / "roster" / "lat.npy"
        column.write_bytes(column.read_bytes()[:-3] + b"\xff\xff\xff")
    client = asking(home)
    if spoil != "all":
        assert found(client) == 3
    else:
        ready, page = client.get("/readyz"), client.get("/results?near=91101")
        assert (ready.status_code, page.status_code) == (503, 503)
        assert "Run: python -m directory publish" in ready.text
        assert 'href="tel:988"' in page.text
    assert main(["rebuild"]) == 0
    assert found(asking(home)) == 3


def test_a_damaged_database_stops_changes_in_words_and_searches_go_on(home, capsys):
    assert main(["backup", str(home / "kept")]) == 0
    for left in home.glob("directory.sqlite-*"):
        left.unlink()
    file = home / "directory.sqlite"
    pages = bytearray(file.read_bytes())
    for page in range(2, len(pages) // 4096, 2):
        pages[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(pages)
    assert found(asking(home)) == 3
    assert main(["verify"]) == 1
    capsys.readouterr()
    assert main(["import", "listing", str(home / "many.json")]) == 1
    assert "Refused: The database cannot be used" in capsys.readouterr().err
    (kept,) = (path for path in (home / "kept").iterdir() if path.is_dir())
    assert main(["restore", str(kept), "--replace"]) == 0
    assert main(["verify"]) == 0
    assert programs(home) == 3


def test_a_clock_that_is_set_back_a_day_loses_nothing_and_is_told(home):
    now = [NOW]
    client = asking(home, lambda: now[0])
    assert found(client) == 3
    now[0] = NOW - timedelta(days=1)
    assert found(client) == 3
    assert "set the clock of this machine right" in client.get("/readyz").text
    house = build_house(Config(home=home, secret=SECRET), lambda: now[0])
    import_one(house, "listing", listed(home, "later", "d"))
    publish_all(house)
    house.close()
    assert programs(home) == 4
    client = asking(home, lambda: now[0])
    assert found(client) == 4
    assert client.get("/readyz").text.startswith("ready: 4 programs, gen-00000003\n")
    assert "clock" not in client.get("/readyz").text
    listed_now = client.get("/api/v1/changes").json
    assert {one["id"] for one in listed_now["data"]} == {"a", "b", "c", "d"}
