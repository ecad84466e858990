"""`python -m bench.contract --minutes 10`: what our descriptions say is what our addresses do.

schemathesis makes requests out of each OpenAPI document, good ones and bad ones, alone and in turn,
and holds every answer to the document. In process, over the listings that ship.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from directory.app import create_app
from directory.cli import COMMANDS
from directory.config import Config
from directory.house import build_house

# The description of each room; another one is one word more.
DOCUMENTS = ("/api/v1/openapi.json", "/hsds/v3/openapi.json")
ROUND = 60


@dataclass(slots=True)
class Findings:
    """How many requests were made of one document, how often each check held, and where one did not."""

    document: str
    cases: int = 0
    operations: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)

    def take(self, event: events.EngineEvent) -> None:
        """Count what an event tells."""
        if isinstance(event, events.NonFatalError):
            self.failures[f"{event.label}: {event.phase}"] = str(event.value)
        if isinstance(event, events.FatalError):
            self.failures["schemathesis"] = str(event.exception)
        if not isinstance(event, events.ScenarioFinished | events.FuzzScenarioFinished):
            return
        self.cases += len(event.recorder.cases)
        for node in event.recorder.cases.values():
            self.operations[node.value.operation.label] += 1
        for case, checks in event.recorder.checks.items():
            for check in checks:
                self.checks[check.name] += 1
                if check.failure_info is not None:
                    where = event.recorder.cases[case].value.operation.label
                    told = check.failure_info
                    self.failures[f"{where}: {check.name}: {told.failure.title}"] = (
                        f"{told.failure.message}\n{told.code_sample}"
                    )

    def in_words(self) -> str:
        """A line for the record, and each failure with the request that shows it."""
        checks, operations = len(self.checks), len(self.operations)
        told = [
            f"{self.document}: {self.cases:,} requests to {operations} operations, "
            f"{checks} checks, {len(self.failures)} findings"
        ]
        return "\n".join([*told, *(f"\n{what}\n{how}" for what, how in self.failures.items())])


def settings(seed: int, examples: int) -> SchemathesisConfig:
    """All checks, every phase, the same requests for the same seed."""
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "suppress-health-check": ["all"],  # a slow machine is no finding
            "generation": {"deterministic": True, "max-examples": examples, "database": "none"},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTED},
                # It takes a search by POST for the making of what was found. We make nothing.
                "ensure_resource_availability": {"enabled": False},
            },
        }
    )


# A schema cannot say all: a word that looks like a place may be none. Such a value may be refused
# though it keeps to the schema, and no other: `refused_by_meaning` holds that.
BY_MEANING = frozenset({"near", "cursor", "since", "program", "week"})
ACCEPTED = ("2xx", "3xx", "404", "410", "422")


@schemathesis.check
def refused_by_meaning(_ctx: object, response: Any, case: Any) -> None:
    """What keeps to the schema is refused only for values whose meaning no schema tells."""
    if response.status_code != 422 or not case.meta.generation.mode.is_positive:
        return
    named = {wrong["field"].partition(".")[0] for wrong in response.json()["errors"]}
    assert named, "422 without a field"
    named -= _half_said(case)
    assert named <= BY_MEANING, (
        f"refused, though the schema allows it: {sorted(named - BY_MEANING)}"
    )


def _half_said(case: Any) -> set[str]:
    """Miles around nothing: that one parameter needs another, OpenAPI cannot say."""
    asked = {**(case.query or {}), **(case.body if isinstance(case.body, dict) else {})}
    return set() if str(asked.get("near") or "").strip() else {"within_miles"}


def bounded(app: Flask, document: str, examples: int, seed: int = 1) -> Findings:
    """So many requests of each kind for each address: the same ones each time."""
    findings = Findings(document)
    _run(app, findings, settings(seed, examples))
    return findings


def timed(app: Flask, document: str, seconds: float, seed: int) -> Findings:
    """As many requests as fit in a time: first those above, then new ones until it is over."""
    config, findings = settings(seed, ROUND), Findings(document)
    config.max_time = max(1, int(seconds))
    _run(app, findings, config)
    return findings


def _run(app: Flask, findings: Findings, config: SchemathesisConfig) -> None:
    schema = schemathesis.openapi.from_wsgi(findings.document, app, config=config)
    for event in from_schema(schema).execute():
        findings.take(event)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run for a time, shared by all documents; the status is 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.contract", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        app = _over_the_listings_that_ship(Path(folder))
        seconds = options.minutes * 60 / len(DOCUMENTS)
        found = [timed(app, document, seconds, options.seed) for document in DOCUMENTS]
    for one in found:
        print(one.in_words())
    return 1 if any(one.failures for one in found) else 0


def _over_the_listings_that_ship(home: Path) -> Flask:
    """A house of its own: reports are told to it, too."""
    config = Config(home=home)
    setup = next(command for command in COMMANDS if command.name == "setup")
    setup.run(build_house(config), argparse.Namespace())
    return create_app(config)


if __name__ == "__main__":
    sys.exit(main())
