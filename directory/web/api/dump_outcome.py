"""Outcomes as the plain data of the API. Pure; orjson writes it."""

from collections.abc import Iterable
from datetime import date
from html import escape

import orjson

from directory.catalog.evidence import Freshness
from directory.catalog.schedule import DAYS, Track
from directory.matching.outcome import (
    Highlight,
    Match,
    NeedAnswer,
    Outcome,
    Proof,
    ScheduleAnswer,
)
from directory.matching.week import DAY_MINUTES, WEEK_MINUTES, Interval
from directory.web.api.dump import Json, beginning, clock, openings
from directory.web.api.proofs import evidence


def answer(outcome: Outcome, page: Json, freshness: Freshness, today: date) -> Json:
    """The envelope of a match, as it stands today."""
    return {
        "data": [_match(match, freshness, today) for match in outcome.matches],
        "page": page,
        "facets": outcome.facets,
        "relax": [
            {"need": change.need, "to": dict(change.to), "more": change.more}
            for change in outcome.relax
        ],
        "meta": _meta(outcome),
    }


def time_of_week(day: int, start: int, end: int) -> Json:
    """A part of a week; a start before midnight lies on the day before, a late one on the next."""
    minute = (day * DAY_MINUTES + start) % WEEK_MINUTES
    length = (end - start) % DAY_MINUTES or DAY_MINUTES
    begin = minute % DAY_MINUTES
    return {
        "day": DAYS[minute // DAY_MINUTES],
        "start": clock(begin),
        "end": clock(begin + length),
    }


class Proofs:
    """The JSON of proofs, by identity: a finder gives the same few objects again and again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[int, tuple[Proof, orjson.Fragment]] = {}

    def encoded(self, proof: Proof) -> orjson.Fragment:
        """The evidence of a proof. The proof is kept, so that nothing else gets its id."""
        found = self._known.get(id(proof))
        if found is not None and found[0] is proof:
            return found[1]
        fragment = orjson.Fragment(orjson.dumps(evidence(proof.source, proof.state)))
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[id(proof)] = proof, fragment
        return fragment


PROOFS = Proofs(most=65_536)


def _match(match: Match, freshness: Freshness, today: date) -> Json:
    receipt = match.receipt
    return {
        "program": orjson.Fragment(match.record.encoded),
        "track": _attended(match.track, freshness, today),
        "score": match.score,
        "miles": match.miles,
        "travel_minutes": match.travel_minutes,
        "first_group": beginning(match.first_group),
        "schedule": match.schedule and _schedule(match.schedule),
        "needs": [_need_answer(given) for given in match.answers],
        "receipt": {"tier": receipt.tier, "weights": receipt.weights, "parts": receipt.parts},
        "highlight": match.highlight and marked(match.highlight),
    }


def marked(line: Highlight) -> str:
    """A line as HTML: escaped, with the words searched for in `mark`."""
    return "".join(
        f"<mark>{escape(text)}</mark>" if is_word else escape(text) for text, is_word in line
    )


def _attended(track: Track | None, freshness: Freshness, today: date) -> Json | None:
    """The track that answers: its name and manner; its sessions stand in the program."""
    if track is None:
        return None
    return {
        "label": track.label,
        "mode": track.mode,
        "season": track.season,
        "schedule_grade": track.schedule_grade,
        "openings": openings(track.openings, freshness, today),
    }


def _schedule(given: ScheduleAnswer) -> Json:
    change = given.smallest_change
    return {
        "verdict": given.verdict,
        "missed_minutes": given.missed_minutes,
        "conflicts": [
            {**time_of_week(c.day, c.start, c.end), "minutes": c.minutes} for c in given.conflicts
        ],
        "smallest_change": None if change is None else _times(change),
        "weekly_contact_minutes": given.weekly_contact_minutes,
        "weekly_span_minutes": given.weekly_span_minutes,
        "ask": given.ask,
        "sessions": _times(given.sessions),
        "evidence": PROOFS.encoded(given.proof),
    }


def _times(intervals: Iterable[Interval]) -> list[Json]:
    return [time_of_week(i.day, i.start, i.end) for i in intervals]


def _need_answer(given: NeedAnswer) -> Json:
    return {
        "need": given.need,
        "asked": given.asked,
        "answer": given.answer,
        "detail": given.detail,
        "evidence": PROOFS.encoded(given.proof),
    }


def _meta(outcome: Outcome) -> Json:
    place, understood = outcome.place, outcome.understood
    return {
        "generation": outcome.generation,
        "as_of": outcome.as_of,
        "place": place and {"name": place.name, "precision": place.precision},
        "within_miles": outcome.within_miles,
        "looked_at": outcome.looked_at,
        "counts": dict(outcome.counts),
        "understood": {
            "spelling": [{"typed": typed, "used": used} for typed, used in understood.spelling],
            "concepts": [{"kind": kind, "code": code} for kind, code in understood.concepts],
            "help_first": understood.help_first,
            "out_of_scope": understood.out_of_scope,
        },
    }
