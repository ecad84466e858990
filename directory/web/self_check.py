"""The self-check: safety first, then which levels of care one could ask about. No score, no diagnosis.

Our own wording and rules; no published instrument is used. Nothing is kept:
the answers so far travel in the sealed address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from directory.errors import BadValue

SKIPPED = "skipped"
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "danger": ("yes", "thoughts", "no"),
    "withdrawal": ("daily", "unsure", "opioids", "no"),
    "home": ("safe", "using", "hurt", "none"),
    "tried": ("nothing", "weekly", "program", "stay"),
    "days": ("few", "some", "most"),
    "time": ("little", "part", "full"),
}
# Answers after which help comes before the next question, and which help that is.
STOPS: Mapping[tuple[str, str], str] = {
    ("danger", "yes"): "danger",
    ("danger", "thoughts"): "thoughts",
    ("withdrawal", "daily"): "withdrawal",
    ("withdrawal", "unsure"): "withdrawal",
    ("home", "hurt"): "hurt",
}
# How much of life is touched, and what was tried: levels to ask about, first things first.
USUAL: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("most", "nothing"): ("iop", "php"),
    ("most", "weekly"): ("iop", "php"),
    ("most", "program"): ("php", "iop"),
    ("most", "stay"): ("php", "iop"),
    ("some", "nothing"): ("outpatient", "iop"),
    ("some", "weekly"): ("iop", "outpatient"),
    ("some", "program"): ("iop", "php"),
    ("some", "stay"): ("iop", "outpatient"),
    ("few", "nothing"): ("outpatient",),
    ("few", "weekly"): ("outpatient", "iop"),
    ("few", "program"): ("outpatient", "iop"),
    ("few", "stay"): ("iop", "outpatient"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """The answers so far, and which help was read."""

    answers: Mapping[str, str] = field(default_factory=dict)
    read: tuple[str, ...] = ()

    @classmethod
    def opened(cls, payload: Mapping[str, object]) -> "Check":
        """From a sealed address."""
        answers = cast(Mapping[str, str], payload["answers"])
        return cls(answers, tuple(cast(Sequence[str], payload["read"])))

    def payload(self) -> dict[str, object]:
        """What is sealed."""
        return {"answers": dict(self.answers), "read": list(self.read)}

    @property
    def stop(self) -> str | None:
        """The help that has to be read before going on."""
        wanted = [STOPS.get(one) for one in self.answers.items()]
        return next((stop for stop in wanted if stop and stop not in self.read), None)

    @property
    def question(self) -> str | None:
        """The next question; None when all were asked."""
        return next((one for one in QUESTIONS if one not in self.answers), None)

    def answered(self, choice: str) -> "Check":
        """With an answer to the next question; "" skips it. Raises `BadValue`."""
        question = self.question
        if question is None:
            return self
        if choice and choice not in QUESTIONS[question]:
            raise BadValue(question, choice[:20], "one of the choices", QUESTIONS[question])
        return replace(self, answers={**self.answers, question: choice or SKIPPED})

    def gone_on(self) -> "Check":
        """After the help was read."""
        return replace(self, read=(*self.read, *([self.stop] if self.stop else ())))


def levels_to_ask_about(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of levels of care, what makes it safe to begin first. Never empty."""
    found = []
    if answers.get("withdrawal") in ("daily", "unsure"):
        found.append("detox")
    if answers.get("home") in ("using", "hurt", "none"):
        found.append("residential")
    found += USUAL.get((answers.get("days", ""), answers.get("tried", "")), ("iop", "outpatient"))
    if answers.get("time") == "little":
        found.append("outpatient")
    if answers.get("time") == "full" and answers.get("days") == "most":
        found.append("php")
    return tuple(dict.fromkeys(found))
