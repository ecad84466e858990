"""The answer changed where it is read: a chip pressed, a must-have turned, another order."""

from collections.abc import Callable, Mapping

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from directory.errors import BadValue
from directory.web import needs, refining
from directory.web.i18n import page_url
from directory.web.needs import BadNeed, Body
from directory.web.pages.site import blueprint
from directory.web.services import services
from directory.web.shortlist import kept_programs
from directory.web.showing.chips import changed, opened, seal

CHANGES: Mapping[str, Callable[[Body, str], Body]] = {
    "drop": refining.without,
    "must": lambda body, need: refining.with_must(body, need, must=True),
    "nice": lambda body, need: refining.with_must(body, need, must=False),
    "sort": refining.sorted_by,
}


@blueprint.post("/refine")
def refine() -> AnyResponse:
    """One change to a sealed state; back to the results, to where the button was, programs kept."""
    state = opened(request.form.get("sealed", ""))
    body = refined(state.body, request.form)
    needs.read(body, services.vocabularies)
    at = "order" if "sort" in request.form else "answers"
    address = page_url("results", sealed=seal(changed(state, body)), p=kept_programs(request.form))
    return redirect(f"{address}#{at}", 303)


def refined(body: Body, given: Mapping[str, str]) -> Body:
    """The body with every change that was sent. Raises `BadNeed` for one we do not know."""
    unknown = [name for name in given if name not in {*CHANGES, "sealed", "p"}]
    if unknown:
        raise BadNeed((BadValue(unknown[0], unknown[0], "a known change", tuple(CHANGES)),))
    for name, change in CHANGES.items():
        if name in given:
            body = change(body, given[name])
    return body
