"""`read-schedule`: a pasted sentence in the listing format's terms, or in words to confirm."""

import json

import pytest

from directory.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command; what it printed."""
    monkeypatch.setenv("DIRECTORY_HOME", str(tmp_path))

    def one(*arguments):
        assert main(["read-schedule", *arguments]) == 0
        return capsys.readouterr().out

    return one


def test_a_phrase_is_answered_in_the_listing_formats_terms(run):
    found = json.loads(run("M/W/F 9a-12p", "--json"))
    assert list(found) == ["tracks", "weeks", "hours_per_week", "flags", "unread"]
    assert found["flags"] == found["unread"] == []
    (track,) = found["tracks"]
    assert track["schedule_grade"] == "days_and_times"
    assert track["sessions"] == [
        {"day": day, "start": "09:00", "end": "12:00", "attendance": "required"}
        for day in ("mon", "wed", "fri")
    ]


def test_what_is_counted_keeps_its_count_choice_weeks_and_hours(run):
    found = json.loads(run("3-5 evenings a week for 3 hours, 8 to 12 weeks", "--json"))
    (track,) = found["tracks"]
    assert track["choose"] == {"at_least": 3, "at_most": 5}
    assert track["sessions"][0]["count"] == 5
    assert track["sessions"][0]["part_of_day"] == "evening"
    assert found["weeks"] == {"min": 8, "max": 12}
    assert found["hours_per_week"] == {"min": 9.0, "max": 15.0}


def test_people_read_the_week_in_words_what_is_assumed_and_what_is_not_read(run):
    said = run("Mon, Wenesday 9 -1 p.m., 8 weeks").splitlines()
    assert said == [
        "track: Monday, 9:00 am to 1:00 pm",
        "weeks: 8",
        "check: a.m. or p.m. is not written; only one of them can be meant (meridiem_assumed)",
        "not read: 'Wenesday' (characters 5 to 13)",
    ]


def test_a_text_without_a_schedule_says_so(run):
    assert (
        run("Ask us").splitlines()[0] == "check: no schedule was found in the text (nothing_read)"
    )
