"""What to ask on the phone: everything we do not know becomes a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.catalog.answer import Answer
from directory.catalog.program import Listing, PayerAcceptance, Program
from directory.catalog.schedule import Track
from directory.catalog.vocabulary import Vocabularies
from directory.matching.outcome import FirstGroup, NeedAnswer
from directory.web.i18n import gettext, label_in
from directory.web.showing import words
from directory.web.showing.answering import MARKS, Said, asked_for, language, payer, said
from directory.web.showing.findings import doubts


@dataclass(frozen=True, slots=True)
class Question:
    """A question to read out, and what we know already."""

    text: str
    known: Said


def questions(
    listing: Listing,
    tracks: Sequence[Track],
    first: FirstGroup,
    answers: Sequence[NeedAnswer],
    vocabularies: Vocabularies,
) -> tuple[Question, ...]:
    """The questions that matter, those about the person's own needs first."""
    found = [
        *_place(first),
        *(Question(one.question, Said("ask", one.text)) for one in doubts(listing.findings)),
        *_schedule(tracks),
        *_needs(answers, vocabularies),
        *_program(listing.program),
    ]
    return tuple({question.text: question for question in found}.values())


def _ask() -> Said:
    return Said("ask", gettext("Ask them"))


def _place(first: FirstGroup) -> Iterator[Question]:
    if first.date and first.certainty == "stated":
        day = words.weekday_and_date(first.date)
        yield Question(gettext("Do you have a place on %(day)s?", day=day), _ask())
    elif first.full:
        text = gettext("Do you have a waiting list? How long is it?")
        yield Question(text, Said("no", gettext("They said they are full")))
    else:
        yield Question(gettext("When can I start? Do you have a place now?"), _ask())


def _schedule(tracks: Sequence[Track]) -> Iterator[Question]:
    for track in tracks or (None,):
        text = words.schedule_question(words.unpublished(track), track)
        if text:
            known = words.meets(track) if track else ""
            yield Question(text, Said("ask", known or gettext("Ask them")))


def _needs(answers: Sequence[NeedAnswer], vocabularies: Vocabularies) -> Iterator[Question]:
    for answer in answers:
        if answer.answer is Answer.UNKNOWN and (text := _about(answer, vocabularies)):
            yield Question(text, said(answer, vocabularies))


def _about(answer: NeedAnswer, vocabularies: Vocabularies) -> str:
    label = asked_for(answer.need, answer.asked, vocabularies)
    asking = {
        "payer": gettext(
            "Are you in network with %(plan)s? Do they have to agree first?", plan=label
        ),
        "level_of_care": gettext("Is it an intensive outpatient program, 9 hours a week or more?"),
        "languages": gettext("Is there a group in %(language)s?", language=label),
        "services": gettext("Do you offer this: %(service)s?", service=label),
        "conditions": gettext("Do you treat this: %(condition)s?", condition=label),
        "focus": gettext("Do you treat this: %(condition)s?", condition=label),
        "populations": gettext("Is it a good place for: %(people)s?", people=label),
        "age": gettext("Do you take people aged %(years)s?", years=answer.asked),
        "mode": gettext("Do I come to you, or join by video?"),
        "start_by": gettext("Can I start by %(day)s?", day=label),
    }
    return asking.get(answer.need, "")


def _program(program: Program) -> Iterator[Question]:
    if program.level_evidence != "stated":
        yield Question(
            gettext("Is it an intensive outpatient program, 9 hours a week or more?"), _ask()
        )
    if program.weeks is None:
        yield Question(gettext("How many weeks does it take?"), _ask())
    if not program.payers:
        yield Question(gettext("Which insurance do you take?"), _ask())
    price = gettext("What will I pay in all?")
    yield Question(price, _ask())
    known = Said("yes", program.attendance) if program.attendance else _ask()
    yield Question(gettext("What happens if I miss a day?"), known)
    if "drug_testing" in program.services:
        yield Question(gettext("Do you test for drugs?"), Said("yes", gettext("Yes, they say so")))
    else:
        yield Question(gettext("Do you test for drugs?"), _ask())
    yield Question(gettext("Who will know that I come?"), _ask())


def offered_languages(program: Program, vocabularies: Vocabularies) -> tuple[Said, ...]:
    """The languages listed, and who speaks them."""
    terms = vocabularies["languages"]
    return tuple(
        Said("yes", language(label_in(terms, code), how)) for code, how in program.languages.items()
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
