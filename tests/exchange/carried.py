"""What each format carries, found out by sending one full listing through it."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import orjson

from directory.catalog.listing import FACTS, facts_of
from directory.catalog.program import Listing
from directory.exchange.formats import Format, export, formats
from directory.exchange.hsds.writing import service_of
from directory.store.sql_records import SqlRecords
from tests.curation.builders import full_file, vocabularies, write_json
from tests.exchange.stores import empty_store, facts, taken
from tests.exchange.strategies import FILE_SOURCE
from tests.support.hsds_schemas import without_profile

Way = Callable[[SqlRecords, Path], Listing | None]

BEGIN, END = "<!-- carried: begin -->", "<!-- carried: end -->"


def table() -> str:
    """The table of docs/formats.md: each fact of the format, and how it comes back."""
    folder = Path(tempfile.mkdtemp(prefix="carried-"))
    records = empty_store()
    assert taken(records, "listing", write_json(folder, full_file()), vocabularies()).refused == ()
    (given,) = facts(records)
    back = {name: way(records, folder) for name, way in ways()}
    lines = [f"| fact | {' | '.join(back)} |", f"|---|{'---|' * len(back)}"]
    for kind in FACTS:
        for fact in FACTS[kind]:
            cells = (_cell(given, one, kind, fact) for one in back.values())
            lines.append(f"| {kind}: `{fact}` | {' | '.join(cells)} |")
        cells = (_evidence(given, one, kind) for one in back.values())
        lines.append(f"| {kind}: source of each fact | {' | '.join(cells)} |")
    return "\n".join(lines)


def ways() -> Iterator[tuple[str, Way]]:
    """Each format by name, and how a store comes back from it."""
    for chosen in formats(vocabularies()):
        if chosen.imported_by:
            yield f"`{chosen.name}`", partial(_back, chosen)
    yield "HSDS without our profile", _core


def _back(chosen: Format, records: SqlRecords, folder: Path) -> Listing | None:
    path = export(records, chosen, folder / f"out{chosen.suffix}").file
    return _imported(chosen.imported_by, path)


def _core(records: SqlRecords, folder: Path) -> Listing | None:
    """What those read who know HSDS and not us."""
    (listing,) = records.all()
    service = service_of(listing, vocabularies(), FILE_SOURCE.seen_on)
    path = folder / "core.json"
    path.write_bytes(orjson.dumps(without_profile(service)))
    return _imported("hsds", path)


def _imported(importer: str, path: Path) -> Listing | None:
    after = empty_store()
    taken(after, importer, path, vocabularies())
    return next(iter(facts(after)), None)


def _cell(given: Listing, back: Listing | None, kind: str, fact: str) -> str:
    before = facts_of(getattr(given, kind))[fact]
    after = facts_of(getattr(back, kind)).get(fact) if back else None
    if after == before:
        return "whole"
    return "part" if after else "no"


def _evidence(given: Listing, back: Listing | None, kind: str) -> str:
    whole = back and getattr(given, kind).evidence == getattr(back, kind).evidence
    return "whole" if whole else "no"


if __name__ == "__main__":
    path = Path(__file__).parents[2] / "docs" / "formats.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
