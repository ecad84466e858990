"""Records and outcomes as the plain data of the API (CONTRACT, Match). Pure; orjson writes it."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from html import escape

import orjson

from directory.catalog.evidence import Freshness
from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Organization, Program, Site
from directory.catalog.schedule import DAYS, Session, Track
from directory.matching.outcome import Highlight, Match, NeedAnswer, Outcome, Proof, ScheduleAnswer
from directory.matching.week import DAY_MINUTES, WEEK_MINUTES, Interval
from directory.web.api.proofs import conflicts_of, evidence, evidence_of

Json = dict[str, object]

# The facts a result shows of a program: their evidence goes with them.
_BRIEF_FACTS = ("name", "level_of_care", "focus", "phone", "address")


def program_json(listing: Listing, freshness: Freshness, today: date) -> bytes:
    """The program as results show it, encoded once when a generation is published."""
    evidence = evidence_of(listing, freshness, today)
    brief = {fact: evidence[fact] for fact in _BRIEF_FACTS if fact in evidence}
    torn = {
        fact: some
        for fact, some in conflicts_of(listing, freshness, today).items()
        if fact in _BRIEF_FACTS
    }
    return orjson.dumps({**_identity(listing), "evidence": brief, "conflicts": torn})


def whole_program(listing: Listing, freshness: Freshness, today: date) -> Json:
    """Everything listed of one program, with the evidence of each fact."""
    program = listing.program
    return {
        **_identity(listing),
        "version": listing.version,
        **_facts(program),
        "tracks": [_track(track) for track in program.tracks],
        "evidence": evidence_of(listing, freshness, today),
        "conflicts": conflicts_of(listing, freshness, today),
    }


def answer(outcome: Outcome, next_cursor: str | None) -> Json:
    """The envelope of a match."""
    return {
        "data": [_match(match) for match in outcome.matches],
        "page": {"total": outcome.total, "limit": outcome.need.limit, "next": next_cursor},
        "facets": outcome.facets,
        "relax": [
            {"need": change.need, "to": dict(change.to), "more": change.more}
            for change in outcome.relax
        ],
        "meta": _meta(outcome),
    }


def clock(minute: int) -> str:
    """Minutes after midnight as 17:30; the end of a day is 24:00."""
    minute = minute if minute == DAY_MINUTES else minute % DAY_MINUTES
    return f"{minute // 60:02d}:{minute % 60:02d}"


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


def _identity(listing: Listing) -> Json:
    program = listing.program
    return {
        "id": program.id,
        "slug": listing.slug,
        "name": program.name,
        "organization": _organization(listing.organization),
        "site": _site(listing.site),
        "example": listing.example,
        "level_of_care": program.level_of_care,
        "level_evidence": program.level_evidence,
        "focus": program.focus,
        "findings": [_finding(one) for one in listing.findings],
        "links": {"self": f"/api/v1/programs/{program.id}", "page": f"/programs/{listing.slug}"},
    }


def _finding(one: Finding) -> Json:
    """What does not add up, for everyone to read; in English, as codes are."""
    return {
        "rule": one.rule,
        "case": one.case,
        "fact": one.fact,
        "got": one.got,
        "expected": one.expected,
        "source": one.source,
        "sentence": one.sentence,
        "question": one.question,
    }


def _organization(organization: Organization) -> Json:
    return {
        "id": organization.id,
        "name": organization.name,
        "npi": organization.npi,
        "website": organization.website,
    }


def _site(site: Site) -> Json:
    """The door, as far as it may be told: a withheld street has no point on the map either."""
    if site.address.withheld:
        address = replace(site.address, street=None, unit=None)
        site = replace(site, address=address, lat=None, lon=None)
    return {
        "id": site.id,
        "name": site.name,
        "phone": site.phone,
        "time_zone": site.time_zone,
        "address": asdict(site.address),
        "lat": site.lat,
        "lon": site.lon,
    }


def _facts(program: Program) -> Json:
    return {
        "description": program.description,
        "conditions": program.conditions,
        "services": program.services,
        "ages": program.ages and asdict(program.ages),
        "populations": dict(program.populations),
        "languages": dict(program.languages),
        "payers": [asdict(payer) for payer in program.payers],
        "weeks": program.weeks and asdict(program.weeks),
        "price": program.price and asdict(program.price),
        "attendance": program.attendance,
        "licenses": [asdict(license_) for license_ in program.licenses],
        "accreditations": program.accreditations,
    }


def _track(track: Track) -> Json:
    return {**asdict(track), "sessions": [_session(session) for session in track.sessions]}


def _session(session: Session) -> Json:
    return {
        **asdict(session),
        "day": None if session.day is None else DAYS[session.day],
        "day_among": [DAYS[day] for day in session.day_among],
        "start": None if session.start is None else clock(session.start),
        "end": None if session.end is None else clock(session.end),
    }


def _match(match: Match) -> Json:
    first, receipt = match.first_group, match.receipt
    return {
        "program": orjson.Fragment(match.record.encoded),
        "track": _attended(match.track),
        "score": match.score,
        "miles": match.miles,
        "travel_minutes": match.travel_minutes,
        "first_group": {"date": first.date, "certainty": first.certainty, "full": first.full},
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


def _attended(track: Track | None) -> Json | None:
    """The track that answers: its name and manner; its sessions stand in the program."""
    if track is None:
        return None
    openings = track.openings
    return {
        "label": track.label,
        "mode": track.mode,
        "season": track.season,
        "schedule_grade": track.schedule_grade,
        "openings": {
            "accepting": openings.accepting,
            "seats": openings.seats,
            "reported_on": openings.reported_on,
        },
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
