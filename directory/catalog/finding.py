"""What does not add up in a listing: two facts that contradict, or one against a published limit."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["organization", "site", "program"]
Severity = Literal["serious", "worth_a_look"]
"""Serious: shown to everyone, beside the program. Worth a look: for curators only."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up. It never changes an answer or a rank.

    `rule` is L1 to L12, `case` the row of `data/lint.csv`, `subject` as in a claim. `got` is what
    the listing says of `fact` (a key of the listing format), `expected` what goes with it, and
    `source` who says so.
    `sentence` and `question` are for the public, in English; empty unless serious.
    """

    rule: str
    case: str
    severity: Severity
    subject: tuple[Kind, str]
    fact: str
    got: str
    expected: str
    source: str
    sentence: str = ""
    question: str = ""

    @property
    def serious(self) -> bool:
        """True if everyone should see it."""
        return self.severity == "serious"


Findings = tuple[Finding, ...]
