"""A crawler that trusts nothing finds nothing wrong with our feed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.feed_crawler import LISTS, Crawl, parsed
from tests.support.hsds_schemas import (
    EDITIONS,
    WITH_COMPILED,
    of_folder,
    problems,
    standard_problems,
)

ROOT = "/hsds/v3"


def asking(client, root: str = ROOT):
    """Asks a feed under a root; addresses that it names itself, too."""

    def ask(method: str, path: str, params: Mapping[str, Any] | None):
        path = urlsplit(path).path if "://" in path else root + path
        if method == "GET":
            return client.get(path, query_string=params)
        return client.post(path, json=params)

    return ask


def by_our_schemas(name: str, record: Any) -> list[str]:
    """Strictly by the profile that we serve: a short record has no keys of its own."""
    return problems(of_folder("schema", name.removesuffix("_list"), strict=True), record)


def test_nothing_is_wrong_with_our_feed(client) -> None:
    crawl = Crawl(asking(client), by_our_schemas)
    assert crawl.run() == []
    assert crawl.absent == []


@WITH_COMPILED
@pytest.mark.parametrize("edition", EDITIONS)
def test_nor_by_the_schemas_of_the_standard(client, edition: str) -> None:
    def check(name: str, record: Any) -> list[str]:
        if name.startswith("taxonomy"):
            return by_our_schemas(name, record)
        return standard_problems(edition, name, record)

    assert Crawl(asking(client), check, per_page=40).run() == []


@pytest.mark.parametrize("address", LISTS)
def test_full_records_in_lists_are_the_records_of_their_ids(client, address: str) -> None:
    page = client.get(f"{ROOT}/{address}", query_string={"per_page": 3}).json
    for key in (one["id"] for one in page["contents"]):
        whole = client.get(f"{ROOT}/{address}/{key}").json
        if address.startswith("taxonom"):
            assert whole in page["contents"]
        else:
            lines = client.get(
                f"{ROOT}/{address}", query_string={"full": "true", "format": "ndjson"}
            )
            assert whole in [it for it in map(parsed, lines.data.splitlines()) if it["id"] == key]
