"""An import that was linked can be undone; what its rows are is remembered, and asked of nobody again."""

from directory.curation.linking.deciding import say_different
from directory.curation.undoing import undo
from tests.curation.linking.rows import DHCS, NOON, SAMHSA, certificate, listed, substance, take


def numbers(records):
    return [x.number for one in records.all() for x in one.program.licenses]


def test_undone_the_row_of_a_list_says_nothing_and_imported_again_the_same(records):
    take(records, SAMHSA, substance())
    linked = take(records, DHCS, certificate())
    before = listed(records), numbers(records)
    undo(records, linked.change, clock=lambda: NOON)
    assert (listed(records), numbers(records)) == (before[0], [])
    again = take(records, DHCS, certificate())
    assert (listed(records), numbers(records)) == before
    assert (again.created, again.review) == ((), ())


def test_an_import_that_listed_sites_is_undone_whole_and_comes_back_under_the_same_ids(records):
    first = take(records, SAMHSA, substance(), substance("b", street="99 E Green St"))
    before = listed(records)
    undo(records, first.change, clock=lambda: NOON)
    assert listed(records) == []
    take(records, SAMHSA, substance(), substance("b", street="99 E Green St"))
    assert listed(records) == before


def test_an_answer_outlives_the_undo_of_the_import_that_asked(records):
    take(records, SAMHSA, substance())
    asked = take(records, DHCS, certificate(street="99 East Green Street"))
    with records.desk(write=True) as desk:
        (pair,) = desk.links.pairs(waiting=True)
        say_different(desk, pair.id, "a curator", NOON)
    undo(records, asked.change, clock=lambda: NOON)
    assert take(records, DHCS, certificate(street="99 East Green Street")).review == ()
