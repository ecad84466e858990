"""The finder in a frame: a short form, and the programs that fit, near misses included."""

from typing import Any

from flask import Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.errors import NoGeneration
from directory.matching.outcome import Outcome
from directory.places.gazetteer import is_county
from directory.places.place import AmbiguousPlace, UnknownPlace
from directory.web import needs
from directory.web.embed.site import Frame, blueprint, frame_of, shown
from directory.web.i18n import ENGLISH, gettext, language
from directory.web.needs import BadNeed, State
from directory.web.pages.results import choice, place_hint
from directory.web.sealing import StaleAddress
from directory.web.services import services
from directory.web.showing.chips import form_of, opened, seal
from directory.web.showing.danger import in_danger
from directory.web.showing.frame_view import form_view, without_examples
from directory.web.showing.other_care import other_care
from directory.web.showing.results_view import corrections, page_of, sections

FIELDS = ("place", "week", "need", "pay", "q")
MOST_JUDGED = 100
"""How many programs are looked through where invented ones are left out."""
COUNTY_MILES = 25
"""How far around the middle of a county, where the partner did not say."""


@blueprint.get("/widget/<key>")
def ask(key: str) -> AnyResponse:
    """The form, in the language the page or the partner chose."""
    frame = frame_of(key)
    spoken = frame.choices.lang or ENGLISH
    if language() == ENGLISH and spoken != ENGLISH:
        return redirect(frame.url("ask", spoken), 303)
    if frame.is_counted and request.headers.get("Sec-Fetch-Dest", "iframe") == "iframe":
        services.count(key, "shown")
    return form(frame, {})


@blueprint.get("/widget/<key>/form")
def again(key: str) -> Response:
    """The form in the language of this address, whatever was chosen: visitors have the last word."""
    return form(frame_of(key), {})


@blueprint.post("/widget/<key>/find")
def find(key: str) -> AnyResponse:
    """Seal the answers and go to the programs; what cannot be read comes back with the form."""
    frame = frame_of(key)
    try:
        body = body_of(request.form, frame)
        needs.read(body, services.vocabularies, by_form=True)
    except BadNeed as bad:
        given = {name: request.form.getlist(name) for name in FIELDS}
        return form(frame, given, 422, wrong=tuple(problem.field for problem in bad.problems))
    if frame.is_counted:
        services.count(key, "asked")
    return redirect(frame.url("programs", sealed=seal(State(body, form_of(body)))), 303)


@blueprint.get("/widget/<key>/change/<sealed>")
def change(key: str, sealed: str) -> Response:
    """The form, filled in as it was sent."""
    frame = frame_of(key)
    try:
        return form(frame, opened(sealed).form, sealed=sealed)
    except StaleAddress:
        return closed(frame)


@blueprint.get("/widget/<key>/results/<sealed>")
def programs(key: str, sealed: str) -> Response:
    """The programs for the answers in a sealed address."""
    frame = frame_of(key)
    try:
        state = opened(sealed)
    except StaleAddress:
        return closed(frame)
    try:
        return answered(frame, state)
    except NoGeneration:
        note = gettext("We cannot search just now. Call, or try again.")
        return form(frame, state.form, 503, sealed=sealed, note=note)


def body_of(given: MultiDict[str, str], frame: Frame) -> needs.Body:
    """The need that a form asks for, with what the frame fixes."""
    chosen = frame.choices
    asked = MultiDict((name, text) for name, text in given.items(multi=True) if name in FIELDS)
    if chosen.place:
        asked["place"] = chosen.place
    county = COUNTY_MILES if chosen.place and is_county(chosen.place) else None
    if within := chosen.within or county:
        asked["within"] = str(within)
    for name in ("services", "populations"):
        asked.setlist(name, list(getattr(chosen, name) or ()))
    body = needs.from_form(asked, services.vocabularies)
    return {**body, "languages": list(chosen.languages)} if chosen.languages else body


def answered(frame: Frame, state: State) -> Response:
    """The page for a state, whatever the finder says."""
    hides = frame.choices.examples is False and services.finder.statistics().examples > 0
    limit = MOST_JUDGED if hides else frame.count()
    need = needs.read({**state.body, "limit": limit}, services.vocabularies)
    found = services.finder.find(need, changes=not hides)
    if isinstance(found, AmbiguousPlace | UnknownPlace):
        return which_place(frame, found, state)
    if hides:
        found = without_examples(found, frame.count())
    return listed(frame, found, state)


def listed(frame: Frame, outcome: Outcome, state: State) -> Response:
    """Programs by what to do next."""
    return shown(
        frame,
        "frame/results.html",
        outcome=outcome,
        page=page_of(outcome, state),
        sections=sections(outcome, state),
        corrected=corrections(outcome),
        sealed=seal(state),
        other_care=other_care(outcome),
    )


def which_place(frame: Frame, found: AmbiguousPlace | UnknownPlace, state: State) -> Response:
    """Ask where, and keep every other answer."""
    places = found.suggestions if isinstance(found, UnknownPlace) else found.choices
    offered = tuple(choice(place, state) for place in places)
    told = {"offered": offered, "note": place_hint(found), "wrong": ("near",)}
    return form(frame, state.form, 422, sealed=seal(state), **told)


def closed(frame: Frame) -> Response:
    """The form again, for a search that is over."""
    note = gettext("This search has closed, to keep your answers private. Fill it in once more.")
    return form(frame, {}, 410, note=note)


def form(frame: Frame, filled: dict[str, list[str]], status: int = 200, **values: Any) -> Response:
    """The form page."""
    ask, danger = form_view(frame.choices, filled), in_danger(filled)
    return shown(frame, "frame/form.html", status, ask=ask, danger=danger, **values)
