"""Texts that tell of a person, as people type them, in English and Spanish, straight or bent by tricks.

Each holds a surname that nobody has, so that it can be looked for wherever something is kept.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

SURNAME = "Quetzalvane"
FIRST = ("Maria", "José", "Ana", "Luz", "O'Neill", "Jo", "Zoë", "DeShawn")
# With a name, or without one: then the surname stands in the address or beside the number.
FRAMES = (
    "{first} {last}, born 03/14/1987",
    "{first} {last} 626-555-0142",
    "Call {first} {last} at (626) 555-0142",
    "{last}, {first}: DOB 14 March 2011",
    "my patient {first} {last} needs a bed",
    "{last}.{first}@clinic.example",
    "mail {last} at clinic dot example dot org",
    "MRN 004829 {last}",
    "chart no. 48213, {last}",
    "SSN 123-45-6789 {last}",
    "Paciente: {first} {last}, nacida el 14 de marzo de 1987",
    "Llame a {first} {last} al 626 555 0142",
    "{last} arroba correo punto com",
    "expediente 48213 de {last}",
    "mi hija {first} {last}, 12 de mayo de 2011",
    "la señora {last} vive en la calle Lago 12",
)
_WIDE = {one: one + 0xFEE0 for one in range(0x21, 0x7F)}
_LOOKALIKE = str.maketrans("aeopcxyAEOPCXB", "аеорсхуАЕОРСХВ")
TRICKS: Mapping[str, Callable[[str], str]] = {
    "straight": str,
    "shouted": str.upper,
    "wide": lambda text: text.translate(_WIDE),
    "joined by nothing": lambda text: "\u200b".join(text),
    "with soft hyphens": lambda text: "\u00ad".join(text),
    "lookalikes": lambda text: text.translate(_LOOKALIKE),
    "turned around": lambda text: f"\u202e{text}\u202c",
    "on lines": lambda text: text.replace(" ", "\n"),
    "spaced": lambda text: text.replace(" ", "\u00a0\u2003"),
    "accented": lambda text: re.sub("([aeiou])", "\\1\u0301", text),
}


@dataclass(frozen=True)
class Telling:
    """A text, and the surname as it stands in it."""

    text: str
    surname: str

    def needles(self) -> set[bytes]:
        """The surname as files and databases would hold it."""
        small = {self.surname, self.surname.lower(), self.surname.upper(), SURNAME, SURNAME.lower()}
        plain = {one.encode() for one in small}
        return plain | {json.dumps(one)[1:-1].encode() for one in small}


def telling(first: str, frame: str, trick: str) -> Telling:
    """A text of these parts."""
    bend = TRICKS[trick]
    return Telling(bend(frame.format(first=first, last=SURNAME)), bend(SURNAME))


TELLING = st.builds(
    telling, st.sampled_from(FIRST), st.sampled_from(FRAMES), st.sampled_from(sorted(TRICKS))
)
