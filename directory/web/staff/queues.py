"""The queues of curators: how much there is of each, and one page for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from directory.catalog.program import Listing
from directory.curation import proposals, reporting
from directory.curation.worklist.items import Item, Queue
from directory.web.i18n import gettext, same_page
from directory.web.staff import curator_words, queue_view
from directory.web.staff.access import may_use
from directory.web.staff.curator_services import curating
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, signed_in

A_PAGE = 25
MOST_ANSWERED = 10
LAST_PAGE = 10_000
Show = Callable[[Item, Listing], object]
_SHOWN: Mapping[Queue, tuple[str, Show]] = {
    "conflicts": ("staff/queue_conflicts.html", queue_view.torn),
    "findings": ("staff/queue_findings.html", queue_view.found),
    "stale": ("staff/queue_stale.html", queue_view.old),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue on the first page: its address, its name, what is in it, how much; None: not counted."""

    page: str
    name: str
    hint: str
    count: int | None


@blueprint.get("/staff/curating", endpoint="curating")
def first_page() -> Response:
    """How much there is of each."""
    with staff_services.listings().desk() as desk:
        reporting.forget(desk, staff_services.clock().date())
        counts = {
            "queue_reports": desk.reports.count_waiting(),
            "queue_proposals": len(desk.proposals.waiting()),
            "queue_links": desk.links.count_waiting(),
        }
        aside = desk.set_asides.marks(staff_services.clock().date())
    lists = curating.worklist.current(staff_services.listings())
    of_lists = lists.counts(aside) if lists else {}
    return desk_page(
        "staff/curating.html",
        queues=[
            Waiting(page, name, hint, counts.get(page, of_lists.get(_of_page(page))))
            for page, name, hint in _queues()
        ],
    )


def _queues() -> Sequence[tuple[str, str, str]]:
    return [
        (
            "queue_reports",
            gettext("Reports"),
            gettext("What visitors and referral staff found wrong."),
        ),
        (
            "queue_proposals",
            gettext("Wishes of programs"),
            gettext("What a program wants changed and may not change alone."),
        ),
        (
            "queue_conflicts",
            gettext("Conflicts"),
            gettext("Two sources say different things, and nothing settles it."),
        ),
        (
            "queue_links",
            gettext("Same place?"),
            gettext("Rows of lists that may be one place."),
        ),
        (
            "queue_findings",
            gettext("Does not add up"),
            gettext("What our rules found in listings."),
        ),
        (
            "queue_stale",
            gettext("Old facts"),
            gettext("Programs to call, the most important ones first."),
        ),
    ]


def _of_page(page: str) -> Queue:
    queues: dict[str, Queue] = {"queue_findings": "findings", "queue_stale": "stale"}
    return queues.get(page, "conflicts")


@blueprint.get("/staff/curating/reports")
def queue_reports() -> Response:
    """What visitors found wrong, the oldest first."""
    return reports_page()


def reports_page(status: int = 200, wrong: str = "") -> Response:
    """The page, with what could not be done."""
    start = _start()
    with staff_services.listings().desk(write=False) as desk:
        kept = desk.reports.waiting(A_PAGE + 1, start)
        items = [queue_view.told(one, desk.listing(one.program)) for one in kept[:A_PAGE]]
    outcomes = list(curator_words.outcomes().items())
    return _page(
        "staff/queue_reports.html", items, len(kept) > A_PAGE, status, wrong, outcomes=outcomes
    )


@blueprint.get("/staff/curating/wishes")
def queue_proposals() -> Response:
    """What programs ask for, the oldest first."""
    return proposals_page()


def proposals_page(status: int = 200, wrong: str = "") -> Response:
    """The page, with what could not be done."""
    start = _start()
    with staff_services.listings().desk(write=False) as desk:
        waiting = proposals.waiting(desk)[start : start + A_PAGE + 1]
    items = [queue_view.wish(one) for one in waiting[:A_PAGE]]
    reasons = list(curator_words.reasons().items())
    return _page(
        "staff/queue_proposals.html", items, len(waiting) > A_PAGE, status, wrong, reasons=reasons
    )


@blueprint.get("/staff/curating/links")
def queue_links() -> Response:
    """Rows that may be one place; below them what was answered last."""
    return links_page()


def links_page(status: int = 200, wrong: str = "") -> Response:
    """The page, with what could not be done."""
    start = _start()
    with staff_services.listings().desk(write=False) as desk:
        pairs = desk.links.waiting(A_PAGE + 1, start)
        answered = desk.links.answered(MOST_ANSWERED) if not start else ()
    items = [queue_view.twins(one) for one in pairs[:A_PAGE]]
    done = [queue_view.twins(one) for one in answered]
    return _page("staff/queue_links.html", items, len(pairs) > A_PAGE, status, wrong, answered=done)


@blueprint.get("/staff/curating/conflicts")
def queue_conflicts() -> Response:
    """Facts that sources disagree on, the most important first."""
    return measured_page("conflicts")


@blueprint.get("/staff/curating/findings")
def queue_findings() -> Response:
    """What our rules found, the serious ones first."""
    return measured_page("findings")


@blueprint.get("/staff/curating/old")
def queue_stale() -> Response:
    """Programs with old facts, the most important first."""
    return measured_page("stale")


def measured_page(queue: Queue, status: int = 200, wrong: str = "") -> Response:
    """A page of what measuring found, with what could not be done; only its programs are read."""
    template, show = _SHOWN[queue]
    start, records, today = _start(), staff_services.listings(), staff_services.clock().date()
    lists = curating.worklist.current(records)
    with records.desk(write=False) as desk:
        aside = desk.set_asides.marks(today)
        items: Sequence[Item] = lists.waiting(queue, aside) if lists else ()
        listings = ((one, desk.listing(one.program)) for one in items[start : start + A_PAGE])
        shown = [(one.mark, show(one, listing)) for one, listing in listings if listing is not None]
        newest = desk.set_asides.newest(queue, today, MOST_ANSWERED) if not start else ()
        left = [queue_view.left(one, desk.listing(one.program)) for one in newest]
    more = len(items) > start + A_PAGE
    return _page(
        template,
        shown,
        more,
        status,
        wrong,
        counting=lists is None,
        queue=queue,
        aside=left,
        whys=list(curator_words.whys_aside().items()),
    )


def _page(
    template: str,
    items: Sequence[object],
    more: bool,
    status: int = 200,
    wrong: str = "",
    **values: Any,
) -> Response:
    page, role = page_asked_for(), signed_in().member.role
    same_page(f"staff.{template.rpartition('/')[2].removesuffix('.html')}", **at_page())
    return desk_page(
        template,
        status,
        items=items,
        page=page,
        older=page + 1 if more else 0,
        may_act=may_use("mend_record", role),
        wrong=wrong,
        tried=request.form.get("mark", request.form.get("number", "")) if status == 422 else "",
        said=curator_words.done(request.args.get("said", "")),
        **values,
    )


def page_asked_for() -> int:
    """The page of a queue that an address names, or that a form was sent from."""
    text = request.values.get("at", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(1, min(number, LAST_PAGE))


def at_page() -> Mapping[str, int]:
    """What an address says of that page; nothing for the first."""
    page = page_asked_for()
    return {"at": page} if page > 1 else {}


def _start() -> int:
    return (page_asked_for() - 1) * A_PAGE
