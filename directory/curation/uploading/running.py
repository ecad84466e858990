"""Start work on an uploaded file beside the web workers, and see how far it is, whoever asks."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from directory.curation.uploading.bounds import MEGABYTE, Bounds

WARDEN = Path(__file__).with_name("warden.py")
ROOT = Path(__file__).resolve().parents[3]
LARGEST_REPORT = 20 * MEGABYTE
_LOCK, _ENDED = "lock", "ended"

Why = Literal["time", "memory", "size", "lost", "broken", "refused"]
"""Why a command was stopped: too slow, too hungry, wrote too much, killed by others, our fault, and
`refused` where it said why itself."""

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: with its report, or why it made none and what it said."""

    report: Mapping[str, Any] | None
    why: Why | None = None
    refused: str = ""


@contextmanager
def held(folder: Path) -> Iterator[int | None]:
    """The lock of a folder, what was said of it before gone; None if work on it goes on already.

    Whoever holds it is at work. If we die before the work began, the system lets go of it.
    """
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        for old in (*folder.glob("out-*"), *folder.glob("err-*"), folder / _ENDED):
            old.unlink(missing_ok=True)
        yield lock.fileno()


def begin(
    folder: Path,
    lock: int,
    work: Sequence[tuple[Sequence[str], Bounds]],
    environment: Mapping[str, str],
) -> Process:
    """Start commands in turn on the file of a folder. Who starts them may die: they do not."""
    steps = [json.dumps({"command": list(one), "bounds": asdict(of)}) for one, of in work]
    return subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-I", str(WARDEN), str(folder), str(lock), *steps],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=dict(environment),
        start_new_session=True,
        pass_fds=(lock,),
    )


def wait(process: Process, seconds: float) -> None:
    """Wait for work a while; longer work goes on by itself."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()


def is_at_work(folder: Path) -> bool:
    """True if anything that was started on a folder still runs; the system tells it by the lock."""
    try:
        with (folder / _LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def said_last(folder: Path, step: int = 0) -> str:
    """The last line of progress that a command told: `read: 1200/0`."""
    return _end_of(folder / f"err-{step}", 4_096).strip().rpartition("\n")[2][:200]


def how_it_ended(folder: Path, step: int = 0) -> Ended:
    """How a command ended. Ask once nothing is at work."""
    exits = _exits(folder)
    if step >= len(exits):
        return Ended(None, "lost")
    told = _end_of(folder / f"err-{step}", 65_536)
    if why := _stopped(exits[step], told):
        return Ended(None, why)
    report = report_in(folder, step)
    if report is not None:
        return Ended(report)
    said = [line for line in told.splitlines() if line.startswith("Refused: ")]
    if said:
        return Ended(None, "refused", said[-1].removeprefix("Refused: ")[:1_000])
    return Ended(None, "size" if "File too large" in told else "broken")


def report_in(folder: Path, step: int = 0) -> Mapping[str, Any] | None:
    """The report of a command, or None; a refusal is none."""
    path = folder / f"out-{step}"
    with contextlib.suppress(OSError, ValueError):
        if path.stat().st_size <= LARGEST_REPORT:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return None if "refusal" in found else found
    return None


def _exits(folder: Path) -> Sequence[Mapping[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads((folder / _ENDED).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return ()
    return found


def _stopped(ended: Mapping[str, Any], told: str) -> Why | None:
    by = -ended["exit"]
    if ended["late"] or by in (signal.SIGXCPU, signal.SIGALRM):
        return "time"
    if by == signal.SIGXFSZ:
        return "size"
    if any(sign in told for sign in ("MemoryError", "memory allocation", "allocate memory")):
        return "memory"
    return "lost" if by > 0 else None


def _end_of(path: Path, most: int) -> str:
    """The end of a text file, whatever is in it."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - most), os.SEEK_SET)
            return file.read(most).decode("utf-8", "replace")
    except OSError:
        return ""
