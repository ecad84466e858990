"""What the bench of two nodes tells of how soon a change is seen."""

from time import perf_counter

from bench.following import Took, seconds_until, section


def test_each_size_has_its_column_and_each_moment_its_median_and_worst():
    small, large = Took(0.5, 0.25, 0.75, 1.0), Took(1.5, 1.25, 2.0, 3.0)
    text = section({0: [small, small, Took(0.5, 0.25, 0.75, 4.0)], 20_000: [large]})
    assert "| until | the listings that ship | 20,000 programs |" in text
    assert "| the other node answers with it | 1.0, at most 4.0 | 3.0, at most 3.0 |" in text
    assert "| of which after it was finished | 0.2, at most 3.2 | 1.0, at most 1.0 |" in text
    assert "median and worst of 3 and 1 changes" in text


def test_a_node_that_answers_before_the_generation_is_written_down_has_waited_for_nothing():
    assert Took(1.0, 1.0, 2.0, 1.5).fetched == 0.0


def test_time_runs_from_the_press_of_the_button_until_it_is_so():
    seen = iter([False, False, True])
    assert seconds_until(perf_counter(), lambda: next(seen)) > 0
    assert list(seen) == []
