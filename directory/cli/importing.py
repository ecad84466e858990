"""`import`: files of one source into the store."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from directory.app import House
from directory.cli.command import Command, Result, progress
from directory.curation.importers import IMPORTERS
from directory.curation.importing import Report, import_file
from directory.curation.linking.linker import load_linking
from directory.curation.reading import Refused
from directory.errors import UnreadableFile


def import_one(house: House, source: str, path: Path, *, dry_run: bool = False) -> Report:
    """Import one file, with a bar where somebody watches."""
    return import_file(
        house.records(),
        house.vocabularies,
        source,
        path,
        dry_run=dry_run,
        clock=house.clock,
        progress=progress,
        linking=load_linking(house.config.data),
    )


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", choices=[name for name, _ in IMPORTERS])
    command.add_argument("files", metavar="FILE", nargs="+", type=Path)
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )


def _import(house: House, options: argparse.Namespace) -> Result:
    """Every file that can be read is taken in; nothing at all if one of them is not there."""
    for path in options.files:
        if not path.exists():
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
        return import_one(house, source, path, dry_run=dry_run).as_dict()
    except UnreadableFile as refusal:
        refused = Refused("file", "", refusal.got, refusal.expected)
        return Report(path.name, None, refused=(refused,), dry_run=dry_run).as_dict()


COMMANDS = (
    Command(
        "import", _import, "Read files into the store; one bad row never stops the rest.", _add
    ),
)
