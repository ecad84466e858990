"""What the long runs say is reckoned from all they saw."""

import pytest

from bench.load import Load
from bench.overload import Found
from bench.overload import section as overload_section
from bench.soak import FINE, LOOKS, WARM, WINDOWS, Seen, Window, requests, section, slope
from tests.faults.offering import Heard


def grown(mb_an_hour, last=0.0):
    """Windows of half a minute whose memory grows steadily, but for the very last look."""
    hours = [number / 3600 * 5 for number in range(WINDOWS * LOOKS)]
    looks = [(hour, 100 + mb_an_hour * hour) for hour in hours]
    looks[-1] = hours[-1], looks[-1][1] + last
    parts = [looks[at : at + LOOKS] for at in range(0, len(looks), LOOKS)]
    return [Window(Seen([0.1] * 50), part, 90) for part in parts]


def test_the_slope_is_fitted_through_every_look():
    assert slope(grown(12.0)) == pytest.approx(12)
    hours = 5 / 3600 * (WINDOWS - WARM) * LOOKS
    assert slope(grown(0.0, last=12.0)[WARM:]) < 12 / hours / 10


def test_the_warm_up_is_left_out():
    found = grown(3.0)
    found[0].looks[0] = 0.0, 5.0
    assert "+3.0 MB an hour" in section(found, 10)
    assert f"{(WINDOWS - WARM) * LOOKS} looks" in section(found, 10)


def test_each_turn_asks_something_else_that_is_answered(client):
    assert len({requests(number)[1] for number in range(300)}) == 300
    for method, path, body in requests(7):
        answer = client.open(
            path, method=method, data=body or None, content_type="application/json"
        )
        assert answer.status_code in FINE, path


def test_what_was_neither_answered_nor_told_later_is_named():
    usual = Load(50, 100, 200, 300, 1000, 0)
    heard = Heard([0.1] * 100, [0.01] * 900)
    assert "| none |" in overload_section(Found(usual, 20, 500, heard, 1.5), 7, 2)
    heard.otherwise["hung up on"] += 3
    assert "| 3 hung up on |" in overload_section(Found(usual, 20, 500, heard, 1.5), 7, 2)
