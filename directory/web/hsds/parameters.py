"""The parameters of the HSDS addresses: one row each, from which they are read and described."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.catalog.vocabulary import Vocabularies
from directory.web.hsds import values
from directory.web.hsds.values import Kind

MOST_PER_PAGE = 100
USUAL_PER_PAGE = 50
MOST_METRES = 1_000_000
USUAL_METRES = 16_000
"""About ten miles: how far a point reaches, unless a request says otherwise."""

LONGEST_SEARCH = 500
OLDEST = 120
CIRCLE = ("postcode", "proximity", "lat", "lon")
"""Parameters that say a place together: `lat` needs `lon`, and `proximity` something to be near."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`says` describes it. `profile` is true for what our profile adds to the standard.

    `person` is true for what may describe somebody: the answer to such a question is kept nowhere.
    """

    name: str
    kind: Kind
    says: str
    profile: bool = False
    person: bool = False


PAGES = (
    Parameter(
        "search", values.text(LONGEST_SEARCH), "Words to find, as people type them.", person=True
    ),
    Parameter("page", values.whole(1, 999_999_999), "Which page; one after the last is empty."),
    Parameter(
        "per_page",
        values.whole(1, MOST_PER_PAGE),
        f"How many a page; {USUAL_PER_PAGE} unless said. With minimal, all unless said.",
    ),
    Parameter(
        "format",
        values.choice("json", "ndjson"),
        "ndjson sends every record that is found, one a line; page and per_page say nothing then.",
    ),
)
TERMS = (
    Parameter("taxonomy_term_id", values.UUID, "Records that carry this term."),
    Parameter("taxonomy_id", values.UUID, "Records that carry some term of this taxonomy."),
)
FULL = Parameter("full", values.FLAG, "Whole records instead of their one-to-one fields.")
SERVICES = (
    Parameter("organization_id", values.UUID, "Services of this organization."),
    Parameter("modified_after", values.MOMENT, "Records modified at this moment or later."),
    FULL,
)
MINIMAL = Parameter(
    "minimal",
    values.FLAG,
    "Only id, name, status and last_modified of each service, all in one page. Goes before full.",
)
FULL_SERVICE = Parameter(
    "full_service", values.FLAG, "Organizations with all that is known of each of their services."
)
HIERARCHY = (
    Parameter("taxonomy_id", values.UUID, "Terms of this taxonomy."),
    Parameter("parent_id", values.UUID, "Terms right below this one."),
    Parameter("top_only", values.FLAG, "Only terms without a parent."),
)
PLACE = (
    Parameter(
        "postcode",
        values.pattern("a ZIP code of 5 digits", "[0-9]{5}", 5),
        "Places with this ZIP code; with proximity, places around the middle of it.",
        person=True,
    ),
    Parameter(
        "proximity",
        values.whole(1, MOST_METRES),
        "How many metres around the postcode, or around lat and lon.",
        person=True,
    ),
)


def profile(vocabularies: Vocabularies) -> tuple[Parameter, ...]:
    """What our profile adds: schedule, age, point, payer and level of care."""

    def ours(name: str, kind: Kind, says: str, *, person: bool = True) -> Parameter:
        return Parameter(name, kind, says, profile=True, person=person)

    clock, age = values.CLOCK, values.whole(0, OLDEST)
    payers = values.choice(*vocabularies["payers"].codes())
    levels = values.choice(*vocabularies["levels_of_care"].codes())
    reach = f"within proximity, or {USUAL_METRES} metres."
    return (
        ours("day", values.DAY, "Services with a session on this day."),
        ours("start_time", clock, "With a session that starts at this time or later."),
        ours("end_time", clock, "With a session that ends by this time; 00:00 is midnight."),
        ours("min_age", age, "Services for some age from this one on."),
        ours("max_age", age, "Services for some age up to this one."),
        ours("lat", values.number(-90, 90), f"With lon: places around this point, {reach}"),
        ours("lon", values.number(-180, 180), f"With lat: places around this point, {reach}"),
        ours("payer", payers, "Services that are in network for this payer."),
        ours("level_of_care", levels, "Services whose stated level of care is this.", person=False),
        ours(
            "include_unknown",
            values.FLAG,
            "Also services that do not say what day, start_time, end_time, min_age, max_age, payer, "
            "level_of_care, postcode, lat and lon ask for: ask them.",
            person=False,
        ),
    )


def lists(vocabularies: Vocabularies) -> Mapping[str, tuple[Parameter, ...]]:
    """The parameters of each list, by its address."""
    ours = profile(vocabularies)
    return {
        "services": (*PAGES, *TERMS, *SERVICES, MINIMAL, *PLACE, *ours),
        "organizations": (*PAGES, *TERMS, FULL, FULL_SERVICE),
        "service_at_locations": (*PAGES, *TERMS, *SERVICES, *PLACE, *ours),
        "taxonomies": PAGES,
        "taxonomy_terms": (*PAGES, *HIERARCHY),
    }


def items() -> Mapping[str, tuple[Parameter, ...]]:
    """The parameters of one record, by the address of its list."""
    return {
        "services": (),
        "organizations": (FULL_SERVICE,),
        "service_at_locations": (),
        "taxonomies": (),
        "taxonomy_terms": (),
    }
