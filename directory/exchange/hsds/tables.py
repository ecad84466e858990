"""HSDS as tables: a nested service apart into rows, and rows together into nested services.

The tables, their files and columns are those of the HSDS datapackage that we fill, with the keys of
our profile as further columns. A value that is no text is JSON in its cell.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from directory.exchange.hsds import keys

Json = dict[str, Any]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its file without '.csv', its columns, and the keys that hold other tables' rows.

    `many` are lists of rows that point back here by `points_by`; `one` are single rows that a
    column of this table points to.
    """

    file: str
    columns: tuple[str, ...]
    points_by: str = ""
    many: Mapping[str, str] | None = None
    one: Mapping[str, tuple[str, str]] | None = None


def _columns(names: str, *profile: str) -> tuple[str, ...]:
    return (*names.split(), *profile)


TABLES: Mapping[str, Table] = {
    "organization": Table(
        "organizations",
        _columns("id name description website", keys.ID, keys.EVIDENCE),
        many={"organization_identifiers": "organization_identifier", "phones": "phone"},
        points_by="organization_id",
    ),
    "organization_identifier": Table(
        "organization_identifiers",
        _columns("id organization_id identifier_scheme identifier_type identifier"),
    ),
    "service": Table(
        "services",
        _columns(
            "id organization_id name description status alert accreditations minimum_age "
            "maximum_age assured_date last_modified",
            keys.ID, keys.EXAMPLE, keys.WEEKS, keys.ATTENDANCE, keys.LICENSES, keys.TRACKS, keys.EVIDENCE,
        ),
        points_by="service_id",
        many={
            "phones": "phone",
            "schedules": "schedule",
            "languages": "language",
            "cost_options": "cost_option",
            "service_at_locations": "service_at_location",
            "attributes": "attribute",
        },
        one={"organization": ("organization", "organization_id")},
    ),
    "service_at_location": Table(
        "service_at_location",
        _columns("id service_id location_id description"),
        points_by="service_at_location_id",
        many={"schedules": "schedule", "phones": "phone"},
        one={"location": ("location", "location_id")},
    ),
    "location": Table(
        "locations",
        _columns(
            "id location_type organization_id name latitude longitude",
            keys.ID, keys.TIME_ZONE, keys.EVIDENCE,
        ),
        points_by="location_id",
        many={"addresses": "address", "phones": "phone", "schedules": "schedule"},
    ),
    "address": Table(
        "addresses",
        _columns(
            "id location_id address_1 address_2 city state_province postal_code country address_type",
            keys.WITHHELD,
        ),
    ),
    "phone": Table(
        "phones",
        _columns("id location_id service_id organization_id service_at_location_id number extension type"),
    ),
    "schedule": Table(
        "schedules",
        _columns(
            "id service_id location_id service_at_location_id freq byday opens_at closes_at timezone "
            "attending_type description notes"
        ),
    ),
    "language": Table("languages", _columns("id service_id location_id name code", keys.SUPPORT)),
    "cost_option": Table(
        "cost_options",
        _columns(
            "id service_id option currency amount amount_description",
            keys.CENTS, keys.SLIDING_SCALE,
        ),
    ),
    "attribute": Table(
        "attributes",
        _columns("id link_id link_entity link_type taxonomy_term_id value", keys.AS_OF),
        one={"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    ),
    "taxonomy_term": Table(
        "taxonomy_terms",
        _columns("id code name description parent_id taxonomy taxonomy_id"),
        one={"taxonomy_detail": ("taxonomy", "taxonomy_id")},
    ),
    "taxonomy": Table("taxonomies", _columns("id name description")),
}  # fmt: skip

SHARED = frozenset(
    "organization organization_identifier location address phone taxonomy_term taxonomy".split()
)
"""Tables whose rows many services share: each row is written once."""


def rows_in(kind: str, record: Json) -> Iterator[tuple[str, Row]]:
    """Every row of a nested record, with the name of its table; its own row first."""
    table = TABLES[kind]
    yield kind, {name: cell_of(record[name]) for name in table.columns if name in record}
    for key, inner in (table.many or {}).items():
        for one in record.get(key, ()):
            yield from rows_in(inner, one)
    for key, (inner, _) in (table.one or {}).items():
        if key in record:
            yield from rows_in(inner, record[key])


def cell_of(value: Any) -> str:
    """A value as a cell."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def joined(rows: Mapping[str, Iterable[Row]]) -> Iterator[Json]:
    """Each service with all that hangs on it. Rows of services come one by one, others wait."""
    waiting = {kind: list(some) for kind, some in rows.items() if kind != "service"}
    join = _Join(waiting)
    for row in rows.get("service", ()):
        yield join.nested("service", row)


class _Join:
    """The waiting rows by their id, and by what they point to."""

    def __init__(self, waiting: Mapping[str, list[Row]]) -> None:
        self._by_id = {
            kind: {row.get("id", ""): row for row in reversed(rows)}
            for kind, rows in waiting.items()
        }
        self._pointing: dict[tuple[str, str, str], list[Row]] = {}
        for kind, rows in waiting.items():
            for row in rows:
                for column in _pointers(kind):
                    if row.get(column):
                        self._pointing.setdefault((kind, column, row[column]), []).append(row)

    def nested(self, kind: str, row: Row) -> Json:
        """A row with the rows that hang on it. Tables point downwards only, so this ends."""
        table = TABLES[kind]
        record: Json = {name: value_of(name, cell) for name, cell in row.items() if cell}
        for key, inner in (table.many or {}).items():
            column = "link_id" if inner == "attribute" else table.points_by
            found = self._pointing.get((inner, column, row.get("id", "")), [])
            if found:
                record[key] = [self.nested(inner, one) for one in found]
        for key, (inner, column) in (table.one or {}).items():
            other = self._by_id.get(inner, {}).get(row.get(column, ""))
            if other is not None:
                record[key] = self.nested(inner, other)
        return record


def _pointers(kind: str) -> Iterator[str]:
    yield from (name for name in TABLES[kind].columns if name.endswith("_id") and name[:2] != "x_")


_READ: Mapping[str, Callable[[str], Any]] = dict.fromkeys(
    (
        *(keys.EVIDENCE, keys.WITHHELD, keys.CENTS, keys.SLIDING_SCALE, keys.WEEKS),
        *(keys.LICENSES, keys.EXAMPLE, keys.TRACKS),
        *("minimum_age", "maximum_age", "latitude", "longitude", "extension", "timezone", "amount"),
    ),
    json.loads,
)


def value_of(name: str, cell: str) -> Any:
    """A cell as a value; one that should be JSON and is none stays text, for the checks to refuse."""
    try:
        return _READ[name](cell) if name in _READ else cell
    except (ValueError, RecursionError):
        return cell
