"""Cases of referral staff: what is due, one case with its programs, a list for text messages."""

from collections.abc import Mapping, Sequence

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import trail
from directory.catalog.program import Listing
from directory.catalog.referral import Case, Fit, Ticket
from directory.catalog.staff import StaffBook
from directory.errors import BadValue
from directory.referrals import desk
from directory.referrals.coarse import coarse, fit_of
from directory.referrals.codes import NoCodeLeft
from directory.referrals.desk import MOST_PARALLEL, TooMany, by_what_is_due, needs_tending
from directory.referrals.tickets import is_open
from directory.web import needs
from directory.web.addresses import present
from directory.web.i18n import gettext, page_url
from directory.web.needs import State
from directory.web.services import services
from directory.web.staff import referral_words
from directory.web.staff.referral_find import closed, found, sent_state
from directory.web.staff.referral_view import rows, texts
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in
from directory.web.staff.tending import shut, tend


@blueprint.get("/staff/cases")
def cases() -> Response:
    """What is due first, then every case, then kinds of case."""
    let_time_in()
    today, ours = staff_services.clock().date(), signed_in().member.organization.number
    with staff_services.book(write=False) as book:
        kept = book.referrals.cases(ours)
        tickets = book.referrals.tickets([case.number for case in kept])
        kinds = book.referrals.kinds(ours)
    return desk_page(
        "staff/cases.html",
        due=rows(by_what_is_due(tickets), kept, today),
        cases=[(case, _counts(case, tickets)) for case in kept],
        kinds=[(one.number, referral_words.kind(one)) for one in kinds],
        said=referral_words.done(request.args.get("said", "")),
    )


def let_time_in() -> None:
    """Expire and delete what is due before anything is shown."""
    now = staff_services.clock()
    with staff_services.book(write=False) as book:
        if not needs_tending(book.referrals, now.date()):
            return
    with staff_services.book() as book:
        tend(book, now)


def _counts(case: Case, tickets: Sequence[Ticket]) -> str:
    """How many programs a case has, and how many of them are open."""
    own = [one for one in tickets if one.case == case.number]
    return referral_words.programs(len(own), sum(map(is_open, own)))


@blueprint.post("/staff/cases")
def new_case() -> AnyResponse:
    """Open a case for answers that stay sealed, with the programs that were kept."""
    state = sent_state()
    if state is None:
        return closed()
    programs = kept_programs(state)
    if not programs:
        return found(state, 422, gettext("Keep at least one program first."))
    need = needs.read(state.body, services.vocabularies)
    now, member = staff_services.clock(), signed_in().member
    wanted = coarse(need, services.vocabularies)
    try:
        with staff_services.book() as book:
            ours = member.organization.number
            case = desk.open_case(book.referrals, now.date(), ours, wanted, programs)
            trail.record(book, now, member.number, "case_opened", "case", case.number)
    except (TooMany, NoCodeLeft):
        return found(state, 422, no_room())
    return go("case", number=case.number, said="opened")


def no_room() -> str:
    """Why no case can be opened now, and what to do. Nothing that was picked is lost."""
    return gettext(
        "There is no room for one more case now. Close cases that are over: they are gone 90 days"
        " later, or at once if no program was asked."
    )


def kept_programs(state: State) -> Mapping[str, Fit]:
    """The programs that were ticked, and whether the week fits: all that is kept of the week."""
    need = needs.read(state.body, services.vocabularies)
    ticked = dict.fromkeys(request.form.getlist("p"))
    listings: list[Listing] = [one for slug in ticked if (one := present(slug))]
    return {one.program.id: fit_of(services.finder.explain(need, one)) for one in listings}


@blueprint.get("/staff/cases/<int:number>")
def case(number: int) -> Response:
    """One case: its coarse needs, its shortlist and tickets."""
    let_time_in()
    return case_page(number)


def case_page(number: int, status: int = 200, wrong: str = "") -> Response:
    """The page, with what could not be done."""
    with staff_services.book(write=False) as book:
        shown, tickets = _case_of(book, number)
    if shown is None:
        return desk_page("staff/case_gone.html", 404, at="cases")
    today = staff_services.clock().date()
    lines = rows(tickets, [shown], today)
    slugs = [one.slug for one in lines if one.slug][:4]
    return desk_page(
        "staff/case.html",
        status,
        at="case",
        number=number,
        case=shown,
        needs=referral_words.needs(shown),
        rows=lines,
        is_open=any(map(is_open, tickets)),
        compare=page_url("compare", p=slugs) if len(slugs) > 1 else "",
        most=MOST_PARALLEL,
        wrong=wrong,
        said=referral_words.done(request.args.get("said", "")),
    )


def _case_of(book: StaffBook, number: int) -> tuple[Case | None, list[Ticket]]:
    return book.referrals.case(number), list(book.referrals.tickets([number]))


@blueprint.post("/staff/cases/<int:number>/shortlist")
def add_to_case(number: int) -> AnyResponse:
    """Put more programs on the shortlist of a case."""
    state = sent_state()
    if state is None:
        return closed()
    programs = kept_programs(state)
    if not programs:
        return found(state, 422, gettext("Keep at least one program first."))
    now, member = staff_services.clock(), signed_in().member
    try:
        with staff_services.book() as book:
            kept = book.referrals.case(number)
            if kept is None:
                return case_page(number)
            desk.shortlist(book.referrals, now.date(), kept, programs)
            trail.record(book, now, member.number, "shortlist_changed", "case", number)
    except BadValue:
        return case_page(number, 422, gettext("A shortlist has room for 12 programs."))
    return go("case", number=number, said="added")


@blueprint.post("/staff/cases/<int:number>/close")
def close_case(number: int) -> AnyResponse:
    """Take back what is open; a case that asked nobody is gone at once."""
    now, member = staff_services.clock(), signed_in().member
    with staff_services.book() as book:
        kept = book.referrals.case(number)
        if kept is None:
            return case_page(number)
        shut(book, desk.close(book.referrals, now.date(), kept))
        trail.record(book, now, member.number, "case_closed", "case", number)
        is_gone = book.referrals.case(number) is None
    return go("cases", said="gone" if is_gone else "closed")


@blueprint.get("/staff/cases/<int:number>/list")
def plain_list(number: int) -> Response:
    """The programs of a case as plain lines, each short enough for one text message."""
    with staff_services.book(write=False) as book:
        shown, tickets = _case_of(book, number)
    if shown is None:
        return desk_page("staff/case_gone.html", 404)
    return desk_page("staff/plain_list.html", case=shown, texts=texts(tickets))
