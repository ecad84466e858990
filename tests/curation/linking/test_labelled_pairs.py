"""Pairs of real rows, judged by hand: no wrong automatic link, nine of ten true pairs found."""

from tests.golden.links import figures, read_pairs


def test_there_are_enough_pairs_of_each_kind():
    pairs, rows = read_pairs()
    labels = [one.label for one in pairs]
    assert len(pairs) >= 150
    assert min(labels.count(one) for one in ("same", "different", "ask")) >= 20
    assert all(one.reason for one in pairs)
    assert len({frozenset((one.left, one.right)) for one in pairs}) == len(pairs)
    assert len(rows) > 200


def test_no_pair_is_linked_wrongly_and_none_that_a_person_has_to_decide():
    assert figures(*read_pairs()).linked_wrongly == ()


def test_nine_of_ten_true_pairs_are_linked_or_put_to_a_person():
    found = figures(*read_pairs())
    assert found.recall >= 0.9, found.lost
    assert found.precision == 1
