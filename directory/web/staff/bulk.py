"""One act on many programs: filter, pick the act, see exactly what would change, do it as one change."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.listing import Json
from directory.catalog.program import Listing
from directory.catalog.records import Records
from directory.catalog.whereabouts import WHYS
from directory.curation.bulk import (
    MOST,
    Effect,
    Plan,
    PlanChanged,
    Wanted,
    carry_out,
    choose,
    confirm,
    fits,
    plan_facts,
    plan_removal,
)
from directory.curation.lint.yardstick import Yardstick
from directory.curation.mending import FactKey, Stated
from directory.errors import BadValue, TellsOfAPerson
from directory.web.i18n import gettext, same_page
from directory.web.staff import bulk_words, curator_words, fact_words
from directory.web.staff.acting import LABEL, acting, publish_soon
from directory.web.staff.bulk_words import ACTS, SETTABLE, Act
from directory.web.staff.cookie import CSRF_FIELD
from directory.web.staff.curator_services import curating
from directory.web.staff.fact_forms import Typed, read_key
from directory.web.staff.fact_words import Difference
from directory.web.staff.mend import keys_of, source_of
from directory.web.staff.mend_view import as_typed, fact_form, hidden
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go

PAGE = 25
LONGEST = 100
SEAL = "bulk"


@dataclass(frozen=True, slots=True)
class Shown:
    """One program of a preview, and each fact of it as it is and as it would be."""

    listing: Listing
    differences: Sequence[Difference]


@blueprint.get("/staff/bulk")
def bulk() -> Response:
    """The filters, the programs they leave, and what can be done to them."""
    wanted = _wanted()
    listings = list(staff_services.listings().all())
    by = _yardstick()
    found = [] if wanted.asks_nothing else [one for one in listings if fits(one, by, wanted)]
    asked = {name: value for name, value in asdict(wanted).items() if value}
    same_page("staff.bulk", **asked)
    return desk_page(
        "staff/bulk.html",
        wanted=wanted,
        asked=asked,
        found=found[:MOST],
        count=bulk_words.counted(len(found)),
        too_many=bulk_words.too_many() if len(found) > MOST else "",
        acts=list(bulk_words.acts().items()),
        settable=bulk_words.settable(),
        sources=[(one, one) for one in bulk_words.sources(listings)],
        findings=bulk_words.findings(),
        facts=bulk_words.facts(),
        change=request.args.get("change", "")[:12],
        first=request.args.get("first", "")[:200],
        said=curator_words.done(request.args.get("said", "")),
    )


def _wanted() -> Wanted:
    names = ("organization", "city", "state", "source", "finding", "stale")
    return Wanted(**{name: request.values.get(name, "").strip()[:LONGEST] for name in names})


def _yardstick() -> Yardstick:
    return curating.worklist.measure().by


def _chosen() -> Sequence[Listing]:
    """The programs of the filters. Raises `BadValue` if there are none, or too many at once."""
    found = choose(staff_services.listings(), _yardstick(), _wanted())
    if not 0 < len(found) <= MOST:
        raise BadValue("programs", len(found), f"1 to {MOST} programs")
    return found


def _act() -> Act | None:
    return next((one for one in ACTS if one == request.values.get("act")), None)


@blueprint.get("/staff/bulk/act")
def bulk_act() -> AnyResponse:
    """What has to be known before it can be shown: which facts, which value, how one knows."""
    return details()


def details(status: int = 200, wrong: Mapping[str, str] | None = None) -> AnyResponse:
    """The form of an act, with what was typed and what is wrong."""
    act, asked = _act(), {name: value for name, value in asdict(_wanted()).items() if value}
    try:
        listings = _chosen()
    except BadValue:
        return go("bulk", **asked)
    key = read_key(request.values.get("fact", "")) if act == "set" else None
    if act is None or (act == "set" and key not in SETTABLE):
        return go("bulk", **asked)
    form = fact_form(listings[0], key, as_typed(request.form, key)) if key else None
    today = staff_services.clock().date().isoformat()
    same_page("staff.bulk", **asked)
    return desk_page(
        "staff/bulk_act.html",
        status,
        act=act,
        name=bulk_words.acts()[act],
        asked=asked,
        count=bulk_words.counted(len(listings)),
        form=form,
        confirmable=bulk_words.confirmable(),
        ticked=request.form.getlist("fact"),
        typed={"how": "phone", "day": today, **request.form.to_dict()},
        ways=list(curator_words.ways().items()),
        whys=_whys(),
        today=today,
        wrong=wrong or {},
    )


def _whys() -> Sequence[tuple[str, str]]:
    """Why many may be taken off; what is listed twice is told one by one."""
    return [(why, said) for why, said in curator_words.whys().items() if why != "listed_twice"]


@blueprint.post("/staff/bulk/preview")
def preview_bulk() -> AnyResponse:
    """Exactly what would change of each program. Nothing is written."""
    try:
        listings = _chosen()
        with staff_services.listings().still() as records:
            plan = _plan(records, listings)
    except (BadValue, TellsOfAPerson) as bad:
        return _refused(bad)
    return preview(plan)


@blueprint.post("/staff/bulk/apply")
def apply_bulk() -> AnyResponse:
    """Do what was shown, as one change; if it would be another thing by now, show that instead."""
    try:
        listings = _chosen()
        with acting() as act, act.records.desk() as desk:
            fresh = [found for one in listings if (found := act.records.get(one.program.id))]
            plan = _plan(act.records, fresh)
            number = carry_out(desk, plan, _is_sealed)
            if number is not None:
                many = len(plan.effects)
                act.note("bulk_done", "change", number, what=str(_act()), programs=many)
    except PlanChanged as changed:
        said = gettext("The listings changed since you looked, so nothing was done. Look again.")
        return preview(changed.plan, 409, said)
    except (BadValue, TellsOfAPerson) as bad:
        return _refused(bad)
    if number is None:
        return go("bulk", said="same")
    first = plan.effects[0].listing.program.id
    return go("bulk", said=publish_soon(), change=number, first=first)


def _refused(bad: BadValue | TellsOfAPerson) -> AnyResponse:
    name = bad.field if isinstance(bad, BadValue) else "fact"
    return details(422, {name: bulk_words.complaint(bad)})


def _is_sealed(digest: str) -> bool:
    seen = request.form.get("seen", "")
    return hmac.compare_digest(_sealed(digest).encode(), seen.encode())


def _sealed(digest: str) -> str:
    return staff_services.keeper.digest(SEAL, f"{_act()}\0{digest}")


def _plan(records: Records, listings: Sequence[Listing]) -> Plan:
    """What the form asks for. Raises `BadValue`, `TellsOfAPerson`."""
    now, act = staff_services.clock(), _act()
    if act == "remove":
        why = next((one for one in WHYS if one == request.form.get("why")), None)
        if why is None or why == "listed_twice":
            raise BadValue("why", request.form.get("why", "")[:40], "why", WHYS)
        return plan_removal(listings, why, LABEL, now)
    facts = _value_for(listings) if act == "set" else _confirmed()
    source_of(listings[0])  # what is wrong with it is wrong for all
    return plan_facts(records, listings, facts, source_of, now)


def _confirmed() -> Callable[[Listing], Sequence[Stated]]:
    keys = keys_of(request.form)
    if _act() != "confirm" or not keys:
        raise BadValue("facts", "none", "facts to confirm")
    return confirm(keys)


def _value_for(listings: Sequence[Listing]) -> Callable[[Listing], Sequence[Stated]]:
    """The typed value, checked for each program. Raises what the first one's check raises."""
    key = read_key(request.form.get("fact", ""))
    if key is None or key not in SETTABLE:
        raise BadValue("facts", "none", "a fact that may be set for many")

    def stated(listing: Listing) -> Sequence[Stated]:
        source = source_of(listing)
        wanted = Stated(*key, _typed(key, listing, source.as_of))
        return [curating.checks.checked(wanted, listing, source)]

    stated(listings[0])
    return stated


