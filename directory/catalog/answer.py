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
