"""The walk that the other tests stand on comes nearly everywhere; whoever adds a page is walked, too."""

from directory.web.staff.access import ROUTES


def test_the_walk_comes_to_the_pages_and_forms_of_the_desk(walked):
    """Not to each: some forms are shown in rare moments only, or where an operator set something up."""
    seen = {view for _, view, _ in walked.pages} | {view for view, _ in walked.forms}
    missed = {f"staff.{page}" for page in ROUTES} - seen
    assert len(missed) <= len(ROUTES) / 5, sorted(missed)


def test_the_walk_knows_which_fields_take_words(walked):
    typed = {(view, name) for (view, _), one in walked.forms.items() for name in one.form.typed}
    for known in (
        ("staff.invite", "email"),
        ("staff.match_case", "q"),
        ("staff.enter", "password"),
    ):
        assert known in typed, known
    for other in (("staff.invite", "role"), ("staff.answer_ticket", "to"), ("staff.new_case", "p")):
        assert other not in typed, other
