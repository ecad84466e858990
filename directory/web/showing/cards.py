"""One program as an answer: everything a result card says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.catalog.conflict import state_of
from directory.catalog.evidence import State
from directory.catalog.program import Listing, Program, Span
from directory.matching.attend import Trip
from directory.matching.need import Need
from directory.matching.outcome import Highlight, Match, Proof, Receipt
from directory.web.i18n import gettext, label_in
from directory.web.kept import recalled, remembered
from directory.web.proofs import proof_today, week_proof
from directory.web.services import services
from directory.web.showing import week_picture, words
from directory.web.showing.answering import Said, lower_first, modes, said
from directory.web.showing.findings import Doubt, doubts
from directory.web.showing.week_picture import Picture, Scale, Week

SHOWN_ELSEWHERE = frozenset({"near", "schedule", "payer", "text"})


@dataclass(frozen=True, slots=True)
class Sign:
    """What a card says of a program whoever asks, in one language, on one day."""

    name: str
    example: bool
    where: str
    city: str | None
    phone: str | None
    website: str | None
    fresh: str
    doubts: tuple[Doubt, ...]
    week: Proof


@dataclass(frozen=True, slots=True)
class Card:
    """A card, in the order it is read."""

    number: int
    slug: str
    sign: Sign
    verdict: words.Verdict
    picture: Picture | None
    question: str
    first: tuple[str, str]
    travel: str
    paying: tuple[Said, ...]
    wanted: tuple[Said, ...]
    receipt: tuple[tuple[str, str], ...]
    highlight: Highlight = ()


def cards(matches: Sequence[Match], need: Need, start: int = 1) -> tuple[Card, ...]:
    """The cards of one page; their pictures share one scale."""
    weeks = [week_of(match, need) for match in matches]
    scale = week_picture.scale_for(weeks)
    return tuple(
        card(match, need, number, week, scale)
        for number, (match, week) in enumerate(zip(matches, weeks, strict=True), start)
    )


def week_of(match: Match, need: Need) -> Week | None:
    """The week of a match's track against the free week asked about."""
    doubtful = words.in_doubt(match.schedule, sign_of(match).week)
    way_there = trip(match.travel_minutes)
    return week_picture.week_of(match.track, need.weeks, way_there, doubtful=doubtful)


