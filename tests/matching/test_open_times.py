"""Open times are starts in a row, all of one length: what columns and generations keep of them."""

import random

from directory.matching.pattern import pattern_of
from tests.support.random_tracks import some_track


def test_the_times_of_a_slot_are_starts_in_a_row_of_one_length():
    rng = random.Random(4)
    for _ in range(2_000):
        for slot in pattern_of(some_track(rng), "America/Los_Angeles").slots:
            (first, end), *_ = slot.times
            length = end - first
            expected = tuple((first + at, first + at + length) for at in range(len(slot.times)))
            assert slot.times == expected
