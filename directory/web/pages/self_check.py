"""Is it right for me? One question at a time; the answers so far are sealed in the address."""

from typing import Any

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from directory.web.i18n import page_url
from directory.web.pages.site import blueprint, private
from directory.web.self_check import QUESTIONS, Check
from directory.web.services import services
from directory.web.showing.guide_cards import sourced
from directory.web.showing.self_check_words import asking, levels


@blueprint.get("/self-check")
def self_check() -> str:
    """What it is, and the first question: is anyone in danger?"""
    return render_template("pages/self_check.html", **step(Check()))


@blueprint.post("/self-check")
def answer_self_check() -> AnyResponse:
    """Take one answer, or the word that help was read, and go to the next step."""
    sealed = request.form.get("so_far", "")
    check = opened(sealed) if sealed else Check()
    check = check.gone_on() if check.stop else check.answered(request.form.get("answer", ""))
    token = services.sealer.seal({"check": check.payload()})
    return redirect(page_url("self_check_step", sealed=token), 303)


@blueprint.get("/self-check/<sealed>")
def self_check_step(sealed: str) -> Response:
    """Help, the next question, or what to ask about."""
    return private("pages/self_check.html", **step(opened(sealed)), so_far=sealed)


def opened(sealed: str) -> Check:
    """The answers so far. Raises `StaleAddress`."""
    return Check.opened(services.sealer.open_part(sealed, "check"))


def step(check: Check) -> dict[str, Any]:
    """What the page shows at this point."""
    question = None if check.stop else check.question
    return {
        "stop": check.stop,
        "question": asking(question) if question else None,
        "number": list(QUESTIONS).index(question) + 1 if question else None,
        "of": len(QUESTIONS),
        "answers": check.answers,
        "levels": levels(check.answers),
        "cards": sourced("self-check"),
    }
