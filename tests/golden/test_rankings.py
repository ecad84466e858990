"""Rankings of ten Pasadena needs do not drift silently.

If a change is meant, look at what it does and take it: `python -m tests.golden.accept`, and say
why in the commit.
"""

import json

import pytest

from tests.golden.accept import RANKINGS
from tests.golden.rankings import NEEDS, ranked

ACCEPTED = json.loads(RANKINGS.read_text(encoding="utf-8"))


def test_every_need_has_an_accepted_ranking():
    assert list(ACCEPTED) == list(NEEDS)


@pytest.mark.parametrize("name", NEEDS)
def test_the_first_ten_are_those_that_were_accepted(house, name):
    assert ranked(house.finder, NEEDS[name]) == ACCEPTED[name], "see the head of this file"


@pytest.mark.parametrize("name", NEEDS)
def test_every_need_finds_something(name):
    assert ACCEPTED[name]
