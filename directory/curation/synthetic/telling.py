"""Names and descriptions of invented programs, from the word lists of `data/synthetic`."""

from collections.abc import Mapping, Sequence
from random import Random

from directory.catalog.program import Program
from directory.catalog.vocabulary import Vocabularies

NOTICE = "Example program, invented to try Stepwise."
LEAST_WORDS, MOST_WORDS = 68, 80
_MOST_SERVICE_WORDS = 34

Words = Mapping[str, tuple[str, ...]]


def organization_name(rng: Random, words: Words) -> str:
    """Two words that nobody would name a clinic by."""
    return f"{rng.choice(words['first'])} {rng.choice(words['second'])}"


def program_name(rng: Random, words: Words, organization: str) -> str:
    """The organization and a kind of place."""
    return f"{organization} {rng.choice(words['kind'])}"


def describe(
    rng: Random,
    words: Words,
    program: Program,
    names: tuple[str, str],
    vocabularies: Vocabularies,
) -> str:
    """About 70 to 80 words that mention about half of the services. `names`: organization, city."""
    organization, city = names
    plain = Plainly(rng, vocabularies)
    told = {
        "organization": organization,
        "city": city,
        "people": _people(program),
        "conditions": plain.some("conditions", program.conditions, 3) or "life as it is",
        "services": plain.half("services", program.services),
        "populations": plain.some("populations", tuple(program.populations), 3) or "adults",
        "detail": rng.choice(words["details"]),
    }
    text = NOTICE
    for part in ("opening", "services", "who", "detail"):
        text += " " + _sentence(rng.choice(words[part]).format_map(told))
        if len(text.split()) >= LEAST_WORDS and part != "opening":
            return text
    for closing in rng.sample(words["closing"], len(words["closing"])):
        if len(text.split()) >= LEAST_WORDS:
            break
        text += f" {closing}"
    return text


class Plainly:
    """Codes in the words that people use."""

    def __init__(self, rng: Random, vocabularies: Vocabularies) -> None:
        self._rng = rng
        self._vocabularies = vocabularies

    def some(self, kind: str, codes: Sequence[str], most: int) -> str:
        """At most so many of the codes."""
        picked = self._rng.sample(codes, min(most, len(codes)))
        return _listed([self._word(kind, code) for code in picked])

    def half(self, kind: str, codes: Sequence[str]) -> str:
        """Half of the codes, as far as a short text has room."""
        said: list[str] = []
        for code in self._rng.sample(codes, (len(codes) + 1) // 2):
            said.append(self._word(kind, code))
            if sum(len(one.split()) for one in said) > _MOST_SERVICE_WORDS:
                break
        return _listed(said) or "group therapy"

    def _word(self, kind: str, code: str) -> str:
        term = self._vocabularies[kind][code]
        if term.aliases and self._rng.random() < 0.3:
            return term.aliases[0]
        acronym = term.label[:2].isupper()
        return term.label if acronym else term.label[0].lower() + term.label[1:]


def _people(program: Program) -> str:
    if program.ages is None or program.ages.min is None:
        return "people"
    if program.ages.min >= 18:
        return "adults"
    return "teenagers" if program.ages.max else "teenagers and adults"


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + "".join(parts[-1:])


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
