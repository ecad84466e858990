"""The record of a program for curators: every fact with its source and age, its history, its standing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.trail import What
from directory.catalog.conflict import live_rivals
from directory.catalog.evidence import State
from directory.catalog.program import Listing
from directory.curation.own_word import record_of
from directory.curation.standing import Deciding, Stood
from directory.curation.undoing import undo
from directory.errors import (
    BadValue,
    CannotChangeListing,
    CannotUndo,
    UnknownChange,
    UnknownProgram,
)
from directory.web.i18n import gettext, same_page
from directory.web.services import services
from directory.web.showing import words
from directory.web.staff import curator_words
from directory.web.staff.access import may_use
from directory.web.staff.acting import LABEL, acting, publish_soon
from directory.web.staff.fact_forms import FORMS, key_text, listed
from directory.web.staff.fact_words import lines_of, name_of
from directory.web.staff.record_history import past_of
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in

MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of the record."""

    id: str
    name: str
    lines: tuple[str, ...]
    source: str
    state: str
    is_current: bool
    is_torn: bool


@blueprint.get("/staff/record")
def record() -> Response:
    """One program by its id or the address of its page; without one, where to type it."""
    return page(request.args.get("program", "").strip()[:200])


def page(
    program: str,
    status: int = 200,
    wrong: str = "",
    *,
    typed: Mapping[str, str] | None = None,
    field: str = "",
) -> Response:
    """The record, with what could not be done; what was typed to take it off, and its wrong field."""
    records = staff_services.listings()
    listing = _listing(program)
    key = listing.program.id if listing else program
    past = records.history(key) if program else []
    ticked = set(request.args.getlist("fact"))
    same_page("staff.record", **({"program": key} if program else {}))
    return desk_page(
        "staff/record.html",
        status,
        program=key,
        listing=listing,
        is_off=bool(past) and listing is None,
        rows=rows(listing) if listing else (),
        ticked=ticked,
        changes=past_of(past)[:MOST_CHANGES],
        whys=list(curator_words.whys().items()),
        may_act=may_use("mend_record", signed_in().member.role),
        wrong=wrong,
        typed=typed or {},
        field=field,
        said=curator_words.done(request.args.get("said", "")),
        is_unknown=bool(program) and not past,
    )


def _listing(text: str) -> Listing | None:
    """The listed program of an id or a slug; of the whole address of its page, too."""
    if not text:
        return None
    name = text.rstrip("/").rpartition("/")[2]
    records = staff_services.listings()
    return records.get(name) or records.by_slug(name)


def rows(listing: Listing) -> Sequence[Row]:
    """Every fact that may be set, known or not."""
    return [_row(listing, kind, fact) for kind, fact in FORMS]


def _row(listing: Listing, kind, fact: str) -> Row:  # type: ignore[no-untyped-def]
    record_, today = record_of(listing, kind), staff_services.clock().date()
    source = record_.evidence.get(fact)
    value = listed(listing, (kind, fact))
    torn = any(
        live_rivals(record_, fact, services.freshness, today, key.partition(":")[2] or None)
        for key in record_.rivals
        if key.partition(":")[0] == fact
    )
    state = services.freshness.state(fact, source, today) if value else State.UNKNOWN
    return Row(
        id=key_text((kind, fact)),
        name=name_of((kind, fact)),
        lines=lines_of(fact, value),
        source=curator_words.cited(source) if value else "",
        state=words.freshness(source, state, today) if value and source else gettext("Not known"),
        is_current=state is State.CURRENT,
        is_torn=torn,
    )


@blueprint.get("/staff/record/history")
def record_history() -> Response:
    """Every change that touched the program, the newest first."""
    program = request.args.get("program", "")[:200]
    past = staff_services.listings().history(program)
    same_page("staff.record_history", program=program)
    return desk_page(
        "staff/record_history.html",
        program=program,
        listing=staff_services.listings().get(program),
        changes=past_of(past),
        may_act=may_use("undo_change", signed_in().member.role),
    )


@blueprint.post("/staff/record/undo")
def undo_change() -> AnyResponse:
    """Take back one change, as far as nothing later rests on it."""
    program, number = _program(), request.form.get("change", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return page(program, 422, gettext("Pick a change of the history."))
    try:
        with acting() as act:
            undone = undo(act.records, int(number), clock=staff_services.clock)
            act.note("change_undone", "change", undone.change or 0, undoes=undone.undoes)
    except UnknownChange:
        return page(program, 422, gettext("Pick a change of the history."))
    except CannotUndo:
        return page(
            program,
            409,
            gettext(
                "That change cannot be taken back: it was already, or a later one rests on it."
            ),
        )
    return go("record", program=program, said=publish_soon())


@blueprint.post("/staff/record/take-off")
def take_program_off() -> AnyResponse:
    """Take the program off; its address says why."""
    into = request.form.get("into", "").strip()[:200] or None
    why = request.form.get("why", "")
    return _stand("program_removed", lambda deciding, one: deciding.remove(one, why, into))


@blueprint.post("/staff/record/list-again")
def list_again() -> AnyResponse:
    """List it again."""
    return _stand("program_relisted", lambda deciding, one: deciding.relist(one))


@blueprint.post("/staff/record/address")
def readdress() -> AnyResponse:
    """Give it the address that its names make today; the old one leads there."""
    return _stand("program_moved", lambda deciding, one: deciding.readdress(one))


def _stand(act: What, decide: Callable[[Deciding, str], Stood]) -> AnyResponse:
    program = _program()
    try:
        with acting() as within:
            stood = decide(Deciding(within.records, staff_services.clock, LABEL), program)
            within.note(act, "change", stood.change or 0, why=stood.why or "")
    except UnknownProgram:
        return page(program, 422)
    except BadValue as bad:
        field = "into" if bad.field == "--into" else "why"
        return page(program, 422, _why_not(field), typed=request.form, field=field)
    except CannotChangeListing:
        why = gettext("Nothing was changed: it is so already. This is how it is now.")
        return page(program, 409, why)
    return go("record", program=program, said=publish_soon())


def _why_not(field: str) -> str:
    if field == "into":
        return gettext(
            "For a program that is listed twice, give the id of the other one; else leave it empty."
        )
    return gettext("Pick why.")


def _program() -> str:
    return request.form.get("program", "").strip()[:200]
