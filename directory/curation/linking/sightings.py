"""A row as a person compares it: what its list says that tells one place from another."""

from collections.abc import Iterable

from directory.catalog.links import Seen
from directory.curation.linking.door import Door
from directory.curation.linking.rules import RULES

SHOWN = ("name", "organization", "street", "unit", "city", "zip", "phone", "programs")


def as_seen(door: Door, programs: Iterable[str], *, hide: bool) -> Seen:
    """The row in plain words. `hide`: one of the two lists withholds the street, so no street."""
    seen, address = door.seen, door.seen.address
    street = None if hide else address.street
    return {
        "name": seen.names[0] if seen.names else None,
        "organization": seen.names[1] if len(seen.names) > 1 else None,
        "street": "withheld" if hide else street,
        "unit": None if hide else address.unit,
        "city": address.city,
        "zip": address.zip,
        "phone": seen.phone,
        "programs": ", ".join(sorted(set(programs))) or None,
    }


def reason_of(rule: str) -> str:
    """The reason in half a sentence."""
    return RULES[rule][1] if rule in RULES else "a person decided"
