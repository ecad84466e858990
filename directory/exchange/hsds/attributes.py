"""Coded facts as attributes with terms of our taxonomies, and foreign terms read by their words."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from directory.catalog.program import Program
from directory.catalog.vocabulary import Term, Vocabularies, Vocabulary, folded
from directory.exchange.hsds import keys
from directory.exchange.hsds.keys import CODED, TAXONOMY, Coded, identifier

Json = dict[str, Any]


def attributes_of(program: Program, service: str, vocabularies: Vocabularies) -> list[Json]:
    """One attribute for each code, with what is said of it as its value."""
    return [
        {
            "id": identifier("attribute", program.id, coded.fact, code),
            "link_id": service,
            "link_entity": "service",
            "link_type": coded.link_type,
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
            **said,
        }
        for coded in CODED
        for code, said in codes_of(program, coded.fact)
        for term in (term_of(vocabularies[coded.kind], code),)
    ]


def term_of(vocabulary: Vocabulary, code: str) -> Json:
    """A code as a term; HSDS wants a description, and the label is the one we have."""
    return dict(_term(vocabulary, code))


@lru_cache(maxsize=8192)
def _term(vocabulary: Vocabulary, code: str) -> Json:
    kind, label = vocabulary.kind, vocabulary.label(code)
    term = vocabulary[code] if code in vocabulary else Term(kind, code, label)
    plain = {
        "id": identifier("term", kind, code),
        "code": code,
        "name": label,
        "description": label,
        "taxonomy": f"{TAXONOMY}{kind}",
        "taxonomy_id": identifier("taxonomy", kind),
    }
    return plain | ({"parent_id": identifier("term", kind, term.parent)} if term.parent else {})


def taxonomy_of(vocabulary: Vocabulary) -> Json:
    """A vocabulary as a taxonomy."""
    return {
        "id": identifier("taxonomy", vocabulary.kind),
        "name": f"{TAXONOMY}{vocabulary.kind}",
        "description": f"Codes of the vocabulary {vocabulary.kind}.",
    }


def coded_in(attribute: Json, vocabularies: Vocabularies) -> tuple[Coded, str] | None:
    """The fact and code that an attribute states; None where we have no meaning for its term.

    A term of our own taxonomies is taken at its word. A foreign one is taken where its code or
    name is a code, a label or an alias of ours.
    """
    term = _object(attribute.get("taxonomy_term"))
    code, name = str(term.get("code") or ""), str(term.get("name") or "")
    taxonomy = str(term.get("taxonomy") or "")
    for coded in CODED:
        if taxonomy == f"{TAXONOMY}{coded.kind}":
            return coded, code
    if taxonomy.startswith(TAXONOMY):
        return None
    for coded in CODED:
        if (found := _meaning(vocabularies[coded.kind], code, name)) is not None:
            return coded, found
    return None


def term_name(attribute: Json) -> str:
    """A term as a report names it."""
    term = _object(attribute.get("taxonomy_term"))
    parts = (term.get("taxonomy"), term.get("code") or attribute.get("taxonomy_term_id"))
    words = [str(part) for part in (*parts, term.get("name")) if part]
    return " ".join(words)[:120] or "a term without code or name"


def _meaning(vocabulary: Vocabulary, code: str, name: str) -> str | None:
    if code in vocabulary:
        return code
    words = {folded(name), folded(code)} - {""}
    for term in vocabulary:
        if words & {folded(word) for word in (term.id, term.label, *term.aliases)}:
            return term.id
    return None


def codes_of(program: Program, fact: str) -> Iterator[tuple[str, Json]]:
    """Each code of a fact, with the keys that say more of it."""
    if fact == "level_of_care" and program.level_of_care:
        level = program.level_evidence
        yield program.level_of_care, {"value": level} if level else {}
    elif fact == "populations":
        yield from ((code, {"value": stance}) for code, stance in program.populations.items())
    elif fact == "payers":
        for payer in program.payers:
            as_of = {keys.AS_OF: payer.as_of.isoformat()} if payer.as_of else {}
            yield payer.payer, {"value": payer.network, **as_of}
    elif fact in ("focus", "conditions", "services", "accreditations"):
        codes: tuple[str, ...] = getattr(program, fact)
        yield from ((code, {}) for code in codes)


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
