"""What a criterion is: one question, judged on columns for all programs, explained for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from directory.catalog.answer import Answer, any_of
from directory.catalog.conflict import live_rivals, state_of
from directory.catalog.evidence import Freshness, Rival, Source, State
from directory.catalog.program import Listing, Program, Site
from directory.catalog.vocabulary import Vocabularies, Vocabulary
from directory.matching.need import Need
from directory.matching.outcome import NeedAnswer, Proof, proof_of

CONFLICTING = State.CONFLICTING.value
"""The detail of an answer that two sources would give differently."""

Column = NDArray[Any]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Context:
    """What every criterion may look up. `as_of` is the day the generation's facts are aged on."""

    vocabularies: Vocabularies
    freshness: Freshness
    as_of: date

    def proof(self, record: Site | Program, fact: str, item: str | None = None) -> Proof:
        """The source of a fact (or of one item) with its state on the generation's day."""
        own = record.evidence.get(f"{fact}:{item}") if item else None
        source = own or record.evidence.get(fact)
        return proof_of(source, state_of(record, fact, self.freshness, self.as_of, item))

    def age_state(self, fact: str, source: Source | None) -> State:
        """How far a source may be trusted for a fact by its age alone."""
        return self.freshness.state(fact, source, self.as_of)

    def rivals(
        self, record: Site | Program, fact: str, item: str | None = None
    ) -> tuple[Rival, ...]:
        """What other sources say of a fact instead, as far as it counts on the generation's day."""
        if not record.rivals:
            return ()
        return live_rivals(record, fact, self.freshness, self.as_of, item)

    def counts(self, program: Program, fact: str, item: str | None = None) -> bool:
        """False once a fact is so old that it is unknown."""
        source = program.source_of(fact, item)
        return self.freshness.state(fact, source, self.as_of) is not State.UNKNOWN


@dataclass(frozen=True, slots=True)
class Judged:
    """For each thing asked (first axis) and each row: yes, no; neither is unknown."""

    yes: Flags
    no: Flags


class Criterion(Protocol):
    """One file in `criteria/`, one line in its registry."""

    @property
    def name(self) -> str:
        """The need it answers, as in requests."""

    @property
    def fact(self) -> str:
        """The fact of a program that answers it."""

    def encode(self, listings: Sequence[Listing], context: Context) -> Mapping[str, Column]:
        """The columns of all programs, in roster order; names begin with the criterion's."""

    def asked(self, need: Need) -> tuple[str, ...]:
        """What the need asks of this criterion; empty if nothing."""

    def judge(
        self, need: Need, columns: Mapping[str, Column], rows: Rows, context: Context
    ) -> Judged:
        """The answers of these rows, one line for each thing asked."""

    def explain(self, need: Need, listing: Listing, context: Context) -> tuple[NeedAnswer, ...]:
        """The same answers for one program, with evidence."""

    def details(self, listing: Listing, context: Context) -> Mapping[str, str]:
        """The nuances of its answers, by code: what the columns do not hold."""


