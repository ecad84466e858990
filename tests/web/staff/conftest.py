import shutil
from dataclasses import replace

import pytest

from directory.app import create_app
from directory.store.connect import open_database, upgrade
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from tests.support.desk import Desk, People, Watch, desk_app, renew, services_of
from tests.web.staff.curating import Curating
from tests.web.staff.providing import Providing
from tests.web.staff.referring import Referring


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The app, built once, its clock, and a database with nothing in it."""
    home, watch = tmp_path_factory.mktemp("desk"), Watch()
    engine = open_database(f"sqlite:///{home / 'empty.sqlite'}")
    upgrade(engine)
    engine.dispose()
    return desk_app(home, watch), watch, home / "empty.sqlite"


@pytest.fixture
def watch(built):
    """The clock of the desk, at its start."""
    built[1].now = Watch().now
    return built[1]


@pytest.fixture
def counted(built, watch, tmp_path):
    """The app over an empty book, and what it hashed."""
    app, _, empty = built
    shutil.copy(empty, tmp_path / "staff.sqlite")
    engine = open_database(f"sqlite:///{tmp_path / 'staff.sqlite'}")
    hasher = renew(app, SqlStaffRecords(engine))
    listings = SqlRecords(engine)
    app.extensions["staff"] = replace(services_of(app), listings=lambda: listings)
    yield app, hasher
    engine.dispose()


@pytest.fixture
def app(counted):
    return counted[0]


@pytest.fixture
def people(app):
    return People(app)


@pytest.fixture
def browser_of(app):
    """`browser_of(member)` is a browser, signed in."""

    def one(member=None, **options):
        desk = Desk(app, **options)
        if member is not None:
            assert desk.sign_in(member).heading == "Your desk"
        return desk

    return one


@pytest.fixture(scope="session")
def over_listings(house):
    """The app over the shipped listings, built once, and its clock."""
    watch = Watch()
    return create_app(house.config, watch), watch


@pytest.fixture
def referring(over_listings, house, tmp_path):
    """The referral desk over the shipped listings, with a store of its own."""
    app, watch = over_listings
    watch.now = Watch().now
    made = Referring(app, watch, house, tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def curating(house, tmp_path_factory):
    """Curators over a home of the module's own: its tests take different programs."""
    return Curating(house, tmp_path_factory.mktemp("curating"))


@pytest.fixture
def providing(referring):
    """Programs that look after their listing, over the same."""
    return Providing(referring)
