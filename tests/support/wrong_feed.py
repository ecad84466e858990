"""A small HSDS feed that can be wrong in one way at a time: what a crawler has to notice.

The ways are those that public feeds, mock servers and validators' own examples have been seen with.
"""

import json
import math
from typing import Any
from uuid import UUID

from flask import Flask, Response, request

Json = dict[str, Any]

DEFECTS = (
    *("no-total-pages", "total-of-one", "last-page-too-early", "pages-ignored", "404-after-the-last"),
    *("size-is-per-page", "empty-is-missing", "crash-on-id", "other-id", "short-by-id", "200-on-unknown"),
    *("bad-email", "no-status", "filters-ignored", "filters-or", "after-is-later", "term-by-name"),
    *("strange-ignored", "first-of-two", "post-is-405", "post-ignores", "ndjson-is-json", "ndjson-lacks-one"),
    *("minimal-by-the-letter", "no-openapi", "profile-is-gone", "version-1", "operation-twice", "html"),
)  # fmt: skip
KNOWN = {
    *("page", "per_page", "format", "search", "taxonomy_term_id", "taxonomy_id", "organization_id"),
    *("modified_after", "minimal", "full"),
}


def key_of(number: int) -> str:
    return str(UUID(int=(4 << 76) | (8 << 62) | number))


def service(number: int) -> Json:
    terms = [key_of(700 + number % 3), key_of(703), key_of(704)]
    return {
        "id": key_of(number),
        "organization_id": key_of(500 + number % 4),
        "name": f"Service {number}",
        "status": "active",
        "email": "ask@example.org",
        "last_modified": f"2026-11-{1 + number // 2:02d}T00:00:00Z",
        "attributes": [
            {
                "id": key_of(10_000 + 10 * number + at),
                "taxonomy_term": {
                    "id": term,
                    "name": "Term",
                    "description": "Term",
                    "taxonomy_id": key_of(900 + number % 2),
                },
            }
            for at, term in enumerate(terms)
        ],
    }


