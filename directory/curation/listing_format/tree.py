"""From the tree of the listing format to records; a bad program is refused whole, alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind, load_organization, load_program, load_site, load_source
from directory.catalog.program import Organization, Program, Site
from directory.catalog.vocabulary import Vocabularies
from directory.curation.listing_format import rules
from directory.curation.listing_format.located import (
    Path,
    at_path,
    flat_messages,
    path_text,
    row_at,
)
from directory.curation.listing_format.schema import schemas
from directory.curation.reading import Progress, Reading, ReadProgram, Refused, shown

Plain = dict[str, Any]
R = TypeVar("R", Organization, Site, Program)

_FINDINGS: Mapping[Kind, Callable[[Plain, Source], Iterable[rules.Finding]]] = {
    "organization": lambda plain, source: (),
    "site": rules.site_findings,
    "program": lambda plain, source: rules.program_findings(plain),
}

_GOOD: Mapping[Kind, str] = {"organization": "an organization", "site": "a site"}

PROGRESS_EVERY = 500


def read_tree(tree: Plain, vocabularies: Vocabularies, progress: Progress) -> Reading:
    """Read a whole file of the format. Never raises on what the file holds."""
    walk = _Walk(vocabularies, progress)
    walk.file(tree)
    return walk.reading


@dataclass(frozen=True, slots=True)
class _Lost:
    """An organization or site that was refused, and its programs with it."""

    kind: Kind
    id: Any


class _Walk:
    """One walk through one file, gathering records and refusals."""

    def __init__(self, vocabularies: Vocabularies, progress: Progress) -> None:
        self.reading = Reading()
        self._schemas = schemas(vocabularies)
        self._progress = progress
        self._seen: dict[Kind, set[str]] = {"organization": set(), "site": set()}
        self._seen["program"] = self.reading.mentioned

    def file(self, tree: Plain) -> None:
        self._top(tree)
        for row, organization in _children(tree, "organizations", ""):
            self._organization(row, organization)
        self._progress("read", self.reading.read, self.reading.read)

    def _top(self, tree: Plain) -> None:
        for key in set(tree) - {"source", "organizations"}:
            self._refuse("file", (key,), key, "only the keys source, organizations")
        if not isinstance(tree.get("organizations"), list):
            got = tree.get("organizations")
            self._refuse("file", ("organizations",), got, "a list of organizations")
        plain = self._loaded(self._schemas.source, tree.get("source"), "source")
        self.reading.source = load_source(plain) if plain else None

    def _organization(self, row: str, raw: Any) -> None:
        plain = self._plain("organization", row, raw, "sites")
        record = self._complete("organization", row, raw, plain, load_organization)
        if record is not None:
            self.reading.organizations[record.id] = record
        for site_row, site in _children(raw, "sites", row):
            self._site(site_row, site, record or _Lost("organization", _id_of(raw)))
        self._need_list(row, raw, "sites")

    def _site(self, row: str, raw: Any, organization: Organization | _Lost) -> None:
        plain = self._plain("site", row, raw, "programs")
        record = self._complete("site", row, raw, plain, load_site)
        where: Site | _Lost = record or _Lost("site", _id_of(raw))
        if isinstance(organization, _Lost):
            where = organization
        elif record is not None:
            self.reading.sites[record.id] = (record, organization.id)
        for program_row, program in _children(raw, "programs", row):
            self._program(program_row, program, where)
        self._need_list(row, raw, "programs")

    def _program(self, row: str, raw: Any, where: Site | _Lost) -> None:
        self.reading.read += 1
        if self.reading.read % PROGRESS_EVERY == 0:
            self._progress("read", self.reading.read, 0)
        plain = self._plain("program", row, raw, None)
        for track in (plain or {}).get("tracks") or ():
            track["schedule_grade"] = track.get("schedule_grade") or rules.grade_of(
                track.get("sessions") or []
            )
        record = self._complete("program", row, raw, plain, load_program)
        if record is None:
            return
        if isinstance(where, _Lost):
            self._refuse(
                row, (where.kind,), where.id, f"{_GOOD[where.kind]} that is not refused itself", raw
            )
            return
        self.reading.programs[record.id] = ReadProgram(record, where.id, row_at(raw, ()) or row)

    def _plain(self, kind: Kind, row: str, raw: Any, children: str | None) -> Plain | None:
        """The object with clean values, its id not used before; None if it was refused."""
        refused = len(self.reading.refused)
        self.reading.refused += getattr(raw, "clashes", ())
        own = raw
        if isinstance(raw, dict):
            own = {key: value for key, value in raw.items() if key != children}
        plain = self._loaded(getattr(self._schemas, kind), own, row, raw)
        key = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(key, str) and key in self._seen[kind]:
            self._refuse(row, ("id",), key, f"an id that no other {kind} of the file has", raw)
        if isinstance(key, str):
            self._seen[kind].add(key)
        return plain if len(self.reading.refused) == refused else None

    def _complete(
        self, kind: Kind, row: str, raw: Any, plain: Plain | None, load: Callable[..., R]
    ) -> R | None:
        """The record, if its values agree with one another; None if it was refused."""
        source = self.reading.source
        if plain is None or source is None:
            return None
        findings = list(_FINDINGS[kind](plain, source))
        record = None if findings else load(plain, source)
        if record is not None:
            findings = list(rules.evidence_findings(kind, record, plain, source))
        for path, expected in findings:
            self._refuse(row, path, at_path(raw, path), expected, raw)
        return None if findings else record

    def _need_list(self, row: str, raw: Any, children: str) -> None:
        value = raw.get(children) if isinstance(raw, dict) else None
        if value is not None and not isinstance(value, list):
            self._refuse(row, (children,), value, f"a list of {children}", raw)

    def _loaded(self, schema: Schema, own: Any, row: str, raw: Any = None) -> Plain | None:
        try:
            return dict(schema.load(own))
        except ValidationError as error:
            for path, expected in flat_messages(error.messages_dict):
                got = path[-1] if expected.startswith("only the keys") else at_path(own, path)
                self._refuse(row, path, got, expected, raw)
            return None

    def _refuse(self, row: str, path: Path, got: Any, expected: str, raw: Any = None) -> None:
        row = row_at(raw, path) or row
        self.reading.refused.append(Refused(row, path_text(path), shown(got), expected))


def _id_of(raw: Any) -> Any:
    return raw.get("id") if isinstance(raw, dict) else raw


def _children(raw: Any, name: str, row: str) -> Iterator[tuple[str, Any]]:
    values = raw.get(name) if isinstance(raw, dict) else None
    for place, child in enumerate(values if isinstance(values, list) else ()):
        yield f"{row}.{name}[{place}]".removeprefix("."), child
