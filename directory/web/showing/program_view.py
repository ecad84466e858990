"""What a program's page says, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.catalog.conflict import state_of
from directory.catalog.evidence import State
from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Track
from directory.matching.need import Need
from directory.matching.outcome import FirstGroup, Match, ScheduleAnswer
from directory.web.i18n import gettext
from directory.web.proofs import proof_today, week_proof
from directory.web.services import services
from directory.web.showing import week_picture, words
from directory.web.showing.answering import Said, modes, said
from directory.web.showing.asking import Question
from directory.web.showing.cards import ages_told, caption, focus_words, trip, way
from directory.web.showing.my_weeks import MyWeeks, my_weeks
from directory.web.showing.names import track_name, written_in
from directory.web.showing.openings import openings
from directory.web.showing.program_facts import (
    Fact,
    Permit,
    facts,
    hours_a_week,
    level,
    offers,
    payers,
    paying_oneself,
    people,
    permit,
    weeks,
)
from directory.web.showing.questions import questions
from directory.web.showing.week_picture import Picture, Week

MOST_ON_PAPER = 20
"""Questions that one sheet has room for; the person's own stand first."""
Told = tuple[Track, ScheduleAnswer | None, FirstGroup]


@dataclass(frozen=True, slots=True)
class Group:
    """One track: its name, verdict, picture and start. `lang` is set where the name is foreign.

    `named` is False where the program gives it no name.
    """

    name: str
    named: bool
    lang: str | None
    where: str
    verdict: words.Verdict
    picture: Picture | None
    question: str
    first: tuple[str, str]
    openings: str
    hours: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page, in the order it is read."""

    name: str
    lead: str
    level: Said
    groups: tuple[Group, ...]
    weeks: MyWeeks | None
    asked: bool
    payers: tuple[tuple[str, Said, str], ...]
    offers: tuple[Said, ...]
    people: tuple[Said, ...]
    way: str
    fresh: str
    wanted: tuple[Said, ...]
    questions: tuple[Question, ...]
    sheet: tuple[Question, ...]
    facts: tuple[Fact, ...]
    permits: tuple[Permit, ...]
    dhcs: bool
    today: str


def program_page(match: Match, need: Need, told: Sequence[Told]) -> Page:
    """Everything about one program, for one need or for none."""
    listing, today = match.listing, services.clock().date()
    tracks = [track for track, _, _ in told] if listing.program.tracks else []
    asked = questions(listing, tracks, match.first_group, match.answers, services.vocabularies)
    return Page(
        name=listing.program.name,
        lead=lead(listing, tracks),
        level=level(listing.program),
        groups=groups(match, need, told if tracks else ()),
        weeks=_weeks(match, need, told) if tracks else None,
        asked=bool(need.weeks),
        payers=(*payers(listing.program), *paying_oneself(listing.program)),
        offers=offers(listing.program),
        people=people(listing.program),
        way=way(match, need, match.listing.site.address.city) if need.near else "",
        fresh=_fresh(listing, today),
        wanted=tuple(
            said(one, services.vocabularies) for one in match.answers if one.need not in _ELSEWHERE
        ),
        questions=asked,
        sheet=asked[:MOST_ON_PAPER],
        facts=tuple(facts(listing, today)),
        permits=tuple(permit(one, today) for one in listing.program.licenses),
        dhcs=any("DHCS" in source.name for source in listing.program.evidence.values()),
        today=words.full_date(today),
    )


def _weeks(match: Match, need: Need, told: Sequence[Told]) -> MyWeeks:
    """The weeks of the track that answers best."""
    way_there = match.travel_minutes if need.near else None
    return my_weeks(match.listing, told[0], need, way_there)


_ELSEWHERE = frozenset({"near", "schedule", "text"})


def _fresh(listing: Listing, today: date) -> str:
    for fact in ("tracks", "level_of_care", "name"):
        if source := listing.program.source_of(fact):
            state = state_of(listing.program, fact, services.freshness, today)
            return words.freshness(source, state, today)
    return words.freshness(None, State.UNKNOWN, today)


def lead(listing: Listing, tracks: Sequence[Track]) -> str:
    """Such as 'Alcohol or drugs. Adults. Pasadena. 8 to 12 weeks.'."""
    program = listing.program
    parts = [
        focus_words(program.focus),
        ages_told(program),
        listing.site.address.city,
        "" if proof_today(program, "weeks").in_doubt else words.capitalized(weeks(program)),
    ]
    doubtful = week_proof(program).in_doubt
    if len(tracks) == 1 and not doubtful and (known := words.meets(tracks[0])):
        parts.append(words.capitalized(known))
    return " ".join(words.sentence(part) for part in parts if part)


# --- groups -----------------------------------------------------------------------------------


def groups(match: Match, need: Need, told: Sequence[Told]) -> tuple[Group, ...]:
    """Every track; the pictures share one scale, the first is drawn larger."""
    way_there, proof = trip(match.travel_minutes), week_proof(match.listing.program)
    drawn = [
        week_picture.week_of(track, need.weeks, way_there, doubtful=words.in_doubt(schedule, proof))
        for track, schedule, _ in told
    ]
    return tuple(
        _group(
            one, match.listing.program, week, week_picture.scale_for(drawn, 10 if place == 0 else 9)
        )
        for place, (one, week) in enumerate(zip(told, drawn, strict=True))
    )


def _group(told: Told, program: Program, week: Week | None, scale: week_picture.Scale) -> Group:
    track, schedule, first = told
    proof = week_proof(program)
    verdict = words.verdict(schedule, track, proof)
    name = track_name(track, with_season=False)
    left_open = words.left_open(schedule, track, proof)
    return Group(
        name=track_name(track),
        named=bool(track.label),
        lang=written_in(track.label),
        where=modes().get(track.mode or "", gettext("In person or by video: not published. Ask.")),
        verdict=verdict,
        picture=week_picture.draw(week, scale, caption(name, verdict)) if week else None,
        question=words.schedule_question(left_open, track) if verdict.mark == "ask" else "",
        first=words.first_group(first, services.clock().date()),
        openings=openings(program, track),
        hours="" if words.in_doubt(schedule, proof) else hours_a_week(schedule),
    )
