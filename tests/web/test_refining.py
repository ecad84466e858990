"""A need changed in place: what is taken away, what rules out, in which order."""

import pytest

from directory.web import needs, refining
from directory.web.needs import BadNeed
from tests.support.builders import VOCABULARIES
from tests.web.test_needs import NINE_TO_FIVE

BODY: dict[str, object] = {
    "near": "91101",
    "within_miles": 10,
    "week": NINE_TO_FIVE,
    "travel_by": "car",
    "focus": ["mental_health", "substance_use"],
    "payer": "medi-cal",
    "must": ["near", "payer"],
    "cursor": "abc",
}


def test_each_thing_asked_is_a_chip_and_says_whether_it_rules_out():
    chips = refining.chips(BODY, VOCABULARIES)
    assert [(c.field, c.need, c.code, c.label, c.must) for c in chips] == [
        ("week", "schedule", "", "", False),
        ("within_miles", "near", "10", "10", True),
        ("travel_by", "near", "car", "car", True),
        ("payer", "payer", "medi-cal", "Medi-Cal", True),
        ("focus", "focus", "mental_health", "Mental health", False),
        ("focus", "focus", "substance_use", "Alcohol or drugs", False),
    ]
    assert [c.field for c in chips if not c.can_rule_out] == ["travel_by"]


def test_a_place_without_a_radius_is_a_chip_of_its_own():
    chips = refining.chips({"near": "91101"}, VOCABULARIES)
    assert [(c.key, c.need, c.must) for c in chips] == [("near:91101", "near", True)]


def test_a_chip_taken_away_leaves_the_others_and_begins_at_the_first_page():
    for chip in refining.chips(BODY, VOCABULARIES):
        body = refining.without(BODY, chip.key)
        needs.read(body, VOCABULARIES)
        assert "cursor" not in body
        left = [one.key for one in refining.chips(body, VOCABULARIES)]
        gone = {"within_miles:10": ["near:91101"]}.get(chip.key, [])
        own = [one.key for one in refining.chips(BODY, VOCABULARIES) if one.key != chip.key]
        assert sorted(left) == sorted(own + gone)


def test_a_chip_pressed_twice_changes_nothing_more():
    once = refining.without(BODY, "payer:medi-cal")
    assert refining.without(once, "payer:medi-cal") == once
    assert refining.without(BODY, "must:near") == BODY


def test_must_and_nice_are_turned_one_need_at_a_time():
    nice = refining.with_must(BODY, "payer", must=False)
    assert nice["must"] == ["near"]
    assert refining.with_must(nice, "focus", must=True)["must"] == ["focus", "near"]
    usual = refining.with_must({"near": "91101"}, "near", must=False)
    assert usual["must"] == ["age", "level_of_care"]


def test_what_is_no_need_or_no_order_is_refused():
    with pytest.raises(BadNeed):
        refining.with_must(BODY, "price", must=True)
    with pytest.raises(BadNeed):
        refining.sorted_by(BODY, "price")


def test_another_order_begins_at_the_first_page():
    body = refining.sorted_by(BODY, "distance")
    assert (body["sort"], "cursor" in body) == ("distance", False)
