"""Choices are words with one spelling, read strictly, all problems at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.accounts.choices import KEYS, Known, over, read_choices, written
from directory.catalog.partner import Choices
from directory.catalog.vocabulary import load_vocabularies
from directory.errors import BadChoices
from tests.house.files import ROOT

VOCABULARIES = load_vocabularies(ROOT / "data" / "vocabularies")
KNOWN = Known(VOCABULARIES, ("en", "es"), lambda text: text in ("91101", "Pasadena, CA"))


def some(kind):
    codes = VOCABULARIES[kind].codes()
    return st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True).map(tuple)


choices = st.builds(
    Choices,
    lang=st.sampled_from([None, "en", "es"]),
    scheme=st.sampled_from([None, "auto", "light", "dark"]),
    accent=st.sampled_from([None, "#7a2d5b", "#0b5c5e"]),
    accent_dark=st.sampled_from([None, "#eba9cf"]),
    radius=st.none() | st.integers(0, 16),
    place=st.sampled_from([None, "91101", "Pasadena, CA"]),
    within=st.none() | st.integers(1, 100),
    focus=st.none() | some("focus"),
    payer=st.none() | st.sampled_from(VOCABULARIES["payers"].codes()),
    services=st.none() | some("services"),
    populations=st.none() | some("populations"),
    languages=st.none() | some("languages"),
    count=st.none() | st.integers(1, 10),
    examples=st.sampled_from([None, True, False]),
)


@given(chosen=choices)
def test_what_is_written_is_read_back(chosen):
    assert read_choices(written(chosen), KNOWN) == chosen


@given(fixed=choices, wished=choices)
def test_what_a_key_fixes_a_page_cannot_change(fixed, wished):
    both, set_by_key = written(over(fixed, wished)), written(fixed)
    assert both == {**written(wished), **set_by_key}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("lang", "fr"),
        ("lang", "esperanto"),
        ("lang", "-es"),
        ("scheme", "neon"),
        ("accent", "#ffcc00"),
        ("accent-dark", "#333333"),
        ("radius", "17"),
        ("radius", "1_0"),
        ("radius", "\u0661"),
        ("radius", "-1"),
        ("within", "0"),
        ("within", "101"),
        ("count", "11"),
        ("count", "0"),
        ("place", "Atlantis"),
        ("place", "9" * 200),
        ("focus", "nonsense"),
        ("payer", "medi-cal,medicare"),
        ("examples", "no"),
        ("utm_source", "x"),
    ],
)
def test_a_wrong_choice_is_refused_by_name(key, text):
    with pytest.raises(BadChoices) as refused:
        read_choices({key: text, "count": text if key == "count" else "3"}, KNOWN)
    assert [problem.field for problem in refused.value.problems] == [key]


@pytest.mark.parametrize("tag", ["es", "ES", "es-MX", "es_MX", "es-419", "es-Latn-US", " es-mx "])
def test_the_language_of_a_tag_is_chosen_whatever_its_region(tag):
    assert read_choices({"lang": tag}, KNOWN) == Choices(lang="es")


def test_every_problem_is_named_at_once():
    with pytest.raises(BadChoices) as refused:
        read_choices({"lang": "fr", "radius": "x", "count": "3"}, KNOWN)
    assert [problem.field for problem in refused.value.problems] == ["lang", "radius"]


def test_every_choice_can_be_left_open():
    assert read_choices(dict.fromkeys(KEYS, ""), KNOWN) == Choices()
