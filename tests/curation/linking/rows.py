"""Rows of lists as importers hand them over: sites under the list's own keys."""

from datetime import UTC, date, datetime
from pathlib import Path

from directory.catalog.evidence import Source
from directory.catalog.program import Address, License, Organization, Program, Site
from directory.curation.importing import Report, take_in
from directory.curation.linking.linker import Linking
from directory.curation.linking.words import load_link_words
from directory.curation.reading import Reading, ReadProgram
from directory.store.sql_records import SqlRecords

DATA = Path(__file__).parents[3] / "data"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAMHSA = Source("SAMHSA National Directory", date(2026, 11, 23), "list", dated=date(2023, 12, 31))
DHCS = Source("California DHCS", date(2026, 11, 23), "list", dated=date(2026, 8, 21))
LINKING = Linking(load_link_words(DATA / "linking"), {})


def reading(source, *rows):
    """A reading of some rows."""
    whole = Reading(source=source)
    for one in rows:
        one(whole, source)
    whole.read = len(whole.programs)
    return whole


def row(key, name="Lantern Recovery Center", *, organization=None, street="12 North Lake Avenue",
        unit=None, city="Pasadena", zip="91101", phone="626-796-3141", withheld=False, programs=("iop",),
        focus=("substance_use",), license=None, **facts):  # fmt: skip
    """One row; its programs are `key:level`."""

    def add(whole, source):
        who = organization or name
        parent = f"{key.split(':')[0]}:{who}"
        whole.organizations[parent] = Organization(parent, who, evidence={"name": source})
        address = Address(city, "CA", zip, None if withheld else street, unit, withheld)
        said = dict.fromkeys(("name", "phone", "address"), source)
        whole.sites[key] = Site(key, name, phone, address=address, evidence=said), parent
        for level in programs:
            licenses = (License("California DHCS", license),) if license else ()
            program = Program(
                f"{key}:{level}", f"{name}: {level}", level_of_care=level, level_evidence="stated",
                focus=focus, licenses=licenses, **facts,
            )  # fmt: skip
            said = dict.fromkeys(("name", "level_of_care", "focus", "licenses", *facts), source)
            program = Program(
                **{f: getattr(program, f) for f in program.__slots__ if f != "evidence"},
                evidence=said,
            )
            whole.programs[program.id] = ReadProgram(program, key, "row 2")
            whole.mentioned.add(program.id)

    return add


def substance(ref="a", **facts):
    """A row of the federal survey of substance use."""
    return row(f"samhsa:substance:{ref}", **facts)


def mental(ref="a", **facts):
    """A row of the federal survey of mental health."""
    return row(f"samhsa:mental:{ref}", **{"focus": ("mental_health",)} | facts)


def certificate(number="190769DP", **facts):
    """A row of the state's list."""
    own = {"programs": ("outpatient",), "license": number, "name": "Lantern Recovery"}
    return row(f"dhcs:{number}", **own | facts)


def take(records: SqlRecords, source, *rows, linking=LINKING, dry_run=False) -> Report:
    """Import rows."""
    whole = reading(source, *rows)
    return take_in(records, whole, "list", linking, dry_run=dry_run, clock=lambda: NOON)


def listed(records: SqlRecords):
    """Every listed program: organization, site and program ids."""
    return [(one.organization.id, one.site.id, one.program.id) for one in records.all()]
