"""The pages of the desk keep what every page keeps: in English in light and wide, in Spanish in dark and narrow."""

import pytest

from tests.journeys.looks import LOOKS
from tests.journeys.pages import PAGES, of_the_desk
from tests.journeys.walking import walk


@pytest.mark.parametrize("name", [name for name in PAGES if of_the_desk(name)])
def test_every_page_helps_fits_a_phone_and_has_no_barrier(name, visit, live_server, app):
    found = walk(PAGES[name], visit, live_server, app, LOOKS[:1], LOOKS[2:3])
    assert not found, "\n" + "\n".join(found)
