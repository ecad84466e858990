"""Can this node answer, and what is amiss? For load balancers, monitors and who is called at night."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from directory.catalog.clock import Clock
from directory.errors import NoGeneration

OLD_DAYS = 2
"""Facts are aged when a generation is written: older than this, nobody publishes each day."""


class _Counts(Protocol):
    @property
    def programs(self) -> int: ...


class Published(Protocol):
    """What answers searches; each raises `NoGeneration` if there is nothing to answer from."""

    @property
    def generation(self) -> str:
        """The name of the generation."""

    @property
    def as_of(self) -> date:
        """The day its facts were aged on."""

    def statistics(self) -> _Counts:
        """What it holds."""


@dataclass(frozen=True, slots=True)
class State:
    """How a node stands. `checks`: each with what is amiss, "" where nothing is."""

    generation: str = ""
    programs: int = 0
    facts_days: int | None = None
    checks: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """True if searches are answered, whatever else is amiss."""
        return bool(self.generation)

    @property
    def troubles(self) -> list[str]:
        """What is amiss, each with what to do."""
        return [f"{name}: {told}" for name, told in self.checks.items() if told]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Looks when asked. A check answers what is amiss and what to do, or ""."""

    published: Published
    clock: Clock
    checks: Mapping[str, Callable[[], str]] = field(default_factory=dict)

    def look(self) -> State:
        """How this node stands now."""
        checks = {name: check() for name, check in self.checks.items()}
        try:
            name, as_of = self.published.generation, self.published.as_of
            programs = self.published.statistics().programs
        except NoGeneration:
            none = "none is whole. Run: python -m directory publish"
            return State(checks={"generation": none, **checks})
        days = (self.clock().date() - as_of).days
        checks = {"generation": "", "facts": _aged(days, as_of), **checks}
        return State(name, programs, days, checks)


def _aged(days: int, as_of: date) -> str:
    if days > OLD_DAYS:
        return f"aged on {as_of}, {days} days ago. Each day: python -m directory publish"
    if days < 0:
        return f"aged on {as_of}, which is still to come: set the clock of this machine right"
    return ""
