"""What administrators may see of the installation. Built once, in `directory.app`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.catalog.operating import Condition
from directory.exchange.terms import TermsTable


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes where database and generations lie."""

    total: int
    free: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it may be seen; `risk` is what production expects instead, "" if it is safe."""

    name: str
    value: str
    is_set: bool
    risk: str


@dataclass(frozen=True, slots=True)
class Operating:
    """The parts of the installation; each is looked at when somebody asks."""

    condition: Callable[[], Condition]
    disk: Callable[[], Disk]
    last_backup: Callable[[], datetime | None]
    terms: TermsTable
    settings: Callable[[], Sequence[Setting]]
