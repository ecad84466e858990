"""A revised generation answers as one that is built anew from the same listings."""

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from directory.catalog.evidence import Source
from directory.catalog.whereabouts import Standing
from directory.curation.lint.inspecting import published as measured
from directory.exchange.hsds.entries import KINDS, Encoder
from directory.matching.finder import Finder
from directory.search.compiled import BLOCK, LENGTH_BYTES, Triples, pack
from directory.search.generations import Generations
from directory.search.manifest import is_whole
from tests.curation.lint.measuring import BY
from tests.curation.lint.test_laws import a_doubtful_listing
from tests.matching.test_laws import a_random_listing, a_random_need
from tests.support.builders import (
    FORMULA,
    GAZETTEER,
    NOW,
    TODAY,
    WORDS,
    a_builder,
    a_context,
    a_listing,
    published,
)

TEXTS = ("family therapy", "oak lake", "trauma", "nothing zzzz", "91101", "quartz program")
WORDS_USED = ("oak", "lake", "family", "trauma", "center", "casa", "evening", "zephyr", "quartz")


def some_listing(rng, number):
    one = a_random_listing(rng, number)
    said = " ".join(rng.choices(WORDS_USED, k=rng.randint(0, 30)))
    return replace(one, program=replace(one.program, description=said), version=rng.randint(1, 9))


def changed(rng, listings):
    """Some listings gone, some changed, some new: the new list, and what is told of it."""
    gone = frozenset(one.program.id for one in rng.sample(listings, rng.randint(0, 3)))
    numbers = [int(one.program.id[1:]) for one in rng.sample(listings, rng.randint(0, 4))]
    numbers += rng.sample(range(200, 999), rng.randint(0, 3))
    came = [some_listing(rng, number) for number in numbers if f"r{number:04d}" not in gone]
    new = {one.program.id for one in came}
    kept = [one for one in listings if one.program.id not in gone | new]
    return [*kept, *came], came, gone


def test_findings_are_kept_with_the_listings_and_revised_with_them(tmp_path):
    rng = random.Random(3)
    some = [measured(a_doubtful_listing(rng, number), BY) for number in range(60)]
    assert 5 < sum(bool(one.findings) for one in some) < 60
    generations = published(tmp_path, some)
    assert generations.current().listings(range(60)) == by_row(generations, some)
    came = [measured(a_doubtful_listing(rng, number), BY) for number in range(10, 20)]
    generations.revise(a_builder(), came, frozenset({"r0000"}))
    revised = Generations(tmp_path, WORDS)
    left = [*some[1:10], *came, *some[20:]]
    assert revised.current().listings(range(59)) == by_row(revised, left)


def by_row(generations, listings):
    """The listings in the order of a generation's rows."""
    current = generations.current()
    return sorted(listings, key=lambda one: current.row_of(one.program.id))


def finder(generations):
    return Finder(generations.current, GAZETTEER, a_context, FORMULA, lambda: NOW)


@pytest.mark.parametrize("seed", range(12))
def test_it_answers_as_a_whole_build_would(tmp_path, seed):
    rng = random.Random(seed)
    listings = [some_listing(rng, number) for number in range(60)]
    generations = published(tmp_path / "revised", listings)
    for _ in range(3):
        listings, came, gone = changed(rng, listings)
        generations.revise(a_builder(), came, gone)
    revised = Generations(tmp_path / "revised", WORDS)
    whole = published(tmp_path / "whole", listings)
    one, other = revised.current(), whole.current()
    assert one.statistics == other.statistics
    assert one.listings(range(len(listings))) == other.listings(range(len(listings)))
    for text in TEXTS:
        assert np.array_equal(one.words(text).scores, other.words(text).scores), text
    for _ in range(15):
        need = replace(a_random_need(rng), text=rng.choice(("", *TEXTS)))
        found, expected = finder(revised).find(need), finder(whole).find(need)
        assert replace(found, generation="") == replace(expected, generation="")


def test_it_is_found_under_its_new_name_and_no_longer_under_the_old(tmp_path):
    generations = published(tmp_path, [a_listing(id=f"p{number}") for number in range(9)])
    came = replace(a_listing(id="p4"), slug="another-address")
    generations.revise(a_builder(), [came], frozenset({"p7"}))
    current = Generations(tmp_path, WORDS).current()
    assert current.listings([current.row_of("another-address")]) == [came]
    assert current.row_of("p7") is None
    assert current.roster.size == 8


