"""How far to look when nobody said how far."""

from dataclasses import replace

import pytest

from directory.places.default_radius import default_radius
from directory.places.gazetteer import Gazetteer
from directory.places.place import Place
from directory.places.travel import TravelMode


def located(gazetteer: Gazetteer, text: str) -> Place:
    answer = gazetteer.locate(text)
    assert isinstance(answer, Place)
    return answer


@pytest.mark.parametrize(
    ("text", "by", "miles"),
    [
        ("91101", "car", 10),
        ("Pasadena, CA", "car", 10),
        ("34.15,-118.14", "car", 10),
        ("Tonopah, NV", "car", 25),
        ("59301", "car", 25),
        ("91101", "transit", 5),
        ("Tonopah, NV", "transit", 5),
        ("91101", "walk", 2),
    ],
)
def test_the_radius_follows_the_mode_and_how_dense_the_place_is(
    gazetteer: Gazetteer, text: str, by: TravelMode, miles: int
) -> None:
    assert default_radius(located(gazetteer, text), by) == miles


def test_a_place_nobody_counted_around_is_taken_as_dense(gazetteer: Gazetteer) -> None:
    uncounted = replace(located(gazetteer, "Tonopah, NV"), zips_nearby=None)
    assert default_radius(uncounted, "car") == 10
