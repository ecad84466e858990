"""`import`: files of one source into the store."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

from directory.cli.command import Command, Result, lines
from directory.cli.refusing import told as told_of
from directory.cli.telling import progress, say, say_progress
from directory.curation.edits import edit_text
from directory.curation.importers import IMPORTERS
from directory.curation.importing import Report, import_file
from directory.curation.linking.linker import load_linking
from directory.curation.reading import Progress, Refused, Told, silent
from directory.errors import BadValue, Refusal, UnreadableFile
from directory.house import House

MOST_SHOWN = 50
"""So many changed programs are listed for people; `--json` gives all."""


def import_one(
    house: House,
    source: str,
    path: Path,
    *,
    dry_run: bool = False,
    told: Told | None = None,
    tell: Progress = silent,
    only_after: int | None = None,
) -> Report:
    """Import one file; `tell` hears how far it is."""
    return import_file(
        house.records(),
        house.vocabularies,
        source,
        path,
        dry_run=dry_run,
        clock=house.clock,
        progress=tell,
        only_after=only_after,
        linking=load_linking(house.config.data),
        told=told,
    )


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", choices=[name for name, _ in IMPORTERS])
    command.add_argument("files", metavar="FILE", nargs="+", type=Path)
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )
    command.add_argument("--edition", metavar="NAME", help="edition of a public list, such as 2024")
    command.add_argument(
        "--dated", type=_day, metavar="DAY", help="day its facts are of, where no edition says it"
    )
    command.add_argument(
        "--seen-on", type=_day, metavar="DAY", help="day the list was fetched (default: today)"
    )
    command.add_argument(
        "--only-after",
        metavar="CHANGE",
        type=int,
        help="refuse if another change is the newest by now (a dry run tells it as `catalog`)",
    )
    command.add_argument(
        "--most", metavar="N", type=int, help="list N refused rows and programs at most; count all"
    )
    command.add_argument(
        "--progress", action="store_true", help="tell each step on stderr, for a program to read"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"got {text!r}, expected a date such as 2026-11-23"
        ) from None


def _told(house: House, options: argparse.Namespace) -> Told:
    today = house.clock().date()
    seen_on = options.seen_on or today
    if seen_on > today:
        raise BadValue("--seen-on", seen_on.isoformat(), f"a day not after today, {today}")
    return Told(seen_on, options.edition, options.dated)


def _import(house: House, options: argparse.Namespace) -> Result:
    """Every file that can be read is taken in; nothing at all if one of them is not there."""
    for path in options.files:
        if not path.exists():
            raise UnreadableFile(str(path), "no such file", "files to read; nothing was imported")
    reports = _reports(house, options, _told(house, options))
    whole = _together([report.as_dict() for report in reports], options.most)
    if all(report.refused and not report.accepted for report in reports):
        return {**whole, "refused_whole": True}
    return whole


def _reports(house: House, options: argparse.Namespace, told: Told) -> list[Report]:
    """The report of each file. Once one went in, what refuses a later one stands in its report."""
    reports: list[Report] = []
    after = options.only_after
    for path in options.files:
        try:
            reports.append(_reported(house, options, path, told, after))
        except Refusal as refusal:
            if not any(report.accepted or report.change for report in reports):
                raise
            reports.append(_refused(path, refusal, dry_run=options.dry_run))
        if after is not None:  # our own change is none that somebody else made
            after = reports[-1].change or after
    return reports


def _together(reports: Sequence[Result], most: int | None) -> Result:
    """One file's report; of several files the sums, every refused row with its file, and each report."""
    if len(reports) == 1:
        return _at_most(reports[0], most)
    sums = {name: sum(cast(int, one[name]) for one in reports) for name in _COUNTS}
    refused = [
        {"file": one["file"], **row}
        for one in reports
        for row in cast(list[dict[str, object]], one["refused"])
    ]
    whole = _at_most({"dry_run": reports[0]["dry_run"], **sums, "refused": refused}, most)
    return {**whole, "files": [_at_most(one, most) for one in reports]}


def _reported(
    house: House, options: argparse.Namespace, path: Path, told: Told, after: int | None
) -> Report:
    """The report of one file; a file that cannot be read is one refused row."""
    tell = say_progress if options.progress else progress()
    if not options.progress:
        say(f"Import: {path.name}")
    take = partial(import_one, house, options.source, path, dry_run=options.dry_run, told=told)
    try:
        return take(tell=tell, only_after=after)
    except UnreadableFile as refusal:
        return _refused(path, refusal, dry_run=options.dry_run)


def _refused(path: Path, refusal: Refusal, *, dry_run: bool) -> Report:
    """The report of a file that was refused whole."""
    said = cast(list[Mapping[str, object]], told_of(refusal)["refused"])
    rows = [Refused("file", "", str(one["got"]), str(one["expected"])) for one in said]
    again = Refused("file", "", str(refusal), "nothing in its way; then import this file again")
    return Report(path.name, None, refused=tuple(rows or [again]), dry_run=dry_run)


def _at_most(report: Result, most: int | None) -> Result:
    """The report with no list longer than `most`; `refused_rows` counts what is cut."""
    if most is None:
        return report
    cut = {name: value[:most] for name, value in report.items() if isinstance(value, list)}
    return {**report, **cut, "refused_rows": len(cast(list[object], report["refused"]))}


def _show(result: Result) -> str:
    if "files" not in result:
        return "\n".join(_lines(result))
    files = cast(list[Result], result["files"])
    sums = lines({f"{name} in all": result[name] for name in _COUNTS})
    return "\n\n".join([*("\n".join(_lines(report)) for report in files), sums])


def _lines(report: Result) -> Iterator[str]:
    """The figures and refused rows, then for each program that changes what was and what would be."""
    yield lines({key: value for key, value in report.items() if key not in ("notes", *_LISTS)})
    for note in cast(list[str], report["notes"]):
        yield f"note: {note}"
    for code, rows in cast(Mapping[str, int], report["unknown_codes"]).items():
        yield f"unknown code: {code}: {rows} rows"
    changed = cast(list[Mapping[str, Any]], report["difference"])
    for program in changed[:MOST_SHOWN]:
        yield str(program["program"])
        yield from (f"  {edit_text(edit)}" for edit in program["edits"])
    if len(changed) > MOST_SHOWN:
        yield f"... and {len(changed) - MOST_SHOWN:,} more programs: see --json"


_COUNTS = ("read", "accepted", "created", "changed", "unchanged", "missing", "review")
_LISTS = (
    "unknown_codes",
    "difference",
    "created_programs",
    "changed_programs",
    "missing_programs",
)

COMMANDS = (
    Command(
        "import",
        _import,
        "Read files into the store; one bad row never stops the rest.",
        _add,
        _show,
    ),
)