@dataclass(frozen=True, slots=True)
class Known:
    """The codes a program answers with yes and with no; `details` names nuances by code."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    details: Mapping[str, str] = field(default_factory=dict)

    def answer(self, code: str) -> Answer:
        """The answer for one code; a code in neither set is unknown."""
        if code in self.yes:
            return Answer.YES
        return Answer.NO if code in self.no else Answer.UNKNOWN


def agreed(one: Known, other: Known) -> Known:
    """What two sources answer alike; a code that they answer differently is unknown."""
    yes, no = one.yes & other.yes, one.no & other.no
    torn = (one.yes | one.no | other.yes | other.no) - yes - no
    return Known(yes, no, {**one.details, **dict.fromkeys(torn, CONFLICTING)})


class CodesCriterion:
    """A criterion over the codes of one vocabulary: each code a bit, in two sets.

    Subclasses name the vocabulary and say what a program knows (`known`) and what is asked
    (`asked`). `either` is true where one of several codes is enough.
    """

    name: str
    vocabulary: str
    fact: str
    either = False

    def asked(self, need: Need) -> tuple[str, ...]:
        """The codes the need asks for."""
        raise NotImplementedError

    def known(self, program: Program, context: Context) -> Known:
        """The codes that the program's facts answer, leaving out those too old to count."""
        raise NotImplementedError

    def encode(self, listings: Sequence[Listing], context: Context) -> Mapping[str, Column]:
        """Two bit sets a program."""
        vocabulary = context.vocabularies[self.vocabulary]
        known = [self.known(listing.program, context) for listing in listings]
        return {
            f"{self.name}_yes": bit_rows([one.yes for one in known], vocabulary),
            f"{self.name}_no": bit_rows([one.no for one in known], vocabulary),
        }

    def judge(
        self, need: Need, columns: Mapping[str, Column], rows: Rows, context: Context
    ) -> Judged:
        """One bit test for each code and set."""
        vocabulary = context.vocabularies[self.vocabulary]
        places = [vocabulary.place(code) for code in self.asked(need)]
        yes = has_bits(columns[f"{self.name}_yes"], rows, places)
        no = has_bits(columns[f"{self.name}_no"], rows, places)
        if not self.either:
            return Judged(yes, no)
        return Judged(np.atleast_2d(yes.any(axis=0)), np.atleast_2d(no.all(axis=0)))

    def explain(self, need: Need, listing: Listing, context: Context) -> tuple[NeedAnswer, ...]:
        """The answer for each code; one answer for all where either is enough."""
        known = self.known(listing.program, context)
        codes = self.asked(need)
        if not self.either or not codes:
            return tuple(
                self._told(code, known.answer(code), known, listing, context) for code in codes
            )
        answer = any_of(known.answer(code) for code in codes)
        best = next(code for code in codes if known.answer(code) is answer)
        told = self._told(best, answer, known, listing, context)
        return (NeedAnswer(self.name, "|".join(codes), answer, told.proof, told.detail),)

    def details(self, listing: Listing, context: Context) -> Mapping[str, str]:
        """What is known beside yes and no."""
        return self.known(listing.program, context).details

    def _told(
        self, code: str, answer: Answer, known: Known, listing: Listing, context: Context
    ) -> NeedAnswer:
        proof = context.proof(listing.program, self.fact, code)
        return NeedAnswer(self.name, code, answer, proof, known.details.get(code))


class ListedCodes(CodesCriterion):
    """A list of codes in which a narrower code answers for its family, and unlisted is unknown."""

    def details(self, listing: Listing, context: Context) -> Mapping[str, str]:
        """A list says nothing beside yes."""
        return {}

    def known(self, program: Program, context: Context) -> Known:
        """The codes listed, with their wider families."""
        terms = context.vocabularies[self.vocabulary]
        listed: tuple[str, ...] = getattr(program, self.fact)
        counting = [code for code in listed if context.counts(program, self.fact, code)]
        return Known(frozenset(wide for code in counting for wide in terms.widened(code)))


def bit_rows(sets: Sequence[frozenset[str]], vocabulary: Vocabulary) -> NDArray[np.uint64]:
    """One row of 64-bit words a set; bit k is the k-th code of the vocabulary."""
    words = len(vocabulary) // 64 + 1
    rows = np.zeros((len(sets), words), np.uint64)
    for row, codes in enumerate(sets):
        for code in codes:
            place = vocabulary.place(code)
            rows[row, place // 64] |= np.uint64(1 << (place % 64))
    return rows


def has_bits(column: Column, rows: Rows, places: Sequence[int]) -> Flags:
    """For each place, whether the rows have the bit: shape (places, rows)."""
    words = [place // 64 for place in places]
    bits = np.array([1 << (place % 64) for place in places], np.uint64)[:, None]
    if len(rows) < len(column):
        found: Flags = (column.take(rows, axis=0).T[words] & bits) != 0
        return found
    found = np.zeros((len(places), len(rows)), bool)  # as many rows: all, in order
    for line, (word, bit) in enumerate(zip(words, bits, strict=True)):
        found[line] = column[:, word] & bit != 0
    return found
