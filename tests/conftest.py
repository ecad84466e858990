"""The whole house for tests: the shipped listings loaded once, a clock that stands, a browser."""

import argparse
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from directory.app import create_app
from directory.cli import COMMANDS
from directory.config import Config
from directory.house import House, build_house
from tests.support import postgres as postgresql
from tests.support import serving
from tests.support.homes import copy_home
from tests.support.stores import new_sqlite

# A busy machine is no fault, and whoever runs the suite again tries what was tried before.
# `pytest --hypothesis-profile=long`: twenty times the examples, others each time, for laws whose inputs
# are endless.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("long", max_examples=2_000, derandomize=False, **_PATIENT)
settings.register_profile("suite", derandomize=True, **_PATIENT)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
CHROMIUM_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def frozen() -> datetime:
    """The morning of 24 November 2026 in Pasadena."""
    return NOW


# Minutes in one file: begun first, so that no process is left alone with one at the end.
HEAVY = (
    "journeys/test_every_page.py",
    "security/test_stored_scripts.py",
    "journeys/test_every_page_of_the_desk.py",
    "security/test_words_about_a_person.py",
    "security/test_addresses_in_fields.py",
    "security/test_mass_assignment.py",
    "nodes/test_three_nodes.py",
    "web/staff/test_door.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the browser is marked `browser`; heavy files come first."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    place = {ROOT / "tests" / name: at for at, name in enumerate(HEAVY)}
    items.sort(key=lambda item: place.get(item.path, len(HEAVY)))


@pytest.fixture(autouse=True, scope="session")
def _counts_are_not_written_behind_other_tests() -> Iterator[None]:
    """The half minute after which the app of a test writes them ends when its home is long gone."""
    with pytest.MonkeyPatch.context() as own:
        own.setattr("directory.accounts.counting.Timer", Mock())
        yield


@pytest.fixture(autouse=True, scope="session")
def _nothing_waits_for_the_disk() -> Iterator[None]:
    """No test outlives a loss of power. What is made durable, and when, is noted all the same where that is
    the rule; what was closed is refused as ever.
    """
    with pytest.MonkeyPatch.context() as own:
        own.setattr("os.fsync", os.fstat)
        yield


@pytest.fixture(autouse=True, scope="session")
def _settings_of_no_one() -> Iterator[None]:
    """Tests do not read the settings of whoever runs them."""
    with pytest.MonkeyPatch.context() as own:
        for name in [name for name in os.environ if name.startswith("DIRECTORY_")]:
            own.delenv(name)
        yield


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The default settings, with a home of their own and a known secret."""
    return Config(home=tmp_path_factory.mktemp("home"), secret="tests-" * 8)


@pytest.fixture(scope="session")
def house(config: Config) -> House:
    """The house with the shipped listings published, as `make run` has it. Whoever writes copies it."""
    built = build_house(config, frozen)
    setup = next(run for name, run, *_ in COMMANDS if name == "setup")
    setup(built, argparse.Namespace())
    return built


@pytest.fixture(scope="session")
def app(house: House) -> Flask:
    """The app over the shipped listings."""
    return create_app(house.config, frozen)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A plain client: it follows nothing and keeps nothing."""
    return app.test_client(use_cookies=False)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of one's own, for rules that hold on both stores; empty it before each use."""
    if postgresql.tools() is None:
        pytest.skip(postgresql.NOT_HERE)
    with postgresql.server() as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    """An empty store, on both databases there are: the same rules on each."""
    if request.param == "postgresql":
        yield postgresql.emptied(request.getfixturevalue("postgres"))
        return
    made = new_sqlite(tmp_path)
    yield made
    made.dispose()


@dataclass(frozen=True)
class Served:
    """A running server: its address, its home, the file with everything it wrote, its temporary files."""

    origin: str
    home: Path
    log: Path
    temporary: Path

    def ask(
        self, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> tuple[int, str, str]:
        """Status, final address and text; redirects are followed."""
        headers = {"Content-Type": kind} if body is not None else {}
        request = urllib.request.Request(self.origin + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.status, refused.url, refused.read().decode()


@pytest.fixture(scope="session")
def live_server(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """gunicorn with the shipped settings, a home of its own and a free loopback port; its log is kept."""
    home = copy_home(house.config.home, tmp_path_factory.mktemp("served"))
    log, temporary = tmp_path_factory.mktemp("log") / "server.log", tmp_path_factory.mktemp("tmp")
    settings = {
        "DIRECTORY_HOME": str(home),
        "DIRECTORY_SECRET": house.config.secret,
        "TMPDIR": str(temporary),
    }
    with serving.listening() as held:
        server = serving.start(held, settings, log, "tests.journeys.served:app")
        try:
            serving.wait_until_ready(held, server, log)
            yield Served(f"http://127.0.0.1:{held.getsockname()[1]}", home, log, temporary)
        finally:
            serving.stop(server)


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, driven by Playwright."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed (apt-get install chromium): no browser journeys")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()
