"""What is kept of pages: each key made once, few of the large, none that push the small ones out."""

from directory.web.kept import LARGE, Kept, remembered


def test_a_thing_is_made_once():
    kept, made = Kept(), []
    for _ in range(2):
        assert kept.get("a", lambda: made.append(1) or "thing") == "thing"
    assert made == [1]


def test_the_oldest_make_room():
    kept = Kept(most=16)
    for number in range(40):
        kept.get(number, lambda: "thing")
    assert len(kept._things) <= 16
    assert kept.get(39, lambda: "made anew") == "thing"
    assert kept.get(0, lambda: "made anew") == "made anew"


def test_large_things_are_fewer_and_push_no_small_ones_out():
    kept = Kept(most=16)
    kept.get("small", lambda: "thing")
    for number in range(100):
        kept.get(number, lambda: "picture", large=True)
    assert len(kept._large) <= 16 // LARGE
    assert kept.get("small", lambda: "made anew") == "thing"


def test_nothing_is_kept_where_nothing_may_be():
    kept = Kept(most=0)
    assert [kept.get("a", lambda n=n: n, large=large) for n, large in ((1, False), (2, True))] == [
        1,
        2,
    ]
    assert [kept.get("a", lambda n=n: n, large=large) for n, large in ((3, False), (4, True))] == [
        3,
        4,
    ]


def test_functions_of_one_name_in_two_files_do_not_answer_for_each_other(app):
    def said_in(file):
        def words():
            return file

        words.__module__ = file
        return remembered(words)

    with app.test_request_context("/"):
        assert [said_in(file)() for file in ("one", "two", "one")] == ["one", "two", "one"]