def test_an_id_comes_before_the_address_of_another_and_gives_it_back_when_it_goes(tmp_path):
    first, other = a_listing(id="x"), replace(a_listing(id="y"), slug="x")
    generations = published(tmp_path, [replace(first, slug="first"), other])
    current = generations.current()
    assert current.row_of("x") == current.row_of("first") != current.row_of("y")
    generations.revise(a_builder(), [], frozenset({"x"}))
    current = Generations(tmp_path, WORDS).current()
    assert current.row_of("x") == current.row_of("y") == 0
    generations.revise(a_builder(), [replace(first, slug="first")], frozenset())
    current = Generations(tmp_path, WORDS).current()
    assert current.row_of("x") == current.row_of("first") != current.row_of("y")


def test_what_stays_is_linked_and_a_revision_outlives_what_it_came_from(tmp_path):
    generations = published(tmp_path, [a_listing(id=f"p{number}") for number in range(9)])
    first = tmp_path / generations.current().name
    for number in range(5):
        last = (
            tmp_path
            / generations.revise(a_builder(), [a_listing(id=f"p{number}")], frozenset()).name
        )
    assert not first.exists()
    assert (last / "listings" / "0000.bytes").stat().st_nlink == 3
    assert is_whole(last, set())
    assert Generations(tmp_path, WORDS).current().roster.size == 9


def test_a_revision_of_a_damaged_file_is_damaged_too(tmp_path):
    generations = published(tmp_path, [a_listing(), a_listing()])
    revised = tmp_path / generations.revise(a_builder(), [a_listing()], frozenset()).name
    part = revised / "listings" / "0000.bytes"
    part.write_bytes(part.read_bytes()[:-1] + b"\xff")
    assert not is_whole(revised, set())


@pytest.mark.parametrize(
    ("day", "basis", "examples", "may"),
    [
        (0, "tests", True, True),
        (1, "tests", True, False),
        (0, "other", True, False),
        (0, "tests", False, False),
    ],
)
def test_only_a_generation_of_today_and_the_same_basis_is_revised(
    tmp_path, day, basis, examples, may
):
    invented = Source("Stepwise example", TODAY, "example")
    generations = published(tmp_path, [a_listing(id="a"), a_listing(source=invented, id="b")])
    standing = generations.standing(basis, TODAY + timedelta(days=day), examples=examples)
    assert standing == (Standing({"a": 1, "b": 1}, 1, 7) if may else None)


def test_after_many_revisions_the_whole_is_built_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("directory.search.generations.MOST_REVISIONS", 5)
    generations = published(tmp_path, [a_listing(id="a")])
    for _ in range(5):
        assert generations.standing("tests", TODAY, examples=True) is not None
        generations.revise(a_builder(), [a_listing(id="a")], frozenset())
    assert generations.standing("tests", TODAY, examples=True) is None


def test_rows_beyond_a_block_keep_their_numbers():
    rows = np.array([0, 5, BLOCK - 1, BLOCK, 3 * BLOCK - 1, 7])
    terms = np.array([0, 0, 0, 0, 0, 1])
    says = np.full(6, 2 * LENGTH_BYTES + 9)
    arrays = pack(3 * BLOCK, {"city": 1}, ["city:a", "city:b"], Triples(terms, rows, says))
    back = arrays.triples()
    assert (back.row.tolist(), back.term.tolist()) == (rows.tolist(), terms.tolist())
    assert back.says.tolist() == says.tolist()


def test_what_is_kept_beside_the_listings_is_revised_with_them(tmp_path):
    rng = random.Random(7)
    some = [a_random_listing(rng, number) for number in range(40)]
    builder = replace(a_builder(), beside=Encoder(a_context(), lambda *_: None))
    generations = Generations(tmp_path / "revised", WORDS)
    generations.write(builder, some, TODAY)
    came = [a_random_listing(rng, number) for number in (3, 20, 200)]
    generations.revise(builder, came, frozenset({"r0001"}))
    generations.revise(builder, [], frozenset({"r0002"}))
    new = {one.program.id: one for one in [*some, *came]}
    whole = Generations(tmp_path / "whole", WORDS)
    whole.write(builder, [new[key] for key in new if key not in {"r0001", "r0002"}], TODAY)
    for kind in KINDS:
        revised, built = (
            one.current().beside(kind) for one in (Generations(tmp_path / "revised", WORDS), whole)
        )
        assert [revised[row] for row in range(39)] == [built[row] for row in range(39)]
        assert len(revised) == len(built) == 39
