"""The walk that the other tests stand on comes everywhere, but where it is said why not."""

import pytest

from directory.web.staff.access import ROUTES
from tests.support.grounds import NOBODY
from tests.support.page import Reader

# Pages and acts that no walk comes to, and why: a page that is added is walked, or has its line here.
WITH_A_PROVIDER = "needs an identity provider, and an account that signs in there"
NOT_WALKED = {
    "leave": WITH_A_PROVIDER,
    "come_back": WITH_A_PROVIDER,
    "await_provider": WITH_A_PROVIDER,
    "leave_provider": WITH_A_PROVIDER,
}


def test_the_walk_comes_to_every_page_and_form_of_the_desk_but_those_that_say_why_not(walked):
    seen = {view for _, view, _ in (*walked.pages, *walked.files)}
    seen |= {view for view, _ in walked.forms}
    assert {page for page in ROUTES if f"staff.{page}" not in seen} == set(NOT_WALKED)


def test_the_walk_knows_which_fields_take_words(walked):
    typed = {(view, name) for (view, _), one in walked.forms.items() for name in one.form.typed}
    for known in (
        ("staff.invite", "email"),
        ("staff.match_case", "q"),
        ("staff.enter", "password"),
        ("staff.change_listing", "program.description"),
        ("staff.mend_record", "program.description"),
        ("staff.preview_bulk", "site.phone"),
    ):
        assert known in typed, known
    for other in (("staff.invite", "role"), ("staff.answer_ticket", "to"), ("staff.new_case", "p")):
        assert other not in typed, other


@pytest.fixture(scope="module")
def pages_with_forms(grounds, walked):
    """(view, person, page) of every page that has a form, as it was when somebody came to it."""
    start, pages = grounds.state(), []
    for (view, _), standing in walked.forms.items():
        grounds.back_to(standing.state)
        read = Reader()
        read.feed(grounds.get(standing.who, standing.address).text)
        pages.append((view, standing.who, read))
    grounds.back_to(start)
    return pages


def test_every_field_for_a_password_hides_it_and_takes_what_is_pasted(pages_with_forms):
    """ASVS 5.0 6.2.6, 6.2.7: browsers and password managers may help; nothing stands in their way."""
    found = set()
    for view, _, read in pages_with_forms:
        for one in read.all("input"):
            name = one.attributes.get("name")
            if name in ("password", "old", "new"):
                assert one.attributes.get("type") == "password", (view, name)
                told = one.attributes.get("autocomplete")
                assert told in ("current-password", "new-password"), (view, name, told)
                assert not {"onpaste", "readonly"} & set(one.attributes), (view, name)
                assert int(one.attributes.get("maxlength") or 64) >= 64, (view, name)
                found.add(name)
    assert found == {"password", "old", "new"}


def test_every_page_of_the_desk_has_the_way_out(pages_with_forms):
    """ASVS 5.0 7.4.4: whoever has come as far as a password may leave from where they stand."""
    seen = 0
    for view, who, read in pages_with_forms:
        if who != NOBODY:
            actions = {one.attributes.get("action") for one in read.all("form")}
            assert "/staff/sign-out" in actions, (view, who)
            seen += 1
    assert seen > 20
