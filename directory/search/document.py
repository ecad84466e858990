"""A program as the words that find it."""

from collections.abc import Iterator

from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Session, Track
from directory.catalog.vocabulary import Vocabularies

CODE_FACTS = {
    "focus": "focus",
    "conditions": "conditions",
    "services": "services",
    "populations": "populations",
    "languages": "languages",
}


def document(listing: Listing, vocabularies: Vocabularies) -> dict[str, str]:
    """The indexed fields of one program; `concept` holds 'kind:code' words."""
    organization, site, program = listing.organization, listing.site, listing.program
    concepts = tuple(concepts_of(program, vocabularies))
    labels = [vocabularies[kind].label(code) for kind, code in concepts]
    aliases = [" ".join(vocabularies[kind][code].aliases) for kind, code in concepts]
    return {
        "name": program.name,
        "organization": f"{organization.name} {site.name or ''}",
        "city": f"{site.address.city or ''} {site.address.zip or ''}",
        "offers": " . ".join([*labels, *_times_of_day(program)]),
        "people_say": " . ".join(aliases),
        "description": program.description or "",
        "concept": " ".join(f"{kind}:{code}" for kind, code in concepts),
    }


def concepts_of(program: Program, vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    """Every (kind, code) the program states, with the wider codes."""
    if program.level_of_care:
        yield "levels_of_care", program.level_of_care
    seen = set()
    codes = [(kind, code) for kind, fact in CODE_FACTS.items() for code in getattr(program, fact)]
    codes += [("payers", one.payer) for one in program.payers if one.network != "out"]
    for kind, code in codes:
        if kind == "populations" and program.populations[code] == "excludes":
            continue
        for wide in vocabularies[kind].widened(code):
            if (kind, wide) not in seen:
                seen.add((kind, wide))
                yield kind, wide


def _times_of_day(program: Program) -> Iterator[str]:
    for track in program.tracks:
        yield from sorted({word for session in track.sessions for word in _words(session)})
        yield from _mode_words(track)


def _words(session: Session) -> Iterator[str]:
    if session.part_of_day:
        yield session.part_of_day
    if session.start is not None:
        yield "evening" if session.start >= 17 * 60 else "afternoon" if session.start >= 720 else "morning"
    if session.day is not None and session.day >= 5:
        yield "weekend"


def _mode_words(track: Track) -> Iterator[str]:
    if track.label:
        yield track.label
    if track.mode in {"virtual", "hybrid"}:
        yield "video"
