"""The synthetic country: the same for the same seed, near the published shares, importable."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from directory.catalog.listing import dump_record
from directory.catalog.program import Listing
from directory.catalog.vocabulary import load_vocabularies
from directory.curation.importing import import_file
from directory.curation.synthetic.country import generate, invent
from directory.curation.synthetic.shares import Statistics, load_statistics
from directory.places.distance import miles_between
from directory.places.gazetteer import Gazetteer
from directory.places.place import Place
from directory.places.region import PASADENA_REGION
from tests.curation.builders import NOON, new_store, write_json

DATA = Path(__file__).resolve().parents[2] / "data"
TODAY = date(2026, 11, 24)
VOCABULARIES = load_vocabularies(DATA / "vocabularies")


def country(programs: int, seed: int = 7) -> list[Listing]:
    return list(invent(programs, seed, data=DATA, today=TODAY))


@pytest.fixture(scope="module")
def large() -> list[Listing]:
    return country(4000)


@pytest.fixture(scope="module")
def published() -> Statistics:
    return load_statistics(DATA, VOCABULARIES)


def test_the_same_seed_gives_the_same_country_and_another_seed_another() -> None:
    assert country(60) == country(60)
    names = [one.program.name for one in country(60)]
    assert names != [one.program.name for one in country(60, seed=8)]


def test_more_programs_begin_with_the_same_ones() -> None:
    assert country(90)[:40] == country(40)


def test_the_grades_of_schedules_are_those_that_iops_publish(large: list[Listing]) -> None:
    iops = [one.program for one in large if one.program.level_of_care == "iop"]
    grades = Counter(program.tracks[0].schedule_grade for program in iops)
    expected = {
        "days_and_times": 31,
        "times_only": 7,
        "days_only": 5,
        "frequency_only": 44,
        "none": 10,
    }
    for grade, of_97 in expected.items():
        assert grades[grade] / len(iops) == pytest.approx(of_97 / 97, abs=0.03), grade


def test_video_and_second_tracks_are_as_frequent_as_published(large: list[Listing]) -> None:
    online = sum(one.program.tracks[0].mode != "in_person" for one in large) / len(large)
    several = sum(len(one.program.tracks) > 1 for one in large) / len(large)
    assert online == pytest.approx(0.10, abs=0.02)
    assert several == pytest.approx(0.12, abs=0.03)


def test_a_choice_of_sessions_is_as_frequent_as_published(large: list[Listing]) -> None:
    tracks = [t for one in large for t in one.program.tracks if one.program.level_of_care == "iop"]
    stated = [track for track in tracks if track.sessions]
    assert sum(t.choose is not None for t in stated) / len(stated) == pytest.approx(0.19, abs=0.03)


def test_services_are_as_frequent_as_on_the_federal_lists(
    large: list[Listing], published: Statistics
) -> None:
    of_mind = published.shares["mental_health_list"]
    having = Counter(code for one in large for code in one.program.services)
    for code, use, mind in published.codes["services"]:
        expected = (1 - of_mind) * use + of_mind * mind
        assert having[code] / len(large) == pytest.approx(expected, abs=0.04), code


def test_more_programs_lie_where_more_people_live(large: list[Listing]) -> None:
    states = Counter(one.site.address.state for one in large)
    assert {state for state, _ in states.most_common(5)} >= {"CA", "TX", "NY", "FL"}
    assert len(states) > 45


def test_a_site_lies_in_its_zip(large: list[Listing]) -> None:
    gazetteer = Gazetteer(DATA / "gazetteer" / "us.sqlite", PASADENA_REGION)
    for one in large[:200]:
        site = one.site
        here = Place("", site.lat or 0, site.lon or 0, "near", "", None, "")
        middle = gazetteer.zip_point(site.address.zip or "")
        assert middle is not None
        assert miles_between(here, middle) < 3
    gazetteer.close()


def test_descriptions_mention_services_in_70_to_80_words(large: list[Listing]) -> None:
    words = sorted(len((one.program.description or "").split()) for one in large)
    assert 68 <= words[len(words) // 2] <= 82
    assert words[-1] <= 110


def test_every_fact_says_that_it_is_invented(large: list[Listing]) -> None:
    for one in large[:300]:
        assert one.example
        assert "-555-01" in (one.site.phone or "")
        for record in (one.organization, one.site, one.program):
            stated = set(dump_record(record)) - {"id", "evidence", "level_evidence", "lat", "lon"}
            assert {source.method for source in record.evidence.values()} == {"example"}
            assert stated <= set(record.evidence) | {"openings"}


def test_the_importer_takes_all_of_a_file(tmp_path: Path) -> None:
    path = write_json(tmp_path, generate(500, 3, data=DATA, today=TODAY))
    store = new_store(tmp_path)
    report = import_file(store, VOCABULARIES, "listing", path, clock=lambda: NOON)
    assert report.refused == ()
    assert (report.read, report.accepted) == (500, 500)
