"""A site as one source sees it, made comparable: street, unit, phone, telling words of its names."""

import re
from dataclasses import dataclass, field
from functools import cache

from directory.catalog.program import Address
from directory.curation.linking.words import LinkWords, plain_words

Street = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A site as its source writes it: what a person compares.

    `key` is the source's own key of the row, or 'site:<id>' for a site that no list speaks of.
    `numbers` are licenses and NPI, each with who gave it. `site_id` is ours, where it is known.
    """

    key: str
    names: tuple[str, ...]
    phone: str | None = None
    address: Address = field(default_factory=Address)
    numbers: frozenset[str] = frozenset()
    site_id: str | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """What is compared. `street` is house number and name of the street, without its kind and
    direction, which stand in `sides`; empty where no street is shown. `name` are the words that say
    whose place it is, `whole` all words of each name but "inc" and "the".
    """

    seen: Seen
    directory: str
    street: Street
    sides: frozenset[tuple[str, str]]
    unit: frozenset[str]
    zip: str
    city: str
    phone: str
    name: frozenset[str]
    whole: frozenset[frozenset[str]]

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.seen.key


def door(seen: Seen, words: LinkWords) -> Door:
    """Make a site comparable."""
    address = seen.address
    street, sides, unit = _street(address.street or "", words)
    city = " ".join(plain_words(address.city))
    return Door(
        seen=seen,
        directory=directory_of(seen.key),
        street=street,
        sides=sides,
        unit=unit | _unit(address.unit or "", words),
        zip=(address.zip or "")[:5],
        city=city,
        phone=phone10(seen.phone),
        name=_telling(seen.names, city, words),
        whole=frozenset(filter(None, (_whole(name, words) for name in seen.names))),
    )


@cache
def directory_of(key: str) -> str:
    """The list a row stands in: one list never names the same program twice."""
    parts = key.split(":")
    return ":".join(parts[:2]) if len(parts) > 2 else parts[0]


def phone10(text: str | None) -> str:
    """The ten digits of a number, without extension or country; nothing if there are not ten."""
    digits = re.sub(r"\D", "", re.split(r"[a-z]", (text or "").casefold(), maxsplit=1)[0])
    digits = digits.removeprefix("1") if len(digits) == 11 else digits
    return digits if len(digits) == 10 else ""


def _street(
    text: str, words: LinkWords
) -> tuple[Street, frozenset[tuple[str, str]], frozenset[str]]:
    """The street, its kind and direction, and the unit where it stands in the same line."""
    core: list[str] = []
    sides: set[tuple[str, str]] = set()
    written = plain_words(text)
    for place, word in enumerate(written):
        meant, use = words.streets.get(word, (word, "name"))
        if len(core) > 1 and (use == "unit" or _ends_in_unit(written[place:], sides)):
            return tuple(core), frozenset(sides), _unit(" ".join(written[place:]), words)
        if use in ("type", "direction"):
            sides.add((use, meant))
        elif meant:
            core.append(meant)
    if len(core) < 2:  # "1200 Avenue", "5 North Street": the words are its name
        core = [words.streets.get(word, (word,))[0] or word for word in written]
    return tuple(core), frozenset(sides), frozenset()


def _ends_in_unit(rest: list[str], sides: set[tuple[str, str]]) -> bool:
    """True for the last word of "4425 Bayard St 200" and "4339 Park Drive A"."""
    last = len(rest) == 1 and any(use == "type" for use, _ in sides)
    return last and (rest[0].isdigit() or (len(rest[0]) == 1 and rest[0] not in "nsew"))


def _unit(text: str, words: LinkWords) -> frozenset[str]:
    """Every suite named: 'Suites 200, 204 and 250A' is three."""
    joined = re.sub(r"(?<=[^\W\d])-(?=\w)|(?<=\w)-(?=[^\W\d])", "", text)  # C-114; 109-110 is two
    kept = (word for word in plain_words(joined) if word != "and")
    named = (re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word) for word in kept)
    return frozenset(word for word in named if words.streets.get(word, ("", ""))[1] != "unit")


def _telling(names: tuple[str, ...], city: str, words: LinkWords) -> frozenset[str]:
    """The words that say whose place it is; all words where none does."""
    said = [
        part
        for name in names
        for word in plain_words(name)
        for part in words.names.get(word, (word,))
    ]
    telling = frozenset(said) - frozenset(city.split())
    return telling or frozenset(word for name in names for word in plain_words(name))


def _whole(name: str, words: LinkWords) -> frozenset[str]:
    """The words of a name but "inc" and "the", short forms spelled out."""
    kept = (word for word in plain_words(name) if word not in words.small)
    return frozenset(part for word in kept for part in words.names.get(word) or (word,))
