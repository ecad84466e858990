"""Crawls an HSDS feed and says what is wrong with it.

In the order of the Open Referral UK validator (what the feed says of itself, its description, lists,
the ids they name, the records of these ids, first, middle and last pages), and on to what that one
does not look at: whether the counting is right, whether filters filter, and hold all at once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

Json = Any
Params = Mapping[str, Any]
Check = Callable[[str, Json], list[str]]
"""What is wrong with a record, by the name of its schema ('service', 'service_list')."""

NOBODY = "00000000-0000-4000-8000-000000000000"
MOST_PAGES = 60
FLAGS = {"first_page", "last_page", "empty"}
COUNTS = {"total_items", "total_pages", "page_number", "size"}
# address -> the schema of one record, the schema of one in a list, whether HSDS requires it.
LISTS = {
    "services": ("service", "service_list", True),
    "organizations": ("organization", "organization_list", False),
    "service_at_locations": ("service_at_location", "service_at_location_list", False),
    "taxonomies": ("taxonomy", "taxonomy", False),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term", False),
}


class Reply(Protocol):
    """An HTTP answer."""

    status_code: int
    data: bytes


Ask = Callable[[str, str, Params | None], Reply]
"""Asks by method and path; parameters go into the address by GET, into a JSON body by POST."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, and where."""

    rule: str
    where: str
    detail: str


