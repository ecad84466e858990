"""Many act at the same moment: one answer counts, three programs are asked, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

from directory.catalog.referral import NOTES, CoarseNeeds
from directory.referrals import desk
from directory.referrals.desk import TooManyOffers
from directory.referrals.tickets import Act, CannotMove, Moved
from directory.store.staff_records import SqlStaffRecords
from tests.referrals.conftest import TUESDAY

MANY = 12


def kept(records, *programs):
    """A case with these programs; the numbers of its tickets."""
    with records.book() as book:
        fits = dict.fromkeys(programs, "unknown")
        case = desk.open_case(book.referrals, TUESDAY, 1, CoarseNeeds("iop"), fits)
        return [one.number for one in book.referrals.tickets([case.number])]


def at_once(count, do):
    """What each of many threads came to."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(do, range(count)))


def act_on(records, number, chosen, by, turn):
    """'done', or the name of what stood in the way."""
    try:
        with records.book() as book:
            ticket = book.referrals.ticket(number)
            desk.act(book.referrals, TUESDAY, ticket, chosen, by, turn)
    except (Moved, CannotMove, TooManyOffers) as refused:
        return type(refused).__name__
    return "done"


def test_of_many_answers_at_the_same_turn_one_counts(engine):
    records = SqlStaffRecords(engine)
    (number,) = kept(records, "acme-day")
    assert act_on(records, number, Act("sent"), "referrer", 0) == "done"
    assert act_on(records, number, Act("seen"), "program", 1) == "done"
    answers = [Act("declined", reason="payer"), Act("needs_info", asked="call_us")]
    told = at_once(MANY, lambda at: act_on(records, number, answers[at % 2], "program", 2))
    assert sorted(told) == ["Moved"] * (MANY - 1) + ["done"]
    with records.book(write=False) as book:
        assert book.referrals.ticket(number).turn == 3


def test_of_many_tickets_sent_at_once_three_go_out(engine):
    records = SqlStaffRecords(engine)
    numbers = kept(records, *(f"p-{at}" for at in range(8)))
    told = at_once(8, lambda at: act_on(records, numbers[at], Act("sent"), "referrer", 0))
    assert sorted(told) == ["TooManyOffers"] * 5 + ["done"] * 3


def test_notes_of_many_at_once_are_all_kept(engine):
    records = SqlStaffRecords(engine)
    numbers = kept(records, *(f"p-{at}" for at in range(MANY)))

    def note(at):
        with records.book() as book:
            desk.note(book.referrals, book.referrals.ticket(numbers[at]), NOTES[at % len(NOTES)])

    at_once(MANY, note)
    with records.book(write=False) as book:
        noted = [book.referrals.ticket(number).note for number in numbers]
    assert noted == [NOTES[at % len(NOTES)] for at in range(MANY)]


def test_cases_opened_at_once_have_codes_of_their_own(engine):
    records = SqlStaffRecords(engine)
    at_once(MANY, lambda at: kept(records, f"p-{at}"))
    with records.book(write=False) as book:
        codes = [one.code for one in book.referrals.cases(1)]
    assert len(set(codes)) == len(codes) == MANY
