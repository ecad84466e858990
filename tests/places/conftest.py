"""The checked-in gazetteer, as an operator in Pasadena sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.places.gazetteer import Gazetteer
from directory.places.region import PASADENA_REGION

US_SQLITE = Path(__file__).resolve().parents[2] / "data" / "gazetteer" / "us.sqlite"


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    opened = Gazetteer(US_SQLITE, PASADENA_REGION)
    yield opened
    opened.close()
