"""The facts of a program in words: who pays, what they offer, for whom, and who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from directory.catalog.answer import Answer
from directory.catalog.conflict import state_of
from directory.catalog.evidence import Source, State
from directory.catalog.program import License, Listing, PayerAcceptance, Price, Program
from directory.catalog.vocabulary import Vocabularies
from directory.matching.outcome import Proof, ScheduleAnswer
from directory.web.i18n import gettext, label_in, ngettext
from directory.web.proofs import proof_today
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import MARKS, Said, language, payer
from directory.web.showing.cards import ages
from directory.web.showing.fact_names import fact_names
from directory.web.showing.names import source_name


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


def weeks(program: Program) -> str:
    """'8 to 12 weeks', '12 weeks or more'; '' where nobody says."""
    span = program.weeks
    return weeks_said(span.min, span.max) if span else ""


def weeks_as_they_stand(program: Program) -> Said | None:
    """The same; a question where two sources disagree about it, or it is too old."""
    told, proof = weeks(program), proof_today(program, "weeks")
    return as_it_stands(Said("", told), words.capitalized(told), proof) if told else None


def weeks_said(least: int | None, most: int | None) -> str:
    """The same of its two numbers, of which either may be missing."""
    if not most:
        return ngettext("%(num)d week or more", "%(num)d weeks or more", least) if least else ""
    if not least:
        return ngettext("up to %(num)d week", "up to %(num)d weeks", most)
    if least != most:
        return gettext("%(min)d to %(max)d weeks", min=least, max=most)
    return ngettext("%(num)d week", "%(num)d weeks", most)


def level(program: Program) -> Said:
    """What is known of the level of care."""
    label = label_in(services.vocabularies["levels_of_care"], program.level_of_care or "")
    if program.level_of_care is None:
        return Said("ask", gettext("They do not say if it is an IOP. Ask."))
    if program.level_evidence != "stated":
        return Said("ask", gettext("Their list suggests an IOP. Ask."))
    told = Said("yes", label)
    if program.level_of_care == "outpatient":
        told = Said("ask", gettext("Listed as: %(level)s. Ask if they run an IOP.", level=label))
    return as_it_stands(told, label, proof_today(program, "level_of_care"))


def as_it_stands(told: Said, what: str, proof: Proof) -> Said:
    """What is told; a question about it where two sources disagree, or the only one is too old."""
    if not proof.in_doubt:
        return told
    if proof.state is State.CONFLICTING:
        return Said("ask", gettext("%(what)s: two sources disagree. Ask.", what=what))
    return Said("ask", gettext("%(what)s: we read this too long ago. Ask.", what=what))


def hours_a_week(schedule: ScheduleAnswer | None) -> str:
    """'9 hours a week'."""
    minutes = schedule and schedule.weekly_span_minutes
    return gettext("%(time)s a week", time=words.duration(minutes)) if minutes else ""


def payers(program: Program) -> Iterator[tuple[str, Said, str]]:
    """Each payer: its name, the answer, where we have it from."""
    for one in program.payers:
        proof = proof_today(program, "payers", one.payer)
        name = label_in(services.vocabularies["payers"], one.payer)
        told = as_it_stands(payer_said(one, services.vocabularies), name, proof)
        yield name, told, source_words(proof.source)


def paying_oneself(program: Program) -> Iterator[tuple[str, Said, str]]:
    """The same of the price, where they name one."""
    if told := price(program.price):
        proof, name = proof_today(program, "price"), gettext("You pay yourself")
        yield name, as_it_stands(Said("", told), name, proof), source_words(proof.source)


def source_words(source: Source | None) -> str:
    """'SAMHSA National Directory 2024', 'Their website, Nov 23, 2026'."""
    if source is None:
        return gettext("Nobody has told us")
    if source.method == "phone":
        return gettext("The program, by phone, %(day)s", day=words.full_date(source.as_of))
    if source.method == "list" and source.edition:
        return f"{source_name(source.name)} {source.edition}"
    return gettext(
        "%(source)s, %(day)s", source=source_name(source.name), day=words.full_date(source.as_of)
    )


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
        _offered(program, kind, code, label_in(services.vocabularies[kind], code))
        for kind in ("services", "conditions", "accreditations")
        for code in getattr(program, kind)
    ]
    return (*found, *offered_languages(program, services.vocabularies))


def _offered(program: Program, fact: str, code: str, label: str) -> Said:
    return as_it_stands(Said("yes", label), label, proof_today(program, fact, code))


def people(program: Program) -> tuple[Said, ...]:
    """Who it is for, in sentences, and what to ask of it."""
    labels = services.vocabularies["populations"]
    stances: Mapping[str, list[str]] = {"dedicated": [], "welcomes": [], "excludes": []}
    asked = []
    for code, stance in program.populations.items():
        label, proof = label_in(labels, code), proof_today(program, "populations", code)
        if proof.in_doubt:
            asked.append(as_it_stands(Said("", label), label, proof))
        else:
            stances[stance].append(label)
    own = ages(program.ages)
    lines = [as_it_stands(Said("", own), own, proof_today(program, "ages"))] if own else []
    return (*lines, *(Said("", line) for line in _stances(stances)), *asked)


def _stances(stances: Mapping[str, list[str]]) -> Iterator[str]:
    named = {stance: words.in_a_row(found) for stance, found in stances.items() if found}
    said_by = {
        "dedicated": gettext(
            "They have a program of their own for: %(people)s", people=named.get("dedicated")
        ),
        "welcomes": gettext("They welcome: %(people)s", people=named.get("welcomes")),
        "excludes": gettext("Not for: %(people)s", people=named.get("excludes")),
    }
    yield from (line for stance, line in said_by.items() if stance in named)


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


def offered_languages(program: Program, vocabularies: Vocabularies) -> tuple[Said, ...]:
    """The languages listed, and who speaks them."""
    terms = vocabularies["languages"]
    return tuple(
        _offered(program, "languages", code, language(label_in(terms, code), how))
        for code, how in program.languages.items()
    )


NETWORK: Mapping[str, tuple[Answer, str | None]] = {
    "in": (Answer.YES, None),
    "out": (Answer.NO, None),
    "unknown": (Answer.UNKNOWN, "network"),
}


def payer_said(one: PayerAcceptance, vocabularies: Vocabularies) -> Said:
    """What a program says of one payer."""
    answer, detail = NETWORK[one.network]
    return Said(MARKS[answer], payer(one.payer, answer, detail, vocabularies))
