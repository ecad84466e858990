"""The questions that everybody does well to ask, answered where a source that still counts tells us.

What to ask follows the field: what patients ask (metromsk, trinity, greaterboston, pluralhealthcare)
and the topics of NIAAA's ten questions, in our own words.
"""

from collections.abc import Callable, Iterator, Sequence

from directory.catalog.conflict import state_of
from directory.catalog.evidence import State
from directory.catalog.program import Program
from directory.web.i18n import gettext, in_english, label_in
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import Said, lower_first
from directory.web.showing.asking import Question
from directory.web.showing.program_facts import price, weeks

NIAAA = (
    "https://alcoholtreatment.niaaa.nih.gov/how-to-find-alcohol-treatment/"
    "10-questions-for-alcohol-treatment-programs"
)
MOST_NAMED = 3
OWN_WORDS = frozenset({"attendance"})
"""Facts that stand as the program wrote them, in English."""

Known = Callable[[Program], str]
Topic = tuple[str, str, Known]

THERAPIES = "cbt dbt act erp emdr trauma_counseling motivational_interviewing matrix_model".split()
SETTINGS = ("group_therapy", "individual_therapy")
MEDICINE = ("medicine_visits", "medicine_for_addiction", "buprenorphine", "methadone", "naltrexone")
BOTH = ("integrated_treatment", "mental_health_services")
FAMILY = ("family_therapy", "family_education", "couples_therapy")
AFTER = ("aftercare", "discharge_planning", "relapse_prevention", "peer_support")
PRACTICAL = ("child_care", "transport_help")


def standing_questions(program: Program) -> Iterator[Question]:
    """Each topic with what is known and since when, the most needed first."""
    for text, fact, known in (*_getting_in(), *_treatment(), *_living_with_it()):
        yield _question(program, text, fact, known)


def _question(program: Program, text: str, fact: str, known: Known) -> Question:
    source, told = program.source_of(fact), known(program)
    today = services.clock().date()
    state = state_of(program, fact, services.freshness, today) if fact else State.UNKNOWN
    if not told or source is None or state in (State.UNKNOWN, State.CONFLICTING):
        return Question(text, Said("ask", gettext("Ask them")))
    lang = in_english().get("lang") if fact in OWN_WORDS else None
    return Question(text, Said("yes", told, lang), words.full_date(source.as_of))


def _getting_in() -> Sequence[Topic]:
    return (
        (gettext("How many weeks does it take?"), "weeks", weeks),
        (
            gettext("Which insurance do you take? Does the plan have to say yes first?"),
            "payers",
            _payers,
        ),
        (gettext("What will I pay in all?"), "price", lambda one: price(one.price)),
    )


def _treatment() -> Sequence[Topic]:
    return (
        (gettext("How do you treat it? Is it known to work?"), "services", _of(THERAPIES)),
        (
            gettext("How big is a group? Do I also talk to somebody alone?"),
            "services",
            _of(SETTINGS),
        ),
        (gettext("Is the plan made for me? Who checks how I am doing?"), "", _nothing),
        (gettext("Can I get medicine for it?"), "services", _of(MEDICINE)),
        (
            gettext("Do you treat mental health and drinking or drugs together?"),
            "focus",
            _together,
        ),
        (gettext("Who leads the groups? Are they licensed?"), "accreditations", _accreditations),
        (gettext("Can my family take part?"), "services", _of(FAMILY)),
    )


def _living_with_it() -> Sequence[Topic]:
    return (
        (gettext("What happens if I miss a day?"), "attendance", lambda one: one.attendance or ""),
        (gettext("Do you test for drugs?"), "services", _of(("drug_testing",))),
        (gettext("What happens if I drink or use again?"), "", _nothing),
        (gettext("Who will know that I come?"), "", _nothing),
        (gettext("What help is there after the last week?"), "services", _of(AFTER)),
        (gettext("Is there child care, or help getting there?"), "services", _of(PRACTICAL)),
    )


def _nothing(_program: Program) -> str:
    """No source of ours ever tells it."""
    return ""


def _of(codes: Sequence[str]) -> Known:
    """Those of these services that the program lists."""
    return lambda one: _named("services", [code for code in codes if code in one.services])


def _payers(one: Program) -> str:
    return _named("payers", [it.payer for it in one.payers if it.network != "out"])


def _accreditations(one: Program) -> str:
    return _named("accreditations", one.accreditations)


def _together(one: Program) -> str:
    if "co_occurring" in one.focus:
        return gettext("Yes, they say so")
    return _named("services", [code for code in BOTH if code in one.services])


def _named(kind: str, codes: Sequence[str]) -> str:
    """The first few in a row; how many more there are."""
    labels = [label_in(services.vocabularies[kind], code) for code in codes]
    if kind == "services":
        labels = [*labels[:1], *(lower_first(label) for label in labels[1:])]
    if len(labels) <= MOST_NAMED:
        return words.in_a_row(labels)
    rest = len(labels) - MOST_NAMED
    return gettext("%(named)s and %(num)d more", named=", ".join(labels[:MOST_NAMED]), num=rest)
