"""Read a file of HSDS services into the tree of the listing format."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from directory.catalog.evidence import Source
from directory.catalog.listing import dump_source
from directory.catalog.vocabulary import Vocabularies
from directory.curation.files.documents import Broken
from directory.curation.importers.hsds.documents import services_in
from directory.curation.importers.hsds.sifting import sifted, text_of
from directory.curation.listing_format.located import Located
from directory.curation.listing_format.schema import schemas
from directory.curation.listing_format.tree import read_tree
from directory.curation.public_lists.names import key_of, slug
from directory.curation.reading import (
    Progress,
    Reading,
    Refused,
    Told,
    kept_with,
    printable,
    shown,
)
from directory.exchange.hsds import keys
from directory.exchange.hsds.reading import ReadService, read_service

PROGRESS_EVERY = 500
LISTED = ("active", None, "")
"""A service of another status is not offered now: it is left out, and flagged where we list it."""


def read(path: Path, vocabularies: Vocabularies, progress: Progress, told: Told) -> Reading:
    """Read one file. Raises `UnreadableFile`; bad services are refused one by one."""
    grown = _Grown(vocabularies, slug(path.stem))
    with services_in(path, grown.refused.append) as found:
        for count, (row, service) in enumerate(found, start=1):
            grown.add(row, service)
            if count % PROGRESS_EVERY == 0:
                progress("read", count, 0)
    seen_on = told.only_seen_on(path)
    source = Source(f"HSDS: {path.name}", seen_on, "example" if grown.examples else "list")
    tree = {"source": dump_source(source), "organizations": list(grown.organizations.values())}
    reading = read_tree(tree, vocabularies, progress)
    reading.refused = grown.refused + reading.refused
    reading.own_sites = grown.own_sites
    reading.unknown_codes = dict(grown.unknown)
    reading.notes = grown.notes()
    _date(reading, grown.seen, source)
    return reading


class _Grown:
    """The tree as it grows, service by service. `feed` begins the keys of foreign records."""

    def __init__(self, vocabularies: Vocabularies, feed: str) -> None:
        self.own_sites: set[str] = set()
        self._feed = feed
        self.organizations: dict[str, Located] = {}
        self.refused: list[Refused] = []
        self.unknown: Counter[str] = Counter()
        self.seen: dict[str, date] = {}
        self.examples = False
        self._sites: dict[str, Located] = {}
        self._vocabularies = vocabularies
        self._schemas = schemas(vocabularies)
        self._hours = self._not_offered = 0

    def add(self, row: str, service: Any) -> None:
        """Take one service in, at each of its places."""
        if isinstance(service, Broken):
            self.refused.append(Refused(row, "", service.got, "an HSDS service as JSON"))
        elif not _is_service(service):
            expected = "an HSDS service: id, name, status"
            self.refused.append(Refused(row, "", shown(service), expected))
        elif service.get("status") not in LISTED:
            self._not_offered += 1
        else:
            self.examples = self.examples or service.get(keys.EXAMPLE) is True
            for one in read_service(service, self._vocabularies):
                self._place(row, one)

    def notes(self) -> list[str]:
        """What was not taken over, in sentences."""
        notes = []
        if self._hours:
            notes.append(
                f"{self._hours} services state opening hours: these are not sessions, and not kept"
            )
        if self._not_offered:
            notes.append(f"{self._not_offered} services are not active now: left out")
        return notes

    def _place(self, row: str, read: ReadService) -> None:
        unknown = [printable(term) for term in read.unknown]
        self.unknown.update(dict.fromkeys(unknown, 1))
        self._hours += read.opening_hours
        organization, site, program = read.organization, read.site, read.program
        if read.own:
            self.own_sites.add(str(site.get("id")))
        else:
            organization = self._foreign("organization", organization, row)
            site = self._foreign("site", site, row)
            program |= {"description": text_of(program.get("description"))}
            program = self._foreign("program", program, row)
            self._remember(program, read.seen)
        row = kept_with(row, unknown)
        key = str(organization.get("id"))
        if key not in self.organizations:
            self.organizations[key] = _located(row, {**organization, "sites": []})
        site_key = str(site.get("id"))
        if site_key not in self._sites:
            self._sites[site_key] = _located(row, {**site, "programs": []})
            self.organizations[key]["sites"].append(self._sites[site_key])
        self._sites[site_key]["programs"].append(_located(row, program))

    def _foreign(self, kind: str, plain: dict[str, Any], row: str) -> dict[str, Any]:
        """What we can take of a foreign record, under the feed's own key."""
        plain = {**plain, "id": key_of("hsds", self._feed, str(plain["id"]))}
        clean, refused = sifted(plain, getattr(self._schemas, kind), row)
        # An organization and a site come again with each of their services.
        self.refused += [one for one in refused if one not in self.refused[-200:]]
        return clean

    def _remember(self, program: dict[str, Any], seen: str | None) -> None:
        try:
            self.seen[str(program.get("id"))] = date.fromisoformat((seen or "")[:10])
        except ValueError:
            return


def _is_service(document: Any) -> bool:
    """True for a service; an organization or place has an id and a name too."""
    if not isinstance(document, dict) or not (document.get("id") and document.get("name")):
        return False
    marks = {"status", "organization_id", "organization", "service_at_locations"}
    return not marks.isdisjoint(document) and "location_type" not in document


def _located(row: str, plain: dict[str, Any]) -> Located:
    made = Located(row)
    made.update(plain)
    return made


def _date(reading: Reading, seen: dict[str, date], source: Source) -> None:
    """Facts of foreign services are as old as the feed says they are, where it says so."""
    for key, read in reading.programs.items():
        day = seen.get(key)
        if day is None or day > source.seen_on:
            continue
        dated = replace(source, dated=day)
        program = replace(read.program, evidence=dict.fromkeys(read.program.evidence, dated))
        reading.programs[key] = replace(read, program=program)
