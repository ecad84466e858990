"""The app over the shipped listings, with partners of the test's own and counts to look at."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from directory.app import create_app
from directory.catalog.partner import Choices, Partner
from tests.conftest import frozen

CLINIC = "https://clinic.example"
KEY = "pk_clinic"


@dataclass
class Site:
    """A partner's visitor: the app, and what was counted."""

    app: Any
    counted: list[tuple[str, str]] = field(default_factory=list)

    def with_choices(self, **choices: Any) -> "Site":
        """The same, for a partner who chose this."""
        partner = Partner(KEY, "Clinic", (CLINIC, "https://www.clinic.example"), Choices(**choices))
        services = self.app.extensions["directory"]
        known = {KEY: partner}
        self.app.extensions["directory"] = replace(
            services, partner=known.get, count=lambda *one: self.counted.append(one)
        )
        return self

    def get(self, address: str, **headers: str) -> Any:
        """The answer to a GET, redirects followed."""
        client = self.app.test_client(use_cookies=False)
        return client.get(address, headers=headers, follow_redirects=True)

    def post(self, address: str, **answers: str) -> Any:
        """The answer to a sent form, redirects followed."""
        client = self.app.test_client(use_cookies=False)
        return client.post(address, data=answers, follow_redirects=True)

    def search(self, wished: str = "", **answers: str) -> Any:
        """The programs for a worker of Pasadena."""
        given = {"place": "91101", "week": "nine", "need": "sud", "pay": "medi-cal", **answers}
        return self.post(f"/widget/{KEY}/find{wished}", **given)


@pytest.fixture(scope="module")
def built(house):
    return create_app(replace(house.config, base_url="http://127.0.0.1:8000"), frozen)


@pytest.fixture
def site(built):
    """A partner who chose nothing."""
    return Site(built).with_choices()
