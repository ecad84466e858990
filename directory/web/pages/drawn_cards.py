"""The cards of a results page, drawn once for the same answers (docs/adr/025-a-memory-of-answers.md)."""

import json
import secrets
from collections.abc import Collection

from flask import render_template, request
from markupsafe import Markup

from directory.matching.outcome import Outcome
from directory.web.answers import Edition
from directory.web.i18n import language
from directory.web.needs import State
from directory.web.services import services
from directory.web.showing.changes import wants_clashes
from directory.web.showing.results_view import sections

SEALED = secrets.token_urlsafe(24)
"""Stands in kept cards where the sealed address of whoever sees them belongs."""


def drawn_cards(
    outcome: Outcome, state: State, edition: Edition, sealed: str, shortlist: Collection[str]
) -> Markup:
    """The programs of a page, their links carrying `sealed`; drawn anew where nobody asked the same.

    Never kept: cards of words of one's own or with boxes ticked, and those for which a generation
    or a day that ended meanwhile was asked.
    """
    if shortlist or outcome.need.text:
        return _draw(outcome, state, sealed, shortlist)
    asked = _asked(state)
    drawn = services.answers.recall(edition, asked)
    if drawn is None:
        drawn = _draw(outcome, state, SEALED, shortlist).encode()
        if services.edition() == edition:
            services.answers.keep(edition, asked, drawn)
    return Markup(drawn.decode().replace(SEALED, sealed))  # noqa: S704  escaped when it was drawn


def _asked(state: State) -> bytes:
    """All that the cards of an edition depend on; no body for the API begins like it."""
    shown_as = [language(), request.script_root, wants_clashes(state)]
    return f"cards {json.dumps([shown_as, state.body])}".encode()


def _draw(outcome: Outcome, state: State, sealed: str, shortlist: Collection[str]) -> Markup:
    """Cards that link with this sealed address."""
    drawn = render_template(
        "partials/answers.html",
        sections=sections(outcome, state),
        sealed=sealed,
        shortlist=shortlist,
    )
    return Markup(drawn)  # noqa: S704  a template's own
