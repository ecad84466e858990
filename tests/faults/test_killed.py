"""Whatever is killed, at any moment: all of it happened, or none. `make faults` does it 50 times each."""

import os

import pytest

from tests.faults.killing import SCENARIOS, Scenario, kill

RUNS = 50 if os.environ.get("FAULTS") == "long" else 4


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_what_is_killed_leaves_nothing_half_done_and_the_app_starts_after_it(scenario: Scenario):
    killed = kill(scenario, RUNS, seed=8)
    assert killed.before + killed.between + killed.after == RUNS
    assert killed.before
