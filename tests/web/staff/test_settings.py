"""Administrators see every setting, no secret, and what production would refuse."""

from dataclasses import replace

import pytest

from directory.config import PREFIX, Config
from directory.settings import settings_of, shown
from directory.web.staff.operating import Setting
from tests.support.desk import services_of

SETTINGS = "/staff/settings"
SECRET = "k7Qw-9xZ_mB2vL5tR8nY3pD6sF1gH4jC"


def by_name(config, environ=None):
    return {one.name: one for one in settings_of(config, environ or {})}


@pytest.fixture
def desk(people, browser_of):
    return browser_of(people.add("administrator"))


def test_what_serves_on_ones_own_machine_is_named_with_what_production_expects(tmp_path):
    found = by_name(Config(home=tmp_path), {"FLASK_DEBUG": "1"})
    risky = {name for name, one in found.items() if one.risk}
    assert risky == {
        "DIRECTORY_SECRET",
        "DIRECTORY_EXAMPLES",
        "DIRECTORY_BASE_URL",
        "DIRECTORY_TRUSTED_PROXIES",
        "FLASK_DEBUG",
    }
    assert found["DIRECTORY_EXAMPLES"].risk.startswith("0 in production")
    assert found["DIRECTORY_EXAMPLES"].value == "1", "as one writes it"
    assert [found[f"{PREFIX}{name}"].is_set for name in ("HOME", "EXAMPLES")] == [True, False]


def test_what_production_would_start_with_has_no_risk(tmp_path):
    config = Config(
        home=tmp_path,
        production=True,
        examples=False,
        secret=SECRET,
        base_url="https://stepwise.example",
        trusted_proxies=1,
    )
    assert [one for one in settings_of(config, {}) if one.risk] == []


def test_no_secret_and_no_password_is_shown():
    config = Config(
        secret=SECRET,
        metrics_token=SECRET,
        oidc_client_secret=SECRET,
        database_url="postgresql://jo:violet-tractor@db/stepwise?password=violet-tractor&sslmode=require",
    )
    told = repr(settings_of(config, {}))
    assert SECRET not in told
    assert "violet" not in told
    assert by_name(config)["DIRECTORY_SECRET"].value == "(set)"
    address = "postgresql://jo:***@db/stepwise?password=***&sslmode=require"
    assert by_name(config)["DIRECTORY_DATABASE_URL"].value == address
    assert shown("DIRECTORY_BASE_URL", "https://a.example:8443") == "https://a.example:8443"


@pytest.mark.parametrize(
    "password", ["vi/olet", "vi:olet", "vi@olet", "vi?olet/@:violet", "#olet%2F"]
)
@pytest.mark.parametrize("who", ["jo", "", "jo@river.example"])
@pytest.mark.parametrize("name", ["DIRECTORY_DATABASE_URL", "DIRECTORY_REPLICA_URL"])
def test_whatever_signs_a_password_has_none_of_it_is_shown(name, who, password):
    told = shown(name, f"postgresql://{who}:{password}@db:5432/stepwise?sslmode=require")
    assert told == f"postgresql://{who}:***@db:5432/stepwise?sslmode=require"


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:////home/jo:2/stepwise@night.sqlite",
        "postgresql://jo@db:5432/stepwise",
        "postgresql://db/stepwise?host=/run/postgresql",
    ],
)
def test_an_address_without_a_password_is_shown_as_it_is(address):
    assert shown("DIRECTORY_DATABASE_URL", address) == address


def test_the_page_tells_every_setting_the_help_line_and_what_is_not_safe(desk, app):
    page = desk.get(SETTINGS)
    assert "LA County help" in page.text
    assert "Ayuda del condado de LA" in page.text
    assert "800-854-7771" in page.text
    for one in settings_of(Config(), {}):
        assert one.name in page.text
    assert "tests-tests" not in page.html
    assert "4 of them are fine for trying out, and not safe for others." in page.text
    assert "Set it to 0: nobody may take an invented program for real." in page.text
    assert page.text.count("Not safe in production.") == 4


def test_a_risk_without_words_of_ours_is_told_in_those_of_the_command_line(desk, app):
    before = services_of(app)
    new = Setting("DIRECTORY_NEW", "<b>1</b>", True, "another value")
    operating = replace(before.operating, settings=lambda: [new])
    app.extensions["staff"] = replace(before, operating=operating)
    try:
        page = desk.get(SETTINGS)
    finally:
        app.extensions["staff"] = before
    assert "another value" in page.text
    assert "<b>1</b>" not in page.html
