"""Problems that visitors tell: kept without anything that tells who somebody is."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.catalog.report import PROBLEMS, Report
from directory.curation.identifying import folded, sign_of_a_person
from directory.curation.publishing import keep_report
from directory.curation.reporting import (
    KEPT_DAYS,
    KEPT_FREE,
    MOST_OF_DAY,
    MOST_OF_PROGRAM,
    Reporting,
    close,
    reports,
)
from directory.errors import BadValue, TellsOfAPerson, TooManyReports, UnknownReport
from tests.curation.builders import NOON, one_program
from tests.support.builders import VOCABULARIES

KNOWN = folded(["Acme Recovery", "Pasadena", "Anthem Blue Cross", "Medi-Cal", "TRICARE"])
FINE = [
    "",
    "The number rings, but nobody answers.",
    "I called twice. They said that the evening group ended in June.",
    "Evening group is Tue and Thu now, 6:00-9:00 pm, not Mon to Wed.",
    "They do not take Medi-Cal any more. Only Anthem Blue Cross.",
    "No more TRICARE. The IOP is closed on Mondays.",
    "They moved to Pasadena 91101, two doors down.",
    "Acme Recovery is now at 1420 North Lake Ave, Suite 12.",
    "Cerraron en marzo. Ya no hay grupo en la noche.",
    "It costs $310 a day, 8 to 12 weeks.",
]
TELLING = [
    ("Ask Maria Lopez about it", "name"),
    ("I spoke to Maria and she said no", "name"),
    ("JOHN SMITH told me", "name"),
    ("my name is john", "person"),
    ("Me llamo Ana", "person"),
    ("Dr. O\u2019Brien left", "person"),
    ("my daughter was sent away", "person"),
    ("mi hijo no pudo entrar", "person"),
    ("mr. jones left", "person"),
    ("write to ana at gmail dot com", "contact"),
    ("write to ana arroba correo punto com", "contact"),
    ("write to ana (at) clinic.example", "contact"),
    ("the right one is 626-555-0142", "number"),
    ("6\u200b2\u200b6\u200b5\u200b5\u200b5\u200b0142", "number"),
    ("６２６５５５０１４２", "number"),
    ("ask for mrn 4829", "number"),
    ("expediente no. 48213", "number"),
    ("since 12 may 2011", "date"),
    ("el 12 de mayo de 2011", "date"),
    ("la señora del grupo", "person"),
    ("member 123 45 6789", "number"),
    ("I was born in spring", "date"),
    ("since 3/14/85", "date"),
    ("closed 2026-03-14", "date"),
    ("a patient since 1985", "date"),
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_said_of_a_program_is_taken(text):
    assert sign_of_a_person(text, KNOWN) is None


@pytest.mark.parametrize(("text", "sign"), TELLING)
def test_what_may_tell_who_somebody_is_is_refused(text, sign):
    assert sign_of_a_person(text, KNOWN) == sign


@pytest.mark.parametrize("piece", ["Bob a. ", "Bob a.\n\n", "\n\n\n", "Bob a.\u201c"])
def test_a_quarter_of_a_megabyte_is_read_in_one_go(piece):
    """Whoever looks at all of it for each word looks at 4 billion characters, and never answers."""
    text = piece * (250_000 // len(piece))
    assert sign_of_a_person(f"{text}-", KNOWN) is None
    assert sign_of_a_person(f"{text}, and Bob", KNOWN) == "name"


@given(st.text(' ab.!?:;\n"\u201c\u00bf\u00a1-,\t'))
def test_a_sentence_begins_behind_its_end_whatever_opens_it(before):
    """As an expression says it that looks at all of the text."""
    before = f"{before} "  # Bob is a word of his own
    begins = re.search(r"(?:^|[.!?:;]|\n)\s*[\"\u201c\u00bf\u00a1]*$", before)
    assert sign_of_a_person(f"{before}Bob", KNOWN) == (None if begins else "name")


SMALL = st.text("abcdefghijklmnopqrstuvwxyzáéñü", min_size=1, max_size=8)
NAMES = st.builds(
    lambda first, rest: first + rest, st.sampled_from("ABCDEFGHJKLMNOPRSTVWZÁÉÑ"), SMALL
)
FULL_NAMES = st.builds(lambda a, b: f"{a} {b}", NAMES, NAMES).filter(
    lambda name: not folded([name]) & folded(FINE)
)
FRAMES = st.sampled_from(
    ["{}", "Ask {} there.", "the phone is wrong, says {}", "Closed. {} told me so", "¿{}?"]
)
DIGITS = st.integers(2_000_000_000, 9_999_999_999).map(str)
PHONES = st.builds(
    lambda digits, form: form.format(digits[:3], digits[3:6], digits[6:]),
    DIGITS,
    st.sampled_from(
        ["{}-{}-{}", "({}) {}-{}", "{}.{}.{}", "+1 {} {} {}", "{}{}{}", "{} - {} - {}"]
    ),
)
MAILS = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{2,8}\.(com|org|example)", fullmatch=True)
BIRTHS = st.builds(
    lambda day, form: day.strftime(form),
    st.dates(date(1900, 1, 1), date(2026, 11, 24)),
    st.sampled_from(["%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%d.%m.%Y", "born %B", "DOB %m %d"]),
)


@given(FRAMES, st.one_of(FULL_NAMES, PHONES, MAILS, BIRTHS))
def test_no_name_number_mail_or_birth_date_gets_through(frame, telling):
    assert sign_of_a_person(frame.format(telling), KNOWN) is not None


@pytest.fixture
def told(take, records):
    """`told(what, text, on)`: report a problem of the one program in the store."""
    listed = one_program({})
    programs = listed["organizations"][0]["sites"][0]["programs"]
    programs.append(programs[0] | {"id": "acme-day", "name": "Day IOP"})
    take(listed)

    def one(what="phone", text="", on=NOON):
        listing = records.get("acme-evening")
        Reporting(lambda: records, VOCABULARIES, lambda: on).report(listing, what, text)

    return one


def kept(records, on=NOON):
    with records.desk() as desk:
        return [(one.what, one.text) for one in reports(desk, on.date())]


def test_a_report_is_kept_with_its_day_and_nothing_else(told, records):
    told("hours", "  Tue and Thu   now ")
    with records.desk() as desk:
        (one,) = reports(desk, NOON.date())
    assert replace(one, number=0) == one.__class__(
        "acme-evening", "hours", "Tue and Thu now", NOON.date()
    )
    assert not isinstance(one.told_on, datetime)


@pytest.mark.parametrize(("text", "_sign"), TELLING)
def test_what_tells_of_a_person_is_never_stored(told, records, text, _sign):
    with pytest.raises((TellsOfAPerson, BadValue)):
        told("other", text)
    assert kept(records) == []


def test_the_programs_own_names_are_no_secret(told, records):
    told("address", "Evening IOP of Acme moved within Pasadena")
    assert len(kept(records)) == 1


def test_the_same_report_is_kept_once_while_it_is_open(told, records):
    told()
    told()
    assert len(kept(records)) == 1


@pytest.mark.parametrize(
    ("what", "text"), [("name", ""), ("phone", "x" * 301), ("phone", "a\x00b")]
)
def test_what_we_cannot_use_is_refused(told, records, what, text):
    with pytest.raises(BadValue):
        told(what, text)
    assert kept(records) == []


def test_on_one_day_only_so_many_reports_of_a_program_are_taken(told, records):
    for number in range(MOST_OF_PROGRAM):
        told("other", f"{number} things are wrong")
    with pytest.raises(TooManyReports):
        told("other", "One more is wrong")
    told("other", "One more is wrong", NOON + timedelta(days=1))
    assert len(kept(records)) == MOST_OF_PROGRAM + 1


def others(records, many, on=NOON):
    """So many reports of a day, of another program."""
    with records.desk() as desk:
        for number in range(many):
            keep_report(desk, Report("acme-day", "other", str(number), on.date()))


def test_a_part_of_the_day_is_for_programs_that_nobody_wrote_about_yet(told, records):
    others(records, MOST_OF_DAY - KEPT_FREE)
    told("hours")
    with pytest.raises(TooManyReports):
        told("phone")
    assert kept(records)[-1] == ("hours", "")
    assert len(kept(records)) == MOST_OF_DAY - KEPT_FREE + 1


def test_a_day_that_is_full_takes_no_more_of_any_program(told, records):
    others(records, MOST_OF_DAY)
    with pytest.raises(TooManyReports):
        told()
    told(on=NOON + timedelta(days=1))


def test_who_is_sent_away_waits_for_no_writer_and_keeps_none_waiting(told, records):
    told("hours")
    others(records, MOST_OF_DAY)
    with records.desk():
        told("hours")  # known already
        with pytest.raises(TooManyReports):
            told("phone")


def test_a_curator_closes_a_report_once(told, records):
    told()
    with records.desk() as desk:
        (one,) = reports(desk, NOON.date())
        close(desk, one.number, NOON.date())
    assert kept(records) == []
    with pytest.raises(UnknownReport), records.desk() as desk:
        close(desk, one.number, NOON.date())


def test_after_ninety_days_a_report_is_gone_from_the_store(told, records):
    told()
    assert len(kept(records, NOON + timedelta(days=KEPT_DAYS))) == 1
    assert kept(records, NOON + timedelta(days=KEPT_DAYS + 1)) == []
    with records.desk() as desk:
        assert desk.reports.all() == []


def test_the_store_knows_every_problem_that_the_form_offers(told, records):
    for what in PROBLEMS:
        told(what)
    assert [what for what, _ in kept(records)] == list(PROBLEMS)
