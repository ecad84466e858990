"""What to ask on the phone: everything we do not know becomes a question."""

from collections.abc import Iterator, Sequence

from directory.catalog.answer import Answer
from directory.catalog.program import Listing, Program
from directory.catalog.schedule import Track
from directory.catalog.vocabulary import Vocabularies
from directory.matching.outcome import FirstGroup, NeedAnswer, Proof
from directory.web.i18n import gettext
from directory.web.proofs import week_proof
from directory.web.showing import words
from directory.web.showing.answering import Said, asked_for, said
from directory.web.showing.asking import Question
from directory.web.showing.call_sheet import standing_questions
from directory.web.showing.findings import doubts
from directory.web.showing.openings import full


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
        *_schedule(tracks, week_proof(listing.program)),
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
    elif first.full_since:
        text = gettext("Do you have a waiting list? How long is it?")
        yield Question(text, Said("no", full(first.full_since)))
    else:
        yield Question(gettext("When can I start? Do you have a place now?"), _ask())


def _schedule(tracks: Sequence[Track], proof: Proof) -> Iterator[Question]:
    for track in tracks or (None,):
        left_open = words.left_open(None, track, proof)
        text = words.schedule_question(left_open, track)
        if text:
            known = words.meets(track) if track else ""
            if known and proof.in_doubt:
                known = words.ask_for(left_open, track).rest
            yield Question(text, Said("ask", known or gettext("Ask them")))


def _needs(answers: Sequence[NeedAnswer], vocabularies: Vocabularies) -> Iterator[Question]:
    for answer in answers:
        if answer.answer is Answer.UNKNOWN and (text := _about(answer, vocabularies)):
            yield Question(text, said(answer, vocabularies))


def _about(answer: NeedAnswer, vocabularies: Vocabularies) -> str:
    label = asked_for(answer.need, answer.asked, vocabularies)
    asking = {
        "payer": gettext(
            "Are you in network with %(plan)s? Does the plan have to say yes first?", plan=label
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
    yield from standing_questions(program)
