"""Rows gathered by site: decisions hold, nothing is joined across what is kept apart."""

from directory.catalog.program import Address
from directory.curation.linking.door import Seen
from directory.curation.linking.gathering import gather
from tests.golden.links import doors


def seen(
    key, name="Lantern Recovery", phone="626-796-3141", street="12 N Lake Ave", unit=None, site=None
):
    address = Address(city="Pasadena", state="CA", zip="91101", street=street, unit=unit)
    return Seen(key, (name,), phone, address, site_id=site)


def gathered(*rows, **decided):
    pairs = {frozenset(pair): decision for decision, pair in decided.items()}
    found = gather(doors(rows), pairs)
    groups = [sorted(one.key for one in group.doors) for group in found.groups]
    return groups, [(pair.left.key, pair.right.key, pair.rule) for pair in found.doubts]


SUBSTANCE, MENTAL, STATE = "samhsa:substance:a", "samhsa:mental:a", "dhcs:1"


def test_rows_of_three_lists_at_one_door_are_one_site():
    groups, doubts = gathered(seen(SUBSTANCE), seen(MENTAL), seen(STATE))
    assert groups == [sorted((SUBSTANCE, MENTAL, STATE))]
    assert doubts == []


def test_a_row_joins_the_site_that_is_listed():
    found = gather(doors([seen("site:acme", site="acme"), seen(STATE)]), {})
    assert [group.site_id for group in found.groups] == ["acme"]


def test_two_sites_that_are_listed_are_never_made_one_without_a_person():
    groups, doubts = gathered(seen("site:a", site="a"), seen("page:b", site="b"))
    assert len(groups) == 2
    assert doubts == [("site:a", "page:b", "door-name-phone")]


def test_a_person_s_no_is_stronger_than_a_rule():
    groups, doubts = gathered(seen(SUBSTANCE), seen(STATE), different=(SUBSTANCE, STATE))
    assert len(groups) == 2
    assert doubts == []


def test_a_person_s_yes_joins_what_nothing_else_would():
    far = seen(STATE, name="Clear Path", phone=None, street="99 E Green St")
    groups, doubts = gathered(seen(SUBSTANCE), far, same=(SUBSTANCE, STATE))
    assert groups == [sorted((SUBSTANCE, STATE))]
    assert doubts == []


def test_a_third_row_never_joins_two_suites():
    rows = seen(SUBSTANCE, unit="Suite 1"), seen(MENTAL, unit="Suite 2"), seen(STATE)
    groups, doubts = gathered(*rows)
    assert groups == [sorted((SUBSTANCE, STATE)), [MENTAL]]
    assert [pair[:2] for pair in doubts] == [(MENTAL, STATE)]


def test_who_found_its_partner_in_a_list_is_not_asked_about_the_others():
    sister = seen("dhcs:2", street="99 E Green St")
    groups, doubts = gathered(seen(SUBSTANCE), seen(STATE), sister)
    assert len(groups) == 2
    assert doubts == []


def test_two_surveys_of_one_door_ask_once():
    moved = seen(STATE, street="99 E Green St")
    _, doubts = gathered(seen(SUBSTANCE), seen(MENTAL), moved)
    assert len(doubts) == 1


def test_nobody_is_asked_twice_about_two_sites_whichever_rows_raise_it():
    rows = seen(SUBSTANCE), seen(MENTAL), seen(STATE, street="99 E Green St")
    before = {frozenset((SUBSTANCE, STATE))}
    assert gather(doors(rows), {}, before=before).doubts == ()


def test_a_chain_asks_three_questions_of_one_place_and_list_however_often_it_is_imported():
    chain = [seen(f"dhcs:{n}", street=f"{n} Main St") for n in range(2, 10)]
    rows = doors([seen(SUBSTANCE), *chain])
    first = gather(rows, {}).doubts
    assert len(first) == 3
    assert gather(rows, {}, before={pair.key for pair in first}).doubts == ()
