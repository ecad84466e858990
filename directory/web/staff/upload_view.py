"""What the page of an uploaded file shows: counts, what would change, what was refused and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.catalog.upload import Upload
from directory.curation.edits import sides
from directory.curation.uploading import running
from directory.curation.uploading.workshop import Workshop
from directory.web.i18n import gettext
from directory.web.showing.fact_names import fact_names

PAGE = 25
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact that would be another: whose, which, before and after, in the words of the data."""

    of: str
    fact: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class ProgramLines:
    """A program we know, and its facts that would be others."""

    program: str
    slug: str
    facts: Sequence[FactLine]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a report. `next` is the number of the page after it, 0 if this is the last."""

    changed: Sequence[ProgramLines]
    refused: Sequence[Json]
    created: Sequence[str]
    notes: Sequence[str]
    codes: Sequence[tuple[str, int]]
    page: int
    next: int
    listed: int


def report_of(shop: Workshop, upload: Upload, page: int) -> Shown | None:
    """What the last run on a file reported; None if there is no report (any more)."""
    report = running.report_in(shop.folder(upload))
    if report is None:
        return None
    first, last = PAGE * (page - 1), PAGE * page
    lists = [report[name] for name in ("difference", "refused", "created_programs")]
    changed, refused, created = (one[first:last] for one in lists)
    longest = max(map(len, lists))
    return Shown(
        changed=[_program(one) for one in changed],
        refused=refused,
        created=created,
        notes=report["notes"],
        codes=list(report["unknown_codes"].items())[:PAGE],
        page=page,
        next=page + 1 if longest > last else 0,
        listed=longest,
    )


def _program(one: Json) -> ProgramLines:
    return ProgramLines(one["program"], one["slug"], [fact_line(edit) for edit in one["edits"]])


def fact_line(edit: Json) -> FactLine:
    """One edit as it is shown side by side."""
    names, kinds = fact_names(), {"site": gettext("Site"), "organization": gettext("Organization")}
    was, becomes = sides(edit)
    return FactLine(
        kinds.get(edit["of"], ""), names.get(edit["field"], edit["field"]), was, becomes
    )
