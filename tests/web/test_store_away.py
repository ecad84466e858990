"""While the database is away people search on; what would change something says so, in plain words."""

from dataclasses import replace

import pytest

from directory.app import create_app
from tests.conftest import frozen


@pytest.fixture
def client(house, tmp_path):
    """The site with its listings published and its database damaged."""
    damaged = tmp_path / "store.sqlite"
    damaged.write_bytes(b"no database at all " * 400)
    config = replace(house.config, database_url=f"sqlite:///{damaged}")
    return create_app(config, frozen).test_client(use_cookies=False)


def test_people_search_on_while_the_database_is_away(client):
    assert client.get("/readyz").status_code == 200
    found = client.post("/api/v1/match", json={"near": "91101"})
    assert found.status_code == 200
    assert found.json["page"]["total"] > 0


def test_what_cannot_be_kept_is_told_in_plain_words_with_the_help_lines(client):
    found = client.get("/api/v1/programs?limit=1").json["data"][0]
    told = client.post("/api/v1/reports", json={"program": found["program"]["id"], "what": "phone"})
    assert (told.status_code, told.json["type"]) == (503, "urn:stepwise:problem:store-away")
    assert int(told.headers["Retry-After"]) > 0
    report = f"/programs/{found['program']['slug']}/report"
    for language, words in (("", "Searching still works"), ("/es", "La búsqueda sigue")):
        page = client.post(f"{language}{report}", data={"what": "phone", "text": ""})
        assert page.status_code == 503
        assert words in page.text
        assert "988" in page.text
        assert "sqlite" not in page.text.lower()
