"""What a program's page says, part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directory.catalog.conflict import state_of
from directory.catalog.evidence import Source, State
from directory.catalog.program import License, Listing, Price, Program
from directory.catalog.schedule import Track
from directory.matching.need import Need
from directory.matching.outcome import FirstGroup, Match, ScheduleAnswer
from directory.web.i18n import gettext, ngettext
from directory.web.services import services
from directory.web.showing import week_picture, words
from directory.web.showing.answering import Said, modes, said
from directory.web.showing.cards import ages, caption, focus_words, trip, way
from directory.web.showing.fact_names import fact_names
from directory.web.showing.questions import Question, offered_languages, payer_said, questions
from directory.web.showing.week_picture import Picture, Week

Told = tuple[Track, ScheduleAnswer | None, FirstGroup]


@dataclass(frozen=True, slots=True)
class Group:
    """One track: its name, verdict, picture and start."""

    name: str
    where: str
    verdict: words.Verdict
    picture: Picture | None
    question: str
    first: tuple[str, str]
    openings: str
    hours: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact's evidence."""

    name: str
    source: str
    url: str | None
    seen: str
    good_until: str
    mark: words.Mark


@dataclass(frozen=True, slots=True)
class Permit:
    """A license as the state's list prints it."""

    body: str
    number: str
    kind: str
    expires: str
    expired: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The page, in the order it is read."""

    name: str
    lead: str
    level: Said
    groups: tuple[Group, ...]
    asked: bool
    payers: tuple[tuple[str, Said, str], ...]
    price: str
    offers: tuple[Said, ...]
    people: tuple[str, ...]
    way: str
    fresh: str
    wanted: tuple[Said, ...]
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]
    permits: tuple[Permit, ...]
    dhcs: bool
    today: str


def program_page(match: Match, need: Need, told: Sequence[Told]) -> Page:
    """Everything about one program, for one need or for none."""
    listing, today = match.listing, services.clock().date()
    tracks = [track for track, _, _ in told] if listing.program.tracks else []
    return Page(
        name=listing.program.name,
        lead=lead(listing, tracks),
        level=level(listing.program),
        groups=groups(match, need, told if tracks else ()),
        asked=bool(need.weeks),
        payers=tuple(payers(listing.program)),
        price=price(listing.program.price),
        offers=offers(listing.program),
        people=people(listing.program),
        way=way(match, need, match.listing.site.address.city) if need.near else "",
        fresh=_fresh(listing, today),
        wanted=tuple(
            said(one, services.vocabularies) for one in match.answers if one.need not in _ELSEWHERE
        ),
        questions=questions(
            listing, tracks, match.first_group, match.answers, services.vocabularies
        ),
        facts=tuple(facts(listing, today)),
        permits=tuple(permit(one, today) for one in listing.program.licenses),
        dhcs=any("DHCS" in source.name for source in listing.program.evidence.values()),
        today=words.full_date(today),
    )


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
        ages(program.ages),
        listing.site.address.city,
        weeks(program),
    ]
    if len(tracks) == 1 and (known := words.meets(tracks[0])):
        parts.append(words.capitalized(known))
    return " ".join(f"{part}." for part in parts if part)


def weeks(program: Program) -> str:
    """'8 to 12 weeks'."""
    span = program.weeks
    if span is None or (span.min is None and span.max is None):
        return ""
    if span.min and span.max and span.min != span.max:
        return gettext("%(min)d to %(max)d weeks", min=span.min, max=span.max)
    return ngettext("%(num)d week", "%(num)d weeks", span.max or span.min or 0)


def level(program: Program) -> Said:
    """What is known of the level of care."""
    label = services.vocabularies["levels_of_care"].label(program.level_of_care or "")
    if program.level_of_care is None:
        return Said("ask", gettext("They do not say if it is an IOP. Ask."))
    if program.level_evidence != "stated":
        return Said("ask", gettext("Their list suggests an IOP. Ask."))
    if program.level_of_care == "outpatient":
        return Said("ask", gettext("Listed as: %(level)s. Ask if they run an IOP.", level=label))
    return Said("yes", label)


# --- groups -----------------------------------------------------------------------------------


def groups(match: Match, need: Need, told: Sequence[Told]) -> tuple[Group, ...]:
    """Every track; the pictures share one scale, the first is drawn larger."""
    way_there = trip(match.travel_minutes)
    drawn = [week_picture.week_of(track, need.weeks, way_there) for track, _, _ in told]
    return tuple(
        _group(one, week, drawn, 10 if place == 0 else 9)
        for place, (one, week) in enumerate(zip(told, drawn, strict=True))
    )


def _group(told: Told, week: Week | None, all_weeks: Sequence[Week | None], pixels: int) -> Group:
    track, schedule, first = told
    verdict = words.verdict(schedule, track)
    name = track.label or gettext("Their group")
    left_open = (schedule.ask if schedule else ()) or words.unpublished(track)
    scale = week_picture.scale_for(all_weeks, pixels)
    return Group(
        name=name
        if not track.season
        else gettext("%(name)s, %(season)s", name=name, season=track.season),
        where=modes().get(track.mode or "", gettext("In person or by video: not published. Ask.")),
        verdict=verdict,
        picture=week_picture.draw(week, scale, caption(name, verdict)) if week else None,
        question=words.schedule_question(left_open, track) if verdict.mark == "ask" else "",
        first=words.first_group(first),
        openings=openings(track),
        hours=hours_a_week(schedule),
    )


def openings(track: Track) -> str:
    """'They had a place 5 days ago', as long as that counts."""
    told = track.openings
    if told.accepting == "unknown" or told.reported_on is None:
        return ""
    age = max(0, (services.clock().date() - told.reported_on).days)
    if services.freshness.state_at_age("openings", age) is State.UNKNOWN:
        return ""
    when = words.ago(age)
    if told.accepting == "no":
        return gettext("They said %(when)s that they are full.", when=when)
    return gettext("They had a place %(when)s.", when=when)


def hours_a_week(schedule: ScheduleAnswer | None) -> str:
    """'9 hours a week'."""
    minutes = schedule and schedule.weekly_span_minutes
    return gettext("%(time)s a week", time=words.duration(minutes)) if minutes else ""


# --- facts ------------------------------------------------------------------------------------


def payers(program: Program) -> Iterator[tuple[str, Said, str]]:
    """Each payer: its name, the answer, where we have it from."""
    labels = services.vocabularies["payers"]
    for one in program.payers:
        source = source_words(program.source_of("payers", one.payer))
        yield labels.label(one.payer), payer_said(one, services.vocabularies), source


def source_words(source: Source | None) -> str:
    """'SAMHSA National Directory 2024', 'Their website, Nov 23, 2026'."""
    if source is None:
        return gettext("Nobody has told us")
    if source.method == "phone":
        return gettext("The program, by phone, %(day)s", day=words.full_date(source.as_of))
    if source.method == "list" and source.edition:
        return f"{source.name} {source.edition}"
    return gettext("%(source)s, %(day)s", source=source.name, day=words.full_date(source.as_of))


def price(one: Price | None) -> str:
    """Such as '$310 a day. Lower if you earn less.'."""
    if one is None:
        return ""
    amount = f"${one.cents / 100:,.2f}".removesuffix(".00")
    said_by = {
        "day": gettext("%(amount)s a day", amount=amount),
        "session": gettext("%(amount)s a session", amount=amount),
        "week": gettext("%(amount)s a week", amount=amount),
        "program": gettext("%(amount)s for the whole program", amount=amount),
    }
    if one.sliding_scale:
        return gettext("%(price)s. Lower if you earn less.", price=said_by[one.per])
    return said_by[one.per]


def offers(program: Program) -> tuple[Said, ...]:
    """Services, conditions, languages and accreditations they list."""
    found = [
        Said("yes", services.vocabularies[kind].label(code))
        for kind in ("services", "conditions", "accreditations")
        for code in getattr(program, kind)
    ]
    return (*found, *offered_languages(program, services.vocabularies))


def people(program: Program) -> tuple[str, ...]:
    """Who it is for, in sentences."""
    labels = services.vocabularies["populations"]
    stances: Mapping[str, list[str]] = {"dedicated": [], "welcomes": [], "excludes": []}
    for code, stance in program.populations.items():
        stances[stance].append(labels.label(code))
    named = {stance: words.in_a_row(found) for stance, found in stances.items() if found}
    said_by = {
        "dedicated": gettext(
            "They have a program of their own for: %(people)s", people=named.get("dedicated")
        ),
        "welcomes": gettext("They welcome: %(people)s", people=named.get("welcomes")),
        "excludes": gettext("Not for: %(people)s", people=named.get("excludes")),
    }
    lines = [ages(program.ages), *(line for stance, line in said_by.items() if stance in named)]
    return tuple(line for line in lines if line)


def permit(one: License, today: date) -> Permit:
    """A license in words."""
    expires = words.full_date(one.expires) if one.expires else gettext("Not on the list")
    return Permit(
        one.body, one.number, one.kind or "", expires, bool(one.expires and one.expires < today)
    )


def facts(listing: Listing, today: date) -> Iterator[Fact]:
    """Every kind of fact with its source, the day, and how long it counts."""
    records = (listing.program, listing.site, listing.organization)
    for fact, name in fact_names().items():
        record = next((one for one in records if _sources(one.evidence, fact)), None)
        for source in _sources(record.evidence, fact) if record else ():
            torn = state_of(record, fact, services.freshness, today) if record else None
            yield _fact(fact, name, source, today, torn is State.CONFLICTING)


def _sources(evidence: Mapping[str, Source], fact: str) -> list[Source]:
    """The source of a fact and those of its items, each once."""
    own = [evidence[fact]] if fact in evidence else []
    items = [source for key, source in evidence.items() if key.startswith(f"{fact}:")]
    return list(dict.fromkeys([*own, *items]))


def _fact(fact: str, name: str, source: Source, today: date, torn: bool) -> Fact:
    state = services.freshness.state(fact, source, today)
    state = State.CONFLICTING if torn and state is not State.UNKNOWN else state
    limit = services.freshness.limit(fact)
    until = source.as_of + timedelta(days=limit.current_days)
    good = {
        State.CURRENT: gettext("Good until %(day)s", day=words.full_date(until)),
        State.CALL_TO_CONFIRM: gettext("Call to check"),
        State.UNKNOWN: gettext("Too old to count"),
        State.CONFLICTING: gettext("Two sources disagree. Ask."),
    }
    url = source.url if source.url and source.url.startswith("https://") else None
    mark: words.Mark = "yes" if state is State.CURRENT else "ask"
    said_by = words.confirmed_by(source_words(source), source.confirmed_by)
    return Fact(name, said_by, url, words.full_date(source.seen_on), good[state], mark)
