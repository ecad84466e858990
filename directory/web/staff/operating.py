"""What administrators may see of the installation. Built once, in `directory.app`."""

from collections.abc import Callable
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
class Operating:
    """The parts of the installation; each is looked at when somebody asks."""

    condition: Callable[[], Condition]
    disk: Callable[[], Disk]
    last_backup: Callable[[], datetime | None]
    terms: TermsTable