class Feed:
    """Twenty services, and one defect or none."""

    def __init__(self, defect: str | None = None) -> None:
        self.defect = defect
        self.services = [service(number) for number in range(20)]
        for one in self.services:
            if self.has("bad-email"):
                one["email"] = "nobody"
            if self.has("no-status"):
                del one["status"]

    def has(self, defect: str) -> bool:
        return self.defect == defect

    def about(self) -> Any:
        if self.has("html"):
            return Response("<p>Hello</p>", content_type="text/html")
        here = "http://feed.example"
        plain = {
            "version": "3.1",
            "profile": f"{here}/profile",
            "openapi_url": f"{here}/openapi.json",
        }
        if self.has("no-openapi"):
            del plain["openapi_url"]
        if self.has("version-1"):
            plain["version"] = "HSDS-UK-1.0"
        return plain

    def profile(self) -> Any:
        return ("gone", 404) if self.has("profile-is-gone") else {"name": "Some profile"}

    def openapi(self) -> Json:
        second = "list" if self.has("operation-twice") else "find"
        lists = {"get": {"operationId": "list"}, "post": {"operationId": second}}
        return {
            "openapi": "3.1.0",
            "paths": {
                "/": {},
                "/services": lists,
                "/services/{id}": {"get": {"operationId": "one"}},
            },
        }

    def one(self, key: str) -> Any:
        if self.has("crash-on-id"):
            raise TypeError("one() got an unexpected keyword argument 'service_id'")
        found = next((one for one in self.services if one["id"] == key), None)
        if found is None:
            return {} if self.has("200-on-unknown") else ("none", 404)
        if self.has("other-id"):
            return self.services[7]
        return {"id": key} if self.has("short-by-id") else found

    def some(self) -> Any:
        if request.method == "POST" and self.has("post-is-405"):
            return "no", 405
        asked = self._asked()
        if self._refuses(asked):
            return "what?", 400
        found = self._found(asked)
        if asked.get("format") == "ndjson" and not self.has("ndjson-is-json"):
            lines = found[1:] if self.has("ndjson-lacks-one") and len(found) > 1 else found
            return Response("".join(json.dumps(self._shown(one, asked)) + "\n" for one in lines))
        return self._page(found, asked)

    def _asked(self) -> Json:
        if request.method == "POST":
            return {} if self.has("post-ignores") else {k: str(v) for k, v in request.json.items()}
        return request.args.to_dict()

    def _refuses(self, asked: Json) -> bool:
        if not self.has("first-of-two") and any(len(some) > 1 for _, some in request.args.lists()):
            return True
        if self.has("strange-ignored"):
            return False
        numbers = [asked[name] for name in ("page", "per_page") if name in asked]
        return not asked.keys() <= KNOWN or any(not n.isdigit() or n == "0" for n in numbers)

    def _found(self, asked: Json) -> list[Json]:
        def terms(one: Json) -> list[Json]:
            return [it["taxonomy_term"] for it in one["attributes"]]

        after = asked.get("modified_after", "")
        tests = {
            "taxonomy_term_id": lambda one, v: any(it["id"] == v for it in terms(one)),
            "taxonomy_id": lambda one, v: any(it["taxonomy_id"] == v for it in terms(one)),
            "organization_id": lambda one, v: one["organization_id"] == v,
            "modified_after": lambda one, v: (
                one["last_modified"] > v
                or (one["last_modified"] == after and not self.has("after-is-later"))
            ),
        }
        if self.has("term-by-name"):
            tests["taxonomy_term_id"] = lambda one, v: any(it["name"] == v for it in terms(one))
        given = [(tests[name], value) for name, value in asked.items() if name in tests]
        if self.has("filters-ignored") or not given:
            return self.services
        hold = any if self.has("filters-or") else all
        return [one for one in self.services if hold(test(one, v) for test, v in given)]

    def _shown(self, one: Json, asked: Json) -> Json:
        if asked.get("minimal") == "true":
            if self.has("minimal-by-the-letter"):
                return {"id": one["id"], "modified_date": one["last_modified"]}
            return {
                key: one[key] for key in ("id", "name", "status", "last_modified") if key in one
            }
        if asked.get("full") == "true":
            return one
        return {key: value for key, value in one.items() if key != "attributes"}

    def _page(self, found: list[Json], asked: Json) -> Any:
        default = str(len(found) or 1) if asked.get("minimal") == "true" else "10"
        numbers = (asked.get(name, given) for name, given in (("page", "1"), ("per_page", default)))
        number, size = (int(n) if n.isdigit() and n != "0" else 1 for n in numbers)
        pages = math.ceil(len(found) / size)
        start = 0 if self.has("pages-ignored") else (number - 1) * size
        some = found[start : start + size]
        if number > pages and self.has("404-after-the-last"):
            return "none", 404
        page: Json = {
            "total_items": 1 if self.has("total-of-one") else len(found),
            "total_pages": pages,
            "page_number": number,
            "size": size if self.has("size-is-per-page") else len(some),
            "first_page": number == 1,
            "last_page": number == max(pages, 1) or self.has("last-page-too-early"),
            "empty": not some,
            "contents": [self._shown(one, asked) for one in some],
        }
        if self.has("no-total-pages"):
            del page["total_pages"], page["first_page"], page["last_page"]
        if self.has("empty-is-missing"):
            del page["empty"]
        return page


def wrong_feed(defect: str | None = None) -> Flask:
    """The feed as an app, answering a fault of its own with 500."""
    feed, app = Feed(defect), Flask("feed")
    app.add_url_rule("/", "about", feed.about)
    app.add_url_rule("/profile", "profile", feed.profile)
    app.add_url_rule("/openapi.json", "openapi", feed.openapi)
    app.add_url_rule("/services", "list", feed.some, methods=["GET", "POST"])
    app.add_url_rule("/services/<key>", "one", feed.one)
    return app
