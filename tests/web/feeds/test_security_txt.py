"""Somebody who found a hole learns where to tell it, if the operator says where (RFC 9116)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.config import read_config
from directory.errors import BadSetting
from directory.web import feeds
from tests.support.outcomes import app_with, outcome
from tests.web.conftest import register

ADDRESS = "/.well-known/security.txt"
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def register_all(app):
    register(app)
    feeds.register(app)


def asked(contact, base_url="https://stepwise.example"):
    app = app_with(outcome(), register_all)
    services = app.extensions["directory"]
    app.extensions["directory"] = replace(
        services, security_contact=contact, base_url=base_url, clock=lambda: NOW
    )
    return app.test_client().get(ADDRESS)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("holes@stepwise.example", "mailto:holes@stepwise.example"),
        ("https://stepwise.example/tell-us", "https://stepwise.example/tell-us"),
    ],
)
def test_the_file_says_where_to_tell_until_when_and_in_which_languages(contact, told):
    answer = asked(contact)
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        f"Contact: {told}",
        "Expires: 2027-05-23T00:00:00Z",
        "Preferred-Languages: en, es",
        f"Canonical: https://stepwise.example{ADDRESS}",
    ]


def test_it_never_runs_out_and_is_never_good_for_a_year():
    line = next(one for one in asked("a@b.example").text.splitlines() if "Expires" in one)
    ends = datetime.fromisoformat(line.removeprefix("Expires: "))
    assert timedelta(days=30) < ends - NOW < timedelta(days=365)


def test_no_address_is_called_canonical_where_people_do_not_come_over_https():
    assert "Canonical" not in asked("a@b.example", base_url="").text


def test_where_nobody_listens_there_is_no_file():
    assert asked("").status_code == 404


@pytest.mark.parametrize(
    "contact", ["holes", "http://stepwise.example/tell", "a@b\nX: y", "a b@c.example"]
)
def test_a_contact_that_is_none_stops_the_start(contact):
    with pytest.raises(BadSetting) as caught:
        read_config({"DIRECTORY_SECURITY_CONTACT": contact})
    assert caught.value.name == "DIRECTORY_SECURITY_CONTACT"
