"""Random programs that state anything the format can say."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from directory.catalog.evidence import STRENGTH, Rival, Source
from directory.catalog.listing import facts_of, items_of
from directory.catalog.program import License, PayerAcceptance, Price, Program, Span
from directory.catalog.schedule import Choose, Openings, Session, Start, Track

words = st.text("abcdefghij é", min_size=1, max_size=8).map(str.strip).filter(bool)
days = st.dates(date(2020, 1, 1), date(2027, 1, 1))
codes = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=3).map(tuple)
weekday = st.integers(0, 6)
spans = st.none() | st.builds(Span, min=st.integers(1, 9), max=st.none() | st.integers(10, 20))
sources = st.builds(
    Source,
    name=words,
    seen_on=days,
    method=st.sampled_from(sorted(set(STRENGTH) - {"example"})),
    url=st.none() | st.just("https://acme.example.org"),
    edition=st.none() | words,
    dated=st.none() | days,
    confirmed_by=st.none() | st.sampled_from(["program", "curator"]),
)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


sessions = st.builds(
    Session,
    day=maybe(weekday),
    start=maybe(st.integers(0, 1439)),
    end=maybe(st.integers(0, 1439)),
    count=maybe(st.integers(1, 7)),
    day_among=st.lists(weekday, unique=True, max_size=3).map(tuple),
    part_of_day=maybe(st.sampled_from(["morning", "evening"])),
    span_minutes=maybe(st.integers(15, 1020)),
    contact_minutes=maybe(st.integers(1, 600)),
    mode=maybe(st.sampled_from(["in_person", "virtual"])),
    attendance=st.sampled_from(["required", "choose", "optional"]),
    label=maybe(words),
)
tracks = st.builds(
    Track,
    label=maybe(words),
    mode=maybe(st.sampled_from(["in_person", "virtual", "hybrid"])),
    season=maybe(words),
    start=st.builds(
        Start,
        rule=st.sampled_from(["rolling", "cohort", "unknown"]),
        dates=st.lists(days, max_size=2).map(tuple),
        lead_days=maybe(st.integers(0, 30)),
    ),
    openings=st.builds(
        Openings,
        accepting=st.sampled_from(["yes", "no", "unknown"]),
        seats=maybe(st.integers(0, 9)),
        reported_on=maybe(days),
    ),
    schedule_grade=st.sampled_from(["days_and_times", "none"]),
    choose=maybe(
        st.builds(
            Choose,
            at_least=st.integers(1, 5),
            at_most=maybe(st.integers(5, 7)),
            different_days=st.booleans(),
        )
    ),
    sessions=st.lists(sessions, max_size=3).map(tuple),
)
bare_programs = st.builds(
    Program,
    id=words,
    name=words,
    description=maybe(words),
    level_of_care=st.just("iop"),
    level_evidence=maybe(st.sampled_from(["stated", "suggested"])),
    focus=codes,
    conditions=codes,
    services=codes,
    ages=spans,
    populations=st.dictionaries(st.sampled_from("ab"), st.just("welcomes")),
    languages=st.dictionaries(st.sampled_from("ab"), st.just("group")),
    payers=st.lists(
        st.builds(
            PayerAcceptance,
            payer=st.sampled_from("abc"),
            network=st.sampled_from(["in", "out", "unknown"]),
            as_of=maybe(days),
        ),
        max_size=3,
        unique_by=lambda payer: payer.payer,
    ).map(tuple),
    weeks=spans,
    price=maybe(
        st.builds(
            Price,
            cents=st.integers(0, 9),
            per=st.just("day"),
            sliding_scale=maybe(st.booleans()),
        )
    ),
    attendance=maybe(words),
    licenses=st.lists(
        st.builds(License, body=words, number=words, kind=maybe(words), expires=maybe(days)),
        max_size=2,
        unique_by=lambda item: item.number,
    ).map(tuple),
    accreditations=codes,
    tracks=st.lists(tracks, max_size=3).map(tuple),
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A program whose every fact has a source, and some items one of their own."""
    program = draw(bare_programs)
    facts = facts_of(program)
    evidence = {fact: draw(sources) for fact in facts}
    for fact, value in facts.items():
        for name, _ in items_of(fact, value):
            if draw(st.integers(0, 5)) == 0:
                evidence[f"{fact}:{name}"] = draw(sources)
    disputed = draw(st.lists(st.sampled_from(sorted(facts)), unique=True, max_size=2))
    rivals = {fact: (Rival(facts[fact], draw(sources)),) for fact in disputed}
    return replace(program, evidence=evidence, rivals=rivals)
