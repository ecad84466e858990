"""The federal and the state list, imported over the listings that ship, find the same places.

The listings were made from these lists with what people overruled; a plain import takes over what
the lists say. Where the two differ stands here, with the reason.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from directory.catalog.listing import dump_record
from directory.catalog.program import Listing
from directory.catalog.vocabulary import load_vocabularies
from directory.curation.importing import Report, import_file
from directory.curation.linking.linker import load_linking
from directory.curation.reading import Told
from directory.store.connect import open_database, upgrade
from directory.store.sql_records import SqlRecords
from tests.data.files import LISTINGS, SOURCES

DATA = LISTINGS.parent
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LISTS = (
    ("samhsa", "samhsa_2024_pasadena_10mi.csv", Told(date(2026, 11, 23), "2024")),
    ("dhcs", "dhcs_pasadena_10mi.csv", Told(date(2026, 11, 23), "2026-08-21")),
)
# A license for a house at the same door is newer than the federal row and says this too.
BY_A_HOUSE_AT_THE_DOOR = {
    "elijahs-house-treatment-center": {"name", "phone", "lat", "lon"},
    "grandview-foundation-inc": {"name", "phone", "address", "lat", "lon"},
}
# The state's certificate of one site names the organization of all its sites.
NAMED_BY_THE_STATE = {
    "hifi-recovery-corps": "HiFi Recovery Corps LLC",
    "la-centers-for-alcohol-and-drug-abuse": "Los Angeles Centers for Alcohol and Drug Abuse",
    "mela-counseling-services-center-inc": "Mela Counseling Services Center, Inc.",
    "pax-house": "Pax House, Inc.",
}


class Over:
    """A store with the shipped listings, before and after the lists were imported."""

    def __init__(self, folder: Path) -> None:
        engine = open_database(f"sqlite:///{folder / 'store.sqlite'}")
        upgrade(engine)
        self.records = SqlRecords(engine)
        self._vocabularies = load_vocabularies(DATA / "vocabularies")
        self._take("listing", LISTINGS / "pasadena" / "pasadena.json", None)
        self.before = self._listed()
        self.reports = self.import_lists()
        self.after = self._listed()

    def import_lists(self) -> list[Report]:
        return [self._take(name, SOURCES / file, told) for name, file, told in LISTS]

    def _listed(self) -> dict[str, Listing]:
        return {one.program.id: one for one in self.records.all()}

    def _take(self, name: str, path: Path, told: Told | None) -> Report:
        linking = load_linking(DATA)
        return import_file(
            self.records, self._vocabularies, name, path, clock=lambda: NOON, told=told, linking=linking
        )  # fmt: skip


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Over:
    return Over(tmp_path_factory.mktemp("over"))


def differences(before: object, after: object) -> set[str]:
    """Facts that are shown otherwise. Who else says what is evidence: the lists are years apart."""
    was, now = dump_record(before), dump_record(after)  # type: ignore[arg-type]
    shown = (was.keys() | now.keys()) - {"evidence", "conflicts"}
    return {fact for fact in shown if was.get(fact) != now.get(fact)}


def test_no_iop_and_no_day_program_is_listed_twice(over: Over) -> None:
    new = over.after.keys() - over.before.keys()
    assert {over.after[key].program.level_of_care for key in new} == {"outpatient", "residential"}


def test_every_row_of_an_iop_finds_the_program_that_ships(over: Over) -> None:
    with over.records.desk(write=False) as desk:
        linked = {one.origin: one.subject_id for one in desk.links.live() if one.kind == "program"}
    programs = {key: one for key, one in linked.items() if key.endswith((":iop", ":php"))}
    assert len([key for key in programs if ":substance:" in key]) >= 24
    assert set(programs.values()) <= over.before.keys()


def test_the_lists_say_the_same_of_every_program_that_ships(over: Over) -> None:
    for key, one in over.before.items():
        assert differences(one.program, over.after[key].program) == set(), key


def test_sites_differ_only_where_another_license_at_the_door_is_newer(over: Over) -> None:
    found: dict[str, set[str]] = {}
    for key, one in over.before.items():
        if facts := differences(one.site, over.after[key].site):
            found[one.site.id] = facts
    assert found == BY_A_HOUSE_AT_THE_DOOR


def test_organizations_differ_only_where_the_state_spells_them(over: Over) -> None:
    found = {
        one.organization.id: over.after[key].organization.name
        for key, one in over.before.items()
        if differences(one.organization, over.after[key].organization)
    }
    assert found == NAMED_BY_THE_STATE


def test_the_street_that_one_list_withholds_comes_back_through_no_import(over: Over) -> None:
    shown = str([replace(one, version=1) for one in over.after.values()])
    for street in ("Lincoln Avenue", "2707 W", "1891 Effie"):
        assert street.casefold() not in shown.casefold()


def test_the_old_address_of_a_place_that_moved_stays_away(over: Over) -> None:
    assert over.after["pcadd-iop"].site.address.street == "44 South Mentor Avenue"
    assert not any("1245" in str(one.site.address) for one in over.after.values())


def test_the_same_lists_again_change_nothing_and_ask_nothing_new(over: Over) -> None:
    with over.records.desk(write=False) as desk:
        before = len(desk.links.pairs())
    for report in over.import_lists():
        assert (report.created, report.changed, report.refused) == ((), (), ())
    with over.records.desk(write=False) as desk:
        assert len(desk.links.pairs()) == before
