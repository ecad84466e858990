"""Does a short text look as if it told who somebody is? Rather one refusal too many.

What a person types about a listing is kept for curators, so nothing may be in it that names or
reaches a person: no name, number, address of mail, date of birth, and nobody's relative. Names are
told by their capitals: a name in small letters passes, which is why few words are asked for, few
people read them and none are kept for long (adr/024).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

Sign = Literal["contact", "number", "date", "person", "name"]

_CONTACT = re.compile(
    r"@|\b(?:gmail|hotmail|icloud|outlook|yahoo)\b|\barroba\b|[(\[]\s?at\s?[)\]]"
    r"|\b(?:dot|punto)\s(?:com|org|net|edu|example)\b",
    re.IGNORECASE,
)
# Six digits in a row, whatever stands between two of them: a phone, a policy, a security number.
# Three are enough behind a word for a record.
_NUMBER = re.compile(
    r"\d(?:[\s().\-/\u2010-\u2015]{0,3}\d){5}"
    r"|\b(?:mrn|ssn|chart|record|case|member|policy|expediente|historia|p[oó]liza|afiliad[oa])"
    r"\s?(?:id|no|num|number|n[uú]mero|n[uú]m)?[\s.:#º]{0,3}\d{3}",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,4}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{1,4}\b|\b(?:19\d\d|200\d)\b"
    r"|\bborn\b|\bbirth|\bd\.?o\.?b\b|\bnac[ií](?:do|da|miento)?\b|\bcumplea"
    r"|\b(?:jan|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|oct|nov|dec|dic|ene)[a-z]*\.?"
    r"\s(?:\d{1,2},?\s|del?\s){0,2}201\d\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bnames?\b|\bnombres?\b|\bme llamo\b|\bi(?:'|\u2019| a)m called\b|\bi live\b|\bvivo en\b"
    r"|\bvive en\b|\bse[ñn]or(?:a|ita)?\b|\b(?:mr|mrs|ms|miss|sra?|srta)\b|\bdra?\.\s|\bdoctora?\s"
    r"|\b(?:my|mi|our|his|her|su)\s+(?:\w+\s+)?(?:son|daughter|child|kid|boy|girl|husband|wife|"
    r"partner|mother|father|mom|mum|dad|parent|brother|sister|friend|client|patient|hij[oa]|espos[oa]|"
    r"marido|mujer|madre|padre|mam[aá]|pap[aá]|herman[oa]|amig[oa]|pareja|paciente)\b",
    re.IGNORECASE,
)
# The street of a place: a number, a name, and what kind of street it is.
_STREET = re.compile(
    r"\b\d{1,5}\s+(?:[NSEW]\.?\s+)?(?:[^\W\d_][\w'\u2019\-]*\.?\s+){1,4}"
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|way|court|ct|place|pl)\b",
    re.IGNORECASE,
)
# A word of two alphabets is dressed up as another.
_MIXED = re.compile(r"[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*")
_ENDS_A_SENTENCE = tuple(".!?:;\u2026")
_OPENS_A_SENTENCE = '"\u201c\u00bf\u00a1('
# Words that have a capital, and name nobody.
_CAPITALS = (
    "I I'm I've I'd I'll IOP PHP AM PM TV ID OK US USA CA LA ZIP PO FAQ Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April "
    "May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov "
    "Dec Christmas Thanksgiving Easter English Spanish California Los Angeles County Zoom Google Street St "
    "Avenue Ave Road Rd Boulevard Blvd Suite North South East West N S E W"
)


def sign_of_a_person(text: str, known: Collection[str]) -> Sign | None:
    """The first sign of a person in `text`; `known` are words of the listing and of the field, folded."""
    text = _as_read(text)
    plain = _without_accents(text)
    signs: tuple[tuple[Sign, re.Pattern[str]], ...] = (
        ("contact", _CONTACT),
        ("date", _DATE),
        ("number", _NUMBER),
        ("person", _PERSON),
    )
    for sign, pattern in signs:
        if pattern.search(plain):
            return sign
    if _MIXED.search(plain):
        return "name"
    allowed = {*known, *folded((_CAPITALS,))}
    return "name" if any(_names(_STREET.sub("there", text), allowed)) else None


def _as_read(text: str) -> str:
    """The text as it looks: no marks that nobody sees between its letters, one form for each sign."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", shown)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def folded(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts as they are compared."""
    return frozenset(
        word.replace("\u2019", "'").casefold() for text in texts for word in _WORD.findall(text)
    )


def _names(text: str, allowed: Collection[str]) -> Iterator[str]:
    """Words with a capital inside a sentence, or followed at its start by another, that are not known."""
    found = list(_WORD.finditer(text))
    unknown = [_is_unknown_name(one.group(), allowed) for one in found]
    for at, one in enumerate(found):
        if not unknown[at]:
            continue
        followed = at + 1 < len(found) and unknown[at + 1]
        shouted = len(one.group()) > 1 and one.group().isupper()
        # Only what stands since the word before is looked at: all of it each time took minutes.
        since = found[at - 1].end() if at else 0
        if followed or shouted or not _begins_a_sentence(text[since : one.start()], first=not at):
            yield one.group()


def _begins_a_sentence(gap: str, *, first: bool) -> bool:
    """True if a word behind this gap begins a sentence; `first` if no word stands before it."""
    gap = gap.rstrip(_OPENS_A_SENTENCE)
    before = gap.rstrip()
    return (first and not before) or "\n" in gap[len(before) :] or before.endswith(_ENDS_A_SENTENCE)


def _is_unknown_name(word: str, allowed: Collection[str]) -> bool:
    plain = word.replace("\u2019", "'").casefold()
    return word[0].isupper() and plain not in allowed and plain.removesuffix("s") not in allowed
