"""Real programs: everything has a source, nothing is filled in, nothing withheld is shown."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from scripts.pasadena import make, overrule
from tests.curation.builders import new_store
from tests.data.files import LISTINGS, SOURCES, Json, listing, program, programs, rows, sites

WHOLE = listing("pasadena")
FRESHNESS = {row["fact"] for row in rows(LISTINGS.parent / "freshness.csv")}
# Keys that are no facts of their own.
BARE = {"id", "sites", "programs", "evidence", "lat", "lon", "level_evidence"}
# Latitude and longitude are one fact; like the time zone they are as old as the address.
WITH_THE_ADDRESS = {"location", "time_zone"}


def entities() -> list[Json]:
    return [*WHOLE["organizations"], *sites(WHOLE), *programs(WHOLE)]


def federal(*codes: str) -> list[dict[str, str]]:
    found = rows(SOURCES / "samhsa_2024_pasadena_10mi.csv")
    return [row for row in found if set(codes) & set(row["service_code_info"].split())]


def withheld_rows() -> list[dict[str, str]]:
    found = rows(SOURCES / "samhsa_2024_pasadena_10mi.csv")
    return [row for row in found if not row["street1"].strip("- ")]


def with_a_page() -> set[str]:
    pages = (LISTINGS / "pasadena" / "pages").glob("*.json")
    return {one["id"] for path in pages for one in programs(json.loads(path.read_text("utf-8")))}


def sessions(program_id: str) -> list[tuple[object, ...]]:
    track = program(WHOLE, program_id)["tracks"][0]
    return [(s.get("day"), s.get("count"), s["start"], s["end"]) for s in track["sessions"]]


def test_importers_and_pages_make_the_committed_files(tmp_path: Path) -> None:
    make(tmp_path)
    for name in ("pasadena.json", "REVIEW.md"):
        assert (tmp_path / name).read_bytes() == (LISTINGS / "pasadena" / name).read_bytes()


def test_what_a_person_overrules_has_to_be_said_by_that_list(tmp_path: Path) -> None:
    row = {"kind": "site", "id": "nowhere", "facts": "name", "source": "California DHCS"}
    with pytest.raises(ValueError, match="California DHCS says no such thing of nowhere"):
        overrule(new_store(tmp_path), [row])


def test_ids_are_unique_and_stable_slugs() -> None:
    for found in (WHOLE["organizations"], list(sites(WHOLE)), list(programs(WHOLE))):
        ids = [entity["id"] for entity in found]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity) for identity in ids)


def test_every_fact_names_its_source() -> None:
    for entity in entities():
        assert entity.keys() - BARE <= entity["evidence"].keys()


def test_no_source_is_named_for_a_fact_that_is_not_there() -> None:
    for entity in entities():
        facts = {fact.partition(":")[0] for fact in entity["evidence"]}
        assert facts - {"location"} <= entity.keys()
        assert ("location" in facts) == ("lat" in entity)


def test_every_source_has_a_name_a_page_a_method_and_dates() -> None:
    for entity in entities():
        for source in entity["evidence"].values():
            assert source["name"]
            assert source["url"].startswith("https://")
            assert source["method"] in {"list", "published"}
            dated, seen_on = source.get("dated"), date.fromisoformat(source["seen_on"])
            assert dated is None or date.fromisoformat(dated) <= seen_on


def test_every_fact_has_a_limit_of_age() -> None:
    facts = {fact.partition(":")[0] for entity in entities() for fact in entity["evidence"]}
    assert facts - WITH_THE_ADDRESS <= FRESHNESS


def test_nothing_is_null_where_it_could_be_left_out() -> None:
    assert [p["id"] for p in programs(WHOLE) if None in p.values()] == []


def test_all_programs_with_a_page_are_listed() -> None:
    assert len(with_a_page()) == 29
    assert with_a_page() <= {found["id"] for found in programs(WHOLE)}


def federal_iop_sites() -> list[str]:
    """Sites with a stated IOP for alcohol or drugs that the federal list speaks of."""
    found = [
        site["id"]
        for site in sites(WHOLE)
        for p in site["programs"]
        if (p["level_of_care"], p["level_evidence"]) == ("iop", "stated")
        if "substance_use" in p["focus"]
        if any(source["name"].startswith("SAMHSA") for source in p["evidence"].values())
    ]
    # Lifescape is in the mental health survey only; its own page states the IOP.
    return [site_id for site_id in found if site_id != "lifescape-recovery-center"]


def test_the_24_iop_rows_of_the_federal_list_are_24_sites_with_an_iop() -> None:
    assert len(federal("OIT")) == 24
    assert len(federal_iop_sites()) == len(set(federal_iop_sites())) == 24


@pytest.mark.parametrize("row", federal("OIT"), ids=lambda row: row["name1"])
def test_an_iop_row_is_found_under_its_name(row: dict[str, str]) -> None:
    start = re.sub(r"[^a-z0-9]+", "-", row["name1"].casefold()).strip("-")
    assert any(site_id.startswith(start) for site_id in federal_iop_sites())


def test_a_mental_health_iop_is_only_suggested_by_the_federal_list() -> None:
    for found in programs(WHOLE):
        source = found["evidence"]["level_of_care"]
        own = source["method"] == "published"
        if found["level_of_care"] == "iop" and "substance_use" not in found["focus"] and not own:
            assert found["level_evidence"] == "suggested"
            assert "may offer" in found["name"]


def test_a_list_never_gives_a_schedule() -> None:
    for found in programs(WHOLE):
        if "tracks" in found:
            assert found["evidence"]["tracks"]["method"] == "published"
    with_tracks = {found["id"] for found in programs(WHOLE) if "tracks" in found}
    assert with_tracks == with_a_page()


def test_no_list_gives_openings_prices_or_start_dates() -> None:
    for found in programs(WHOLE):
        assert "price" not in found
        for track in found.get("tracks", []):
            assert not track.keys() & {"openings", "start"}


def test_a_withheld_site_shows_no_street_and_no_point() -> None:
    hidden = [site for site in sites(WHOLE) if site["address"].get("withheld")]
    assert hidden
    for site in hidden:
        assert not site["address"].keys() & {"street", "unit"}
        assert not site.keys() & {"lat", "lon"}


@pytest.mark.parametrize("row", withheld_rows(), ids=lambda row: row["name1"])
def test_a_street_withheld_by_one_list_is_not_shown_from_another(row: dict[str, str]) -> None:
    first = row["name1"].split()[0].casefold()
    for site in sites(WHOLE):
        same_name = (site.get("name") or "").casefold().startswith(first)
        if same_name and site["address"]["zip"] == row["zip"]:
            assert site["address"].get("withheld")


def test_the_street_of_a_withheld_place_stands_nowhere_in_the_listing() -> None:
    text = (LISTINGS / "pasadena" / "pasadena.json").read_text(encoding="utf-8")
    text += (LISTINGS / "pasadena" / "REVIEW.md").read_text(encoding="utf-8")
    for street in ("Lincoln Avenue", "2707 W", "1891 Effie"):
        assert street.casefold() not in text.casefold()


def test_no_real_program_has_an_invented_number() -> None:
    assert not any("-555-01" in (site.get("phone") or "") for site in sites(WHOLE))


def test_phones_have_one_shape() -> None:
    phones = [site["phone"] for site in sites(WHOLE) if site.get("phone")]
    assert all(re.fullmatch(r"\d{3}-\d{3}-\d{4}( x\d+)?", phone) for phone in phones)


def test_the_old_address_of_a_place_that_moved_is_not_shown() -> None:
    site = next(s for s in sites(WHOLE) if any(p["id"] == "pcadd-iop" for p in s["programs"]))
    assert site["address"]["street"] == "44 South Mentor Avenue"
    assert "1245 East Walnut" not in json.dumps(WHOLE)


def test_the_two_surveys_of_one_hospital_are_one_site() -> None:
    site = next(s for s in sites(WHOLE) if s["id"] == "aurora-las-encinas-hospital")
    levels = {(p["level_of_care"], "substance_use" in p["focus"]) for p in site["programs"]}
    assert levels == {("iop", True), ("php", True), ("iop", False), ("php", False)}
    assert "las-encinas-sud-iop" in {p["id"] for p in site["programs"]}


@pytest.mark.parametrize(
    "pair",
    [("Jewel City", "Upper Path"), ("Insight", "Clear Behavioral"), ("Pax House", "Pax House")],
)
def test_a_doubtful_pair_stays_two_sites_and_waits_for_a_person(pair: tuple[str, str]) -> None:
    review = (LISTINGS / "pasadena" / "REVIEW.md").read_text(encoding="utf-8")
    doubts = review.partition("## Streets kept back")[0].splitlines()
    assert any(line.startswith(f"| {pair[0]}") and f"| {pair[1]}" in line for line in doubts)


def test_ucla_meets_as_its_page_says() -> None:
    assert sessions("ucla-resnick-adult-iop") == [
        ("tue", None, "09:00", "14:00"),
        ("wed", None, "09:00", "12:00"),
        ("fri", None, "09:00", "14:00"),
    ]


def test_gaads_meets_three_unnamed_evenings_and_one_morning() -> None:
    found = program(WHOLE, "gaads-glendale-iop")
    assert sessions("gaads-glendale-iop") == [
        (None, 3, "18:30", "21:30"),
        (None, 1, "09:00", "12:15"),
    ]
    track = found["tracks"][0]
    assert [s["contact_minutes"] for s in track["sessions"]] == [165, 180]
    assert (track["schedule_grade"], found["weeks"]) == ("times_only", {"min": 8, "max": 8})
    assert "part_of_day" not in track["sessions"][0]
    assert [s.get("day_among") for s in track["sessions"]] == [None, None]


def test_a_page_that_contradicts_another_says_so() -> None:
    for program_id in ("ucsf-health-iop", "ucsf-health-php"):
        assert "conflicts with" in program(WHOLE, program_id)["description"]


def test_phases_are_two_tracks_of_one_label() -> None:
    tracks = program(WHOLE, "monima-iop")["tracks"]
    assert [(t["label"], t["season"]) for t in tracks] == [
        ("In phases", "first phase"),
        ("In phases", "later phase"),
    ]


@pytest.mark.parametrize(
    ("program_id", "choose"),
    [
        ("heights-la-iop5", {"at_least": 3, "at_most": 5}),
        ("sierra-vista-bh-iop", {"at_least": 3}),
        ("memorialcare-lb-php-iop", {"at_least": 3, "at_most": 5}),
    ],
)
def test_a_choice_of_days_is_kept(program_id: str, choose: Json) -> None:
    track = program(WHOLE, program_id)["tracks"][0]
    assert track["choose"] == choose
    assert {s["attendance"] for s in track["sessions"]} == {"choose"}


def test_a_program_for_women_only_excludes_men() -> None:
    found = program(WHOLE, "casa-treatment-center-outpatient-iop")
    assert (found["populations"]["women"], found["populations"]["men"]) == ("dedicated", "excludes")


def test_a_list_for_children_and_adults_covers_every_age() -> None:
    assert program(WHOLE, "pcadd-iop")["ages"] == {"min": 0}


def test_ages_that_a_page_does_not_give_in_years_stay_unknown() -> None:
    found = program(WHOLE, "choc-iop")
    assert "ages" not in found
    assert found["populations"] == {"adolescents": "dedicated"}
