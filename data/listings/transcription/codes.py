"""What the codes of the federal list and the words of the state list mean in our facts."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transcription.facts import Sheet
from transcription.sources import DHCS, SAMHSA, FederalRow, StateRow

Json = dict[str, Any]
LISTS = ("conditions", "services", "accreditations")
# The survey asks whether staff or an interpreter gives the service: the smaller claim is kept.
LANGUAGE_SUPPORT = "interpreter"
ONLY = {
    "DUO": "DUI/DWI clients only",
    "OUDO": "opioid use disorder clients only",
    "AUDO": "alcohol use disorder clients only",
}
PROGRAM_CODES = {
    "NON": "outpatient",
    "NON-DETOX": "outpatient with detox",
    "RES": "residential",
    "RES-DETOX": "residential with detox",
}
TARGETS: Mapping[str, Json] = {
    "CO-ED": {"women": "welcomes", "men": "welcomes"},
    "CO-ED/YOUTH": {"women": "welcomes", "men": "welcomes", "adolescents": "welcomes"},
    "MEN ONLY": {"men": "dedicated", "women": "excludes"},
    "WOMEN ONLY": {"women": "dedicated", "men": "excludes"},
}


class Meanings:
    """Federal code -> our codes, read from the `samhsa_codes` column of the vocabularies."""

    def __init__(self, folder: Path) -> None:
        self._codes = {path.stem: _by_federal_code(path) for path in sorted(folder.glob("*.csv"))}

    def of(self, kind: str, codes: frozenset[str]) -> list[str]:
        """Our codes of one vocabulary that the federal codes state, sorted."""
        table = self._codes[kind]
        return sorted({ours for code in codes for ours in table.get(code, ())})


def _by_federal_code(path: Path) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for code in filter(None, row["samhsa_codes"].split("|")):
                table.setdefault(code, []).append(row["id"])
    return table


def say_federal(sheet: Sheet, row: FederalRow, meanings: Meanings) -> None:
    """State everything the federal row says of a program there."""
    for kind in LISTS:
        sheet.say_codes(kind, meanings.of(kind, row.codes), SAMHSA)
    sheet.say_codes("focus", federal_focus(row), SAMHSA)
    sheet.say_items("populations", federal_populations(row.codes, meanings), SAMHSA)
    languages = dict.fromkeys(meanings.of("languages", row.codes), LANGUAGE_SUPPORT)
    sheet.say_items("languages", languages, SAMHSA)
    sheet.say_items("payers", _payers(meanings.of("payers", row.codes)), SAMHSA)
    sheet.say("ages", federal_ages(row.codes), SAMHSA)
    only = [words for code, words in ONLY.items() if code in row.codes]
    if only:
        sheet.say("description", f"The federal list says: {'; '.join(only)}.", SAMHSA)


def federal_focus(row: FederalRow) -> list[str]:
    """Alcohol or drugs, or mental health, by the survey; both where a code says so."""
    own = "substance_use" if row.directory == "substance" else "mental_health"
    return [own, "co_occurring"] if row.codes & {"SUMH", "CO"} else [own]


def _payers(codes: list[str]) -> Json:
    as_of = SAMHSA["dated"]
    return {code: {"payer": code, "network": "in", "as_of": as_of} for code in codes}


def federal_populations(codes: frozenset[str], meanings: Meanings) -> Json:
    """Who is welcome or left out by sex and age, and who has a program of their own."""
    said: Json = {}
    if codes & {"FEM", "MALE"}:
        said = {
            "women": "welcomes" if "FEM" in codes else "excludes",
            "men": "welcomes" if "MALE" in codes else "excludes",
        }
    if "CHLD" in codes:
        said["adolescents"] = "welcomes"
    dedicated = meanings.of("populations", codes)
    return said | {code: "dedicated" for code in dedicated if said.get(code) != "excludes"}


def federal_ages(codes: frozenset[str]) -> Json | None:
    """The years of age that the age codes cover; None if there is no age code.

    CHLD is "17 or younger": with adults beside it, every age is covered.
    """
    if not codes & {"CHLD", "YAD", "ADLT", "SNR"}:
        return None
    oldest = None if codes & {"ADLT", "SNR"} else 25 if "YAD" in codes else 17
    if "CHLD" not in codes:
        return {"min": 18, "max": oldest}
    return {"min": 0 if oldest is None else None, "max": oldest}


def say_state(sheet: Sheet, row: StateRow) -> None:
    """State what the state list says of an outpatient program: focus, who it is for, number."""
    both = row.target == "DUAL DIAGNOSIS" or "co-occurring" in row.name.casefold()
    sheet.say_codes("focus", ["substance_use", *(["co_occurring"] if both else [])], DHCS)
    sheet.say_items("populations", dict(TARGETS.get(row.target, {})), DHCS)


def say_license(sheet: Sheet, row: StateRow) -> None:
    """State the license or certificate of the site."""
    kind = f"{row.kind}, {PROGRAM_CODES[row.program_code]}"
    item = {"body": DHCS["name"], "number": row.number, "kind": kind, "expires": row.expires}
    sheet.say_items("licenses", {row.number: item}, DHCS)
