"""Names, streets and phones: made readable for people, and comparable for joining."""

import re

ACRONYMS = {
    "ASA": "ASA", "BHS": "BHS", "CA": "CA", "DBA": "dba", "GH": "GH", "HIFI": "HiFi",
    "HEALTHRIGHT": "HealthRIGHT", "HITS": "HITS", "III": "III", "IOP": "IOP", "LLC": "LLC",
    "PCADD": "PCADD", "SEA": "SEA", "CADA": "CADA", "SPIRITT": "SPIRITT", "TX": "TX",
}  # fmt: skip
SMALL_WORDS = {"and", "at", "for", "in", "of", "on", "the"}
ABBREVIATIONS = {"Hlth": "Health", "Prog": "Program"}
# Words that say nothing about which place is meant.
GENERIC = frozenset(
    {
        *("a", "and", "at", "for", "in", "of", "the", "corp", "inc", "llc", "los", "angeles"),
        *("behavioral", "care", "center", "centers", "clinic", "community", "county", "family"),
        *("glendale", "health", "house", "medical", "mental", "office", "outpatient", "pasadena"),
        *("program", "programs", "recovery", "rehab", "residential", "service", "services"),
        *("system", "systems", "treatment", "wellness"),
    }
)
SPELLINGS = {"la": "los angeles", "lacada": "los angeles alcohol drug abuse", "msr": "monsenor"}
STREET_WORDS = frozenset(
    {
        *("avenue", "ave", "boulevard", "blvd", "drive", "dr", "street", "st", "road", "rd"),
        *("place", "pl", "lane", "ln", "east", "e", "west", "w", "north", "n", "south", "s", "no"),
    }
)
UNIT_WORDS = frozenset({"suite", "suites", "ste", "unit", "building", "bldg", "floor"})
# A program name made of these alone does not say whose program it is.
LEVEL_WORDS = frozenset(
    {"and", "hospitalization", "intensive", "iop", "iop3", "iop5", "outpatient", "partial", "php"}
    | {"program", "sud", "adolescent", "chemical", "dependency", "treatment", "gaads", "at"}
)


def slug(text: str) -> str:
    """Lower case words with hyphens: a stable id."""
    plain = text.casefold().replace("'", "").replace(".", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def words(text: str) -> list[str]:
    """The words of a name or street in lower case, without marks."""
    return slug(text).split("-") if slug(text) else []


def joined_name(name1: str, name2: str) -> str:
    """The first line, with the second where the first breaks off in the middle."""
    if name1.rsplit(" ", 1)[-1] in SMALL_WORDS:
        return f"{name1} {name2}"
    return name1


def full_name(name1: str, name2: str) -> str:
    """Both lines of a directory name as one, common abbreviations spelled out."""
    whole = joined_name(name1, name2)
    if name2 and whole == name1:
        whole = f"{name1} {name2}" if name2.startswith("(") else f"{name1}, {name2}"
    return " ".join(ABBREVIATIONS.get(word, word) for word in whole.split())


def readable(text: str) -> str:
    """An upper-case name in title case; acronyms and small words keep their shape."""
    parts = re.split(r"([\s/(),-]+)", " ".join(text.split()))
    return "".join(_readable_word(part, place) for place, part in enumerate(parts))


def _readable_word(word: str, place: int) -> str:
    if re.fullmatch(r"(?:[A-Za-z]\.){2,}", word):
        return "dba" if word == "D.B.A." else word
    if word in ACRONYMS:
        return ACRONYMS[word]
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


def phone_number(text: str) -> str | None:
    """NNN-NNN-NNNN, with ' xN' for an extension; None where there is no number."""
    number, _, extension = text.partition("x")
    digits = re.sub(r"\D", "", number)
    if len(digits) != 10:
        return None
    shown = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return f"{shown} x{extension.strip()}" if extension.strip() else shown


def distinctive(names: tuple[str, ...]) -> frozenset[str]:
    """The words that tell one name from another, over all names of a place."""
    spelled = " ".join(SPELLINGS.get(word, word) for name in names for word in words(name))
    return frozenset(spelled.split()) - GENERIC


def organization_key(name: str) -> str:
    """What two spellings of one organization share."""
    spelled = " ".join(SPELLINGS.get(word, word) for word in words(name))
    drop = {"inc", "llc", "corp", "the"}
    return "-".join(word for word in spelled.split() if word not in drop)


def street_key(street: str) -> tuple[str, ...]:
    """House number and street core, without directions and kinds of street."""
    return tuple(word for word in words(street) if word not in STREET_WORDS)


def unit_key(unit: str | None) -> str:
    """The unit without its kind: 'Building A' and 'UNIT A' are the same door."""
    return "-".join(word for word in words(unit or "") if word not in UNIT_WORDS)


def program_name(site: str, name: str) -> str:
    """The program's name, after the site's where the name alone does not tell whose it is."""
    return f"{site}: {name}" if LEVEL_WORDS.issuperset(words(name)) else name
