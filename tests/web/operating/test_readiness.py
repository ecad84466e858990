"""A node says whether it answers, and what is amiss though it does."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from directory.errors import NoGeneration
from directory.web.operating.readiness import Readiness
from tests.conftest import NOW
from tests.support.outcomes import Counts

TODAY = NOW.date()


@dataclass
class Published:
    as_of: date = TODAY
    generation: str = "gen-7"

    def statistics(self) -> Counts:
        return Counts(programs=5)


class Nothing:
    @property
    def generation(self) -> str:
        raise NoGeneration("/home")


def looked(published, **checks):
    told = {name: lambda text=text: text for name, text in checks.items()}
    return Readiness(published, lambda: NOW, told).look()


def test_a_whole_generation_of_today_is_ready_and_nothing_is_amiss():
    state = looked(Published(), database="")
    assert (state.ready, state.programs, state.troubles) == (True, 5, [])


def test_without_a_generation_it_is_not_ready_and_says_what_to_run():
    state = looked(Nothing(), database="")
    assert not state.ready
    assert state.troubles == ["generation: none is whole. Run: python -m directory publish"]


@pytest.mark.parametrize(
    ("days", "says"), [(2, None), (3, "3 days ago"), (-1, "set the clock of this machine right")]
)
def test_facts_that_nobody_aged_are_told_and_searches_go_on(days, says):
    state = looked(Published(TODAY - timedelta(days=days)))
    assert state.ready
    assert bool(state.troubles) == bool(says)
    assert says is None or says in state.troubles[0]


def test_what_is_amiss_below_is_told_and_searches_go_on():
    state = looked(Published(), database="does not answer", disk="")
    assert (state.ready, state.troubles) == (True, ["database: does not answer"])


def test_a_database_that_is_gone_is_told_in_readyz_and_pages_go_on(house, tmp_path):
    from dataclasses import replace

    from directory.app import create_app
    from tests.conftest import frozen

    (tmp_path / "broken").write_bytes(b"no database " * 500)
    url = f"sqlite:///{tmp_path / 'broken'}"
    client = create_app(replace(house.config, database_url=url), frozen).test_client()
    told = client.get("/readyz")
    assert told.status_code == 200
    assert "database: does not answer. Searches go on, edits wait" in told.text
    assert client.get("/results?near=91101").status_code == 200
