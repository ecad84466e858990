"""A program as the words that find it."""

from collections.abc import Iterable, Iterator

from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Session, Track
from directory.catalog.vocabulary import Vocabularies
from directory.search.phrase_book import Concept
from directory.search.tokens import without_dots

CODE_FACTS = {
    "focus": "focus",
    "conditions": "conditions",
    "services": "services",
    "populations": "populations",
    "languages": "languages",
}


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SATURDAY = 5

STATED = 6
"""How often a stated code stands in a document, against once for a wider one: it ranks first."""


def document(listing: Listing, vocabularies: Vocabularies) -> dict[str, str]:
    """The indexed fields of one program; `concept` holds 'kind:code' words."""
    organization, site, program = listing.organization, listing.site, listing.program
    stated = tuple(stated_by(program))
    concepts = tuple(widened(stated, vocabularies))
    labels = [vocabularies[kind].label(code) for kind, code in dict.fromkeys(stated)]
    return {
        "name": without_dots(program.name),
        "organization": without_dots(f"{organization.name} {site.name or ''}"),
        "city": f"{site.address.city or ''} {site.address.zip or ''}",
        "offers": " . ".join([*labels, *_times_of_day(program)]),
        "description": program.description or "",
        "concept": " ".join(f"{kind}:{code}" for kind, code in (*concepts, *stated * (STATED - 1))),
    }


def stated_by(program: Program) -> Iterator[Concept]:
    """Every (kind, code) the program states. Who is excluded and who does not pay is not stated."""
    if program.level_of_care:
        yield "levels_of_care", program.level_of_care
    for kind, fact in CODE_FACTS.items():
        for code in getattr(program, fact):
            if kind != "populations" or program.populations[code] != "excludes":
                yield kind, code
    paying = (one.payer for one in program.payers if one.network != "out")
    yield from (("payers", payer) for payer in dict.fromkeys(paying))


def widened(stated: Iterable[Concept], vocabularies: Vocabularies) -> Iterable[Concept]:
    """The stated codes with their wider codes, each once."""
    return dict.fromkeys(
        (kind, wide) for kind, code in stated for wide in vocabularies[kind].widened(code)
    )


def _times_of_day(program: Program) -> Iterator[str]:
    for track in program.tracks:
        yield from sorted({word for session in track.sessions for word in _words(session)})
        yield from _mode_words(track)


def _words(session: Session) -> Iterator[str]:
    if session.part_of_day:
        yield session.part_of_day
    if session.start is not None:
        late, noon = session.start >= 17 * 60, session.start >= 12 * 60
        yield "evening" if late else "afternoon" if noon else "morning"
    days = session.day_among if session.day is None else (session.day,)
    for day in days:
        yield DAYS[day]
        yield "weekend" if day >= SATURDAY else "weekday"


def _mode_words(track: Track) -> Iterator[str]:
    if track.label:
        yield track.label
    if track.mode in {"virtual", "hybrid"}:
        yield "video"
