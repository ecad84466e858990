"""A curator takes programs off, lists them again and gives them other addresses; each can be undone."""

import pytest

from directory.catalog.evidence import Source
from directory.catalog.records import Change, Claim
from directory.catalog.whereabouts import Gone
from directory.curation.history import history_of
from directory.curation.standing import Deciding
from directory.curation.undoing import undo
from directory.errors import BadValue, CannotChangeListing, CannotUndo, UnknownProgram
from directory.store.sql_records import SqlRecords
from tests.curation.builders import NOON, listing_file, one_program, organization, program, site
from tests.curation.conftest import Import

TWO = listing_file(organization(site(program("a", name="Morning"), program("b", name="Night"))))


def deciding(records: SqlRecords, **how) -> Deciding:
    return Deciding(records, lambda: NOON, **how)


def listed(records: SqlRecords) -> set[str]:
    return {one.program.id for one in records.all()}


def whereabouts(records: SqlRecords, program: str):
    return next(one for one in records.journal().whereabouts if one.program == program)


@pytest.fixture
def two(take: Import, records: SqlRecords) -> SqlRecords:
    take(TWO)
    return records


def test_a_removed_program_is_listed_nowhere_and_keeps_its_address_and_reason(two):
    slug = two.get("a").slug
    done = deciding(two).remove("a", "closed")
    assert (listed(two), two.get("a"), two.by_slug(slug), two.count()) == ({"b"}, None, None, 1)
    assert "a" not in two.versions()
    gone = whereabouts(two, "a")
    assert (gone.slug, gone.gone, gone.last) == (slug, Gone("closed", None, "91101"), done.change)
    said = [one for one in history_of(two, "a") if one["fact"] == "removed"]
    assert [(one["what"], one["confirmed_by"]) for one in said] == [("remove", "curator")]


def test_a_removed_program_whose_address_a_person_took_away_is_near_nothing_we_know(two):
    emptied = Claim(("site", "acme-lake"), "address", "null", Source("call", NOON.date(), "phone"))
    with two.desk() as desk:
        desk.apply(Change("curator", NOON, stated=(emptied,)))
    deciding(two).remove("a", "closed")
    assert whereabouts(two, "a").gone == Gone("closed", None, None)


def test_no_import_lists_a_removed_program_again_and_the_report_says_so(two, take):
    deciding(two).remove("a", "closed")
    report = take(TWO)
    assert listed(two) == {"b"}
    assert any("a (closed)" in note and "relist" in note for note in report.notes)


def test_a_program_is_listed_again_with_what_was_learned_meanwhile(two, take):
    before = two.versions()["a"]
    deciding(two).remove("a", "asked")
    newer = listing_file(organization(site(program("a", name="Dawn"), program("b", name="Night"))))
    take(newer)
    done = deciding(two).relist("a")
    assert two.get("a").program.name == "Dawn"
    assert two.versions()["a"] > before
    assert whereabouts(two, "a").listed_in == done.change


@pytest.mark.parametrize("back", [1, 2])
def test_a_removal_is_undone_and_the_undo_too(two, back):
    change = deciding(two).remove("a", "not_iop").change
    for _ in range(back):
        change = undo(two, change, clock=lambda: NOON).change
    assert ("a" in listed(two)) == (back == 1)


def test_a_dry_run_says_the_same_and_changes_nothing(two):
    done = deciding(two, dry_run=True).remove("a", "closed")
    assert (done.what, done.why, done.change) == ("remove", "closed", None)
    deciding(two, dry_run=True).readdress("a", "elsewhere")
    assert listed(two) == {"a", "b"}
    assert two.by_slug("elsewhere") is None


@pytest.mark.parametrize(("why", "into", "wrong"), [
    ("shut", None, "--reason"), ("closed", "b", "--into"), ("listed_twice", None, "--into"),
    ("listed_twice", "a", "--into"), ("listed_twice", "nobody", "--into"),
])  # fmt: skip
def test_a_reason_is_one_of_a_list_and_twice_names_the_other(two, why, into, wrong):
    with pytest.raises(BadValue) as refused:
        deciding(two).remove("a", why, into)
    assert refused.value.field == wrong
    assert listed(two) == {"a", "b"}


def test_what_cannot_be_is_refused_by_name(two):
    with pytest.raises(UnknownProgram):
        deciding(two).remove("never", "closed")
    with pytest.raises(CannotChangeListing, match="nobody took it off"):
        deciding(two).relist("a")
    deciding(two).remove("a", "closed")
    with pytest.raises(CannotChangeListing, match="already"):
        deciding(two).remove("a", "asked")
    with pytest.raises(BadValue):
        deciding(two).remove("b", "listed_twice", "a")


def test_a_renamed_program_keeps_its_address_until_somebody_gives_it_another(take, records):
    take(one_program({"name": "Evening IOP"}))
    take(one_program({"name": "Night IOP"}))
    assert records.get("acme-evening").slug == "acme-recovery-evening-iop"
    done = deciding(records).readdress("acme-evening")
    assert (done.was, done.slug) == ("acme-recovery-evening-iop", "acme-recovery-night-iop")
    assert records.by_slug("acme-recovery-night-iop").program.id == "acme-evening"
    there = whereabouts(records, "acme-evening")
    assert (there.former, there.moved_in) == (("acme-recovery-evening-iop",), done.change)
    with pytest.raises(CannotChangeListing, match="already"):
        deciding(records).readdress("acme-evening")


def test_an_address_that_was_ever_given_is_given_to_no_other_program(two, take):
    old = two.get("a").slug
    deciding(two).readdress("a", "somewhere-else")
    assert two.get("b").slug == "acme-recovery-night"
    for taken in (old, "a"):
        with pytest.raises(BadValue):
            deciding(two).readdress("b", taken)
    take(listing_file(organization(site(program("c", name="Morning"))), name="Another page"))
    assert two.get("c").slug == f"{old}-2"


def test_a_program_may_have_an_address_again_that_it_had(two):
    old = two.get("a").slug
    deciding(two).readdress("a", "somewhere-else")
    deciding(two).readdress("a", old)
    assert (whereabouts(two, "a").slug, whereabouts(two, "a").former) == (old, ("somewhere-else",))


def test_a_move_is_undone_unless_it_moved_on(two):
    old = two.get("a").slug
    first = deciding(two).readdress("a", "first").change
    second = deciding(two).readdress("a", "second").change
    with pytest.raises(CannotUndo, match="another address"):
        undo(two, first, clock=lambda: NOON)
    back = undo(two, second, clock=lambda: NOON)
    assert (two.get("a").slug, back.touched) == ("first", ("program a",))
    undo(two, first, clock=lambda: NOON)
    assert (two.get("a").slug, whereabouts(two, "a").former) == (old, ("first", "second"))


@pytest.mark.parametrize("slug", ["With Blanks", "UPPER", "-", "a/b", "é"])
def test_an_address_is_plain(two, slug):
    with pytest.raises(BadValue):
        deciding(two).readdress("a", slug)


def test_undoing_the_import_that_listed_a_program_leaves_its_address(take, records):
    change = take(one_program()).change
    slug = records.get("acme-evening").slug
    undone = undo(records, change, clock=lambda: NOON)
    gone = whereabouts(records, "acme-evening")
    assert (gone.slug, gone.gone and gone.gone.why, gone.last) == (slug, None, undone.change)
