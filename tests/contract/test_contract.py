"""What our descriptions say is what our addresses do: the same made-up requests every time.

`python -m bench.contract --minutes 10` makes others, and more of them.
"""

from dataclasses import replace

import pytest
from flask import Flask, Response
from schemathesis.checks import CHECKS

from bench.contract import DOCUMENTS, bounded
from directory.app import create_app
from directory.house import House
from tests.conftest import frozen
from tests.support.homes import copy_database

EXAMPLES = 6
# Checks for what we do not have: answers in a given time, addresses that ask for a key or make things.
NOT_OURS = {"max_response_time", "ignored_auth", "ensure_resource_availability"}


@pytest.fixture(scope="module")
def own(house: House, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app with a store of its own, for reports are told to it."""
    copy = copy_database(house.config.home, tmp_path_factory.mktemp("contract") / "copy.sqlite")
    return create_app(replace(house.config, database_url=f"sqlite:///{copy}"), frozen)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_made_up_request_shows_the_description_wrong(own: Flask, document: str):
    found = bounded(own, document, EXAMPLES)
    assert found.failures == {}, found.in_words()
    assert found.cases >= 10 * len(found.operations)
    assert set(CHECKS.get_all_names()) - set(found.checks) <= NOT_OURS
    described = own.test_client().get(document).get_json()["paths"].values()
    assert len(found.operations) == sum(len(set(item) - {"parameters"}) for item in described)


def test_an_address_that_does_not_keep_its_word_is_found():
    """Or the silence above would prove nothing."""
    app = Flask("liar")
    answer = {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}
    described = {"operationId": "lie", "responses": {"200": answer}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {"/lie": {"get": described}},
    }
    app.add_url_rule("/openapi.json", view_func=lambda: document, endpoint="document")
    app.add_url_rule("/lie", view_func=lambda: Response("[]", content_type="application/json"))
    found = bounded(app, "/openapi.json", 1)
    assert any("response_schema_conformance" in what for what in found.failures)
    assert "curl" in found.in_words()
