"""The answer: programs by what to do next; places to pick from; a link to share on purpose."""

from dataclasses import dataclass

from flask import Response, request

from directory.matching.outcome import Outcome
from directory.places.place import AmbiguousPlace, Place, UnknownPlace
from directory.web import needs
from directory.web.addresses import site_url
from directory.web.answers import Edition
from directory.web.i18n import gettext, page_url
from directory.web.needs import State
from directory.web.pages.drawn_cards import drawn_cards
from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.shared_link import read_link
from directory.web.shortlist import kept_programs
from directory.web.showing.chips import CLASHES, changed, form_of, opened, pressable, seal
from directory.web.showing.danger import in_danger
from directory.web.showing.home_form import home_form
from directory.web.showing.other_care import other_care
from directory.web.showing.results_view import corrections, page_of, visible


@blueprint.get("/results/<sealed>")
def results(sealed: str) -> Response:
    """The programs for the answers in a sealed address."""
    return answered(opened(sealed))


@blueprint.get("/results")
def shared_results() -> Response:
    """The programs for a readable link that somebody made on purpose; the form, where it cannot be read."""
    link = read_link(request.args, services.vocabularies)
    form = form_of(link.body)
    if link.problems:
        return private("pages/home.html", 422, **home_form(form, link.problems))
    return answered(State(link.body, form))


@blueprint.get("/share/<sealed>")
def share(sealed: str) -> Response:
    """A readable link to these results, and what it gives away."""
    state = opened(sealed)
    body = {name: value for name, value in state.body.items() if name != "cursor"}
    link = site_url(f"{page_url('shared_results')}?{needs.to_params(body)}")
    shown = [one.label for one in pressable(state) if not one.key.startswith("near:")]
    return private(
        "pages/share.html",
        link=link,
        sealed=seal(state),
        place=body.get("near"),
        shown=shown,
        shortlist=kept_programs(request.args),
    )


def answered(state: State) -> Response:
    """The page for a state, whatever the finder says."""
    edition = services.edition()
    found = services.finder.find(needs.read(state.body, services.vocabularies))
    if isinstance(found, Outcome):
        return programs(found, state, edition)
    return which_place(found, state)


def programs(outcome: Outcome, state: State, edition: Edition) -> Response:
    """A page of programs, found in this edition."""
    sealed, shortlist = seal(state), kept_programs(request.args)
    return private(
        "pages/results.html",
        page=page_of(outcome, state),
        cards=drawn_cards(outcome, state, edition, sealed, shortlist),
        shown={one.record.slug for one in visible(outcome, state)},
        outcome=outcome,
        chips=pressable(state),
        sealed=sealed,
        corrected=corrections(outcome),
        other_care=other_care(outcome),
        shortlist=shortlist,
    )


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that may be meant, and the address that takes it."""

    name: str
    sealed: str


def which_place(found: AmbiguousPlace | UnknownPlace, state: State) -> Response:
    """Ask where, and keep every other answer."""
    unknown = isinstance(found, UnknownPlace)
    places = found.suggestions if isinstance(found, UnknownPlace) else found.choices
    kept = {name: values for name, values in state.form.items() if name not in ("place", CLASHES)}
    return private(
        "pages/place.html",
        422,
        text=found.text[:80],
        unknown=unknown,
        hint=place_hint(found),
        choices=tuple(choice(place, state) for place in places),
        kept=kept,
        danger=in_danger(state.form),
        shortlist=kept_programs(request.args),
    )


def choice(place: Place, state: State) -> PlaceChoice:
    """The same answers from this place."""
    near = place.zip if place.zip and place.precision == "zip" else place.name
    return PlaceChoice(place.name, seal(changed(state, {**state.body, "near": near})))


def place_hint(found: AmbiguousPlace | UnknownPlace) -> str:
    """What to type instead."""
    if isinstance(found, AmbiguousPlace):
        return gettext("There is more than one. Pick yours, or type its ZIP code.")
    if found.reason == "foreign":
        return gettext("We list programs in the United States only.")
    if found.reason == "no_such_zip":
        return gettext("A ZIP code has 5 digits, like 91101. You can also type a city.")
    return gettext("Type a ZIP code like 91101, or a city.")
