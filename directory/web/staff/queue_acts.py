"""What closes an item of a queue: each act is a change, a line of the trail, and soon on the public page."""

from collections.abc import Callable
from datetime import datetime

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.trail import What
from directory.catalog.records import Desk
from directory.curation import proposals, reporting
from directory.curation.linking.deciding import Decided, say_different, say_same, take_back
from directory.curation.proposals import ListedOtherwise, NotWaiting
from directory.curation.worklist.items import QUEUES, Queue
from directory.curation.worklist.setting_aside import bring_back, set_aside
from directory.errors import (
    BadValue,
    CannotChangeListing,
    CannotLink,
    UnknownPair,
    UnknownReport,
)
from directory.web.i18n import gettext
from directory.web.staff import curator_words
from directory.web.staff.acting import LABEL, acting, publish_soon
from directory.web.staff.curator_services import curating
from directory.web.staff.queues import (
    at_page,
    links_page,
    measured_page,
    proposals_page,
    reports_page,
)
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, go

Decide = Callable[[Desk, int, str, datetime], Decided]


@blueprint.post("/staff/curating/reports")
def close_report() -> AnyResponse:
    """A report was looked into; what came of it stands in the trail."""
    outcome = request.form.get("outcome", "")
    if outcome not in curator_words.outcomes():
        return reports_page(422, gettext("Pick what came of it."))
    try:
        with acting() as act:
            with act.records.desk() as desk:
                reporting.close(desk, _number(), staff_services.clock().date())
            act.note("report_closed", "report", _number(), why=outcome)
    except UnknownReport:
        return reports_page(409, gettext("Somebody else closed this report already."))
    return back_to("queue_reports", "closed")


@blueprint.post("/staff/curating/wishes")
def answer_proposal() -> AnyResponse:
    """Take over what a program asks for, or leave it out and say why."""
    now, number = staff_services.clock(), _number()
    try:
        if request.form.get("answer") == "accept":
            with acting() as act:
                with act.records.desk() as desk:
                    change = proposals.accept(desk, number, request.form.get("seen", ""), now)
                act.note("proposal_accepted", "proposal", number, change=change or 0)
            return back_to("queue_proposals", publish_soon())
        with acting() as act:
            reason = request.form.get("reason", "")
            with act.records.desk() as desk:
                proposals.reject(desk, number, reason, now)
            act.note("proposal_rejected", "proposal", number, why=reason)
    except ListedOtherwise:
        said = gettext("The listing changed while you looked. Both are shown as they are now.")
        return proposals_page(409, said)
    except (NotWaiting, CannotChangeListing):
        return proposals_page(
            409, gettext("This wish waits no more, or its program is not listed.")
        )
    except BadValue:
        return proposals_page(422, gettext("Pick why you leave it out."))
    return back_to("queue_proposals", "left")


@blueprint.post("/staff/curating/aside")
def set_item_aside() -> AnyResponse:
    """A conflict, a finding or old facts stay as they are for a while, and why."""
    records, mark = staff_services.listings(), request.form.get("mark", "")[:40]
    lists = curating.worklist.current(records)
    item = lists.marks.get(mark) if lists else None
    if item is None:
        return measured_page(
            _queue(), 409, gettext("This has changed meanwhile. Look at it again.")
        )
    try:
        with acting() as act:
            with act.records.desk() as desk:
                kept = set_aside(desk, item, request.form.get("why", ""), staff_services.clock)
            act.note("item_set_aside", "item", kept.mark, why=kept.why)
    except BadValue:
        return measured_page(item.queue, 422, gettext("Pick why it stays as it is."))
    return back_to(f"queue_{item.queue}", "aside")


@blueprint.post("/staff/curating/aside/back")
def bring_item_back() -> AnyResponse:
    """Put it back into its queue."""
    mark = request.form.get("mark", "")[:40]
    with acting() as act:
        with act.records.desk() as desk:
            is_back = bring_back(desk, mark)
        if is_back:
            act.note("item_brought_back", "item", mark)
    if not is_back:
        return measured_page(_queue(), 409, gettext("It is back in its queue."))
    return back_to(f"queue_{_queue()}", "again")


def _queue() -> Queue:
    """The queue a form names; the first one for any other text."""
    named = request.form.get("queue", "")
    return next((one for one in QUEUES if one == named), QUEUES[0])


@blueprint.post("/staff/curating/links")
def answer_pair() -> AnyResponse:
    """The two rows are one place, or they are not. It is remembered, and can be taken back."""
    answers = {"same": say_same, "different": say_different}
    answer = request.form.get("answer", "")
    if answer not in answers:
        return links_page(422, gettext("Say if they are the same place."))
    return _on_pair(answers[answer], "pair_answered", "linked", answer)


@blueprint.post("/staff/curating/links/back")
def take_back_pair() -> AnyResponse:
    """Take an answer back: the question is open again."""
    return _on_pair(take_back, "pair_taken_back", "back", "")


def _on_pair(decide: Decide, what: What, said: str, answer: str) -> AnyResponse:
    number = _number()
    try:
        with acting() as act:
            with act.records.desk() as desk:
                decided = decide(desk, number, LABEL, staff_services.clock())
            act.note(what, "pair", number, answer=answer, change=decided.change or 0)
    except UnknownPair:
        return links_page(409, gettext("Somebody else answered this one meanwhile."))
    except CannotLink:
        why = gettext(
            "It cannot be answered like this: it was answered, or both are written by hand."
        )
        return links_page(409, why)
    if decided.change is not None:
        publish_soon()
    return back_to("queue_links", said)


def back_to(queue: str, said: str) -> AnyResponse:
    """On with the page of the queue where something was just done."""
    return go(queue, said=said, **at_page())


def _number() -> int:
    """The number a form names; 0, which nothing has, for any other text."""
    text = request.form.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
