"""What curators see of the findings: counts by case, the findings themselves, a sheet."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from directory.catalog.finding import Finding, Findings

COLUMNS = ("rule", "case", "severity", "kind", "id", "fact", "got", "expected", "source")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class LintReport:
    """The findings of a store, in the order they were found, and of how many programs."""

    programs: int
    findings: Findings

    def as_dict(self) -> dict[str, object]:
        """The report as JSON: counts by severity and case, and every finding."""
        return {
            "programs": self.programs,
            "serious": sum(one.serious for one in self.findings),
            "worth_a_look": sum(not one.serious for one in self.findings),
            "cases": [
                {"rule": one.rule, "case": one.case, "severity": one.severity, "count": count}
                for one, count in self._cases()
            ],
            "found": [_plain(one) for one in self.findings],
        }

    def save(self, path: Path) -> None:
        """Write every finding as a row of a CSV file that a spreadsheet opens without running it."""
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS)
            rows.writeheader()
            for one in self.findings:
                rows.writerow({name: _inert(text) for name, text in _plain(one).items()})

    def _cases(self) -> list[tuple[Finding, int]]:
        """The first finding of each case and how many there are: serious ones, then by rule."""
        counts = Counter(one.case for one in self.findings)
        firsts = {one.case: one for one in reversed(self.findings)}
        ordered = sorted(firsts.values(), key=lambda one: (not one.serious, int(one.rule[1:])))
        return [(one, counts[one.case]) for one in ordered]


def _plain(one: Finding) -> dict[str, str]:
    kind, key = one.subject
    said = (
        one.rule,
        one.case,
        one.severity,
        kind,
        key,
        one.fact,
        one.got,
        one.expected,
        one.source,
    )
    return dict(zip(COLUMNS, said, strict=True))


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
