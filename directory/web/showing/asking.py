"""A question of the call sheet."""

from dataclasses import dataclass

from directory.web.showing.answering import Said


@dataclass(frozen=True, slots=True)
class Question:
    """A question to read out, what we know already, and since when."""

    text: str
    known: Said
    seen: str = ""

    @property
    def open(self) -> bool:
        """True if nothing answers it yet."""
        return self.known.mark == "ask"
