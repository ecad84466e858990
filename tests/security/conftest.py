"""One house with a home of its own for all of these tests, walked once; each puts it back as it was."""

import pytest

from tests.support.grounds import Grounds


@pytest.fixture(scope="session")
def grounds(house, tmp_path_factory):
    """The whole app, somebody of each role signed in."""
    made = Grounds(house, tmp_path_factory.mktemp("grounds"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def walked(grounds):
    """Every page and every form of the desk."""
    start = grounds.state()
    found = grounds.walk()
    grounds.back_to(start)
    return found
