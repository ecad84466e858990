"""The call audit at the desk: draw programs by lot, call them with a script, see how right we are."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.accuracy import RESULTS, Drawn, Heard, Result
from directory.catalog.program import Listing
from directory.curation.audit.drawing import draw
from directory.curation.audit.questions import home_of, listed
from directory.curation.audit.recording import Row, take_in
from directory.curation.audit.rounds import Round, round_of
from directory.curation.audit.scoring import score
from directory.errors import BadValue
from directory.web.i18n import same_page
from directory.web.showing import words
from directory.web.showing.figures import audit_of
from directory.web.staff import audit_words
from directory.web.staff.acting import acting, publish_soon
from directory.web.staff.curator_services import curating
from directory.web.staff.fact_words import lines_of
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

MOST_ROUNDS = 20
MOST_PROGRAMS = 200
SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the script: what we list, in lines, and what was heard before."""

    fact: str
    words: str
    lines: Sequence[str]
    heard: str


@blueprint.get("/staff/audits")
def audits() -> Response:
    """Every round with how far it is, and the form to draw another."""
    return listed_rounds()


@blueprint.post("/staff/audits")
def draw_audit() -> AnyResponse:
    """Draw programs by lot. The seed is kept, so the lot can be drawn again and checked."""
    try:
        size, near, miles = _wanted()
        today = staff_services.clock().date()
        sample = Drawn(0, secrets.randbelow(SEEDS), today, 0, (), near, miles)
        within = curating.within(near, miles or 0.0)
        with acting() as act:
            drawn, _ = draw(act.records, sample, size, within, staff_services.clock)
            figures = {"programs": size, "of": drawn.population, "seed": drawn.seed}
            act.note("audit_drawn", "audit", drawn.number, **figures)
    except BadValue as bad:
        return listed_rounds(422, {bad.field.removeprefix("--"): audit_words.complaint(bad)})
    return go("audit_round", round=drawn.number, said="drawn")


def _wanted() -> tuple[int, str | None, float | None]:
    near = request.form.get("near", "").strip()[:80] or None
    size, miles = _number("programs", MOST_PROGRAMS), None
    if near:
        miles = float(_number("miles", 500)) if request.form.get("miles") else 25.0
    return size, near, miles


def _number(name: str, most: int) -> int:
    text = request.form.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= most):
        raise BadValue(f"--{name}", text[:40], f"a whole number from 1 to {most}")
    return int(text)


def listed_rounds(status: int = 200, wrong: Mapping[str, str] | None = None) -> Response:
    """The page, with what was wrong."""
    with staff_services.listings().desk(write=False) as desk:
        found = [round_of(desk, one.number) for one in desk.audits.all(MOST_ROUNDS)]
    rows = [(one.drawn, _day(one), len(one.heard)) for one in found if one is not None]
    return desk_page(
        "staff/audits.html",
        status,
        at="audits",
        rows=rows,
        typed=request.form,
        most=MOST_PROGRAMS,
        wrong=wrong or {},
    )


def _day(one: Round) -> str:
    return words.full_date(one.drawn.drawn_on)


@blueprint.get("/staff/audits/round")
def audit_round() -> AnyResponse:
    """One round: the figures so far, every program, and whom to call next."""
    number = _asked_for()
    with staff_services.listings().desk(write=False) as desk:
        found = round_of(desk, number)
        heard = desk.audits.heard(number)
    if found is None:
        return go("audits")
    same_page("staff.audit_round", round=number)
    return desk_page(
        "staff/audit_round.html",
        round=found.drawn,
        figures=audit_of(score(found.drawn, heard, curating.questions)),
        rows=[_program(found, one) for one in found.drawn.programs],
        next=found.next(),
        said=audit_words.done(request.args.get("said", "")),
    )


def _program(found: Round, program: str) -> tuple[str, Listing | None, tuple[str, str]]:
    listing = staff_services.listings().get(program)
    return program, listing, audit_words.called(found.called(program))


@blueprint.get("/staff/audits/call")
def audit_call() -> AnyResponse:
    """The script for one program; without one, for the next that nobody has called."""
    return call_page(_asked_for(), request.args.get("program", "")[:200])


def _asked_for() -> int:
    text = request.values.get("round", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def call_page(number: int, program: str, status: int = 200, wrong: str = "") -> AnyResponse:
    """The page, with what was wrong."""
    with staff_services.listings().desk(write=False) as desk:
        found = round_of(desk, number)
    if found is None:
        return go("audits")
    program = program if program in found.drawn.programs else found.next() or ""
    if not program:
        return go("audit_round", round=number)
    listing = staff_services.listings().get(program)
    told = found.heard.get(program, {})
    same_page("staff.audit_call", round=number, program=program)
    return desk_page(
        "staff/audit_call.html",
        status,
        round=found.drawn,
        program=program,
        listing=listing,
        questions=list(_script(listing, told)) if listing else (),
        results=list(audit_words.results().items()),
        mend=_to_mend(listing, told) if listing else (),
        next=found.next(program),
        wrong=wrong,
        said=audit_words.done(request.args.get("said", "")),
    )


def _script(listing: Listing, told: Mapping[str, Heard]) -> Iterator[Asked]:
    for question in curating.questions:
        value = listed(listing, question.fact)
        if value is not None:
            heard = told[question.fact].result if question.fact in told else ""
            lines = lines_of(question.fact, value)
            yield Asked(question.fact, audit_words.ask(question), lines, heard)


def _to_mend(listing: Listing, told: Mapping[str, Heard]) -> Sequence[str]:
    """The facts that were told to be wrong, as the editor of records names them."""
    wrong = [one.fact for one in told.values() if one.result == "wrong"]
    return [f"{_kind(listing, fact)}.{fact}" for fact in wrong]


def _kind(listing: Listing, fact: str) -> str:
    return "site" if home_of(listing, fact) is listing.site else "program"


@blueprint.post("/staff/audits/call")
def keep_call() -> AnyResponse:
    """Keep what was heard; what was right is confirmed by phone, what was wrong leads to the editor."""
    number, program = _asked_for(), request.form.get("program", "")[:200]
    listing = staff_services.listings().get(program)
    if listing is None:
        return call_page(number, "")
    rows = list(_heard(listing))
    if not rows:
        return call_page(number, program, 422, audit_words.complaint(BadValue("", "", "")))
    with acting() as act, act.records.desk() as desk:
        found = round_of(desk, number)
        if found is None or program not in found.drawn.programs:
            return go("audits")
        _, change = take_in(act.records, desk, number, rows, staff_services.clock())
        told = [one.heard.result for one in rows]
        counts = {one: told.count(one) for one in RESULTS if one in told}
        act.note("audit_called", "audit", number, change=change or 0, **counts)
    if change is not None:
        publish_soon()
    if "wrong" in told:
        return go("audit_call", round=number, program=program, said="kept")
    said = "vain" if told[0] == "not_reached" else "kept"
    return go("audit_call", round=number, program=found.next(program) or "", said=said)


def _heard(listing: Listing) -> Iterator[Row]:
    """What the form says of each fact that was asked; the caller is a number, never a name."""
    caller, today = f"staff-{signed_in().member.number}", staff_services.clock().date()
    is_vain = "vain" in request.form
    for question in curating.questions:
        if listed(listing, question.fact) is None:
            continue
        result = "not_reached" if is_vain else request.form.get(f"fact.{question.fact}", "")
        known: Sequence[Result] = ("not_reached",) if is_vain else tuple(audit_words.results())
        if result in known:
            heard = Heard(
                listing.program.id, question.fact, known[known.index(result)], today, caller
            )
            yield Row(heard)
