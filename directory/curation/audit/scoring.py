"""Exact and functional accuracy of an audit, after Riley and others (2024), and each fact for itself.

Their study telephoned listings of ten directories. A listing is exactly accurate if all of its
information was, and functionally accurate if it gave enough to get into care (PMC11260587,
abstract). What that asks of each fact is not spelled out there; ours is: exact, if every contact
fact we list was confirmed; functional, if the number reaches the program and the care we list was
not denied. Whoever was called in vain is counted beside, not judged.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from directory.catalog.accuracy import Accuracy, Drawn, Heard, Result, Share
from directory.catalog.records import Desk
from directory.curation.audit.questions import Question

Told = Mapping[str, Result]


def newest(desk: Desk, questions: Sequence[Question]) -> Accuracy | None:
    """The figures of the newest audit that was called; None if nobody has called."""
    drawn = desk.audits.newest()
    return None if drawn is None else score(drawn, desk.audits.heard(drawn.number), questions)


def score(drawn: Drawn, heard: Sequence[Heard], questions: Sequence[Question]) -> Accuracy | None:
    """The figures of one audit; None if nothing was heard."""
    told: dict[str, dict[str, Result]] = defaultdict(dict)
    for one in heard:
        told[one.program][one.fact] = one.result
    if not told:
        return None
    judged = [one for one in told.values() if set(one.values()) != {"not_reached"}]
    days = [one.called_on for one in heard]
    return Accuracy(
        audit=drawn.number,
        population=drawn.population,
        drawn=len(drawn.programs),
        not_reached=len(told) - len(judged),
        waiting=len(drawn.programs) - len(told),
        exact=Share(sum(is_exact(one, questions) for one in judged), len(judged)),
        functional=Share(sum(is_functional(one, questions) for one in judged), len(judged)),
        facts={question.fact: _share(question.fact, heard) for question in questions},
        first=min(days),
        last=max(days),
        near=drawn.near,
        within_miles=drawn.within_miles,
    )


def is_exact(told: Told, questions: Sequence[Question]) -> bool:
    """Every contact fact that we list was confirmed; what they did not know was not."""
    contact = {one.fact for one in questions if one.part == "contact"}
    results = [result for fact, result in told.items() if fact in contact]
    return bool(results) and set(results) == {"correct"}


def is_functional(told: Told, questions: Sequence[Question]) -> bool:
    """The number reaches the program, and nobody denied the care that we list."""
    care = {one.fact for one in questions if one.part == "care"}
    denied = any(result == "wrong" for fact, result in told.items() if fact in care)
    return told.get("phone") == "correct" and not denied


def _share(fact: str, heard: Sequence[Heard]) -> Share:
    results = [one.result for one in heard if one.fact == fact]
    right = results.count("correct")
    return Share(right, right + results.count("wrong"))
