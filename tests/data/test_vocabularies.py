"""The words of the field: each code once, each word once, each row with its source."""

import pytest

from directory.catalog.vocabulary import KINDS, folded, load_vocabularies
from tests.data.files import DATA, SOURCES, codes_used, listing, rows

HEADER = ["id", "label", "label_es", "parent", "aliases", "aliases_es", "samhsa_codes", "source"]
VOCABULARIES = DATA / "vocabularies"


def vocabulary(kind: str) -> list[dict[str, str]]:
    return rows(VOCABULARIES / f"{kind}.csv")


@pytest.mark.parametrize("kind", KINDS)
def test_every_vocabulary_has_the_same_columns(kind: str) -> None:
    assert all(list(row) == HEADER for row in vocabulary(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_stands_once_and_fits_in_the_bits(kind: str) -> None:
    codes = [row["id"] for row in vocabulary(kind)]
    assert len(codes) == len(set(codes)) <= 128


@pytest.mark.parametrize("kind", KINDS)
def test_a_parent_is_a_code_of_the_same_vocabulary(kind: str) -> None:
    found = vocabulary(kind)
    assert {row["parent"] for row in found} - {""} <= {row["id"] for row in found}


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_has_a_label_and_a_source(kind: str) -> None:
    assert all(row["label"] and row["label_es"] and row["source"] for row in vocabulary(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_codes_have_one_label(kind: str) -> None:
    for column in ("label", "label_es"):
        labels = [folded(row[column]) for row in vocabulary(kind)]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_means_two_codes_of_one_vocabulary(kind: str) -> None:
    words = [
        folded(word)
        for row in vocabulary(kind)
        for word in (row["label"], *row["aliases"].split("|"), *row["aliases_es"].split("|"))
        if word
    ]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_can_be_found_in_spanish(kind: str) -> None:
    assert [row["id"] for row in vocabulary(kind) if not row["aliases_es"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_federal_codes_are_codes_of_the_federal_list(kind: str) -> None:
    known = {row["service_code"] for row in rows(SOURCES / "samhsa_service_codes.csv")}
    used = {code for row in vocabulary(kind) for code in row["samhsa_codes"].split("|") if code}
    assert used <= known


@pytest.mark.parametrize("kind", KINDS)
def test_a_federal_code_means_one_thing_in_a_vocabulary(kind: str) -> None:
    codes = [c for row in vocabulary(kind) for c in row["samhsa_codes"].split("|") if c]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["pasadena", "examples"])
def test_listings_use_known_codes_only(name: str, kind: str) -> None:
    assert codes_used(listing(name), kind) <= {row["id"] for row in vocabulary(kind)}


def test_the_catalog_reads_every_vocabulary() -> None:
    loaded = load_vocabularies(VOCABULARIES)
    assert tuple(loaded) == KINDS
    assert loaded["payers"].widened("la-care") == ("la-care", "medi-cal")
    assert "buprenorphine" in loaded["services"].narrowed("medicine_for_addiction")


@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        ("services", "suboxone", "buprenorphine"),
        ("services", "terapia familiar", "family_therapy"),
        ("services", "AA", "twelve_step"),
        ("services", "MAT", "medicine_for_addiction"),
        ("conditions", "drinking", "alcohol_use"),
        ("conditions", "meth", "stimulant_use"),
        ("focus", "therapy for addiction", "substance_use"),
        ("payers", "seguro", "private-insurance"),
        ("levels_of_care", "partial hospitalization", "php"),
        ("languages", "sign language", "ase"),
    ],
)
def test_a_persons_word_leads_to_the_code(kind: str, word: str, code: str) -> None:
    loaded = load_vocabularies(VOCABULARIES)[kind]
    assert [t.id for t in loaded if folded(word) in map(folded, t.aliases)] == [code]
