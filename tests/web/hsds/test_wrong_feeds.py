"""The crawler finds each thing that can be wrong with a feed, and nothing in one that is right."""

import pytest

from tests.support.feed_crawler import Crawl
from tests.support.wrong_feed import DEFECTS, wrong_feed
from tests.web.hsds.test_crawl import asking, by_our_schemas

RULES = {
    "no-total-pages": "envelope",
    "empty-is-missing": "envelope",
    "total-of-one": "arithmetic",
    "last-page-too-early": "arithmetic",
    "size-is-per-page": "arithmetic",
    "pages-ignored": "paging",
    "404-after-the-last": "after-the-last",
    "crash-on-id": "answer",
    "other-id": "item",
    "short-by-id": "item",
    "200-on-unknown": "not-found",
    "bad-email": "schema",
    "no-status": "schema",
    "filters-ignored": "organization",
    "filters-or": "and",
    "after-is-later": "modified-after",
    "term-by-name": "taxonomy-term",
    "strange-ignored": "strict",
    "first-of-two": "strict",
    "post-is-405": "post",
    "post-ignores": "post",
    "ndjson-is-json": "ndjson",
    "ndjson-lacks-one": "ndjson",
    "minimal-by-the-letter": "schema",
    "no-openapi": "discovery",
    "profile-is-gone": "discovery",
    "version-1": "version",
    "operation-twice": "operation-ids",
    "html": "version",
}


def found(defect: str | None) -> list[str]:
    client = wrong_feed(defect).test_client()
    crawl = Crawl(asking(client, root=""), by_our_schemas)
    rules = [one.rule for one in crawl.run()]
    assert crawl.absent == ["organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
    return rules


def test_a_feed_that_is_right_has_nothing_wrong() -> None:
    assert found(None) == []


def test_every_defect_has_its_rule() -> None:
    assert set(RULES) == set(DEFECTS)


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found(defect: str) -> None:
    assert RULES[defect] in found(defect)
