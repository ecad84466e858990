"""The one table of refusals: what each one means to a person, and how a page and the API say it.

To machines an answer is `application/problem+json` (RFC 9457, `web/problem.py`), elsewhere a page with
help numbers.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, Response, render_template, request
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from directory.errors import (
    BadChoices,
    BadKey,
    BadQuery,
    BadValue,
    NoGeneration,
    NotShared,
    OutOfScope,
    StoreAway,
    TooManyRequests,
)
from directory.places.place import AmbiguousPlace, UnknownPlace
from directory.web.i18n import gettext, lazy_gettext
from directory.web.last_page import LAST_PAGE
from directory.web.machines import rule_of
from directory.web.need_fields import BadNeed, shown
from directory.web.operating.lines import lines_of
from directory.web.problem import Problem, RefusedWith, as_json, wrong_in
from directory.web.sealing import StaleAddress

# A generation is swapped in within a second of being published; half a minute is polite.
RETRY_SECONDS = "30"

logger = logging.getLogger(__name__)


# status -> kind, title, what to do next. Every other status speaks as its family, 400 or 500.
_BY_STATUS: Mapping[int, tuple[str, str | LazyString, str | LazyString]] = {
    400: (
        "unreadable",
        lazy_gettext("We could not read that"),
        lazy_gettext("Something was missing or cut short. Go back and send it again."),
    ),
    403: (
        "not-yours",
        lazy_gettext("This is not open to you"),
        lazy_gettext(
            "Go back and try again from our own page. Some desk pages are only for some roles."
        ),
    ),
    404: (
        "not-found",
        lazy_gettext("We have no page at this address"),
        lazy_gettext("It may have moved, or the program is no longer listed. Search again."),
    ),
    405: (
        "method-not-allowed",
        lazy_gettext("This address does not work that way"),
        lazy_gettext("Start again from the first page."),
    ),
    406: (
        "not-acceptable",
        "We do not have this in a format you take",
        "Leave out the header Accept, or name the format that we have.",
    ),
    410: (
        "stale-address",
        lazy_gettext("This page has closed, to keep your answers private"),
        lazy_gettext("We keep no answers. Fill in the form once more to see your programs."),
    ),
    413: (
        "too-large",
        lazy_gettext("That is more than we can read"),
        lazy_gettext("Send at most 256 kB."),
    ),
    415: (
        "wrong-format",
        lazy_gettext("We cannot read this format"),
        lazy_gettext("Send JSON, with the header Content-Type: application/json."),
    ),
    422: (
        "bad-need",
        lazy_gettext("Some answers need a second look"),
        lazy_gettext("Change them, or leave them out: every answer is optional."),
    ),
    429: (
        "too-many",
        lazy_gettext("That was a lot of questions at once"),
        lazy_gettext("Wait a minute, then try again."),
    ),
    500: (
        "our-fault",
        lazy_gettext("Something broke. It is our fault, not yours."),
        lazy_gettext("Try again in a minute. The help lines above always work."),
    ),
    503: (
        "no-listings",
        lazy_gettext("We cannot search just now. It is our fault, not yours."),
        lazy_gettext("Try again in a minute. The help lines above always work."),
    ),
}

# field -> what to type instead, for pages; the API says `expected` in English.
_ADVICE: Mapping[str, LazyString] = {
    "near": lazy_gettext("Type a ZIP code like 91101, or a city."),
    "within_miles": lazy_gettext("Type miles from 1 to 500, in digits."),
    "travel_minutes": lazy_gettext("Type minutes one way from 0 to 180, in digits."),
    "age": lazy_gettext("Type an age from 0 to 120, in digits."),
    "week": lazy_gettext("Mark at least one free hour, with times like 17:30."),
    "start_by": lazy_gettext("Type a day like 2026-12-10: year, month, day."),
    "from": lazy_gettext("Type a day like 2026-12-10: year, month, day."),
    "text": lazy_gettext("Use at most 500 characters."),
}
_OTHER_ADVICE = lazy_gettext("Pick one of the answers on the form, or leave it out.")


def register(app: Flask) -> None:
    """Answer every refusal and every fault of `app` from this table. Needs Flask-Babel set up."""
    for refusal, problem in _REFUSALS.items():
        app.register_error_handler(refusal, _answer_with(problem))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def answer(found: AmbiguousPlace | UnknownPlace) -> Response:
    """The response to a need whose place is not one place."""
    return _response(
        _ambiguous_place(found) if isinstance(found, AmbiguousPlace) else _unknown_place(found)
    )


def refused(error: HTTPException) -> Response:
    """The response to what a view did not refuse itself."""
    return _response(_of_status(error.code or 400, wrong_in(error), error.name))


def bad_need(refusal: BadNeed) -> Problem:
    """Values we cannot read, all of them."""
    return _of_status(422, refusal.problems)


def _unknown_place(found: UnknownPlace) -> Problem:
    return Problem(
        422,
        "unknown-place",
        gettext("We could not find “%(text)s”", text=shown(found.text)),
        _WHY_UNKNOWN[found.reason],
        (BadValue("near", shown(found.text), "a ZIP code or city in the United States"),),
        found.suggestions,
    )


_WHY_UNKNOWN: Mapping[str, LazyString] = {
    "not_found": lazy_gettext("Type a ZIP code like 91101, or a city and its state."),
    "foreign": lazy_gettext("We list programs in the United States only."),
    "empty": lazy_gettext("Type a ZIP code like 91101, or a city and its state."),
    "no_such_zip": lazy_gettext("A ZIP code has 5 digits, like 91101. You can also type a city."),
}


def _ambiguous_place(found: AmbiguousPlace) -> Problem:
    return Problem(
        422,
        "ambiguous-place",
        gettext("Which “%(text)s” do you mean?", text=shown(found.text)),
        gettext("There is more than one. Pick yours, or type its ZIP code."),
        (BadValue("near", shown(found.text), "one place: add the state, or use the ZIP code"),),
        found.choices,
    )


def _no_generation(refusal: NoGeneration) -> Problem:
    kind, title, lead = _BY_STATUS[503]
    return Problem(503, kind, title, lead, headers={"Retry-After": RETRY_SECONDS})


def _store_away(_refusal: StoreAway) -> Problem:
    title = gettext("We cannot save or look that up just now. It is our fault, not yours.")
    lead = gettext(
        "Searching still works. Try again in a few minutes. If you sent something, look first "
        "whether it is there."
    )
    return Problem(503, "store-away", title, lead, headers={"Retry-After": RETRY_SECONDS})


def _bad_key(_refusal: BadKey) -> Problem:
    """Only machines send keys, so the words are in English."""
    expected = "Bearer and a key that holds; or no such header, for reading needs no key"
    return Problem(
        401,
        "bad-key",
        "We do not know this key",
        "It is none of ours, or it was revoked.",
        (BadValue("Authorization", "credentials that we do not know", expected),),
        headers={"WWW-Authenticate": 'Bearer realm="Stepwise", error="invalid_token"'},
    )


def _out_of_scope(refusal: OutOfScope) -> Problem:
    wrong = BadValue("scope", refusal.scope, "an address that the key is for", refusal.scopes)
    lead = "Ask without a key, or with one that was made for this."
    return Problem(403, "out-of-scope", "This key is for other addresses", lead, (wrong,))


def _not_shared(refusal: NotShared) -> Problem:
    wrong = BadValue(refusal.field, shown(refusal.got), "what may be sent here", refusal.allowed)
    lead = "Scripts of other sites may read what is public. All else is for servers."
    return Problem(403, "not-shared", "Pages of other sites may not send this", lead, (wrong,))


def _too_many(refusal: TooManyRequests) -> Problem:
    wrong = BadValue("requests", f"more than {refusal.allowed}", f"at most {refusal.allowed}")
    headers = {"Retry-After": str(refusal.wait)}
    return replace(_of_status(429, (wrong,)), headers=headers)


_REFUSALS: Mapping[type[Exception], Callable[[Any], Problem]] = {
    BadNeed: bad_need,
    BadChoices: lambda refusal: _of_status(422, refusal.problems),
    BadValue: lambda refusal: _of_status(422, (refusal,)),
    BadQuery: lambda refusal: _of_status(400, refusal.problems),
    StaleAddress: lambda refusal: _of_status(410),
    NoGeneration: _no_generation,
    StoreAway: _store_away,
    BadKey: _bad_key,
    OutOfScope: _out_of_scope,
    NotShared: _not_shared,
    TooManyRequests: _too_many,
    RefusedWith: lambda refusal: refusal.problem,
}


def _answer_with(problem: Callable[[Any], Problem]) -> Callable[[Exception], Response]:
    return lambda refusal: _response(problem(refusal))


def _answer_http(error: HTTPException) -> AnyResponse:
    """Built on the exception's own response, which keeps headers such as Allow (RFC 9110)."""
    made = error.get_response()
    if made.status_code < 400 or error.code is None:
        return AnyResponse(made.get_data(), made.status_code, made.headers)
    answered = refused(error)
    for name, value in made.headers.items():
        if name.lower() not in {"content-type", "content-length"}:
            answered.headers[name] = value
    return answered


