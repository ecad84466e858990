"""Import one file: read, compare, keep. A dry run does the same and keeps nothing."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from directory.catalog.clock import Clock
from directory.catalog.records import WritableRecords
from directory.catalog.vocabulary import Vocabularies
from directory.curation.difference import Difference, difference
from directory.curation.edits import ProgramEdits
from directory.curation.enriching import enrich
from directory.curation.importers import IMPORTERS
from directory.curation.linking.linker import Linking, link
from directory.curation.publishing import keep, keep_links
from directory.curation.reading import Progress, Reading, Refused, Told, silent
from directory.curation.standing import taken_off
from directory.errors import BadValue, ListingsHaveChanged

LINKED = ("samhsa", "findtreatment", "dhcs", "hsds")
"""Importers whose rows carry the list's own keys: linking says which of our records they are."""

ENRICHING = ("nppes",)
"""Importers of registries: they add to what is listed, by the rules of linking, and list nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do. Counts are programs.

    `accepted` is `created` + `changed` + `unchanged`; the rest of `read` was refused, each with a row
    in `refused` or more: one for each bad value, or for the site or organization it was refused with.
    Only what bars the whole file (its source) stands there once. `missing`
    are programs that this source stated before and this file lacks: flagged, not deleted.
    `review` are pairs of rows that a person has to decide. `change` is the number to undo it by,
    None where nothing was written; `catalog` the newest change before it. `unknown_codes` says of
    how many rows a code has no meaning yet, `notes` what else there is to know, `edits` what changes
    in programs we know.
    """

    file: str
    source: str | None
    read: int = 0
    refused: tuple[Refused, ...] = ()
    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    dry_run: bool = False
    change: int | None = None
    unknown_codes: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    edits: tuple[ProgramEdits, ...] = ()
    catalog: int = 0

    @property
    def accepted(self) -> int:
        """How many programs went in, or were in already."""
        return len(self.created) + len(self.changed) + len(self.unchanged)

    def as_dict(self) -> dict[str, object]:
        """The report as JSON: counts, refused rows, and the ids of what is new or gone."""
        return {
            "file": self.file,
            "source": self.source,
            "dry_run": self.dry_run,
            "change": self.change,
            "catalog": self.catalog,
            "read": self.read,
            "accepted": self.accepted,
            "refused": [asdict(one) for one in self.refused],
            "created": len(self.created),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "missing": len(self.missing),
            "review": len(self.review),
            "unknown_codes": dict(self.unknown_codes),
            "notes": list(self.notes),
            "created_programs": list(self.created),
            "changed_programs": list(self.changed),
            "missing_programs": list(self.missing),
            "difference": [asdict(one) for one in self.edits],
        }


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Millions of records stay to the end: looking for garbage among them takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_to_collect()
def import_file(
    records: WritableRecords,
    vocabularies: Vocabularies,
    importer: str,
    path: Path,
    *,
    dry_run: bool = False,
    clock: Clock,
    progress: Progress = silent,
    told: Told | None = None,
    linking: Linking | None = None,
    only_after: int | None = None,
) -> Report:
    """Import one file whole, or nothing of it. `told` dates a list that carries no date; `linking`
    is what the rows of lists are linked with.

    Raises `UnreadableFile` if it cannot be read at all, `BadValue` for an unknown importer, and
    `ListingsHaveChanged` if another change than `only_after` is the newest.
    """
    readers = dict(IMPORTERS)
    if importer not in readers:
        raise BadValue("SOURCE", importer, "the name of an importer", tuple(readers))
    told = told or Told(seen_on=clock().date())
    linking = linking if importer in (*LINKED, *ENRICHING) else None
    reading = readers[importer](path, vocabularies, progress, told)
    take = partial(take_in, records, reading, path.name, linking, dry_run=dry_run)
    return take(clock=clock, progress=progress, only_after=only_after)


@_nothing_to_collect()
def take_in(
    records: WritableRecords,
    reading: Reading,
    name: str,
    linking: Linking | None = None,
    *,
    dry_run: bool = False,
    clock: Clock,
    progress: Progress = silent,
    only_after: int | None = None,
) -> Report:
    """Take in what was read of one file, whole or nothing of it; a list's rows are linked first."""
    source, at = reading.source, clock()
    if source is None:
        return _read_only(name, reading, (), dry_run)
    with records.desk(write=not dry_run) as desk:
        linked, catalog = None, desk.newest()
        if only_after not in (None, catalog):
            raise ListingsHaveChanged(only_after or 0, catalog)
        if linking is not None and reading.offered:
            reading = enrich(reading, desk, linking.words)
        elif linking is not None and reading.sites.keys() - reading.own_sites:
            linked = link(reading, desk, linking, at)
            reading = linked.reading
        found = difference(reading, source, desk, at)
        if (reading.refused or found.refused) and not (reading.programs or reading.also):
            nothing = _read_only(name, reading, found.refused, dry_run)
            return replace(nothing, catalog=catalog)
        number, off = None, tuple(taken_off(desk, reading.programs.keys() | set(reading.joined)))
        if not dry_run:
            progress("write", 0, len(found.change.stated))
            number = keep(desk, found.change)
            if linked:
                keep_links(desk, linked.change)
    progress("write", len(found.change.stated), len(found.change.stated))
    report = _report(name, reading, found, dry_run)
    report = replace(report, notes=(*report.notes, *off), catalog=catalog)
    return replace(report, change=number, review=linked.review if linked else ())


def _read_only(file: str, reading: Reading, refused: tuple[Refused, ...], dry_run: bool) -> Report:
    return Report(
        file=file,
        source=reading.source.name if reading.source else None,
        read=reading.read,
        refused=(*reading.refused, *refused),
        dry_run=dry_run,
        unknown_codes=reading.unknown_codes,
        notes=tuple(reading.notes),
    )


def _report(file: str, reading: Reading, found: Difference, dry_run: bool) -> Report:
    whole = _read_only(file, reading, found.refused, dry_run)
    return replace(
        whole,
        notes=(*whole.notes, *_warned(reading, found)),
        created=found.created,
        changed=found.changed,
        unchanged=found.unchanged,
        missing=found.missing,
        edits=found.edits,
    )


def _warned(reading: Reading, found: Difference) -> Iterator[str]:
    """That a file is older than what it replaces: an edition was taken for another, or not told."""
    if reading.source and found.replaces:
        yield (
            f"This file is older than what it replaces: its facts are of {reading.source.as_of}, "
            f"those we hold of this source of {found.replaces}."
        )
