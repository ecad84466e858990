"""The region that ships."""

from directory.places.region import PASADENA_REGION


def test_the_pasadena_region_names_the_county_line() -> None:
    assert PASADENA_REGION.help_line_phone == "800-854-7771"
    assert PASADENA_REGION.state == "CA"
