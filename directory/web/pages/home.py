"""The form: where, when, what, how paid. It comes back filled in, whatever was wrong."""

from collections.abc import Sequence

from flask import Response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.web import needs
from directory.web.i18n import page_url, same_page
from directory.web.needs import BadNeed, State
from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.shortlist import kept_programs
from directory.web.showing.chips import opened, seal
from directory.web.showing.home_form import home_form
from directory.web.week_form import HOURS, ROTATES


@blueprint.get("/")
def home() -> str:
    """An empty form."""
    return render_template("pages/home.html", **home_form({}))


@blueprint.post("/find")
def find() -> AnyResponse:
    """Seal the answers and go to the results; what cannot be read comes back with the form."""
    kept, given = kept_programs(request.form), own_week(without_kept(request.form))
    try:
        body = needs.from_form(given, services.vocabularies)
        needs.read(body, services.vocabularies, by_form=True)
    except BadNeed as bad:
        return refused(given, bad, kept)
    state = State(
        body, {name: values for name, values in given.to_dict(flat=False).items() if any(values)}
    )
    return redirect(page_url("results", sealed=seal(state), p=kept), 303)


@blueprint.get("/change/<sealed>")
def change(sealed: str) -> Response:
    """The form, filled in as it was sent."""
    state = opened(sealed)
    return private(
        "pages/home.html", **home_form(state.form), shortlist=kept_programs(request.args)
    )


def without_kept(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """The answers of a form without the programs it carries along."""
    return MultiDict((name, value) for name, value in sent.items(multi=True) if name != "p")


def own_week(given: MultiDict[str, str]) -> MultiDict[str, str]:
    """A week that is painted or timed, with no other picked, is meant; a second one rotates."""
    painted = any(given.getlist("free")) or any(given.get(field) for field in HOURS)
    other = any(given.getlist("free2"))
    picked = given.get("week")
    if (other and picked == "own") or ((painted or other) and not picked):
        given = MultiDict(given)
        given["week"] = ROTATES if other else "own"
    return given


def refused(given: MultiDict[str, str], bad: BadNeed, kept: Sequence[str] = ()) -> Response:
    """The form with every answer kept, and what to change beside its question."""
    known = {name: given.getlist(name) for name in given if name in needs.FORM_FIELDS}
    same_page("change", sealed=seal(State({}, known)), p=kept)
    return private("pages/home.html", 422, **home_form(known, bad.problems), shortlist=kept)
