"""`generate`: an invented country, for benchmarks."""

import argparse
from pathlib import Path

import orjson

from directory.cli.command import Command, Result
from directory.cli.telling import progress, working
from directory.curation.synthetic.country import generate
from directory.house import House


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--programs", type=_count, default=20_000, metavar="N")
    command.add_argument("--seed", type=int, default=1, metavar="S")
    command.add_argument("--out", type=Path, metavar="FILE", help="default: a file in home")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"got {text!r}, expected a whole number above 0")
    return int(text)


def _generate(house: House, options: argparse.Namespace) -> Result:
    """Invent a country and write it as a listing file, to import or to measure with."""
    name = f"synthetic-{options.programs}-{options.seed}.json"
    out: Path = options.out or house.config.home / name
    today = house.clock().date()
    data, tell = house.config.data, progress()
    plain = generate(options.programs, options.seed, data=data, today=today, progress=tell)
    out.parent.mkdir(parents=True, exist_ok=True)
    with working(f"Generate: writing {out.name}"):
        out.write_bytes(orjson.dumps(plain))
    return {"file": str(out), "programs": options.programs, "seed": options.seed}


COMMANDS = (Command("generate", _generate, "Invent a country of programs for benchmarks.", _add),)
