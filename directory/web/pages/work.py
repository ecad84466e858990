"""Can I keep my job? The laws, and the hours of work a group would take. Nothing is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.program import Listing
from directory.catalog.schedule import DAYS
from directory.errors import BadValue
from directory.web import job_form
from directory.web.addresses import present
from directory.web.i18n import gettext, page_url, same_page
from directory.web.job_form import Asked
from directory.web.need_fields import BadNeed
from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.showing import words, work_view
from directory.web.showing.guide_cards import sourced

Filled = Mapping[str, Sequence[str]]


@blueprint.get("/work")
def work() -> str:
    """The laws and an empty calculator; `?program=` names a program, which is no secret."""
    slug = request.args.get("program", "")
    filled = {**job_form.USUAL, **({"program": [slug]} if slug else {})}
    listing = program_of(filled)
    if slug and not listing and services.finder.whereabouts(slug) is None:
        abort(404)
    return render_template("pages/work.html", **calculator(filled, listing))


@blueprint.post("/work")
def count_work() -> AnyResponse:
    """Seal the hours and go to the answer; what cannot be read comes back with the form."""
    sent = request.form.to_dict(flat=False)
    filled = {name: values for name, values in sent.items() if name in job_form.FIELDS}
    token, listing = services.sealer.seal({"work": filled}), program_of(filled)
    try:
        read(filled, listing)
    except BadNeed as bad:
        same_page("work_missed", sealed=token)
        return refused(filled, listing, bad)
    return redirect(page_url("work_missed", sealed=token), 303)


@blueprint.get("/work-hours/<sealed>")
def work_missed(sealed: str) -> Response:
    """The hours of work that the group takes, and the form to change them."""
    filled: Filled = services.sealer.open_part(sealed, "work")
    listing = program_of(filled)
    try:
        asked = read(filled, listing)
    except BadNeed as bad:
        return refused(filled, listing, bad)
    return private(
        "pages/work.html",
        **calculator(filled, listing),
        answers=work_view.answered(asked, listing),
        laws=work_view.laws(asked.size),
    )


def named(filled: Filled) -> str:
    """The address of the program whose hours are meant; "" without one."""
    return next(iter(filled.get("program", ())), "")


def program_of(filled: Filled) -> Listing | None:
    """The program whose hours are meant, if it is still listed."""
    return present(slug) if (slug := named(filled)) else None


def read(filled: Filled, listing: Listing | None) -> Asked:
    """The form as it is meant: a program that is gone has no hours to take. Raises `BadNeed`."""
    return job_form.read(filled if listing else {**filled, "program": ()})


def refused(filled: Filled, listing: Listing | None, bad: BadNeed) -> Response:
    """The form with every answer kept, and what to change."""
    return private("pages/work.html", 422, **calculator(filled, listing, bad.problems))


def calculator(
    filled: Filled, listing: Listing | None, problems: Sequence[BadValue] = ()
) -> dict[str, Any]:
    """Everything the page shows but the answer."""
    return {
        "cards": sourced("work"),
        "filled": filled,
        "listing": listing,
        "gone": bool(named(filled)) and listing is None,
        "wrong": tuple(dict.fromkeys(complaint(problem) for problem in problems)),
        "sizes": work_view.sizes(),
        "days": tuple(
            (code, words.day_name(day), words.day_short(day)) for day, code in enumerate(DAYS)
        ),
        "labels": hour_labels(),
    }


def hour_labels() -> dict[str, str]:
    """What each field of hours is called."""
    found: dict[str, str] = {}
    for number, code in enumerate(DAYS):
        day = words.day_name(number)
        found |= {
            f"work-from-{code}": gettext("%(day)s, work from", day=day),
            f"work-to-{code}": gettext("%(day)s, work until", day=day),
            f"group-from-{code}": gettext("%(day)s, group from", day=day),
            f"group-to-{code}": gettext("%(day)s, group until", day=day),
        }
    return found


def complaint(problem: BadValue) -> str:
    """What to change."""
    field, _, day = problem.field.partition(".")
    if day:
        name = words.day_name(DAYS.index(day))
        return gettext("%(day)s: give a start and an end, such as 9:00 and 17:00.", day=name)
    said = {
        "work": gettext("Type your hours of work on at least one day."),
        "group": gettext("Type the hours of the group on at least one day."),
        "paid": gettext("Type your paid hours a week as a number, like 40."),
        "travel": gettext("Type the minutes one way as a number, like 20."),
    }
    return said.get(field, gettext("Pick one of the choices."))
