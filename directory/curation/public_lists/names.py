"""Names and streets as public lists write them: made readable for people, and into stable ids."""

import hashlib
import re

# How words of an upper-case list are written. Longer words are title case.
SPELLED = {
    "ASA": "ASA", "BHS": "BHS", "CA": "CA", "DBA": "dba", "DUI": "DUI", "GH": "GH", "HIFI": "HiFi",
    "HEALTHRIGHT": "HealthRIGHT", "HITS": "HITS", "II": "II", "III": "III", "IOP": "IOP", "IV": "IV",
    "LLC": "LLC", "LLP": "LLP", "LP": "LP", "PCADD": "PCADD", "PHP": "PHP", "SEA": "SEA", "CADA": "CADA",
    "SPIRITT": "SPIRITT", "SUD": "SUD", "TX": "TX", "YMCA": "YMCA", "YWCA": "YWCA",
}  # fmt: skip
SMALL_WORDS = {"and", "at", "for", "in", "of", "on", "the"}
ABBREVIATIONS = {"Hlth": "Health", "Prog": "Program"}
LONGEST_KEY = 180


def slug(text: str) -> str:
    """Lower case words with hyphens: a stable id."""
    plain = text.casefold().replace("'", "").replace(".", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def key_of(*parts: str) -> str:
    """A source key from its parts; one that is too long ends in a digest of the whole."""
    key = ":".join(parts)
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    return f"{key[: LONGEST_KEY - 13]}-{digest}"


def joined_name(name1: str, name2: str) -> str:
    """The first line, with the second where the first breaks off in the middle."""
    if name1.rsplit(" ", 1)[-1] in SMALL_WORDS:
        return f"{name1} {name2}".strip()
    return name1


def full_name(name1: str, name2: str) -> str:
    """Both lines of a directory name as one, common abbreviations spelled out."""
    whole = joined_name(name1, name2)
    if name2 and whole == name1:
        whole = f"{name1} {name2}" if name2.startswith("(") else f"{name1}, {name2}"
    return " ".join(ABBREVIATIONS.get(word, word) for word in whole.split())


def readable(text: str) -> str:
    """An upper-case name in title case; acronyms and small words keep their shape.

    A name with small letters is somebody's own spelling.
    """
    text = " ".join(text.split())
    if not text.isupper():
        return text
    parts = re.split(r"([\s/(),-]+)", text)
    return "".join(_readable_word(part, place) for place, part in enumerate(parts))


def _readable_word(word: str, place: int) -> str:
    if re.fullmatch(r"(?:[A-Za-z]\.){2,}", word):
        return "dba" if word == "D.B.A." else word
    if word in SPELLED:
        return SPELLED[word]
    if word.casefold() in SMALL_WORDS and place:
        return word.casefold()
    return word[:1].upper() + word[1:].casefold()


def readable_street(text: str) -> str:
    """A street or unit in title case; numbers with letters (200A) and units (AB) stay."""
    shown = [_street_word(word) for word in text.replace("NO. ", "N. ").split()]
    return " ".join(shown)


def _street_word(word: str) -> str:
    if re.fullmatch(r"\d+[A-Z],?|[A-Z]{1,2}", word) and word not in {"ST", "RD", "DR"}:
        return word
    return word.casefold() if re.match(r"\d", word) else word[:1] + word[1:].casefold()


def is_withheld(street: str) -> bool:
    """True if a list keeps the street back: a row of dashes, or nothing."""
    return not street.strip("- ")
