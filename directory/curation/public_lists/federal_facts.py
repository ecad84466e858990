"""What the codes of one federal row state, as programs of the listing format.

The survey counts what a place offers, so a place with an IOP and a day program is two programs.
It has no code for a mental health IOP: a day program, or the name, can only suggest one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.curation.public_lists.federal_codes import Meanings

Plain = dict[str, Any]

# The survey asks whether staff or an interpreter gives the service: the smaller claim is kept.
LANGUAGE_SUPPORT = "interpreter"
ONLY = {
    "DUO": "DUI/DWI clients only",
    "OUDO": "opioid use disorder clients only",
    "AUDO": "alcohol use disorder clients only",
}
FOCUS = {"substance": "substance_use", "mental": "mental_health"}
# The first of these that a row states, where it has neither IOP nor day program.
OTHER_LEVELS: tuple[tuple[str, frozenset[str]], ...] = (
    ("outpatient", frozenset({"OP", "ORT", "OMB", "OD"})),
    ("residential", frozenset({"RES", "RS", "RL", "RD"})),
    ("inpatient", frozenset({"HI", "HIT", "HID"})),
)
PROGRAM_NAMES = {
    ("iop", "substance"): "{}: IOP",
    ("php", "substance"): "{}: day program (PHP)",
    ("php", "mental"): "{}: mental health day program (PHP)",
    ("iop", "mental"): "{}: mental health, may offer an IOP",
    ("outpatient", "mental"): "{}: mental health",
}
NAMED_IOP = re.compile(r"\b(IOP|intensive outpatient)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FederalRow:
    """One place in one of the two surveys ('substance', 'mental')."""

    key: str
    survey: str
    name: str
    codes: frozenset[str]


class FederalFacts:
    """From a row's codes to programs, for one edition. `as_of` is the day its facts are dated."""

    def __init__(self, meanings: Meanings, as_of: str) -> None:
        self._meanings = meanings
        self._as_of = as_of

    def programs(self, row: FederalRow) -> list[Plain]:
        """One program for each level of care that the row states or suggests."""
        facts = self._facts(row)
        return [
            {
                "id": f"{row.key}:{level or 'care'}",
                "name": PROGRAM_NAMES.get((level, row.survey), "{}").format(row.name),
                "level_of_care": level or None,
                "level_evidence": grade if level else None,
                **facts,
            }
            for level, grade in levels(row).items()
        ]

    def _facts(self, row: FederalRow) -> Plain:
        codes, of = row.codes, self._meanings.of
        only = [words for code, words in ONLY.items() if code in codes]
        payers = of("payers", codes)
        return {
            "description": f"The federal list says: {'; '.join(only)}." if only else None,
            "focus": sorted(focus(row)),
            "conditions": of("conditions", codes),
            "services": of("services", codes),
            "ages": ages(codes),
            "populations": populations(codes, self._meanings),
            "languages": dict.fromkeys(of("languages", codes), LANGUAGE_SUPPORT),
            "payers": [{"payer": p, "network": "in", "as_of": self._as_of} for p in payers],
            "accreditations": of("accreditations", codes),
        }


def levels(row: FederalRow) -> Mapping[str, str]:
    """Each level of care with how sure it is; '' where no code says one."""
    day, named = ("ODT", "PHDT")[row.survey == "mental"], NAMED_IOP.search(row.name)
    found: dict[str, str] = {}
    if row.survey == "substance" and "OIT" in row.codes:
        found["iop"] = "stated"
    if day in row.codes:
        found["php"] = "stated"
    if "iop" not in found and (named or (row.survey == "mental" and found)):
        found["iop"] = "suggested"
    if found:
        return found
    other = next((level for level, codes in OTHER_LEVELS if row.codes & codes), "")
    return {other: "stated"}


def focus(row: FederalRow) -> list[str]:
    """Alcohol or drugs, or mental health, by the survey; both where a code says so."""
    both = ["co_occurring"] if row.codes & {"SUMH", "CO"} else []
    return [FOCUS[row.survey], *both]


def populations(codes: frozenset[str], meanings: Meanings) -> Plain:
    """Who is welcome or left out by sex and age, and who has a program of their own, by code."""
    said: Plain = {}
    if codes & {"FEM", "MALE"}:
        said = {
            "women": "welcomes" if "FEM" in codes else "excludes",
            "men": "welcomes" if "MALE" in codes else "excludes",
        }
    if "CHLD" in codes:
        said["adolescents"] = "welcomes"
    dedicated = meanings.of("populations", codes)
    said |= {code: "dedicated" for code in dedicated if said.get(code) != "excludes"}
    return dict(sorted(said.items()))


def ages(codes: frozenset[str]) -> Plain | None:
    """The years of age that the age codes cover; None if there is no age code.

    CHLD is "17 or younger": with adults beside it, every age is covered.
    """
    if not codes & {"CHLD", "YAD", "ADLT", "SNR"}:
        return None
    oldest = None if codes & {"ADLT", "SNR"} else 25 if "YAD" in codes else 17
    if "CHLD" not in codes:
        return {"min": 18, "max": oldest}
    return {"min": 0 if oldest is None else None, "max": oldest}
