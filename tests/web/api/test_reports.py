import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.web.api import schemas_reports
from tests.web.api.fakes import web
from tests.web.api.test_match import problem

ADDRESS = "/api/v1/reports"
WRONG = {"program": "acme-evening", "what": "phone"}


@pytest.fixture
def app() -> Flask:
    return web()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_report_is_taken_by_the_service_of_the_page(app: Flask, client: FlaskClient):
    answer = client.post(ADDRESS, json=WRONG)
    assert answer.status_code == 202
    assert schemas_reports.Taken().validate(answer.get_json()) == {}
    assert answer.get_json() == {"data": {**WRONG, "state": "taken"}}
    assert answer.headers["Cache-Control"] == "no-store"
    assert app.extensions["directory"].reported == [("acme-evening", "phone", "")]


@pytest.mark.parametrize(
    ("body", "field", "allowed"),
    [
        ({"program": "acme-evening"}, "what", "phone"),
        ({"program": "acme-evening", "what": "rude"}, "what", "closed"),
        ({**WRONG, "text": "Ask for Mary Smith"}, "text", "what"),
        ({"what": "phone"}, "program", None),
        ({"what": "phone", "program": "none"}, "program", None),
        ({"what": "phone", "program": ["acme-evening"]}, "program", None),
    ],
)
def test_a_report_has_a_program_and_a_choice_and_no_words(
    app: Flask, client: FlaskClient, body: dict[str, object], field: str, allowed: str | None
):
    (wrong,) = problem(client.post(ADDRESS, json=body))["errors"]  # type: ignore[misc]
    assert wrong["field"] == field
    assert allowed is None or allowed in wrong["allowed"]
    assert app.extensions["directory"].reported == []


def test_reports_are_few_from_one_network(client: FlaskClient):
    far = {"REMOTE_ADDR": "192.0.2.7"}
    told = [client.post(ADDRESS, json=WRONG, environ_base=far) for _ in range(4)]
    assert [one.status_code for one in told] == [202, 202, 202, 429]
    assert told[-1].headers["Retry-After"] == "1200"
    assert client.get("/api/v1/programs", environ_base=far).status_code == 200


def test_when_the_day_is_full_one_is_told_to_come_back_tomorrow(app: Flask, client: FlaskClient):
    app.extensions["directory"].most_reports = 0
    answer = client.post(ADDRESS, json=WRONG)
    assert problem(answer)["status"] == 429
    assert answer.headers["Retry-After"] == str(12 * 3600)


def test_a_page_of_another_site_reports_nothing(app: Flask, client: FlaskClient):
    answer = client.post(ADDRESS, json=WRONG, headers={"Sec-Fetch-Site": "cross-site"})
    assert problem(answer)["status"] == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert app.extensions["directory"].reported == []


def test_who_could_not_read_the_answer_reports_nothing(app: Flask, client: FlaskClient):
    assert client.post(ADDRESS, json=WRONG, headers={"Accept": "text/html"}).status_code == 406
    assert app.extensions["directory"].reported == []
