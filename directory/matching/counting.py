"""Counts beside the answers: facets, and what one change would bring."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from directory.catalog.vocabulary import Vocabulary
from directory.matching.answered import Tally
from directory.matching.criterion import Context, Flags, Rows
from directory.matching.judgement import Judgement, close_to_fitting
from directory.matching.near_misses import near_misses
from directory.matching.need import Need
from directory.matching.outcome import Relax
from directory.matching.reach import STEPS
from directory.matching.roster import Roster

FACETS = {
    "payer": "payers",
    "services": "services",
    "focus": "focus",
    "level_of_care": "levels_of_care",
    "languages": "languages",
    "populations": "populations",
}

CLOSE_MINUTES = (15, 30, 60)


def facets_of(roster: Roster, rows: Rows, context: Context) -> dict[str, dict[str, dict[str, int]]]:
    """For each code that some program answers: how many say yes, and how many do not say."""
    tallies = roster.answered.tallies(rows)
    return {
        need: _facet(tallies[need], len(rows), context.vocabularies[kind])
        for need, kind in FACETS.items()
    }


def _facet(
    tallies: Iterable[Tally], rows: int, vocabulary: Vocabulary
) -> dict[str, dict[str, int]]:
    codes = vocabulary.codes()
    return {codes[at]: {"yes": yes, "unknown": rows - yes - no} for at, yes, no in tallies}


def relax_of(judged: Judgement) -> tuple[Relax, ...]:
    """What brings more programs: a wider radius, hours to free, more time, one must-have less."""
    found = [*_wider(judged), *near_misses(judged), *_more_time(judged)]
    passing = _how_many(judged.passing)
    asked = set(judged.failing) | (judged.must & judged.tracks.answers.keys())
    for name in sorted(asked - {"near"}):
        more = _how_many(judged.passing_all_but(name)) - passing
        found.append(Relax(name, _dropped(name), more))
    return tuple(one for one in found if one.more > 0)


def _how_many(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def _dropped(name: str) -> Mapping[str, object]:
    return {"text": ""} if name == "text" else {"must": False}


def _wider(judged: Judgement) -> list[Relax]:
    reach = judged.reach
    if reach.next_miles is None or "near" not in judged.must:
        return []
    ring = judged.passing_all_but("near") & reach.ring
    more = _how_many(ring) - _how_many(ring & judged.passing)
    return [Relax("near", {"within_miles": reach.next_miles}, more)]


def nobody_near(judged: Judgement, told: Iterable[Relax]) -> bool:
    """True if distance rules out, no program inside the radius is left, and none just outside it."""
    if "near" not in judged.must or judged.reach.place is None:
        return False
    return not (judged.passing & judged.reach.inside).any() and all(
        one.need != "near" for one in told
    )


def farther(judged: Judgement) -> Iterator[tuple[Need, Mapping[str, object]]]:
    """The same need within each radius that was not looked at yet; at last, at any distance."""
    reach, need = judged.reach, judged.need
    for miles in STEPS:
        if miles > (reach.next_miles or reach.within_miles or 0):
            yield replace(need, within_miles=float(miles)), {"within_miles": float(miles)}
    yield replace(need, must=need.must - {"near"}), {"must": False}


def _more_time(judged: Judgement) -> list[Relax]:
    if "schedule" not in judged.tracks.answers:
        return []
    least = close_to_fitting(judged)
    for minutes in CLOSE_MINUTES:
        if more := int((least <= minutes).sum()):
            return [Relax("schedule", {"free_minutes": minutes}, more)]
    return []