@dataclass
class Crawl:
    """One crawl of one feed. `findings` are errors, `absent` optional lists that are not there."""

    ask: Ask
    check: Check
    per_page: int = 7
    findings: list[Finding] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def run(self) -> list[Finding]:
        """Every finding."""
        self._discover()
        for address, (record, short, required) in LISTS.items():
            first = self._json(f"/{address}", {"per_page": self.per_page}, tell=required)
            if first is None:
                if not required:
                    self.absent.append(address)
                continue
            records = self._pages(address, short)
            self._ndjson(address, records)
            self._post(address)
            self._items(address, record, records)
            self._strict(address)
            if address in ("services", "service_at_locations"):
                self._filters(address)
        self._minimal()
        return self.findings

    def _wrong(self, rule: str, where: str, detail: object) -> None:
        self.findings.append(Finding(rule, where, str(detail)[:300]))

    def _holds(self, true: bool, rule: str, where: str, detail: object) -> None:
        if not true:
            self._wrong(rule, where, detail)

    def _json(self, path: str, params: Params | None = None, *, tell: bool = True) -> Json:
        """What GET answers; None (and a finding, if told) where it is no JSON with 200."""
        reply = self.ask("GET", path, params)
        plain = parsed(reply.data) if reply.status_code == 200 else None
        if plain is None and tell:
            self._wrong("answer", f"{path} {dict(params or {})}", reply.status_code)
        return plain

    def _discover(self) -> None:
        about = self._json("/") or {}
        version = str(about.get("version"))
        self._holds(version.startswith("3."), "version", "/", version)
        for key in ("profile", "openapi_url"):
            address = str(about.get(key))
            found = self.ask("GET", address, None).status_code == 200 if "://" in address else False
            self._holds(found, "discovery", key, address)
        if "://" in str(about.get("openapi_url")):
            self._describe(self._json(about["openapi_url"]) or {})

    def _describe(self, document: Json) -> None:
        self._holds(str(document.get("openapi")).startswith("3."), "openapi", "openapi", document)
        paths = document.get("paths", {})
        for needed in ("/", "/services", "/services/{id}"):
            self._holds(needed in paths, "openapi", "paths", needed)
        names = [
            one["operationId"]
            for path in paths.values()
            for one in path.values()
            if isinstance(one, dict) and "operationId" in one
        ]
        self._holds(len(names) == len(set(names)), "operation-ids", "paths", sorted(names))

    def _pages(self, address: str, schema: str) -> list[Json]:
        """Every record of a list, page by page; what each page says of itself has to be true."""
        whole: list[Json] = []
        total, number, pages = 0, 1, 1
        while number <= min(pages, MOST_PAGES):
            page = self._json(f"/{address}", {"per_page": self.per_page, "page": number})
            if not self._is_page(page, f"/{address} page {number}"):
                return whole
            if number == 1:
                total, pages = page["total_items"], -(-page["total_items"] // self.per_page)
            self._count(page, number, total, f"/{address} page {number}")
            whole += page["contents"]
            number += 1
        keys = [one.get("id") for one in whole]
        self._holds(len(set(keys)) == len(keys), "paging", address, "a record stands on two pages")
        if pages <= MOST_PAGES:
            self._holds(len(whole) == total, "total", address, f"{len(whole)} of {total}")
        for one in whole:
            for wrong in self.check(schema, one):
                self._wrong("schema", f"{address} {one.get('id')}", wrong)
        self._after_the_last(address, pages)
        return whole

    def _is_page(self, page: Json, where: str) -> bool:
        known = page if isinstance(page, dict) else {}
        right = isinstance(known.get("contents"), list)
        right &= all(type(known.get(key)) is int for key in COUNTS)
        right &= all(type(known.get(key)) is bool for key in FLAGS)
        self._holds(right, "envelope", where, {key: known.get(key) for key in COUNTS | FLAGS})
        return right

    def _count(self, page: Json, number: int, total: int, where: str) -> None:
        pages = -(-total // self.per_page)
        size = max(0, min(self.per_page, total - (number - 1) * self.per_page))
        expected = {
            "total_items": total,
            "total_pages": pages,
            "page_number": number,
            "size": size,
            "first_page": number == 1,
            "last_page": number == max(pages, 1),
            "empty": size == 0,
        }
        told = {key: page[key] for key in expected}
        self._holds(told == expected, "arithmetic", where, told)
        self._holds(page["size"] == len(page["contents"]), "arithmetic", where, "size")

    def _after_the_last(self, address: str, pages: int) -> None:
        page = self._json(f"/{address}", {"per_page": self.per_page, "page": pages + 5})
        right = isinstance(page, dict) and page.get("contents") == [] and page.get("empty") is True
        self._holds(right, "after-the-last", address, page)

    def _ndjson(self, address: str, records: list[Json]) -> None:
        lines = self._lines(address, {})
        told = (
            "no lines of JSON" if lines is None else f"{len(lines)} lines, {len(records)} on pages"
        )
        self._holds(lines == records, "ndjson", address, told)

    def _lines(self, address: str, params: Params) -> list[Json] | None:
        reply = self.ask("GET", f"/{address}", {**params, "format": "ndjson"})
        lines = [parsed(line) for line in reply.data.splitlines()]
        is_line = all(isinstance(one, dict) and "contents" not in one for one in lines)
        return lines if reply.status_code == 200 and is_line else None

    def _post(self, address: str) -> None:
        for params in ({"per_page": self.per_page, "page": 2}, {"search": "a", "per_page": 3}):
            got, posted = (self.ask(method, f"/{address}", params) for method in ("GET", "POST"))
            same = (got.status_code, got.data) == (posted.status_code, posted.data)
            self._holds(same, "post", f"{address} {params}", posted.status_code)

    def _items(self, address: str, schema: str, records: list[Json]) -> None:
        for one in (*records[:2], *records[-1:]):
            whole = self._json(f"/{address}/{one.get('id')}")
            if whole is None:
                continue
            self._holds(whole.get("id") == one.get("id"), "item", address, one.get("id"))
            lost = {key for key, value in one.items() if type(value) is not dict} - whole.keys()
            self._holds(not lost, "item", f"{address}/{one.get('id')}", f"lacks {lost}")
            for wrong in self.check(schema, whole):
                self._wrong("schema", f"{address}/{one.get('id')}", wrong)
        status = self.ask("GET", f"/{address}/{NOBODY}", None).status_code
        self._holds(status == 404, "not-found", address, status)

    def _strict(self, address: str) -> None:
        for params in ({"colour": "blue"}, {"page": "one"}, {"page": "0"}):
            status = self.ask("GET", f"/{address}", params).status_code
            self._holds(status == 400, "strict", f"{address} {params}", status)
        status = self.ask("GET", f"/{address}?page=1&page=2", None).status_code
        self._holds(status == 400, "strict", f"{address} page twice", status)

    def _filters(self, address: str) -> None:
        records = self._lines(address, {"full": "true"}) or []
        if not records:
            self._wrong("ndjson", f"{address} full", "nothing")
            return
        asked = dict(self._questions(records))
        found = {}
        for name, (params, belongs) in asked.items():
            ids = found[name] = self._ids(address, params)
            right = [one["id"] for one in records if belongs(one)]
            self._holds(ids == right, name, f"{address} {params}", f"{len(ids)}, not {len(right)}")
        for one in asked:
            for other in asked:
                if one < other:
                    both = self._ids(address, {**asked[one][0], **asked[other][0]})
                    right = [key for key in found[one] if key in set(found[other])]
                    told = f"{len(both)}, not {len(right)}"
                    self._holds(both == right, "and", f"{address} {one}, {other}", told)

    def _ids(self, address: str, params: Params) -> list[str]:
        return [str(one.get("id")) for one in self._lines(address, params) or []]

    def _questions(self, records: list[Json]) -> Iterator[tuple[str, Any]]:
        """Filters, each with what it asks and which records it should find."""
        services = [service_of(one) for one in records]
        carried = [terms_of(one) for one in services]
        term = next((terms[len(terms) // 2] for terms in carried if len(terms) > 2), None)
        if term is not None:
            yield (
                "taxonomy-term",
                (
                    {"taxonomy_term_id": term["id"]},
                    lambda one: term["id"] in {it["id"] for it in terms_of(service_of(one))},
                ),
            )
            yield (
                "taxonomy",
                (
                    {"taxonomy_id": term["taxonomy_id"]},
                    lambda one: (
                        term["taxonomy_id"]
                        in {it["taxonomy_id"] for it in terms_of(service_of(one))}
                    ),
                ),
            )
        owner = services[len(services) // 2]["organization_id"]
        yield (
            "organization",
            (
                {"organization_id": owner},
                lambda one: service_of(one)["organization_id"] == owner,
            ),
        )
        moments = sorted(one.get("last_modified", "") for one in services)
        middle = moments[len(moments) // 2]
        yield (
            "modified-after",
            (
                {"modified_after": middle},
                lambda one: service_of(one).get("last_modified", "") >= middle,
            ),
        )

    def _minimal(self) -> None:
        every = [one.get("id") for one in self._lines("services", {}) or []]
        page = self._json("/services", {"minimal": "true"}) or {}
        contents = page.get("contents", [])
        self._holds(
            [one.get("id") for one in contents] == every, "minimal", "services", len(contents)
        )
        for one in contents:
            for wrong in self.check("service_list", one):
                self._wrong("schema", f"services minimal {one.get('id')}", wrong)


def parsed(text: bytes) -> Json:
    """JSON; None for what is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def service_of(record: Json) -> Json:
    """The service of a service at its location; a service itself."""
    found: Json = record.get("service", record)
    return found


def terms_of(service: Json) -> list[Json]:
    """The terms of a whole service."""
    terms = (one.get("taxonomy_term") for one in service.get("attributes", ()))
    return [one for one in terms if one]
