"""Find programs for a case: the questions and results of everybody, and a way to keep programs.

The week, the place and the words of a person stand in a sealed address, as for visitors, and are kept
nowhere. What looks as if it told who somebody is comes back with the reason.
"""

from collections.abc import Mapping, Sequence

from flask import Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import trail
from directory.catalog.referral import Case, KindOfCase
from directory.curation.identifying import Sign, folded, sign_of_a_person
from directory.errors import BadValue
from directory.matching.outcome import Outcome
from directory.referrals import desk
from directory.referrals.desk import TooMany
from directory.web import needs
from directory.web.i18n import gettext, same_page
from directory.web.need_fields import BadNeed
from directory.web.needs import State
from directory.web.pages.home import own_week
from directory.web.sealing import StaleAddress
from directory.web.services import services
from directory.web.showing.chips import form_of, opened, preset_of, pressable, seal
from directory.web.showing.home_form import home_form
from directory.web.showing.results_view import page_of, sections, visible
from directory.web.staff import referral_words
from directory.web.staff.cookie import CSRF_FIELD
from directory.web.staff.referral_view import ONE_MESSAGE, text
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

NOT_OF_THE_NEED = (CSRF_FIELD, "case")
Filled = Mapping[str, Sequence[str]]


@blueprint.get("/staff/find")
def find_for_case() -> Response:
    """The questions, empty or filled in again (`change`); or the programs for them (`for`)."""
    if sealed := request.args.get("for", ""):
        return found(opened(sealed))
    filled = opened(sealed).form if (sealed := request.args.get("change", "")) else {}
    return asking(filled)


@blueprint.post("/staff/find")
def match_case() -> AnyResponse:
    """Seal the answers and go to the programs; what cannot be read or kept comes back."""
    given = own_week(
        MultiDict(
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in NOT_OF_THE_NEED
        )
    )
    known = {
        name: given.getlist(name)
        for name in given
        if name in needs.FORM_FIELDS and any(given.getlist(name))
    }
    if told := signs(given):
        kept = {name: values for name, values in known.items() if name not in told}
        return asking(kept, 422, told=tuple(dict.fromkeys(why(sign) for sign in told.values())))
    try:
        body = needs.from_form(given, services.vocabularies)
        needs.read(body, services.vocabularies, by_form=True)
    except BadNeed as bad:
        return asking(known, 422, problems=bad.problems)
    state = State(body, known)
    return go("find_for_case", **{"for": seal(state)}, **_for_the_case())


def signs(given: MultiDict[str, str]) -> dict[str, Sign]:
    """Fields whose text looks as if it told who somebody is. A place is a name, and may be one.

    What is longer than a need takes is refused by its length: no more than that is looked at.
    """
    typed = {
        "place": given.get("place", "")[: needs.LONGEST_PLACE],
        "q": given.get("q", "")[: needs.LONGEST_TEXT],
    }
    seen = {name: sign_of_a_person(text, words_of_the_field()) for name, text in typed.items()}
    return {
        name: sign
        for name, sign in seen.items()
        if sign is not None and not (name == "place" and sign == "name")
    }


def words_of_the_field() -> frozenset[str]:
    """Words with capitals that name no person."""
    terms = (term for vocabulary in services.vocabularies.values() for term in vocabulary)
    return folded(word for term in terms for word in (term.label, *term.aliases))


def why(sign: Sign) -> str:
    """Why we do not take it, and what to do."""
    said = {
        "contact": gettext("That looks like a mail address."),
        "number": gettext("That looks like a phone or record number."),
        "date": gettext("That looks like a birth date."),
        "person": gettext("That tells of a person."),
        "name": gettext("That looks like a name. Type names of programs in small letters."),
    }
    rest = gettext("Nothing that may tell who somebody is belongs here, so we did not keep it.")
    return f"{said[sign]} {rest}"


def asking(
    filled: Filled,
    status: int = 200,
    *,
    problems: Sequence[BadValue] = (),
    told: tuple[str, ...] = (),
) -> Response:
    """The questions."""
    shown = home_form(filled, problems)
    if request.method == "POST":
        same_page("staff.find_for_case", **_for_the_case())
    with staff_services.book(write=False) as book:
        kinds = book.referrals.kinds(signed_in().member.organization.number)
    return desk_page(
        "staff/find.html",
        status,
        case=case_asked_for(),
        told=told,
        kinds=[(one.number, referral_words.kind(one)) for one in kinds],
        **shown,
    )


