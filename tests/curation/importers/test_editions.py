"""A public list carries no date: what is said of it counts, and silence never makes it fresh."""

from datetime import date
from pathlib import Path

import pytest

from directory.curation.importers import IMPORTERS
from directory.curation.public_lists.editions import PublicList, dated_source
from directory.curation.reading import Told, silent
from directory.errors import BadValue
from tests.curation.builders import full_file, write_json
from tests.support.builders import VOCABULARIES

TODAY = date(2026, 11, 24)
FEDERAL = PublicList("samhsa", "SAMHSA National Directory", "https://www.samhsa.gov/")
PLAIN = Path("list.csv")


def dated(told: Told, file: Path = PLAIN) -> tuple[str | None, str, list[str]]:
    source, notes = dated_source(FEDERAL, file, told)
    return source["edition"], source["dated"], notes


def test_a_known_edition_dates_its_facts() -> None:
    assert dated(Told(TODAY, "2024")) == ("2024", "2023-12-31", [])


def test_a_day_that_is_told_counts_before_the_edition() -> None:
    assert dated(Told(TODAY, "2024", date(2024, 3, 1))) == ("2024", "2024-03-01", [])


def test_an_edition_in_the_name_of_the_file_is_taken_and_said() -> None:
    edition, day, notes = dated(Told(TODAY), Path("2025_SU_Facilities_for_All_City_All.xlsx"))
    assert (edition, day) == ("2025", "2024-12-31")
    assert "by the name of the file" in notes[0]


@pytest.mark.parametrize("name", ["list.csv", "list-20245.csv", "2023-and-2024.csv"])
def test_a_list_of_unknown_age_is_taken_as_old_and_the_report_says_what_to_pass(name: str) -> None:
    edition, day, notes = dated(Told(TODAY), Path(name))
    assert (edition, day) == (None, "2021-12-31")
    assert "--edition" in notes[0]
    assert "--dated" in notes[0]


def test_an_edition_we_do_not_know_is_kept_and_taken_as_old() -> None:
    edition, day, notes = dated(Told(TODAY, "2031"))
    assert (edition, day) == ("2031", "2021-12-31")
    assert "2031" in notes[0]


def test_facts_are_never_younger_than_the_day_they_were_seen() -> None:
    with pytest.raises(BadValue):
        dated(Told(date(2023, 1, 1), "2024"))


def test_our_own_format_dates_itself(tmp_path: Path) -> None:
    path = write_json(tmp_path, full_file())
    with pytest.raises(BadValue):
        dict(IMPORTERS)["listing"](path, VOCABULARIES, silent, Told(TODAY, "2024"))
