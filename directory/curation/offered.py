"""What a registry says of places that may be listed here: it adds to what we list, and lists nothing."""

from dataclasses import dataclass, field
from datetime import date

from directory.catalog.program import Address


@dataclass(frozen=True, slots=True)
class Offered:
    """One place of one registered organization.

    `key` is the registry's own key of the place ('nppes:1234567893'), `npi` its number. `names` are
    the legal name, then other names in use. `told_on` is the day the registry says it was told.
    """

    row: str
    key: str
    npi: str
    names: tuple[str, ...]
    phone: str | None = None
    address: Address = field(default_factory=Address)
    told_on: date | None = None