def _answer_fault(error: Exception) -> Response:
    """A fault of ours. The log holds types and lines of code: no message, locals or request."""
    logger.error("%s at %s\n%s", type(error).__name__, request.endpoint, lines_of(error))
    return _response(_of_status(500))


def _of_status(status: int, problems: tuple[BadValue, ...] = (), name: str = "") -> Problem:
    known = status if status in _BY_STATUS else (500 if status >= 500 else 400)
    kind, title, lead = _BY_STATUS[known]
    if known != status:
        kind = "-".join(name.lower().split()) or kind
    return Problem(status, kind, title, lead, problems)


def _response(problem: Problem) -> Response:
    made = as_json(problem) if rule_of(request.path) else _page(problem)
    made.headers.update(problem.headers or {})
    return made


def _advice(wrong: BadValue) -> LazyString:
    return _ADVICE.get(wrong.field.partition(".")[0], _OTHER_ADVICE)


def _page(problem: Problem) -> Response:
    try:
        page = render_template(
            "errors/refusal.html",
            status=problem.status,
            title=problem.title,
            lead=problem.lead,
            problems=problem.problems,
            advice={wrong.field: _advice(wrong) for wrong in problem.problems},
            suggestions=problem.suggestions,
            facts=problem.facts,
            home_url=f"{request.script_root}{'/es/' if request.path.startswith('/es/') else '/'}",
        )
    except Exception as error:  # whatever broke the page, people still get the help numbers
        logger.error("%s in the error page\n%s", type(error).__name__, lines_of(error))
        page = LAST_PAGE
    return Response(page, problem.status, content_type="text/html; charset=utf-8")
