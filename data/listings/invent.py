"""Invent the example programs of `data/listings/examples`, drawn from what programs publish.

Run `python data/listings/invent.py`. The seed is fixed: the same plans give the same bytes. Each
program says that it is invented, has a number 555-01xx and a source of the method `example`.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from invention.statistics import GRADES, PARTS, WEEKS, drawn, in_percent
from invention.week import drawn_track, laid_down

Json = dict[str, Any]
HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 24)
SEED = 20261124
NOTICE = "Example program, invented to try Stepwise."
FOCUS_WORDS = {
    "mental_health": "mental health",
    "substance_use": "alcohol or drugs",
    "co_occurring": "both together",
}
COHORT_MONDAYS = (date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1))
ANSWERS = ("yes", "yes", "yes", "yes", "no", "unknown")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def source(seen_on: date) -> Json:
    """The only source an invented fact has."""
    return {
        "name": "Stepwise example",
        "url": None,
        "seen_on": seen_on.isoformat(),
        "method": "example",
    }


def listing(plans: list[dict[str, str]]) -> Json:
    """The whole file, one organization a plan, ordered as planned."""
    rng = Random(SEED)
    organizations = [organization(rng, plan, place) for place, plan in enumerate(plans)]
    return {"source": source(TODAY - timedelta(days=1)), "organizations": organizations}


def organization(rng: Random, plan: dict[str, str], place: int) -> Json:
    """One organization with its site and program."""
    known = source(TODAY - timedelta(days=facts_days_ago(rng, plan)))
    shown = program(rng, plan, known)
    site = {
        "id": f"example-{plan['id']}",
        "name": plan["program"],
        "phone": plan["phone"],
        "time_zone": "America/Los_Angeles",
        "address": {
            "street": f"{120 + 10 * place} Example Street",
            "unit": plan["unit"] or None,
            "city": plan["city"],
            "state": "CA",
            "zip": plan["zip"],
        },
        "lat": None,
        "lon": None,
        "programs": [shown],
        "evidence": dict.fromkeys(("name", "phone", "time_zone", "address"), known),
    }
    name = f"{plan['organization']} (example)"
    identity = f"example-{plan['id']}"
    return {"id": identity, "name": name, "sites": [site], "evidence": {"name": known}}


def facts_days_ago(rng: Random, plan: dict[str, str]) -> int:
    """How long ago the facts were confirmed: fresh, due, and past the limit of a schedule."""
    return int(plan["facts_days_ago"] or rng.choice((3, 8, 12, 25, 40, 75, 120)))


def program(rng: Random, plan: dict[str, str], known: Json) -> Json:
    """One invented program; a fact that the plan leaves out stays unknown."""
    facts: Json = {
        "name": plan["program"],
        "description": description(plan),
        "level_of_care": plan["level"],
        "level_evidence": "stated",
        "focus": plan["focus"].split("|"),
        "conditions": listed(plan["conditions"]),
        "services": listed(plan["services"]),
        "ages": ages(plan),
        "populations": populations(plan["populations"]),
        "languages": dict(pair.split("=") for pair in listed(plan["languages"])),
        "payers": payers(plan, known["seen_on"]),
        "weeks": weeks(rng, plan),
        "price": price(rng, plan),
        "attendance": plan["attendance"] or None,
        "tracks": tracks(rng, plan),
    }
    shown = {fact: value for fact, value in facts.items() if value not in (None, [], {})}
    evidence = {fact: known for fact in shown if fact != "level_evidence"}
    if any(track["openings"]["reported_on"] for track in shown["tracks"]):
        evidence["openings"] = known
    return {"id": f"example-{plan['id']}", **shown, "evidence": evidence}


def listed(cell: str) -> list[str]:
    """The items of a cell."""
    return [item for item in cell.split("|") if item]


def description(plan: dict[str, str]) -> str:
    """The notice first, then one plain sentence."""
    words = [FOCUS_WORDS[focus] for focus in plan["focus"].split("|")]
    kind = "A day program" if plan["level"] == "php" else "An IOP"
    where = "by video, anywhere in California" if plan["mode"] == "virtual" else plan["city"]
    return f"{NOTICE} {kind} for {', '.join(words)}: {where}."


def ages(plan: dict[str, str]) -> Json:
    """Years of age as planned; no upper end is an open one."""
    highest = int(plan["max_age"]) if plan["max_age"] else None
    return {"min": int(plan["min_age"]), "max": highest}


def populations(cell: str) -> Json:
    """Groups with a program of their own; '!' stands before those it is not for."""
    return {
        item.lstrip("!"): "excludes" if item.startswith("!") else "dedicated"
        for item in listed(cell)
    }


def payers(plan: dict[str, str], as_of: str) -> list[Json]:
    """In network and out of network as planned; the rest stays unknown."""
    networks = dict.fromkeys(listed(plan["payers_in"]), "in")
    networks |= dict.fromkeys(listed(plan["payers_out"]), "out")
    return [
        {"payer": code, "network": network, "as_of": as_of} for code, network in networks.items()
    ]


def weeks(rng: Random, plan: dict[str, str]) -> Json | None:
    """6 to 12 weeks for an IOP; a program without a schedule says no length either."""
    if plan["grade"] == "none":
        return None
    if plan["weeks"]:
        return {"min": int(plan["weeks"]), "max": int(plan["weeks"])}
    least = drawn(rng, WEEKS)
    return {"min": least, "max": min(12, least + rng.choice((0, 0, 2)))}


def price(rng: Random, plan: dict[str, str]) -> Json | None:
    """A price a day where people may pay themselves; lower by income where the plan says so."""
    if "self-pay" not in plan["payers_in"]:
        return None
    sliding = "sliding-scale" in plan["payers_in"]
    dollars = int(plan["price_day"] or rng.randrange(250, 651, 10))
    return {"cents": 100 * dollars, "per": "day", "sliding_scale": sliding}


def tracks(rng: Random, plan: dict[str, str]) -> list[Json]:
    """The planned tracks, or one that is drawn; the seasons of one label start alike."""
    found = (
        laid_down(plan["pattern"], plan["grade"], plan["mode"])
        if plan["pattern"]
        else [drawn_track(rng, plan["grade"], plan["part"], plan["mode"])]
    )
    entries: dict[str | None, Json] = {}
    for track in found:
        if track["label"] not in entries:
            entry = {"start": start(rng, plan, track), "openings": openings(rng, plan)}
            entries[track["label"]] = entry
    return [track | entries[track["label"]] for track in found]


def start(rng: Random, plan: dict[str, str], track: Json) -> Json:
    """Any week after some days, on dates from December to February, or not published."""
    if plan["start"] == "rolling":
        lead_days = int(plan["lead_days"] or rng.choice((1, 2, 3, 5, 7, 10)))
        return {"rule": "rolling", "dates": [], "lead_days": lead_days}
    if plan["start"] == "unknown":
        return {"rule": "unknown", "dates": [], "lead_days": None}
    days = [session["day"] for session in track["sessions"] if session.get("day")]
    first = timedelta(days=WEEKDAYS.index(days[0]) if days else 0)
    shift = 0 if plan["pattern"] else rng.choice((0, 7))
    dates = [(monday + first + timedelta(days=shift)).isoformat() for monday in COHORT_MONDAYS]
    return {"rule": "cohort", "dates": dates, "lead_days": 3}


def openings(rng: Random, plan: dict[str, str]) -> Json:
    """What was last heard of places, 1 to 40 days ago; never heard where little is known."""
    if plan["grade"] == "none" or plan["start"] == "unknown":
        return {"accepting": "unknown", "seats": None, "reported_on": None}
    accepting = "yes" if plan["heard_days_ago"] else rng.choice(ANSWERS)
    reported = TODAY - timedelta(days=int(plan["heard_days_ago"] or rng.randint(1, 40)))
    seats = rng.choice((None, 1, 2, 3, 4)) if accepting == "yes" else None
    return {"accepting": accepting, "seats": seats, "reported_on": reported.isoformat()}


def realised_shares(plans: list[dict[str, str]]) -> str:
    """The shares of the file beside the published ones."""
    iops = [plan for plan in plans if plan["level"] == "iop"]
    grades = Counter(plan["grade"] for plan in iops)
    timed = [p for p in iops if p["grade"] in ("days_and_times", "times_only")]
    parts = Counter(plan["part"] for plan in timed)
    online = sum(plan["mode"] in ("virtual", "hybrid") for plan in iops)
    return "\n".join(
        [
            f"{len(plans)} invented programs, {len(iops)} of them IOPs",
            f"grades published: {in_percent(GRADES, GRADES)}",
            f"grades here:      {in_percent(grades, GRADES)}",
            f"parts published:  {in_percent(PARTS, PARTS)}",
            f"parts here:       {in_percent(parts, PARTS)}",
            f"virtual or hybrid: published 10 %, here {100 * online / len(iops):.0f} %",
        ]
    )


def main(arguments: list[str]) -> None:
    """Write into the folder named, or into `data/listings/examples`."""
    parser = argparse.ArgumentParser(description="Invent example programs.")
    parser.add_argument("--into", type=Path, default=HERE / "examples")
    folder: Path = parser.parse_args(arguments).into
    with (HERE / "invention" / "plans.csv").open(encoding="utf-8", newline="") as file:
        plans = list(csv.DictReader(file))
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(listing(plans), ensure_ascii=False, indent=1) + "\n"
    (folder / "examples.json").write_text(text, encoding="utf-8")
    print(realised_shares(plans))


if __name__ == "__main__":
    main(sys.argv[1:])
