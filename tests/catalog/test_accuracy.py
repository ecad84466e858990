"""Shares with their counts and Wilson's interval."""

import pytest

from directory.catalog.accuracy import Share


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(right, of, low, high):
    assert Share(right, of).interval == pytest.approx((low, high), abs=0.00005)


def test_nothing_asked_has_no_share():
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_all_right_is_still_not_certain():
    low, high = Share(9, 9).interval
    assert high == 1
    assert 0.6 < low < 0.75
