"""Draw a random sample of listed programs, and print the sheet that callers fill in."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from directory.catalog.accuracy import Drawn
from directory.catalog.clock import Clock
from directory.catalog.program import Listing
from directory.catalog.records import WritableRecords
from directory.curation.audit.questions import Question, asked_of
from directory.curation.publishing import keep_sample
from directory.errors import BadValue

COLUMNS = ("audit", "program", "organization", "name", "phone", "fact", "listed", "question",
           "result", "found", "called_on", "caller")  # fmt: skip

Within = Callable[[Listing], bool]


def draw(
    records: WritableRecords, sample: Drawn, size: int, within: Within, clock: Clock
) -> tuple[Drawn, list[Listing]]:
    """Draw `size` real programs `within` the area; the same seed and listings give the same ones.

    Raises `BadValue` if there are fewer.
    """
    listed = [one for one in records.all() if not one.example and within(one)]
    if not 0 < size <= len(listed):
        raise BadValue("--programs", size, f"at most the {len(listed)} real programs there are")
    chosen = random.Random(sample.seed).sample(listed, size)  # noqa: S311 - reproducible, not secret
    chosen.sort(key=lambda one: one.program.id)
    drawn = replace(
        sample,
        drawn_on=clock().date(),
        population=len(listed),
        programs=tuple(one.program.id for one in chosen),
    )
    with records.desk() as desk:
        return replace(drawn, number=keep_sample(desk, drawn)), chosen


def sheet(drawn: Drawn, chosen: Sequence[Listing], questions: tuple[Question, ...]) -> str:
    """The CSV to fill in: one row for each program and fact that we list."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in chosen:
        who = (one.program.id, one.organization.name, one.program.name, one.site.phone or "")
        for question, text, words in asked_of(one, questions):
            row = (drawn.number, *who, question.fact, text, words, "", "", "", "")
            writer.writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
