"""Ids for what is new: readable, unique, and independent of the order of the rows as far as can be."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from directory.catalog.program import Site
from directory.catalog.vocabulary import folded
from directory.curation.linking.words import LinkWords, plain_words
from directory.curation.slugs import plain_slug


def id_of(text: str) -> str:
    """An id from a name: "Elijah's House" is elijahs-house."""
    return plain_slug(re.sub(r"['’.]", "", folded(text)))


class Ids:
    """The ids that are taken, and the next free one."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def new(self, *wishes: str) -> str:
        """The first wish that is free; else the last one with a number."""
        kept = [wish for wish in wishes if wish] or ["place"]
        free = next((wish for wish in kept if wish not in self._taken), "")
        number = 2
        while not free:
            numbered = f"{kept[-1]}-{number}"
            free = "" if numbered in self._taken else numbered
            number += 1
        self._taken.add(free)
        return free


def site_wishes(sites: Sequence[Site]) -> list[tuple[str, ...]]:
    """For each site its name where no other has it, then with city, then with house and street."""
    names = [id_of(site.name or "") for site in sites]
    towns = [f"{name}-{id_of(s.address.city or '')}" for name, s in zip(names, sites, strict=True)]
    streets = [
        f"{town}-{id_of(s.address.street or '')}" for town, s in zip(towns, sites, strict=True)
    ]
    used, used_in_town = Counter(names), Counter(towns)
    return [
        (*([name] if used[name] == 1 else []), *([town] if used_in_town[town] == 1 else []), street)
        for name, town, street in zip(names, towns, streets, strict=True)
    ]


def program_id(site_id: str, care: str, level: str | None) -> str:
    """A program by its site, the kind of care and the level."""
    end = f"{'mh-' if care == 'mental_health' else ''}{level or 'care'}"
    return site_id if site_id.endswith(f"-{end}") else f"{site_id}-{end}"


def organization_key(name: str, state: str | None, words: LinkWords) -> str:
    """What two spellings of one organization share. A name that says only what, holds in its state."""
    spelled = [
        part
        for word in plain_words(name)
        if word not in words.small
        for part in words.names.get(word) or (word,)
    ]
    telling = any(words.names.get(word) != () for word in spelled)
    return "-".join([*spelled, *([] if telling else [state or ""])])
