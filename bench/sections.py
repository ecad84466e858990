"""Documents with figures, section by section: each program of the bench replaces its own, the others stay."""

import argparse
import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_TITLE = re.compile(r"^(?=## )", re.MULTILINE)


def replaced(whole: str, new: str) -> str:
    """The document with these sections: each where the one of its title stood, else at the end.

    What stands before the first title is the head; it is replaced where `new` has one.
    """
    found = {"": "", **parts(whole), **parts(new)}
    return "\n\n".join(part for part in found.values() if part) + "\n"


def parts(text: str) -> dict[str, str]:
    """Each section by its title; the head has none."""
    found = (part.strip() for part in _TITLE.split(text))
    return {part.split("\n")[0] if part.startswith("## ") else "": part for part in found if part}


def put(new: str, into: Path = RESULTS) -> None:
    """Print sections, and write them into the document."""
    print(new, flush=True)
    whole = into.read_text(encoding="utf-8") if into.exists() else ""
    into.write_text(replaced(whole, new), encoding="utf-8")


def takes_place(parser: argparse.ArgumentParser, default: Path = RESULTS) -> None:
    """The option that says which document: another one for a run that is only tried."""
    parser.add_argument("--into", type=Path, default=default, help="the document to write into")


def machine() -> str:
    """'Intel(R) Xeon(R) at 2.60 GHz, 2 cores, 23 GB': as far as Linux tells."""
    told = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{told[1] if told else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def measured_by(program: str) -> str:
    """'Written by `python -m bench.web` on 2026-11-26 04:10 UTC, ...': who measured, when, where."""
    now = datetime.now(UTC)  # noqa: TID251
    return (
        f"Written by `python -m {program}` on {now:%Y-%m-%d %H:%M} UTC, {machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end."
    )