def _typed(key: FactKey, listing: Listing, day: date) -> Json:
    return Typed(request.form, key, listing, day, curating.read_phrase).value()


def preview(plan: Plan, status: int = 200, wrong: str = "") -> Response:
    """The page: so many programs at a time, the others by a button that keeps everything typed."""
    at = request.form.get("at", "1")
    page = int(at) if at.isascii() and at.isdigit() and 0 < int(at[:4]) < 100 else 1
    last = page * PAGE
    effects = plan.effects[last - PAGE : last]
    asked = {name: value for name, value in asdict(_wanted()).items() if value}
    same_page("staff.bulk", **asked)
    return desk_page(
        "staff/bulk_preview.html",
        status,
        name=bulk_words.acts()[_act() or "confirm"],
        is_removal=_act() == "remove",
        asked=asked,
        count=bulk_words.counted(len(plan.effects)),
        effects=[Shown(one.listing, _differences(one)) for one in effects],
        left_out=plan.left_out,
        page=page,
        next=page + 1 if len(plan.effects) > last else 0,
        hidden=hidden(request.form, {CSRF_FIELD, "seen", "at"}),
        seen=_sealed(plan.digest) if plan.effects else "",
        wrong=wrong,
    )


def _differences(effect: Effect) -> Sequence[Difference]:
    return [fact_words.difference(*one) for one in effect.facts]
