"""Invented programs: labelled as such wherever one looks, and varied enough to try everything."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.data.files import LISTINGS, SOURCES, Json, listing, programs, rows, sites

WHOLE = listing("examples")
TODAY = date(2026, 11, 24)


def iops() -> list[Json]:
    return [found for found in programs(WHOLE) if found["level_of_care"] == "iop"]


def real_names() -> set[str]:
    real = listing("pasadena")
    names = {entity["name"] for entity in (*real["organizations"], *sites(real))}
    names |= {row["name1"] for row in rows(SOURCES / "samhsa_2024_pasadena_10mi.csv")}
    names |= {row["Facility_Name"] for row in rows(SOURCES / "dhcs_pasadena_10mi.csv")}
    return {name.casefold() for name in names if name}


def test_the_script_writes_the_committed_file(tmp_path: Path) -> None:
    script = LISTINGS / "invent.py"
    subprocess.run([sys.executable, script, "--into", tmp_path], check=True, capture_output=True)
    committed = LISTINGS / "examples" / "examples.json"
    assert (tmp_path / "examples.json").read_bytes() == committed.read_bytes()


def test_there_are_enough_to_try_everything() -> None:
    assert len(list(programs(WHOLE))) >= 28


def test_every_source_says_that_it_is_an_example() -> None:
    entities = [*WHOLE["organizations"], *sites(WHOLE), *programs(WHOLE)]
    sources = [source for entity in entities for source in entity["evidence"].values()]
    assert {(s["name"], s["method"]) for s in (WHOLE["source"], *sources)} == {
        ("Stepwise example", "example")
    }
    assert all("name" in entity["evidence"] for entity in entities)


def test_every_description_begins_with_the_notice() -> None:
    notice = "Example program, invented to try Stepwise."
    assert all(found["description"].startswith(notice) for found in programs(WHOLE))


def test_every_phone_is_a_number_kept_for_fiction() -> None:
    phones = [site["phone"] for site in sites(WHOLE)]
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", phone) for phone in phones)
    assert len(phones) == len(set(phones))


def test_every_street_is_example_street() -> None:
    streets = [site["address"]["street"] for site in sites(WHOLE)]
    assert all(re.fullmatch(r"\d+ Example Street", street) for street in streets)


def test_no_example_bears_the_name_of_a_real_center() -> None:
    real = real_names()
    for found in programs(WHOLE):
        assert not [name for name in real if name in found["name"].casefold()]


def test_no_id_of_an_example_is_the_id_of_a_real_program() -> None:
    assert not {p["id"] for p in programs(WHOLE)} & {p["id"] for p in programs(listing("pasadena"))}
    assert all(found["id"].startswith("example-") for found in programs(WHOLE))


def test_every_grade_of_schedule_can_be_tried() -> None:
    grades = {track["schedule_grade"] for p in programs(WHOLE) for track in p["tracks"]}
    assert grades == {"days_and_times", "times_only", "days_only", "frequency_only", "none"}


def test_video_mixed_choice_seasons_midnight_and_saturday_can_be_tried() -> None:
    tracks = [track for found in programs(WHOLE) for track in found["tracks"]]
    sessions = [session for track in tracks for session in track["sessions"]]
    assert {"virtual", "hybrid", "in_person"} <= {track["mode"] for track in tracks}
    assert any(track.get("choose") for track in tracks)
    assert {"school term", "summer"} <= {track["season"] for track in tracks}
    assert any(s.get("end", "24") < s.get("start", "00") for s in sessions)
    assert any(s["day"] == "sat" for s in sessions)
    assert any(s["attendance"] == "optional" for s in sessions)


def test_an_adult_iop_with_known_hours_has_9_to_19_a_week() -> None:
    for found in iops():
        for track in found["tracks"]:
            required = [s for s in track["sessions"] if s["attendance"] == "required"]
            minutes = [s.get("contact_minutes") for s in required]
            if required and None not in minutes and found["ages"]["min"] >= 18:
                total = sum(s["contact_minutes"] * (s.get("count") or 1) for s in required)
                assert 9 * 60 <= total <= 19 * 60


def test_openings_were_reported_in_the_last_forty_days() -> None:
    for found in programs(WHOLE):
        for track in found["tracks"]:
            reported = track["openings"]["reported_on"]
            assert reported is None or 1 <= (TODAY - date.fromisoformat(reported)).days <= 40


def test_groups_start_in_the_coming_winter_on_a_day_they_meet() -> None:
    for found in programs(WHOLE):
        for track in found["tracks"]:
            days = {session["day"] for session in track["sessions"]} - {None}
            for text in track["start"]["dates"]:
                day = date.fromisoformat(text)
                assert date(2026, 12, 1) <= day <= date(2027, 2, 28)
                assert not days or day.strftime("%a").casefold() in days


def test_spanish_armenian_and_mandarin_groups_can_be_found() -> None:
    groups = {
        code
        for found in programs(WHOLE)
        for code, support in found.get("languages", {}).items()
        if support == "group"
    }
    assert {"es", "hy", "cmn"} <= groups


def test_there_is_something_for_teens_women_veterans_and_lgbtq_people() -> None:
    dedicated = {
        code
        for found in programs(WHOLE)
        for code, stance in found.get("populations", {}).items()
        if stance == "dedicated"
    }
    assert {"adolescents", "women", "veterans", "lgbtq"} <= dedicated


def test_some_prices_and_medi_cal_answers_of_each_kind_are_known() -> None:
    networks = {
        payer["network"]
        for found in programs(WHOLE)
        for payer in found.get("payers", [])
        if payer["payer"] == "medi-cal"
    }
    assert {"in", "out"} <= networks
    assert any("medi-cal" not in str(found.get("payers")) for found in programs(WHOLE))
    assert any(found.get("price") for found in programs(WHOLE))
