"""The region that ships."""

from dataclasses import replace

from directory.places.region import PASADENA_REGION


def test_the_pasadena_region_names_the_county_line() -> None:
    assert PASADENA_REGION.help_line_phone == "800-854-7771"
    assert PASADENA_REGION.state == "CA"


def test_nobody_is_told_to_press_2_on_a_line_we_do_not_know() -> None:
    assert PASADENA_REGION.help_line_has_menu
    assert not replace(PASADENA_REGION, help_line_phone="213-555-0100").help_line_has_menu
