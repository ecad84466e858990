"""Every fact is yes, no or unknown. Unknown is not no."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """The three answers a need can get."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes if one is yes; unknown if one is unknown; otherwise no. Nothing asked is yes."""
    given = tuple(answers)
    if not given or Answer.YES in given:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in given else Answer.NO


def all_of(answers: Iterable[Answer]) -> Answer:
    """No if one is no; unknown if one is unknown; otherwise yes."""
    given = tuple(answers)
    if Answer.NO in given:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in given else Answer.YES
