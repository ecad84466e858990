"""Are the locks clean? Every line pinned and hashed, no address, and all that was asked for in it.

Prints one line; the status is 0 if the locks are clean, else 1.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (
    ("requirements.in", "requirements.txt"),
    ("requirements-oidc.in", "requirements-oidc.txt"),
    ("requirements-dev.in", "requirements-dev.txt"),
    ("requirements-bench.in", "requirements-bench.txt"),
)

_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)")
_ADDRESS = re.compile(
    r"://|\bfile:|--(?:extra-)?index-url|--find-links|--trusted-host|--no-index|\s@\s"
)


def problems(folder: Path = ROOT) -> list[str]:
    """What is wrong with the locks in a folder, one sentence each."""
    found: list[str] = []
    for asked, lock in PAIRS:
        if (folder / asked).is_file():
            found += [f"{lock}: {problem}" for problem in _pair(folder / asked, folder / lock)]
    return found


def locked(text: str) -> tuple[dict[str, str], list[str]]:
    """The pins of a lock by name, and what is wrong with its lines."""
    pins: dict[str, str] = {}
    wrong: list[str] = []
    for line in entries(text):
        pin = _PIN.match(line)
        if _ADDRESS.search(line):
            wrong.append(f"{line.split()[0]} names an address")
        elif pin is None:
            wrong.append(f"{line.split()[0]} is not pinned with ==")
        else:
            name = canonicalize_name(pin[1])
            wrong += [f"{name} stands twice"] if name in pins else []
            wrong += [] if _HASH.search(line) else [f"{name} has no hash"]
            pins[name] = pin[2]
    return pins, wrong


def entries(text: str) -> Iterator[str]:
    """The lines of a requirements file, each whole, without comments."""
    for line in text.replace("\\\n", " ").splitlines():
        stripped = re.sub(r"(^|\s)#.*", "", line).strip()
        if stripped:
            yield stripped


def _pair(asked: Path, lock: Path) -> Iterator[str]:
    if not lock.is_file():
        yield f"missing; run make lock for {asked.name}"
        return
    pins, wrong = locked(lock.read_text(encoding="utf-8"))
    yield from wrong
    for line in entries(asked.read_text(encoding="utf-8")):
        if line.startswith(("-r ", "-c ")):
            continue
        wanted = Requirement(line)
        pin = pins.get(canonicalize_name(wanted.name))
        if pin is None:
            yield f"{wanted.name} is asked for in {asked.name} and not in the lock"
        elif not wanted.specifier.contains(pin, prereleases=True):
            yield f"{asked.name} asked for {str(wanted).lower()}, the lock has {pin}"


def main(folder: Path = ROOT) -> int:
    """Say what is wrong, or that nothing is."""
    found = problems(folder)
    clean = "every line pinned and hashed, nothing missing"
    text = f"Locks: {'; '.join(found) or clean}."
    sys.stdout.write(text + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
