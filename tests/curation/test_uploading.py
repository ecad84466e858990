"""Files of strangers are stored aside and read within bounds, whatever becomes of who started it."""

import io
import json
import os
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from directory.curation.uploading import running
from directory.curation.uploading.aside import FILE, LARGEST, is_as_sent, put_aside
from directory.curation.uploading.bounds import MEGABYTE, Bounds
from directory.curation.uploading.running import begin, held, how_it_ended, is_at_work
from directory.errors import BadValue

SMALL = Bounds(memory=256 * MEGABYTE, file=MEGABYTE, cpu_seconds=1, wall_seconds=20)
PLAIN = {"PATH": os.defpath}


def run(folder, code, bounds=SMALL, *more):
    """Run Python code on a folder to its end."""
    work = [([sys.executable, "-c", one], bounds) for one in (code, *more)]
    with held(folder) as lock:
        process = begin(folder, lock, work, PLAIN)
    process.wait(60)
    return how_it_ended(folder)


class Endless(io.RawIOBase):
    """A file without an end."""

    def __init__(self):
        self.told = 0

    def read(self, size=-1):
        self.told += size
        return b"x" * size


# --- stored aside -------------------------------------------------------------------------------


def test_a_file_is_stored_under_a_random_name_for_nobody_else_to_read(tmp_path):
    first, second = (put_aside(tmp_path / "up", io.BytesIO(b"a,b\n")) for _ in "12")
    assert first.name != second.name
    assert (first.size, first.digest) == (second.size, second.digest)
    folder = tmp_path / "up" / first.name
    assert [(path.stat().st_mode & 0o777) for path in (folder, folder / FILE)] == [0o700, 0o600]
    assert is_as_sent(folder, first.digest)
    (folder / FILE).write_bytes(b"a,c\n")
    assert not is_as_sent(folder, first.digest)


def test_a_file_without_an_end_is_cut_off_at_the_limit_and_nothing_of_it_stays(tmp_path):
    endless = Endless()
    with pytest.raises(BadValue, match="at most 50 MB"):
        put_aside(tmp_path / "up", endless)
    assert endless.told <= LARGEST + MEGABYTE
    assert list((tmp_path / "up").iterdir()) == []


def test_an_empty_file_is_refused_and_nothing_of_it_stays(tmp_path):
    with pytest.raises(BadValue, match="not empty"):
        put_aside(tmp_path / "up", io.BytesIO())
    assert list((tmp_path / "up").iterdir()) == []


# --- within bounds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("x = bytearray(10**9)", "memory"),
        ("while True: pass", "time"),
        ("import sys; sys.stdout.write('x' * 2**21)", "size"),
        ("open('big', 'wb').write(bytes(2**21))", "size"),
        ("1 / 0", "broken"),
        ("import os; os.kill(os.getpid(), 9)", "lost"),
    ],
)
def test_work_that_takes_too_much_is_stopped_and_says_of_what(tmp_path, code, why):
    ended = run(tmp_path, code.replace("'big'", repr(str(tmp_path / "big"))))
    assert (ended.report, ended.why) == (None, why)


def test_work_that_waits_too_long_is_ended_with_everything_it_started(tmp_path):
    code = f"sleep 600 & echo $! > '{tmp_path / 'child'}'; wait"
    with held(tmp_path) as lock:
        bounds = replace(SMALL, wall_seconds=8)
        process = begin(tmp_path, lock, [(["/bin/sh", "-c", code], bounds)], PLAIN)
    process.wait(60)
    assert how_it_ended(tmp_path).why == "time"
    child = int((tmp_path / "child").read_text())
    while not is_gone(child):  # it was told to end, and the system takes its time
        time.sleep(0.02)


def is_gone(number):
    """True if no such process runs: it is away, or a body that nobody has buried yet."""
    try:
        told = Path(f"/proc/{number}/stat").read_text()
        return told.rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_report_is_read_and_a_refusal_is_told_in_its_own_words(tmp_path):
    assert run(tmp_path, "print('{\"read\": 3}')").report == {"read": 3}
    said = "import sys; sys.exit('Refused: got x, expected y')"
    assert run(tmp_path, said).refused == "got x, expected y"
    both = "import sys; print('{\"refusal\": \"x\"}'); sys.exit('Refused: got x, expected y')"
    assert run(tmp_path, both).refused == "got x, expected y"


def test_the_next_command_runs_only_after_the_first_one_came_through(tmp_path):
    run(tmp_path, "print('{}')", SMALL, "print('{\"second\": 1}')")
    assert how_it_ended(tmp_path, 1).report == {"second": 1}
    run(tmp_path, "print('{}'); raise SystemExit(1)", SMALL, "print('{\"second\": 1}')")
    assert how_it_ended(tmp_path).report == {}
    assert how_it_ended(tmp_path, 1).report is None


def test_the_work_knows_of_us_only_what_it_was_told(tmp_path, monkeypatch):
    monkeypatch.setenv("DIRECTORY_SECRET", "do not tell")
    monkeypatch.setenv("AWS_SECRET", "do not tell")
    code = "import json, os; print(json.dumps(dict(os.environ)))"
    told = run(tmp_path, code).report
    assert set(told) <= {"PATH", "LC_CTYPE"}


def test_the_work_holds_no_file_of_ours_but_its_lock(tmp_path):
    with closing((tmp_path / "open").open("w")) as ours:
        os.set_inheritable(ours.fileno(), True)
        code = "import json, os; print(json.dumps({'open': os.listdir('/proc/self/fd')}))"
        told = run(tmp_path, code).report
    assert len(told["open"]) <= 5  # in, out, err, the lock, and the list that is being read


# --- and goes on --------------------------------------------------------------------------------


def test_nobody_begins_work_where_work_goes_on(tmp_path):
    assert not is_at_work(tmp_path)
    code = f"import os, time\nwhile not os.path.exists({str(tmp_path / 'go')!r}): time.sleep(0.02)"
    with held(tmp_path) as lock:
        process = begin(tmp_path, lock, [([sys.executable, "-c", code], SMALL)], PLAIN)
    assert is_at_work(tmp_path)
    with held(tmp_path) as lock:
        assert lock is None
    (tmp_path / "go").touch()
    process.wait(60)
    assert not is_at_work(tmp_path)


def test_the_work_outlives_the_worker_that_began_it(tmp_path):
    """The worker is killed at once; the report is there all the same."""
    (tmp_path / "up").mkdir()
    worker = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from directory.curation.uploading.bounds import Bounds\n"
        "from directory.curation.uploading.running import begin, held\n"
        "folder = Path(sys.argv[1])\n"
        "code = 'import time; time.sleep(1); print(\"{}\")'\n"
        "with held(folder) as lock:\n"
        "    begin(folder, lock, [([sys.executable, '-c', code], Bounds())], {'PATH': os.defpath})\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", worker, str(tmp_path / "up")], check=False)
    assert killed.returncode == -9
    with (tmp_path / "up" / "lock").open("r") as lock:
        running.fcntl.flock(lock, running.fcntl.LOCK_SH)  # waits until the work lets go of it
    assert how_it_ended(tmp_path / "up").report == {}


def test_work_that_left_no_word_is_lost_and_not_taken_for_done(tmp_path):
    (tmp_path / "out-0").write_text(json.dumps({"read": 1}))
    assert how_it_ended(tmp_path).why == "lost"
