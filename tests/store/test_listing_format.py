"""Each record survives the listing format, and its facts."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.catalog.evidence import Source
from directory.catalog.listing import (
    assemble_program,
    dump_record,
    facts_of,
    load_organization,
    load_program,
    load_site,
)
from directory.catalog.program import Address, Organization, Program, Site
from tests.store.strategies import programs, sources, words


@settings(deadline=None)
@given(programs(), st.none() | sources)
def test_a_program_survives_the_format(program: Program, default: Source | None) -> None:
    plain = json.loads(json.dumps(dump_record(program, default)))
    assert load_program(plain, default) == program


@settings(deadline=None)
@given(programs())
def test_a_program_survives_its_facts(program: Program) -> None:
    facts = {fact: (value, program.evidence[fact]) for fact, value in facts_of(program).items()}
    items = {key: source for key, source in program.evidence.items() if ":" in key}
    assert assemble_program(program.id, facts, items, program.rivals) == program


@given(st.builds(Site, id=words, name=words, lat=st.just(1.5), lon=st.just(0.0)), sources)
def test_a_site_survives_the_format(site: Site, source: Source) -> None:
    address = Address(city="Pasadena", zip="91101", withheld=True)
    whole = Site(site.id, site.name, None, None, address, site.lat, site.lon)
    whole = Site(
        whole.id, whole.name, None, None, address, site.lat, site.lon,
        evidence=dict.fromkeys(facts_of(whole), source),
    )  # fmt: skip
    assert load_site(dump_record(whole, source), source) == whole


def test_an_organization_survives_the_format() -> None:
    acme = Organization("acme", "Acme", website="https://acme.example.org")
    assert load_organization(dump_record(acme)) == acme
