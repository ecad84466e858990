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
from directory.web.i18n import gettext, page_url
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
    return render_template("pages/work.html", **calculator(filled, program_of(slug)))


@blueprint.post("/work")
def count_work() -> AnyResponse:
    """Seal the hours and go to the answer; what cannot be read comes back with the form."""
    sent = request.form.to_dict(flat=False)
    filled = {name: values for name, values in sent.items() if name in job_form.FIELDS}
    listing = program_of(next(iter(filled.get("program", [])), ""))
    try:
        job_form.read(filled)
    except BadNeed as bad:
        return private("pages/work.html", 422, **calculator(filled, listing, bad.problems))
    return redirect(page_url("work_missed", sealed=services.sealer.seal({"work": filled})), 303)


@blueprint.get("/work-hours/<sealed>")
def work_missed(sealed: str) -> Response:
    """The hours of work that the group takes, and the form to change them."""
    filled: Filled = services.sealer.open_part(sealed, "work")
    asked = job_form.read(filled)
    listing = program_of(asked.program)
    return private(
        "pages/work.html",
        **calculator(filled, listing),
        answers=work_view.answered(asked, listing),
        laws=work_view.laws(asked.size),
    )


def program_of(slug: str) -> Listing | None:
    """The program an address names."""
    return (present(slug) or abort(404)) if slug else None


def calculator(
    filled: Filled, listing: Listing | None, problems: Sequence[BadValue] = ()
) -> dict[str, Any]:
    """Everything the page shows but the answer."""
    return {
        "cards": sourced("work"),
        "filled": filled,
        "listing": listing,
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
