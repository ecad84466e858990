"""A program's history: everything that was ever said of it, by whom, and what was taken back."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import orjson

from directory.catalog.listing import Json
from directory.catalog.records import PastClaim, Records, Written
from directory.errors import UnknownProgram


def history_of(records: Records, program_id: str) -> list[dict[str, Json]]:
    """Every claim of a program, its site and organization, the newest first, as plain data.

    Raises `UnknownProgram` if the store has never held it.
    """
    past = records.history(program_id)
    if not past:
        raise UnknownProgram(program_id)
    return [_plain(one) for one in past]


def in_words(claims: Sequence[dict[str, Json]]) -> Iterator[str]:
    """The same to be read: a line for each change, under it a line for each claim."""
    before = None
    for one in claims:
        if one["change"] != before:
            yield f"change {one['change']}, {_minute(one['recorded'])}, {one['what']}"
        before = one["change"]
        gone = f"; withdrawn by change {one['withdrawn_by']}" if one["withdrawn"] else ""
        value = orjson.dumps(one["value"]).decode()
        yield f"  {one['of']} {one['fact']}: {value}"
        yield f"    {_cited(one)}{gone}"


def _cited(one: dict[str, Json]) -> str:
    edition = f" {one['edition']}" if one["edition"] else ""
    dated = f", of {one['dated']}" if one["dated"] else ""
    by = f", confirmed by {one['confirmed_by']}" if one["confirmed_by"] else ""
    return f"{one['source']}{edition}{dated}, seen {one['seen_on']}, {one['method']}{by}"


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _plain(past: PastClaim) -> dict[str, Json]:
    claim, source = past.claim, past.claim.source
    return {
        "change": past.stated_in.id,
        "what": _what(past.stated_in),
        "recorded": _text(past.stated_in.at),
        "withdrawn": past.withdrawn_in and _text(past.withdrawn_in.at),
        "withdrawn_by": past.withdrawn_in and past.withdrawn_in.id,
        "of": claim.subject[0],
        "fact": claim.fact,
        "value": orjson.loads(claim.value),
        "source": source.name,
        "edition": source.edition,
        "dated": source.dated and source.dated.isoformat(),
        "seen_on": source.seen_on.isoformat(),
        "method": source.method,
        "confirmed_by": source.confirmed_by,
        "url": source.url,
        "through": past.kept.through,
        "row": claim.row,
    }


def _what(change: Written) -> str:
    return f"undo of change {change.undoes}" if change.undoes else change.what


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
