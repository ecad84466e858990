"""`audit draw`, `audit record`, `audit report`: how right our listings are, asked by telephone."""

import argparse
from dataclasses import asdict
from pathlib import Path

from directory.catalog.accuracy import Accuracy, Drawn, Share
from directory.cli.command import Command, Result
from directory.curation.audit.drawing import draw, sheet
from directory.curation.audit.found import reader
from directory.curation.audit.questions import load_questions
from directory.curation.audit.recording import record
from directory.curation.audit.scoring import newest
from directory.errors import BadValue, UnreadableFile
from directory.house import House


def _add(command: argparse.ArgumentParser) -> None:
    steps = command.add_subparsers(title="steps", metavar="STEP", required=True)
    drawing = steps.add_parser("draw", help="draw a random sample and print the sheet to fill in")
    drawing.add_argument("--programs", type=int, required=True, metavar="N")
    drawing.add_argument("--seed", type=int, required=True, metavar="S")
    drawing.add_argument("--near", metavar="ZIP", help="only programs around this place")
    drawing.add_argument("--miles", type=float, metavar="M", help="how far around (default 25)")
    drawing.add_argument("--out", type=Path, metavar="FILE", help="default: a file in home")
    drawing.set_defaults(step=_draw)
    recording = steps.add_parser("record", help="take in a filled sheet")
    recording.add_argument("file", type=Path, metavar="FILE")
    recording.add_argument("--apply", action="store_true", help="state what was told as claims")
    recording.set_defaults(step=_record)
    steps.add_parser("report", help="accuracy with counts and intervals").set_defaults(step=_report)
    for step in (drawing, recording, steps.choices["report"]):
        step.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def _audit(house: House, options: argparse.Namespace) -> Result:
    result: Result = options.step(house, options)
    return result


def _draw(house: House, options: argparse.Namespace) -> Result:
    """The sheet goes to a file; calls are made by people, in their own time."""
    if options.miles is not None and options.near is None:
        raise BadValue("--miles", options.miles, "a place to measure from: --near ZIP")
    miles = (options.miles or 25.0) if options.near else None
    today = house.clock().date()
    sample = Drawn(0, options.seed, today, 0, (), options.near, miles)
    within = house.within(options.near, miles or 0.0)
    drawn, chosen = draw(house.records(), sample, options.programs, within, house.clock)
    out: Path = options.out or house.config.home / f"audit-{drawn.number}.csv"
    questions = load_questions(house.config.data / "audit.csv")
    out.write_text(sheet(drawn, chosen, questions), encoding="utf-8")
    return {
        "audit": drawn.number,
        "drawn": len(drawn.programs),
        "population": drawn.population,
        "file": str(out),
    }


def _record(house: House, options: argparse.Namespace) -> Result:
    try:
        text = options.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableFile(str(options.file), "no readable text", "a CSV in UTF-8") from None
    report = record(
        house.records(),
        text,
        load_questions(house.config.data / "audit.csv"),
        reader(house.vocabularies),
        apply=options.apply,
        clock=house.clock,
    )
    refused_whole = bool(report.refused) and not report.recorded
    return report.as_dict() | ({"refused_whole": True} if refused_whole else {})


def _report(house: House, _options: argparse.Namespace) -> Result:
    with house.records().desk(write=False) as desk:
        found = newest(desk, load_questions(house.config.data / "audit.csv"))
    return {"audit": None} if found is None else _figures(found)


def _figures(found: Accuracy) -> Result:
    plain = asdict(found)
    shares = {"exact": found.exact, "functional": found.functional}
    facts = {fact: _figure(share) for fact, share in found.facts.items() if share.of}
    return plain | {name: _figure(share) for name, share in shares.items()} | {"facts": facts}


def _figure(share: Share) -> dict[str, object]:
    return {
        "right": share.right,
        "of": share.of,
        "share": share.value,
        "interval_95": share.interval,
    }


def _show(result: Result) -> str:
    """People read percentages; every one with its count."""
    if result.get("audit") is None:
        return "No calls have been recorded yet. Draw a sample: python -m directory audit draw"
    lines = [f"{name}: {_shown(value)}" for name, value in result.items() if name != "facts"]
    facts = result.get("facts")
    told = facts.items() if isinstance(facts, dict) else ()
    return "\n".join([*lines, *(f"  {fact}: {_shown(value)}" for fact, value in told)])


def _shown(value: object) -> str:
    if not isinstance(value, dict):
        rows = value if isinstance(value, list) else []
        told = [
            f"\n  {r['row']}: {r['field']}: got {r['got']}, expected {r['expected']}" for r in rows
        ]
        return f"{len(rows)}{''.join(told)}" if isinstance(value, list) else str(value)
    if value["share"] is None:
        return "nobody to judge"
    low, high = value["interval_95"]
    return (
        f"{value['share']:.1%} ({value['right']} of {value['of']}; 95 % interval "
        f"{low:.1%} to {high:.1%})"
    )


COMMANDS = (
    Command("audit", _audit, "Check listings by telephone: draw, record, report.", _add, _show),
)
