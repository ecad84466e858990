"""Commands: progress on stderr, results on stdout; exit 0 done, 1 refused (nothing changed), 2 usage."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import orjson

from directory.app import House, build_house
from directory.config import PREFIX, Config, read_config
from directory.curation.importers import IMPORTERS
from directory.curation.importing import Report, import_file
from directory.curation.publishing import Published, publish
from directory.curation.reading import Refused
from directory.curation.synthetic.country import generate
from directory.errors import NoGeneration, Refusal, UnreadableFile

Result = Mapping[str, object]
SHIPPED = ("pasadena/pasadena.json", "examples/examples.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit status."""
    options = _parser().parse_args(arguments)
    try:
        result = options.run(build_house(read_config()), options)
    except Refusal as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 1
    _show(result, options.json)
    return 1 if result.get("refused_whole") else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m directory", description="Stepwise, at the command line."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, help_text, add in COMMANDS:
        command = commands.add_parser(name, help=help_text, description=help_text)
        command.add_argument(
            "--json", action="store_true", help="print the report as one JSON object"
        )
        command.set_defaults(run=run)
        add(command)
    return parser


def _show(result: Result, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))
        return
    for name, value in result.items():
        if name == "refused" and isinstance(value, list):
            print(f"refused: {len(value)}")
            for row in value:
                print(
                    f"  {row['row']}: {row['field']}: got {row['got']!r}, expected {row['expected']}"
                )
        elif not isinstance(value, list):
            print(f"{name}: {value}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _progress(step: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{step}: {done}/{of}", end="\n" if done >= of else "", file=sys.stderr, flush=True)


# config


def _config(house: House, _options: argparse.Namespace) -> Result:
    return {
        f"{PREFIX}{field.name.upper()}": _shown(field.name, str(getattr(house.config, field.name)))
        for field in fields(Config)
    }


def _shown(name: str, value: str) -> str:
    """A setting as it may be printed: no secret, no password."""
    if name == "secret":
        return "(set)" if value else ""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", value)


# import


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", choices=[name for name, _ in IMPORTERS])
    command.add_argument("files", metavar="FILE", nargs="+", type=Path)
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )


def _import(house: House, options: argparse.Namespace) -> Result:
    """Every file that can be read is taken in; nothing at all if one of them is not there."""
    for path in options.files:
        if not path.is_file():
            raise UnreadableFile(str(path), "no such file", "files to read; nothing was imported")
    reports = [
        _reported(house, options.source, path, dry_run=options.dry_run) for path in options.files
    ]
    if all(report["refused"] and not report["accepted"] for report in reports):
        return {**_together(reports), "refused_whole": True}
    return _together(reports)


def _together(reports: Sequence[Result]) -> Result:
    return reports[0] if len(reports) == 1 else {"files": list(reports)}


def _reported(house: House, source: str, path: Path, *, dry_run: bool) -> Result:
    """The report of one file; a file that cannot be read is one refused row."""
    try:
        return _import_one(house, source, path, dry_run=dry_run).as_dict()
    except UnreadableFile as refusal:
        refused = Refused("file", "", refusal.got, refusal.expected)
        return Report(path.name, None, refused=(refused,), dry_run=dry_run).as_dict()


def _import_one(house: House, source: str, path: Path, *, dry_run: bool) -> Report:
    return import_file(
        house.records(),
        house.vocabularies,
        source,
        path,
        dry_run=dry_run,
        clock=house.clock,
        progress=_progress,
    )


# publish, rebuild, setup


def _publish(house: House, _options: argparse.Namespace) -> Result:
    return _publish_all(house).as_dict()


def _rebuild(house: House, _options: argparse.Namespace) -> Result:
    return _publish_all(house, whole=True).as_dict()


def _publish_all(house: House, *, whole: bool = False) -> Published:
    return publish(
        house.records(),
        house.press,
        examples=house.config.examples,
        production=house.config.production,
        clock=house.clock,
        whole=whole,
    )


def _setup(house: House, _options: argparse.Namespace) -> Result:
    """Load the listings that ship and publish them, as far as anything is new."""
    wanted = SHIPPED if house.config.examples else SHIPPED[:1]
    new = 0
    for name in wanted:
        report = _import_one(house, "listing", house.config.data / "listings" / name, dry_run=False)
        new += len(report.created) + len(report.changed)
        _say(f"Listings: {report.file}: {report.accepted} programs, {len(report.created)} new")
        for row in report.refused:
            _say(f"  refused {row.row}: {row.field}: got {row.got!r}, expected {row.expected}")
    if not new and (current := _still_good(house)):
        _say(f"Generation: {current} is up to date")
        return {"generation": current}
    _say("Generation: building the index and the columns")
    return _publish_all(house).as_dict()


def _still_good(house: House) -> str | None:
    """The current generation's name, if it is of today and holds what the settings ask for."""
    try:
        current = house.generations.current()
    except NoGeneration:
        return None
    of_today = current.as_of == house.clock().date()
    return (
        current.name
        if of_today and bool(current.statistics.examples) == house.config.examples
        else None
    )


# check


def _check(house: House, _options: argparse.Namespace) -> Result:
    """Open everything and count."""
    current = house.generations.current()
    return {
        "store_programs": house.records().count(),
        "generation": current.name,
        "generation_programs": current.statistics.programs,
        "generation_as_of": current.as_of,
        "vocabulary_codes": sum(len(one) for one in house.vocabularies.values()),
    }


# generate


def _add_generate(command: argparse.ArgumentParser) -> None:
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
    plain = generate(options.programs, options.seed, data=house.config.data, today=today)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(plain))
    return {"file": str(out), "programs": options.programs, "seed": options.seed}


def _nothing(_command: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


Run = Callable[[House, argparse.Namespace], Result]
Add = Callable[[argparse.ArgumentParser], None]

COMMANDS: tuple[tuple[str, Run, str, Add], ...] = (
    ("setup", _setup, "Load the listings that ship with the product and publish them.", _nothing),
    (
        "import",
        _import,
        "Read files into the store; one bad row never stops the rest.",
        _add_import,
    ),
    ("publish", _publish, "Write the store as a new generation and swap it in.", _nothing),
    (
        "rebuild",
        _rebuild,
        "The same, built anew from the store even where little changed.",
        _nothing,
    ),
    ("check", _check, "Open the store and the generation, and count.", _nothing),
    ("generate", _generate, "Invent a country of programs for benchmarks.", _add_generate),
    ("config", _config, "Show every setting with its value.", _nothing),
)
