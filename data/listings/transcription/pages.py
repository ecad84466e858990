"""What a program's own page says, fact by fact."""

import csv
import re
from pathlib import Path
from typing import Any

from transcription.facts import Sheet
from transcription.names import phone_number, program_name
from transcription.schedules import tracks_of
from transcription.sources import DHCS, SAMHSA, Door, Page

Json = dict[str, Any]
FOCUS = {"MH": "mental_health", "SUD": "substance_use", "co-occurring": "co_occurring"}
CONDITIONS = {"MH OCD": "ocd", "trauma": "trauma"}


def read_phrases(path: Path) -> dict[str, list[str]]:
    """Phrases of the pages and the services they state; an empty list states none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["phrase"]: [s for s in row["services"].split("|") if s] for row in rows}


def registry(page: Page) -> Json | None:
    """The list that the address columns were taken from, or None."""
    named = page.row["registry_match"]
    return SAMHSA if named.startswith("SAMHSA") else DHCS if named.startswith("DHCS") else None


def door_of(page: Page) -> Door:
    """Where the page's program is, by the page if it says so, else by the list that knows it."""
    row = page.row
    own = page_gives_address(page)
    street, _, unit = (row["address"] if own else row["registry_address"]).partition(", ")
    city = row["city"] if own else row["registry_city"] or row["city"]
    return Door(
        key=f"page:{page.id}",
        names=(row["organisation"],),
        phone=phone_number(row["phone"]) or phone_number(row["registry_phone"]),
        street=street or None,
        unit=unit or None,
        city=None if ";" in city else city or None,
        zip=row["zip"] or row["registry_zip"] or None,
        withheld="withheld" in row["registry_match"],
    )


def page_gives_address(page: Page) -> bool:
    """True if the street stands on the program's own page."""
    return bool(page.row["address"]) and page.row["location_basis"] == "page"


def level_of(page: Page) -> str:
    """The level of care; a page that offers both is listed as an IOP."""
    return "iop" if "IOP" in page.row["level_of_care"] else "php"


def focus_of(page: Page) -> list[str]:
    """What the page says it treats."""
    said = page.row["focus"].split(";")
    return sorted({FOCUS[word.split()[0]] for word in said if word.split()[0] in FOCUS})


def say_page(sheet: Sheet, page: Page, phrases: dict[str, list[str]]) -> None:
    """State every fact of the page."""
    row, source = page.row, page.source
    said = row["focus"].split(";")
    sheet.say("name", program_name(row["organisation"], row["name"]), source)
    sheet.say("level_of_care", level_of(page), source)
    sheet.say("level_evidence", "stated", source)
    sheet.say_codes("focus", focus_of(page), source)
    sheet.say_codes("conditions", [CONDITIONS[w] for w in said if w in CONDITIONS], source)
    sheet.say_codes("services", services_of(page, phrases), source)
    sheet.say("ages", ages_of(row["age_group"]), source)
    _say_populations(sheet, page)
    sheet.say("weeks", weeks_of(row["weeks"]), source)
    sheet.say("attendance", row["attendance_policy"] or None, source)
    sheet.say("description", description_of(page), source)
    sheet.say("tracks", tracks_of(page), source)
    if "private insurance" in row["payers"]:
        taken = {"payer": "private-insurance", "network": "unknown", "as_of": None}
        sheet.say_items("payers", {"private-insurance": taken}, source)


def _say_populations(sheet: Sheet, page: Page) -> None:
    """A page that also mentions teens does not take away the group a list knows of."""
    known = sheet.items.get("populations", {})
    said = populations_of(page)
    kept = {code: said[code] for code in said if said[code] != "welcomes" or code not in known}
    sheet.say_items("populations", kept, page.source)


def say_registry_license(sheet: Sheet, page: Page) -> None:
    """State the certificate that the state list gives the page's site, where it is one number."""
    if number := re.match(r"(\w+) exp (\d{4}-\d{2}-\d{2})", page.row["registry_licence"]):
        item = {"body": DHCS["name"], "number": number[1], "kind": None, "expires": number[2]}
        sheet.say_items("licenses", {number[1]: item}, DHCS)


def services_of(page: Page, phrases: dict[str, list[str]]) -> list[str]:
    """The services that the page's phrases state; every phrase has to be in the table."""
    said = [part.strip() for part in page.row["services"].split(";") if part.strip()]
    return sorted({service for phrase in said for service in phrases[phrase]})


def ages_of(age_group: str) -> Json | None:
    """'12-17', 'adult'; a school level or 'adult;adolescent' gives no years: unknown."""
    if years := re.search(r"(\d+)-(\d+)", age_group):
        return {"min": int(years[1]), "max": int(years[2])}
    return {"min": 18, "max": None} if age_group == "adult" else None


def populations_of(page: Page) -> Json:
    """Whom the page names as its people."""
    said: Json = {}
    ages = ages_of(page.row["age_group"])
    if page.row["age_group"].startswith("adolescent"):
        said["adolescents"] = "dedicated"
    if page.row["age_group"] == "adult;adolescent":
        said["adolescents"] = "welcomes"
    if ages and ages["max"] is not None:
        said["adolescents" if ages["max"] < 18 else "young_adults"] = "dedicated"
    if page.row["gender_or_population"] == "women":
        said["women"] = "dedicated"
    return said


def weeks_of(text: str) -> Json | None:
    """'8', '2-4', 'usually 2'; 'about 60 days PHP/IOP' speaks of two programs: unknown."""
    if not text or "days" in text:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return {"min": numbers[0], "max": numbers[-1]}


def description_of(page: Page) -> str | None:
    """What has no field of its own, in the words of the transcript."""
    row = page.row
    vague = row["schedule_grade"] == "no_numbers"
    parts = {
        "To start": row["start_rule"],
        "First": row["first_week"],
        "Group size": row["group_size"],
        "Sessions in all": row["sessions_total"],
        "Hours": row["hours_per_week_stated"],
        "Length": row["weeks"] if "days" in row["weeks"] else "",
        "Afterwards": row["aftercare"],
        "Their week": (page.tracks[0]["note"] or "") if vague else "",
        "Please check": row["note"] if "moved" not in row["note"] else "",
        "Places": row["city"].replace("; ", " and ") if ";" in row["city"] else "",
    }
    said = [f"{label}: {text}." for label, text in parts.items() if text]
    return " ".join(said) or None
