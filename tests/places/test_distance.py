"""Miles are geodesic, in statute miles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.distance import miles_between
from directory.places.gazetteer import Gazetteer
from directory.places.place import Place

POINTS = st.builds(
    Place,
    name=st.just("somewhere"),
    lat=st.floats(18, 71),
    lon=st.floats(-170, -65),
    precision=st.just("place"),
    state=st.just("CA"),
    zip=st.none(),
    time_zone=st.just("America/Los_Angeles"),
)


def test_ucla_is_about_18_miles_from_pasadena_not_26(gazetteer: Gazetteer) -> None:
    ucla, pasadena = gazetteer.zip_point("90095"), gazetteer.zip_point("91101")
    assert ucla is not None
    assert pasadena is not None
    assert 16 < miles_between(ucla, pasadena) < 20


def test_new_york_is_2446_statute_miles_from_los_angeles(gazetteer: Gazetteer) -> None:
    new_york, los_angeles = gazetteer.locate("New York, NY"), gazetteer.locate("Los Angeles, CA")
    assert isinstance(new_york, Place)
    assert isinstance(los_angeles, Place)
    assert miles_between(new_york, los_angeles) == pytest.approx(2446, abs=10)


@given(a=POINTS, b=POINTS)
def test_there_is_as_far_as_back(a: Place, b: Place) -> None:
    assert miles_between(a, b) == pytest.approx(miles_between(b, a), abs=1e-6)
    assert miles_between(a, a) == 0
