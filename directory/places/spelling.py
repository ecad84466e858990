"""One spelling for each place name: how people, the post office and maps write the same name.

`fold` is used for what a visitor types and for what `data/gazetteer/build.py` stores, so the two
always meet. It knows nothing of which places exist.
"""

import re
import unicodedata

# Longer than any US place name with its state; more is not a name, and costs time.
LONGEST_NAME = 120

# Only as the first word of several: "S. Pasadena", but "Avenue S" stays.
DIRECTIONS = {
    "n": "north", "no": "north", "s": "south", "so": "south", "e": "east", "w": "west",
}  # fmt: skip

# As any word but the last: "Ft. Worth", "Port St. Lucie".
OPENINGS = {
    "ft": "fort", "mt": "mount", "mtn": "mountain", "pt": "point", "st": "saint", "ste": "sainte",
}  # fmt: skip

# As any word but the first: the post office's short forms.
CLOSINGS = {
    "bch": "beach", "cty": "city", "hts": "heights", "jct": "junction", "spgs": "springs",
    "twp": "township", "vlg": "village", "mtn": "mountain", "hls": "hills",
}  # fmt: skip

_APOSTROPHES = re.compile("['`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u2032]")
_NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
# USPS writes "O Fallon" and "Coeur D Alene", maps "O'Fallon" and "Coeur d'Alene".
_LONE_PREFIX = re.compile(r"\b([do]) (?=\w{2})")


def fold(text: str) -> str:
    """The name as it is compared: unaccented, lower case, single spaces, short forms written out.

    "S. Pasadena" and "south pasadena" give the same; so do "La Cañada" and "La Canada". Idempotent.
    Text without any letter or digit gives "".
    """
    return " ".join(_write_out(_plain(text[:LONGEST_NAME]).split()))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    unaccented = "".join(c for c in decomposed if not unicodedata.combining(c))
    joined = _APOSTROPHES.sub("", unaccented.casefold())
    return _LONE_PREFIX.sub(r"\1", _NOT_A_LETTER_OR_DIGIT.sub(" ", joined).strip())


def _write_out(words: list[str]) -> list[str]:
    last = len(words) - 1
    return [_write_out_word(word, at, last) for at, word in enumerate(words)]


def _write_out_word(word: str, at: int, last: int) -> str:
    if at == 0 and last > 0 and word in DIRECTIONS:
        return DIRECTIONS[word]
    if at < last and word in OPENINGS:
        return OPENINGS[word]
    if at > 0 and word in CLOSINGS:
        return CLOSINGS[word]
    return word