def found(state: State, status: int = 200, wrong: str = "") -> Response:
    """The programs for a state, each with a box to keep it."""
    outcome = services.finder.find(needs.read(state.body, services.vocabularies))
    if not isinstance(outcome, Outcome):
        problem = BadValue("near", outcome.text[:80], "one place that we know")
        return asking(state.form, 422, problems=(problem,))
    page, sealed = page_of(outcome, state), seal(state)
    same_page("staff.find_for_case", **{"for": sealed}, **_for_the_case())
    return desk_page(
        "staff/found.html",
        status,
        page=page,
        sections=sections(outcome, state),
        counts=outcome.counts,
        texts=[text(one.listing, ONE_MESSAGE) for one in visible(outcome, state)],
        sealed=sealed,
        chips=[one.label for one in pressable(state)],
        shortlist=request.form.getlist("p"),
        case=case_asked_for(),
        wrong=wrong,
    )


def sent_state() -> State | None:
    """The answers that a form carries, sealed; None if they have closed."""
    try:
        return opened(request.form.get("sealed", ""))
    except StaleAddress:
        return None


def closed() -> Response:
    """The questions again: sealed answers are kept nowhere, so they are gone."""
    return asking({}, 422, told=(gettext("Your answers have closed. Please answer once more."),))


def case_asked_for() -> Case | None:
    """The case that programs are looked for; None for a new one, or one that is not ours."""
    number = request.values.get("case", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    with staff_services.book(write=False) as book:
        case = book.referrals.case(int(number))
    return case if case and case.organization == signed_in().member.organization.number else None


def _for_the_case() -> dict[str, int]:
    """What an address of these pages says of the case they are for."""
    case = case_asked_for()
    return {"case": case.number} if case else {}


# --- kinds of case ------------------------------------------------------------------------------


@blueprint.get("/staff/kinds/<int:number>")
def find_for_kind(number: int) -> Response:
    """The questions, with what this kind of case always answers."""
    with staff_services.book(write=False) as book:
        kind = book.referrals.kind(number)
    return asking(filled_by(kind) if kind else {})


@blueprint.post("/staff/kinds")
def save_kind() -> AnyResponse:
    """Keep what these answers have in common with other cases: codes of lists only."""
    state, member = sent_state(), signed_in().member
    if state is None:
        return closed()
    kind = kind_of(state, member.organization.number)
    now = staff_services.clock()
    try:
        with staff_services.book() as book:
            number = desk.save_kind(book.referrals, kind)
            if number is not None:
                trail.record(book, now, member.number, "kind_saved", "kind", number)
    except TooMany as many:
        said = gettext(
            "Your organization has %(num)d kinds of case. Remove one first.", num=many.most
        )
        return found(state, 422, said)
    return go("cases", said="kind")


@blueprint.post("/staff/kinds/<int:number>/remove")
def remove_kind(number: int) -> AnyResponse:
    """Forget a kind of case."""
    now, member = staff_services.clock(), signed_in().member
    with staff_services.book() as book:
        book.referrals.drop_kind(number)
        trail.record(book, now, member.number, "kind_removed", "kind", number)
    return go("cases", said="kind_gone")


def kind_of(state: State, organization: int) -> KindOfCase:
    """The kind of case that answers belong to: no place, no age, no words, no week of one's own."""
    need = needs.read(state.body, services.vocabularies)
    return KindOfCase(
        organization,
        level=next(iter(need.level_of_care), None),
        focus=next(iter(need.focus), None),
        payer=need.payer,
        language=next(iter(need.languages), None),
        week=preset_of(state.body.get("week")),
        mode=next(iter(need.mode), None),
    )


def filled_by(kind: KindOfCase) -> Filled:
    """The form as a kind of case fills it in."""
    body = {
        "level_of_care": [kind.level] if kind.level else [],
        "focus": [kind.focus] if kind.focus else [],
        "payer": kind.payer,
        "languages": [kind.language] if kind.language else [],
        "mode": [kind.mode] if kind.mode else [],
    }
    week = {"week": [kind.week]} if kind.week else {}
    return {**form_of(body), **week}
