"""Save the answers of a FindTreatment service to a file: only where an operator names its address.

One request at a time, page after page, within bounds. The file is what `import findtreatment` reads.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from directory.curation.reading import Progress
from directory.errors import BadSetting, UnreadableFile
from directory.exchange.aside import aside
from directory.places.place import Place

SETTING = "DIRECTORY_FINDTREATMENT_URL"
METERS_PER_MILE = 1609.344
BY_DISTANCE = 2
"""`limitType` of the service (guide v1.9): 0 a state, 1 a county, 2 meters around a point."""
ROWS_A_PAGE = 2_000
MOST_PAGES = 50
LARGEST_ANSWER = 50 * 2**20
TIMEOUT_SECONDS = 60
EXPECTED = "an answer of the FindTreatment API; nothing was kept"


def fetch(address: str, here: Place, within_miles: float, path: Path, progress: Progress) -> int:
    """Save every page around a place as one answer a line; answers how many rows there are.

    Raises `BadSetting` if no address is set, `UnreadableFile` if the service does not answer as it
    should: the file is then as it was.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise BadSetting(SETTING, address, "the http(s) address of the service; empty: never asked")
    rows = 0
    with aside(path) as unfinished, unfinished.open("w", encoding="utf-8") as file:
        for answer in _pages(address, here, within_miles, progress):
            rows += len(answer["rows"])
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return rows


def _pages(
    address: str, here: Place, within_miles: float, progress: Progress
) -> Iterator[dict[str, Any]]:
    page, pages = 1, 1
    while page <= pages:
        answer = _answer(address, _asked(here, within_miles, page))
        pages = answer["totalPages"]
        if pages > MOST_PAGES:
            got = f"{pages:,} pages of {ROWS_A_PAGE:,} rows"
            raise UnreadableFile(address, got, f"at most {MOST_PAGES}: ask for fewer miles")
        yield answer
        progress("fetch", page, pages)
        page += 1


def _asked(here: Place, within_miles: float, page: int) -> str:
    return urlencode(
        {
            "sAddr": f"{here.lat},{here.lon}",
            "limitType": BY_DISTANCE,
            "limitValue": round(within_miles * METERS_PER_MILE),
            "sType": "both",  # without it practitioners come too
            "pageSize": ROWS_A_PAGE,
            "page": page,
            "sort": 0,
        }
    )


def _answer(address: str, asked: str) -> dict[str, Any]:
    request = Request(f"{address}?{asked}", headers={"Accept": "application/json"})  # noqa: S310 - checked
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - checked
            content = response.read(LARGEST_ANSWER + 1)
        answer = json.loads(content) if len(content) <= LARGEST_ANSWER else None
    except (URLError, OSError, ValueError, RecursionError) as error:
        raise UnreadableFile(address, str(error)[:120] or "no answer", EXPECTED) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("rows"), list):
        raise UnreadableFile(address, "an answer without rows, or too large", EXPECTED)
    if not isinstance(answer.get("totalPages"), int):
        raise UnreadableFile(address, "an answer without totalPages", EXPECTED)
    return answer
