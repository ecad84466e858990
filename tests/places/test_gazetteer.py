"""Which place is meant by what people type."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from directory.errors import UnreadableFile
from directory.places.distance import miles_between
from directory.places.gazetteer import Gazetteer
from directory.places.place import AmbiguousPlace, Place, UnknownPlace
from directory.places.region import PASADENA_REGION
from tests.places.conftest import US_SQLITE

FULL_WIDTH_91101 = "\uff19\uff11\uff11\uff10\uff11"
ARABIC_91101 = "\u0669\u0661\u0661\u0660\u0661"


def found(gazetteer: Gazetteer, text: str) -> Place:
    answer = gazetteer.locate(text)
    assert isinstance(answer, Place), answer
    return answer


def unknown(gazetteer: Gazetteer, text: str) -> UnknownPlace:
    answer = gazetteer.locate(text)
    assert isinstance(answer, UnknownPlace), answer
    return answer


def names(places: tuple[Place, ...]) -> list[str]:
    return [place.name for place in places]


@pytest.mark.parametrize("text", ["91101", " 91101 ", "91101-1234", "911011234", "\u200f91101\x00"])
def test_a_zip_is_found_however_it_is_spaced_or_extended(gazetteer: Gazetteer, text: str) -> None:
    place = found(gazetteer, text)
    assert (place.name, place.zip, place.precision) == ("Pasadena, CA 91101", "91101", "zip")
    assert (place.state, place.time_zone) == ("CA", "America/Los_Angeles")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pasadena", "Pasadena, CA"),
        ("pasadena ca", "Pasadena, CA"),
        ("Pasadena, California", "Pasadena, CA"),
        ("PASADENA, CA, USA", "Pasadena, CA"),
        ("pasadena tx", "Pasadena, TX"),
        ("S. Pasadena", "South Pasadena, CA"),
        ("So Pasadena", "South Pasadena, CA"),
        ("La Cañada", "La Cañada Flintridge, CA"),
        ("la canada flintridge", "La Cañada Flintridge, CA"),
        ("La Cañada Flintridge, CA", "La Cañada Flintridge, CA"),
        ("Altadena", "Altadena, CA"),
        ("San Marino", "San Marino, CA"),
        ("Eagle Rock", "Eagle Rock, CA"),
        ("Montrose", "Montrose, CA"),
        ("Los Ángeles", "Los Angeles, CA"),
        ("LA", "Los Angeles, CA"),
        ("Ft. Worth", "Fort Worth, TX"),
        ("St. Louis, MO", "St. Louis, MO"),
        ("Washington, D.C.", "Washington, DC"),
        ("New York", "New York, NY"),
        ("NYC", "New York City, NY"),
        ("O'Fallon, MO", "O'Fallon, MO"),
        ("O Fallon MO", "O'Fallon, MO"),
        ("12 N Lake Ave, Pasadena, CA", "Pasadena, CA"),
        ("12 N Lake Ave, Pasadena, CA 91101", "Pasadena, CA 91101"),
        ("cerca de Pasadena", "Pasadena, CA"),
    ],
)
def test_a_place_is_found_as_people_write_it(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert found(gazetteer, text).name == name


def test_a_name_found_only_once_near_the_region_is_never_silently_texas(
    gazetteer: Gazetteer,
) -> None:
    assert found(gazetteer, "Pasadena").state == "CA"


def test_an_operator_in_texas_gets_the_pasadena_of_texas() -> None:
    houston = replace(PASADENA_REGION, state="TX", lat=29.76, lon=-95.37)
    gazetteer = Gazetteer(US_SQLITE, houston)
    assert found(gazetteer, "Pasadena").state == "TX"
    gazetteer.close()


def test_an_operator_without_any_pasadena_is_asked_which() -> None:
    maine = replace(PASADENA_REGION, state="ME", lat=43.66, lon=-70.26)
    gazetteer = Gazetteer(US_SQLITE, maine)
    answer = gazetteer.locate("Pasadena")
    assert isinstance(answer, AmbiguousPlace)
    assert names(answer.choices) == ["Pasadena, TX", "Pasadena, CA", "Pasadena, MD"]
    gazetteer.close()


def test_a_name_of_many_places_elsewhere_asks_with_the_largest_first(gazetteer: Gazetteer) -> None:
    answer = gazetteer.locate("Springfield")
    assert isinstance(answer, AmbiguousPlace)
    assert names(answer.choices)[:3] == ["Springfield, MO", "Springfield, MA", "Springfield, IL"]
    assert len(answer.choices) == 6


def test_a_hamlet_of_the_home_state_does_not_stand_for_a_great_city(gazetteer: Gazetteer) -> None:
    answer = gazetteer.locate("Washington")
    assert isinstance(answer, AmbiguousPlace)
    assert answer.choices[0].name == "Washington, DC"


def test_two_places_of_one_name_and_state_are_told_apart_by_county(gazetteer: Gazetteer) -> None:
    answer = gazetteer.locate("Montrose, PA")
    assert isinstance(answer, AmbiguousPlace)
    expected = ["Montrose, PA (Berks County)", "Montrose, PA (Susquehanna County)"]
    assert sorted(names(answer.choices)) == expected


def test_a_misspelling_suggests_the_place_near_the_region_first(gazetteer: Gazetteer) -> None:
    answer = unknown(gazetteer, "Passadena")
    assert answer.reason == "not_found"
    assert names(answer.suggestions)[:2] == ["Pasadena, CA", "Pasadena, TX"]


def test_a_misspelling_with_a_state_suggests_that_state(gazetteer: Gazetteer) -> None:
    assert names(unknown(gazetteer, "Passadena, TX").suggestions) == ["Pasadena, TX"]


def test_a_state_alone_suggests_its_largest_cities(gazetteer: Gazetteer) -> None:
    assert names(unknown(gazetteer, "California").suggestions)[0] == "Los Angeles, CA"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x1b\u200e", "near me", "cerca de mí"])
def test_nothing_to_read_is_empty(gazetteer: Gazetteer, text: str) -> None:
    assert unknown(gazetteer, text).reason == "empty"


@pytest.mark.parametrize(
    "text",
    ["K1A 0B6", "k1a0b6", "M5V", "SW1A 1AA", "M1 1AE", "Toronto, Ontario", "Toronto Canada"],
)
def test_canada_and_britain_are_foreign(gazetteer: Gazetteer, text: str) -> None:
    assert unknown(gazetteer, text).reason == "foreign"


@pytest.mark.parametrize("text", [FULL_WIDTH_91101, ARABIC_91101])
def test_digits_of_another_script_are_no_zip_but_hint_at_one(
    gazetteer: Gazetteer, text: str
) -> None:
    answer = unknown(gazetteer, text)
    assert answer.reason == "no_such_zip"
    assert names(answer.suggestions) == ["Pasadena, CA 91101"]


def test_a_zip_that_lost_its_leading_zero_suggests_the_whole_one(gazetteer: Gazetteer) -> None:
    answer = unknown(gazetteer, "2139")
    assert answer.reason == "no_such_zip"
    assert answer.suggestions[0].zip == "02139"


@pytest.mark.parametrize("text", ["99999", "00000", "1", "1234567", "91101-12"])
def test_digits_that_are_no_zip_say_so(gazetteer: Gazetteer, text: str) -> None:
    assert unknown(gazetteer, text).reason == "no_such_zip"


def test_coordinates_are_rounded_and_named_after_the_nearest_city(gazetteer: Gazetteer) -> None:
    place = found(gazetteer, "34.148321, -118.144519")
    assert (place.name, place.precision, place.zip) == ("near Pasadena, CA", "near", None)
    assert (place.lat, place.lon) == (34.15, -118.14)
    assert (place.state, place.time_zone) == ("CA", "America/Los_Angeles")


@pytest.mark.parametrize(
    "text", ["43.65,-79.38", "49.28,-123.12", "51.5,-0.12", "0.0,0.0", "999.9,-999.9"]
)
def test_coordinates_outside_the_united_states_are_foreign(gazetteer: Gazetteer, text: str) -> None:
    assert unknown(gazetteer, text).reason == "foreign"


@pytest.mark.parametrize("zip_code", ["9110", "911011", FULL_WIDTH_91101, "9110%", "", "91101\n"])
def test_a_zip_point_needs_exactly_five_plain_digits(gazetteer: Gazetteer, zip_code: str) -> None:
    assert gazetteer.zip_point(zip_code) is None


def test_military_zips_without_a_place_are_not_listed(gazetteer: Gazetteer) -> None:
    assert gazetteer.zip_point("09001") is None


@pytest.mark.parametrize("zip_code", ["90095", "90089", "90506", "91102"])
def test_a_zip_on_a_shared_default_point_says_it_is_only_a_place(
    gazetteer: Gazetteer, zip_code: str
) -> None:
    place = gazetteer.zip_point(zip_code)
    assert place is not None
    assert place.precision == "place"


def test_a_zip_with_a_point_in_one_source_only_keeps_that_point(gazetteer: Gazetteer) -> None:
    toluca_lake, near_burbank = gazetteer.zip_point("91610"), found(gazetteer, "Burbank, CA")
    assert toluca_lake is not None
    assert miles_between(toluca_lake, near_burbank) < 5


def test_a_city_of_an_address_is_the_one_mail_goes_to(gazetteer: Gazetteer) -> None:
    postal, asked = gazetteer.city_point("Montrose", "PA"), gazetteer.zip_point("18801")
    assert postal is not None
    assert asked is not None
    assert miles_between(postal, asked) < 10


def test_a_city_of_an_address_takes_the_states_code_or_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.city_point("PASADENA", "ca") == gazetteer.city_point("Pasadena", "California")
    assert gazetteer.city_point("Pasadena", "ZZ") is None
    assert gazetteer.city_point("", "CA") is None


def test_suggestions_while_typing_start_around_the_region(gazetteer: Gazetteer) -> None:
    assert names(gazetteer.suggest("pas", 1)) == ["Pasadena, CA"]
    assert names(gazetteer.suggest("pasadena, t", 3)) == ["Pasadena, TX"]
    assert names(gazetteer.suggest("9110", 2)) == ["Pasadena, CA 91101", "Pasadena, CA 91102"]
    assert gazetteer.suggest("  %", 3) == ()


def test_look_ups_from_many_threads_agree(gazetteer: Gazetteer) -> None:
    asked = ["91101", "Passadena", "Pasadena", "34.15,-118.14"] * 20
    alone = [gazetteer.locate(text) for text in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(gazetteer.locate, asked)) == alone


def test_making_a_gazetteer_opens_nothing(tmp_path: Path) -> None:
    gazetteer = Gazetteer(tmp_path / "missing.sqlite", PASADENA_REGION)
    with pytest.raises(UnreadableFile, match=r"missing\.sqlite"):
        gazetteer.locate("91101")


def test_a_closed_gazetteer_opens_again() -> None:
    gazetteer = Gazetteer(US_SQLITE, PASADENA_REGION)
    before = gazetteer.locate("91101")
    gazetteer.close()
    assert gazetteer.locate("91101") == before
    gazetteer.close()


@pytest.mark.parametrize(
    "ask", [lambda g: g.zip_point("90041"), lambda g: g.city_point("Eagle Rock", "CA")]
)
def test_a_place_of_a_city_zip_lies_where_the_zip_lies(
    gazetteer: Gazetteer, ask: Callable[[Gazetteer], Place | None]
) -> None:
    place = ask(gazetteer)
    assert place is not None
    assert (round(place.lat, 1), round(place.lon, 1)) == (34.1, -118.2)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Los Angeles County, CA", "Los Angeles County, CA"),
        ("los angeles county", "Los Angeles County, CA"),
        ("Orange County", "Orange County, CA"),
        ("Orange County, FL", "Orange County, FL"),
        ("Orleans Parish, Louisiana", "Orleans Parish, LA"),
    ],
)
def test_a_county_is_the_middle_of_its_zips(gazetteer, text, name):
    found = gazetteer.locate(text)
    assert isinstance(found, Place)
    assert (found.name, found.precision, found.zip) == (name, "place", None)


def test_a_county_that_several_states_have_is_asked_about(gazetteer):
    found = gazetteer.locate("Montgomery County")
    assert isinstance(found, AmbiguousPlace)
    assert "Montgomery County, MD" in [place.name for place in found.choices]


def test_a_town_that_is_called_a_county_stays_a_town(gazetteer):
    found = gazetteer.locate("Brown County, OH")
    assert isinstance(found, Place)
    assert found.zips_nearby is not None
