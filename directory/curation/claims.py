"""What a record states, as claims: one for each fact and source."""

from collections import defaultdict
from collections.abc import Iterator

import orjson

from directory.catalog.evidence import Source
from directory.catalog.listing import Json, Record, facts_of, gathered, items_of
from directory.catalog.records import Claim, Subject


def claims_of(
    subject: Subject, record: Record, row: str | None, origin: str = ""
) -> Iterator[Claim]:
    """Every claim of a record; an item with its own evidence is its own source's claim.

    What other sources say against a fact is their claim.
    """
    for fact, value in facts_of(record).items():
        for source, said in _by_source(record, fact, value).items():
            yield Claim(subject, fact, canonical(said), source, row, origin)


def canonical(value: Json) -> str:
    """JSON text that is equal exactly when the values are."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _by_source(record: Record, fact: str, value: Json) -> dict[Source, Json]:
    said = _believed(record, fact, value)
    for key, rivals in record.rivals.items():
        for one in rivals if key.partition(":")[0] == fact else ():
            items = [*_items(fact, said.get(one.source)), *_items(fact, one.value)]
            said[one.source] = gathered(fact, items) if items else one.value
    return said


def _items(fact: str, value: Json) -> list[Json]:
    return [item for _, item in items_of(fact, value or ())]


def _believed(record: Record, fact: str, value: Json) -> dict[Source, Json]:
    source = record.evidence[fact]
    items = f"{fact}:"
    own = {key: one for key, one in record.evidence.items() if key.startswith(items)}
    if not own:
        return {source: value}
    said: dict[Source, list[Json]] = defaultdict(list)
    for name, item in items_of(fact, value):
        said[own.get(f"{fact}:{name}", source)].append(item)
    return {one: gathered(fact, items) for one, items in said.items()}
