"""`export`: the listings, or an empty template, as a file."""

import argparse
from dataclasses import asdict
from pathlib import Path

from directory.cli.command import Command, Result
from directory.cli.telling import working
from directory.exchange.aside import aside
from directory.exchange.formats import export, formats
from directory.exchange.template import TEMPLATES
from directory.house import House

CHOICES = ("json", "csv", "xlsx", "geojson", "hsds", "template")


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("format", metavar="FORMAT", choices=CHOICES)
    command.add_argument("--out", type=Path, metavar="PATH", help="default: a file in home/exports")
    command.add_argument(
        "--examples", action="store_true", help="the invented programs, and only these"
    )
    command.add_argument(
        "--tabular", action="store_true", help="HSDS as a zip of tables instead of NDJSON"
    )
    sheet = command.add_mutually_exclusive_group()
    for name in TEMPLATES:
        sheet.add_argument(
            f"--{name}", action="store_const", const=name, dest="sheet", help="the template's form"
        )


def _export(house: House, options: argparse.Namespace) -> Result:
    """Write the file aside, then give it its name."""
    folder = house.config.home / "exports"
    if options.format == "template":
        return _template(options.sheet or "csv", options.out, folder)
    name = "hsds-tabular" if options.format == "hsds" and options.tabular else options.format
    chosen = next(one for one in formats(house.vocabularies) if one.name == name)
    name = f"{'examples' if options.examples else 'listings'}{chosen.suffix}"
    path: Path = options.out or folder / name
    with working(f"Export: writing {path.name}"):
        return asdict(export(house.records(), chosen, path, examples=options.examples))


def _template(sheet: str, out: Path | None, folder: Path) -> Result:
    path = out or folder / f"listing-template.{sheet}"
    with aside(path) as unfinished:
        unfinished.write_bytes(TEMPLATES[sheet]())
    return {"file": path, "format": sheet}


COMMANDS = (Command("export", _export, "Write all listings, or a template, as a file.", _add),)
