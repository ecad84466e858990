"""Codes and weeks as signed 64-bit integers, the only bit sets that SQL databases count in."""

from collections.abc import Iterable, Mapping

from directory.matching.week import WHOLE_WEEK

WORDS = 11
_ONES = (1 << 64) - 1


def words_of(bits: int) -> tuple[int, ...]:
    """672 quarter hours as 11 signed integers; bits beyond the week are cut off."""
    bits &= WHOLE_WEEK
    return tuple(_signed((bits >> (64 * at)) & _ONES) for at in range(WORDS))


def places_of(codes: Iterable[str]) -> dict[str, int]:
    """Each code with its bit."""
    return {code: place for place, code in enumerate(sorted(set(codes)))}


def packed(codes: Iterable[str], places: Mapping[str, int], words: int) -> tuple[int, ...]:
    """The codes as bits; a code that no program has is no bit."""
    bits = sum(1 << places[code] for code in codes if code in places)
    return tuple(_signed((bits >> (64 * at)) & _ONES) for at in range(words))


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word
