"""Transcribe the public lists and pages in `data/sources` into `data/listings/pasadena`.

Run `python data/listings/transcribe.py`. The same sources give the same bytes. Nothing is filled
in: a fact that no source states stays out, and every fact names its source.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from transcription.codes import Meanings
from transcription.listing import Tables, listing
from transcription.pages import read_phrases
from transcription.places import Gathered, gather, read_decisions
from transcription.review import review_text
from transcription.sources import read_federal, read_pages, read_state

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent / "sources"


def gathered_sources() -> Gathered:
    """All rows of the three inputs, gathered by site."""
    return gather(
        read_federal(SOURCES / "samhsa_2024_pasadena_10mi.csv"),
        read_state(SOURCES / "dhcs_pasadena_10mi.csv"),
        read_pages(SOURCES / "published_schedules.csv"),
        read_decisions(HERE / "decisions.csv"),
    )


def transcribe(folder: Path) -> str:
    """Write `pasadena.json` and `REVIEW.md` into `folder`; the answer counts what is in them."""
    gathered = gathered_sources()
    meanings = Meanings(HERE.parent / "vocabularies")
    tables = Tables(meanings, read_phrases(HERE / "page_phrases.csv"))
    whole = listing(gathered.places, tables)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    (folder / "pasadena.json").write_text(text, encoding="utf-8")
    (folder / "REVIEW.md").write_text(review_text(gathered), encoding="utf-8")
    return counts(whole, gathered)


def counts(whole: dict[str, Any], gathered: Gathered) -> str:
    """How many sites, programs by level and schedule, joined and doubtful pairs."""
    sites = [site for found in whole["organizations"] for site in found["sites"]]
    programs = [program for site in sites for program in site["programs"]]
    levels = Counter(f"{p['level_of_care']} {p['level_evidence']}" for p in programs)
    grades = Counter(t["schedule_grade"] for p in programs for t in p.get("tracks", [])[:1])
    lines = [
        f"{len(whole['organizations'])} organizations, {len(sites)} sites",
        f"{len(programs)} programs",
        *(f"{count} {level}" for level, count in sorted(levels.items())),
        f"{sum(grades.values())} programs with a page: {dict(sorted(grades.items()))}",
        f"{len(gathered.joined)} pairs joined, {len(gathered.review)} to review",
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Write into the folder named, or into `data/listings/pasadena`."""
    parser = argparse.ArgumentParser(description="Transcribe public lists and pages.")
    parser.add_argument("--into", type=Path, default=HERE / "pasadena")
    print(transcribe(parser.parse_args(arguments).into))


if __name__ == "__main__":
    main(sys.argv[1:])
