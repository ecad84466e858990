"""Read the registry: which of its organizations may be places of treatment, with number and phone."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from marshmallow import ValidationError

from directory.catalog.evidence import Source
from directory.catalog.vocabulary import Vocabularies
from directory.curation.importers.nppes.entries import Entry, entries_in
from directory.curation.importers.nppes.taxonomies import Taxonomies, load_taxonomies
from directory.curation.listing_format.checks import npi
from directory.curation.offered import Offered
from directory.curation.reading import Progress, Reading, Refused, Told, printable, shown

NAME = "NPPES"
URL = "https://npiregistry.cms.hhs.gov/"
PROGRESS_EVERY = 10_000


def read(path: Path, _vocabularies: Vocabularies, progress: Progress, told: Told) -> Reading:
    """Read one file. Nothing of it is listed by itself: `offered` adds to what is listed."""
    reading = Reading()
    taxonomies, left_out = load_taxonomies(), Counter[str]()
    turned_away: list[Refused] = []
    for entry in entries_in(path, turned_away.append):
        reading.read += 1
        if reading.read % PROGRESS_EVERY == 0:
            progress("read", reading.read, 0)
        reason = _left_out(entry, taxonomies)
        if reason is None:
            reading.offered += _offers(entry, reading)
            for code in entry.taxonomies:
                if taxonomies.kind(code) is None:
                    name = printable(f"taxonomy {code}"[:60])
                    reading.unknown_codes[name] = reading.unknown_codes.get(name, 0) + 1
        else:
            left_out[reason] += 1
    reading.read += len(turned_away)
    reading.refused = turned_away + reading.refused
    seen_on = told.only_seen_on(path)
    reading.source = Source(NAME, seen_on, "list", url=URL)
    reading.notes = [f"{count} {reason}" for reason, count in left_out.items()]
    return reading


def _left_out(entry: Entry, taxonomies: Taxonomies) -> str | None:
    """Why an entry is passed over, as the end of a sentence that begins with a number."""
    if entry.person:
        return "entries are people: not read"
    if not entry.active:
        return "entries are no longer active: left out"
    if entry.taxonomies and not taxonomies.is_place(entry.taxonomies):
        return "organizations are no places of treatment: left out"
    return None


def _offers(entry: Entry, reading: Reading) -> Iterator[Offered]:
    try:
        number = npi(entry.npi)
    except ValidationError as error:
        reading.refused.append(Refused(entry.row, "NPI", shown(entry.npi), str(error.messages[0])))
        return
    for place, spot in enumerate(entry.spots):
        key = f"nppes:{number}" if not place else f"nppes:{number}-{place}"
        names, address = entry.names, spot.address
        yield Offered(entry.row, key, number, names, spot.phone, address, entry.told_on)
