"""Something wrong with a listing? A choice and a few words; never who tells it."""

from collections.abc import Mapping

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.program import Listing
from directory.errors import BadValue, TellsOfAPerson, TooManyReports
from directory.web.addresses import listed
from directory.web.gate import wait_for
from directory.web.i18n import gettext, page_url
from directory.web.pages.site import blueprint, private
from directory.web.security import from_elsewhere
from directory.web.services import services


@blueprint.get("/programs/<slug>/report")
def report(slug: str) -> Response:
    """The form, empty; or our thanks (`sent`)."""
    return form(listed(slug), sent="sent" in request.args)


@blueprint.post("/programs/<slug>/report")
def send_report(slug: str) -> AnyResponse:
    """Keep what is wrong; what cannot be kept comes back with the form."""
    if from_elsewhere(request):
        abort(403)
    listing = listed(slug)
    what, text = request.form.get("what", ""), request.form.get("text", "")
    if wait := wait_for("reports"):
        wrong = gettext("Many reports came from your network. Please try again in an hour.")
        answer = form(listing, 429, what=what, text=text, wrong=wrong)
        answer.headers["Retry-After"] = str(wait)
        return answer
    try:
        services.report(listing, what, text)
    except BadValue as bad:
        return form(listing, 422, what=what, text=text, wrong=complaint(bad))
    except TellsOfAPerson as told:
        return form(listing, 422, what=what, text=text, wrong=kind_words(told))
    except TooManyReports:
        wrong = gettext("Many people wrote to us today. Please try again tomorrow.")
        return form(listing, 429, what=what, text=text, wrong=wrong)
    return redirect(page_url("report", slug=slug, sent="yes"), 303)


def form(
    listing: Listing,
    status: int = 200,
    *,
    what: str = "",
    text: str = "",
    wrong: str = "",
    sent: bool = False,
) -> Response:
    """The page."""
    filled = {"what": what, "text": text[:600]}
    return private(
        "pages/report.html",
        status,
        listing=listing,
        problems=problems(),
        filled=filled,
        wrong=wrong,
        sent=sent,
    )


def problems() -> Mapping[str, str]:
    """What may be wrong, in words."""
    return {
        "phone": gettext("The phone number is wrong, or nobody answers"),
        "address": gettext("The address is wrong"),
        "hours": gettext("The days or hours are wrong"),
        "payer": gettext("They do not take a plan that is listed"),
        "closed": gettext("They closed, or the program ended"),
        "not_there": gettext("There is no such program there"),
        "other": gettext("Something else"),
    }


def complaint(bad: BadValue) -> str:
    """What to change."""
    if bad.field == "what":
        return gettext("Pick what is wrong.")
    return gettext("Write at most 300 letters.")


def kind_words(told: TellsOfAPerson) -> str:
    """Why we do not keep it, and what to leave out."""
    said = {
        "contact": gettext("Please leave out mail addresses."),
        "number": gettext("Please leave out phone numbers and other long numbers."),
        "date": gettext("Please leave out dates with a year, and days of birth."),
        "person": gettext("Please leave out who it is about. Tell only what is wrong here."),
        "name": gettext("Please leave out names. We know which program you mean."),
    }
    reason = gettext("To keep you and others private, we take nothing that may tell who you are.")
    return f"{said[told.sign]} {reason}"
