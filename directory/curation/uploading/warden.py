"""Runs commands in turn, each within bounds, and notes how each one ended. A program of its own.

    python -I warden.py FOLDER LOCK STEP...    # a STEP in JSON: {"command": [...], "bounds": {...}}

It outlives the web worker that started it and knows nothing of the product: only the standard library
is imported, so it starts fast and stays small. Whoever holds the lock of the folder is at work: the
commands inherit it, so it is let go of when the last of them has died, however that came about.
Output goes to `out-N` and `err-N` in the folder; at the end `ended` says how each command ended.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

GRACE = 5


def main(arguments: list[str]) -> None:
    """Run the commands until one does not end with 0, then note how they ended."""
    folder, lock = Path(arguments[0]), int(arguments[1])
    ended: list[dict[str, Any]] = []
    for number, step in enumerate(json.loads(one) for one in arguments[2:]):
        ended.append(_run(folder, number, step, lock))
        if ended[-1]["exit"] != 0:
            break
    unfinished = folder / "ended.part"
    unfinished.write_text(json.dumps(ended), encoding="ascii")
    unfinished.replace(folder / "ended")


def _run(folder: Path, number: int, step: dict[str, Any], lock: int) -> dict[str, Any]:
    out, err = folder / f"out-{number}", folder / f"err-{number}"
    late, bounds = False, step["bounds"]
    with out.open("wb") as said, err.open("wb") as told:
        process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            step["command"],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=told,
            start_new_session=True,
            pass_fds=(lock,),
            preexec_fn=lambda: _bind(bounds),  # one thread: nothing can hold a lock here
        )
        try:
            process.wait(bounds["wall_seconds"])
        except subprocess.TimeoutExpired:
            late = True
            os.killpg(process.pid, signal.SIGKILL)  # with everything it may have started
            process.wait()
    return {"exit": process.returncode, "late": late}


def _bind(bounds: dict[str, int]) -> None:
    """Between fork and exec. The alarm outlives exec: it ends the command even if we are gone."""
    for what, most in (
        (resource.RLIMIT_AS, bounds["memory"]),
        (resource.RLIMIT_FSIZE, bounds["file"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    seconds = bounds["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + GRACE))
    signal.alarm(bounds["wall_seconds"] + GRACE)
    os.nice(5)


if __name__ == "__main__":
    main(sys.argv[1:])
