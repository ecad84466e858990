"""Whether help comes first for who filled in a form, whatever became of the search."""

from collections.abc import Mapping, Sequence

from directory.web.services import services

TYPED = ("q", "place")


def in_danger(filled: Mapping[str, Sequence[str]]) -> bool:
    """True if words of danger were typed, in the field for words or in the one for a place."""
    texts = (text for name in TYPED for text in filled.get(name, ()))
    return any(services.speaks_of_danger(text) for text in texts)
