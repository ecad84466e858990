"""A round of calls: which of its programs was called, which one is next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from directory.catalog.accuracy import Drawn, Heard
from directory.catalog.records import Desk

Called = Literal["waiting", "not_reached", "called"]


@dataclass(frozen=True, slots=True)
class Round:
    """A sample, and what was heard of each program and fact."""

    drawn: Drawn
    heard: Mapping[str, Mapping[str, Heard]]

    def called(self, program: str) -> Called:
        """Whether somebody called it, and was answered."""
        told = self.heard.get(program)
        if not told:
            return "waiting"
        is_vain = all(one.result == "not_reached" for one in told.values())
        return "not_reached" if is_vain else "called"

    def next(self, after: str = "") -> str | None:
        """The next one nobody has called; None once all were."""
        waiting = [one for one in self.drawn.programs if self.called(one) == "waiting"]
        return next((one for one in waiting if one > after), waiting[0] if waiting else None)


def round_of(desk: Desk, number: int) -> Round | None:
    """A round by its number; None if there is none."""
    drawn = desk.audits.drawn(number)
    return None if drawn is None else Round(drawn, _by_program(desk.audits.heard(number)))


def _by_program(heard: Sequence[Heard]) -> Mapping[str, Mapping[str, Heard]]:
    found: dict[str, dict[str, Heard]] = {}
    for one in heard:
        found.setdefault(one.program, {})[one.fact] = one
    return found