def trip(minutes: int | None) -> Trip:
    """The way there in quarter hours, as the matcher counts it."""
    return Trip(-(-(minutes or 0) // 15))


def card(match: Match, need: Need, number: int, week: Week | None, scale: Scale) -> Card:
    """One card."""
    sign = sign_of(match)
    told = words.verdict(match.schedule, match.track, sign.week)
    left_open = words.left_open(match.schedule, match.track, sign.week)
    picture = week_picture.draw(week, scale, caption(sign.name, told)) if week else None
    return Card(
        number=number,
        slug=match.record.slug,
        sign=sign,
        verdict=told,
        picture=picture,
        question=words.schedule_question(left_open, match.track) if told.mark == "ask" else "",
        first=words.first_group(match.first_group, services.clock().date()),
        travel=way(match, need, sign.city),
        paying=answers(match, {"payer"}),
        wanted=answers(match, {one.need for one in match.answers} - SHOWN_ELSEWHERE),
        receipt=receipt_rows(match.receipt),
        highlight=match.highlight or (),
    )


def sign_of(match: Match) -> Sign:
    """What stands on the card of a program's track for everybody."""
    record, today = match.record, services.clock().date()
    mode = match.track.mode if match.track else None
    key = ("sign", record.generation, record.id, mode, today)
    return recalled(key, lambda: _sign(match))


def _sign(match: Match) -> Sign:
    listing = match.listing
    return Sign(
        name=listing.program.name,
        example=listing.example,
        where=where(match),
        city=listing.site.address.city,
        phone=listing.site.phone,
        website=listing.organization.website,
        fresh=fresh(listing),
        doubts=doubts(listing.findings),
        week=week_proof(listing.program),
    )


def caption(name: str, told: words.Verdict) -> str:
    """The picture's caption is the verdict."""
    return " ".join(part for part in (f"{name}.", told.claim, told.rest) if part)


def answers(match: Match, wanted: set[str]) -> tuple[Said, ...]:
    """What was asked and what we know, for these needs."""
    return tuple(
        recalled(
            ("said", one.need, one.asked, one.answer, one.detail),
            lambda one=one: said(one, services.vocabularies),  # type: ignore[misc]
        )
        for one in match.answers
        if one.need in wanted
    )


def where(match: Match) -> str:
    """Such as 'Lamplight. Pasadena. Mental health. Adults. In person'."""
    listing, program = match.listing, match.listing.program
    runs_it = listing.organization.name if listing.organization.name not in program.name else None
    mode = match.track.mode if match.track else None
    parts = (
        runs_it,
        listing.site.address.city,
        focus_words(program.focus),
        ages_told(program),
        modes().get(mode or ""),
    )
    return ". ".join(part.rstrip(".") for part in parts if part)


def focus_words(codes: Sequence[str]) -> str:
    """Such as 'Mental health and alcohol or drugs': both, if they treat both together."""
    shown = ("mental_health", "substance_use") if "co_occurring" in codes else codes
    labels = services.vocabularies["focus"]
    return in_sentence([label_in(labels, code) for code in shown])


def in_sentence(labels: Sequence[str]) -> str:
    """Labels in a row; only the first keeps its capital."""
    return words.in_a_row([*labels[:1], *(lower_first(label) for label in labels[1:])])


def ages(span: Span | None) -> str:
    """'Adults', 'Ages 13 to 17', 'Ages 18 and over'."""
    if span is None or (span.min is None and span.max is None):
        return ""
    if not span.min and span.max is None:
        return gettext("All ages")
    if span.min == 18 and span.max is None:
        return gettext("Adults")
    if span.max is None:
        return gettext("Ages %(min)d and over", min=span.min)
    if span.min is None:
        return gettext("Up to age %(max)d", max=span.max)
    return gettext("Ages %(min)d to %(max)d", min=span.min, max=span.max)


def ages_told(program: Program) -> str:
    """The same of a program, as long as it counts."""
    return "" if proof_today(program, "ages").in_doubt else ages(program.ages)


def way(match: Match, need: Need, city: str | None) -> str:
    """The way there, or that there is none; the city where nobody said where they are."""
    if match.track and match.track.mode == "virtual":
        return gettext("From home, by video")
    if need.near is None:
        return city or gettext("Ask where they are.")
    return words.travel(match.miles, match.travel_minutes, need.travel_by)


def fresh(listing: Listing) -> str:
    """How fresh the schedule is, or what else made us list it."""
    fact = next(
        (one for one in ("tracks", "level_of_care", "name") if listing.program.source_of(one)),
        "name",
    )
    source, today = listing.program.source_of(fact), services.clock().date()
    state = state_of(listing.program, fact, services.freshness, today) if source else State.UNKNOWN
    return words.freshness(source, state, today)


def receipt_rows(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Points by part, out of the most it can give; the last row is the total."""
    weights, parts, said = receipt.weights, receipt.parts, gettext("%(points)s of %(most)s")
    rows = [
        (name, _of(weights[part] * parts[part], weights[part], said))
        for part, name in part_names().items()
        if part in parts
    ]
    most = sum(weights.values())
    return (*rows, (gettext("Total"), _of(receipt.score() * most, most, said)))


def _of(points: float, most: float, said: str) -> str:
    return said % {"points": f"{points:.1f}".removesuffix(".0"), "most": f"{most:g}"}


@remembered
def part_names() -> Mapping[str, str]:
    """The parts of the formula in words."""
    return {
        "schedule": gettext("Fits your week"),
        "near": gettext("Near you"),
        "payer": gettext("How you pay"),
        "wanted": gettext("What you asked for"),
        "words": gettext("Your words"),
        "level": gettext("Surely an IOP"),
        "start": gettext("Starts in time"),
        "fresh": gettext("Fresh facts"),
    }
