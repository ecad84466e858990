"""The code of a case, such as K7-204: made by the system, so that it says nothing about anybody."""

import re
import secrets
from collections.abc import Callable

from directory.errors import Refusal

# Letters and digits that nobody takes for one another on the phone or on paper.
LETTERS, FIRST, DIGITS = "ABCDEFHJKLMNPRTWXY", "23456789", "0123456789"
CODE = re.compile(rf"[{LETTERS}][{FIRST}]-[0-9]{{3}}")
TRIES = 50

Pick = Callable[[str], str]
"""Answers one character of a text, any of them alike."""


class NoCodeLeft(Refusal):
    """Nearly every code is in use: closed cases have to go first."""

    def __str__(self) -> str:
        return "Nearly all codes are in use. Close cases that are over, then try again."


def new_code(is_taken: Callable[[str], bool], pick: Pick = secrets.choice) -> str:
    """A code that no case has. Raises `NoCodeLeft`."""
    for _ in range(TRIES):
        code = f"{pick(LETTERS)}{pick(FIRST)}-{pick(DIGITS)}{pick(DIGITS)}{pick(DIGITS)}"
        if not is_taken(code):
            return code
    raise NoCodeLeft
