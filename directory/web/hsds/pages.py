"""Lists as HSDS sends them: a page with its arithmetic, or every record, one a line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, request

from directory.web.hsds.asking import Values
from directory.web.hsds.parameters import USUAL_PER_PAGE
from directory.web.machines import READ

NDJSON = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found, in order, and how one of them is sent."""

    found: Sequence[Any]
    encoded: Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class Slice:
    """Which page of how many, as the standard counts."""

    total: int
    number: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are; none of nothing."""
        return -(-self.total // self.per_page)

    @property
    def rows(self) -> slice:
        """The positions on this page; none after the last."""
        first = (self.number - 1) * self.per_page
        return slice(first, first + self.per_page)

    @property
    def others(self) -> dict[str, int]:
        """The numbers of other pages, by their relation to this one (RFC 8288)."""
        last = max(self.pages, 1)
        found = {
            "first": 1,
            "prev": min(self.number - 1, last),
            "next": self.number + 1,
            "last": last,
        }
        return {name: page for name, page in found.items() if 1 <= page <= last}

    def head(self, size: int) -> dict[str, object]:
        """What the page says of itself, with so many records on it."""
        return {
            "total_items": self.total,
            "total_pages": self.pages,
            "page_number": self.number,
            "size": size,
            "first_page": self.number == 1,
            "last_page": self.number == max(self.pages, 1),
            "empty": size == 0,
        }


def answer(listed: Listed, values: Values, notes: Sequence[str] = ()) -> Response:
    """One page, with what is to be noted of it; or all of it as NDJSON."""
    if values.get("format") == "ndjson":
        streamed = Response(_lines(listed), content_type=NDJSON)
        # Else whoever asks how long it is has all of it written into memory first.
        streamed.implicit_sequence_conversion = False
        return streamed
    everything = max(len(listed.found), 1) if values.get("minimal") else USUAL_PER_PAGE
    cut = Slice(len(listed.found), values.get("page", 1), values.get("per_page", everything))
    some = [listed.encoded(one) for one in listed.found[cut.rows]]
    told = {"x_notes": notes} if notes else {}
    head = orjson.dumps(cut.head(len(some)) | told).removesuffix(b"}")
    body = b"".join((head, b',"contents":[', b",".join(some), b"]}"))
    response = Response(body, content_type="application/json")
    if request.method in READ:
        response.headers["Link"] = ", ".join(_links(cut))
    return response


def _links(cut: Slice) -> Iterator[str]:
    """Links to other pages; a question in a body has no address that could be linked."""
    for name, page in cut.others.items():
        asked = urlencode({**request.args, "page": page})
        yield f'<{request.path}?{asked}>; rel="{name}"'


def _lines(listed: Listed) -> Iterator[bytes]:
    """Records as they are asked for: a long list is never held whole."""
    for one in listed.found:
        yield listed.encoded(one) + b"\n"
