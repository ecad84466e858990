"""Random listings that an import takes in: any text, any fact, sessions that hold together."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from directory.catalog.evidence import Source
from directory.catalog.listing import facts_of, items_of
from directory.catalog.program import Address, License, Listing, Organization, Program, Site
from directory.catalog.schedule import Session, Track
from directory.catalog.track_format import LONGEST_DAY_SESSION, span_minutes
from directory.catalog.vocabulary import KINDS, Term, Vocabularies, Vocabulary
from tests.store import strategies as whole

CODES = ("a", "b", "c", "d")

# What spreadsheets and separators trip over, beside any other character.
awkward = st.sampled_from(["=1+1", "+1", "-1", "@a", "'=x", "''=x", "'", "|", ";", "a|b;c", '"', ",", "[x]", "{}",
                           "_x0041_", "a\r\nb", "a\tb", "=cmd|' /C calc'!A1", "Ñandú", "null", "1.0", "TRUE"])  # fmt: skip
anything = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=12
)
texts = (awkward | anything).map(str.strip).filter(bool)


def vocabularies() -> Vocabularies:
    """Vocabularies that hold the codes of the strategies."""
    codes = dict.fromkeys(KINDS, (*CODES, "iop"))
    return {
        kind: Vocabulary(kind, tuple(Term(kind, code, f"The {code}") for code in codes[kind]))
        for kind in KINDS
    }


def mended(session: Session) -> Session:
    """The session without what contradicts itself."""
    if session.day is not None:
        session = replace(session, count=None, day_among=())
    if session.day_among and (session.count or 1) > len(session.day_among):
        session = replace(session, count=None)
    if session.start is not None and session.end is not None:
        span = span_minutes(session.start, session.end)
        if span > LONGEST_DAY_SESSION:
            session = replace(session, end=(session.start + 180) % 1440)
        session = replace(session, span_minutes=None)
    limit = session.span_minutes
    if session.start is not None and session.end is not None:
        limit = span_minutes(session.start, session.end)
    if limit and (session.contact_minutes or 0) > limit:
        session = replace(session, contact_minutes=limit)
    return session


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    track = draw(whole.tracks)
    return replace(
        track,
        label=draw(st.none() | texts),
        season=draw(st.none() | texts),
        start=replace(track.start, dates=tuple(dict.fromkeys(track.start.dates))),
        sessions=tuple(mended(session) for session in track.sessions),
    )


@st.composite
def programs(draw: st.DrawFn, key: str) -> Program:
    program = draw(whole.programs())
    changed = replace(
        program,
        id=key,
        name=draw(texts),
        description=draw(st.none() | texts),
        attendance=draw(st.none() | texts),
        licenses=tuple(
            License(draw(texts), f"{draw(texts)}{place}", draw(st.none() | texts), one.expires)
            for place, one in enumerate(program.licenses)
        ),
        tracks=tuple(draw(st.lists(tracks(), max_size=3))),
    )
    facts = facts_of(changed)
    sources = draw(st.lists(whole.sources, min_size=1, max_size=3, unique_by=lambda one: one.name))
    evidence = {fact: draw(st.sampled_from(sources)) for fact in facts}
    for fact, value in facts.items():
        for name, _ in items_of(fact, value):
            if draw(st.integers(0, 4)) == 0:
                evidence[f"{fact}:{name}"] = draw(st.sampled_from(sources))
    return replace(changed, evidence=evidence, rivals={})


def evident(record: object, source: Source) -> object:
    return replace(record, evidence=dict.fromkeys(facts_of(record), source))  # type: ignore[type-var, arg-type]


@st.composite
def sites(draw: st.DrawFn, key: str) -> Site:
    withheld = draw(st.booleans())
    address = Address(
        city=draw(st.none() | texts),
        state=draw(st.none() | st.sampled_from(["CA", "NV"])),
        zip=draw(st.none() | st.sampled_from(["91101", "00501"])),
        street=None if withheld else draw(st.none() | texts),
        unit=None if withheld else draw(st.none() | texts),
        withheld=withheld,
    )
    located = not withheld and draw(st.booleans())
    site = Site(
        key,
        name=draw(st.none() | texts),
        phone=draw(st.sampled_from([None, "626-796-3141", "626-796-3141 x12"])),
        time_zone=draw(st.sampled_from([None, "America/Los_Angeles", "America/Phoenix"])),
        address=address,
        lat=draw(st.floats(-90, 90)) if located else None,
        lon=draw(st.floats(-180, 180)) if located else None,
    )
    return evident(site, draw(whole.sources))  # type: ignore[return-value]


@st.composite
def listings(draw: st.DrawFn) -> list[Listing]:
    """One to three programs at up to two sites of up to two organizations."""
    homes = []
    for name in ("one", "two")[: draw(st.integers(1, 2))]:
        bare = Organization(
            name,
            draw(texts),
            npi=draw(st.sampled_from([None, "1234567893"])),
            website=draw(st.sampled_from([None, "https://acme.example.org/a?b=c"])),
        )
        homes.append((evident(bare, draw(whole.sources)), draw(sites(f"{name}-site"))))
    made = []
    for number in range(draw(st.integers(1, 3))):
        organization, site = draw(st.sampled_from(homes))
        made.append(Listing(organization, site, draw(programs(f"p{number}")), f"slug-{number}"))
    return made


FILE_SOURCE = Source("The file", date(2026, 11, 1), "list")
