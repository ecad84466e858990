"""In by the operator's identity provider: off to it, and back. There only where one is configured."""

from flask import abort, current_app, g, request
from werkzeug.utils import redirect as send_to
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.identity import Answer, ProviderAway, SigningInElsewhere, language_of
from directory.accounts.passwords import TooBusy
from directory.accounts.sessions import new_token
from directory.accounts.signing_in import NotSignedIn
from directory.web.gate.rates import network_of
from directory.web.i18n import ENGLISH, language
from directory.web.security import from_elsewhere
from directory.web.staff.cookie import cookie, give
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, go
from directory.web.staff.words import browser_code


@blueprint.get("/staff/sign-in/elsewhere")
def leave() -> AnyResponse:
    """Off to the identity provider, with a new cookie that only this trip goes with.

    A link and no form: browsers hold a form's redirect to `form-action`, which is ourselves. Another
    site cannot start it, and what it starts opens nothing by itself.
    """
    elsewhere = _elsewhere()
    if from_elsewhere(request):
        abort(403)
    if g.signed_in:
        return go("desk")
    token = new_token()
    try:
        address = elsewhere.leave(token, language(), staff_services.clock())
    except ProviderAway:
        return go("sign_in", why="away")
    give(token)
    return send_to(address, 303)


@blueprint.get("/staff/sign-in/back")
def come_back() -> AnyResponse:
    """Let in whom the identity provider proves, in the language they left in; else say the one thing."""
    elsewhere, now, held = _elsewhere(), staff_services.clock(), cookie()
    given = {name: request.args.get(name, "") for name in ("state", "code", "iss")}
    if g.signed_in:  # who is in has no trip to come back from
        return go("desk")
    code = language_of(given["state"], current_app.extensions["languages"], ENGLISH)
    answer = Answer(
        given["state"],
        given["code"],
        given["iss"],
        network_of(request.remote_addr) or b"",
        browser_code(request.headers.get("User-Agent", "")),
    )
    if elsewhere.left_with(held, answer.state):
        give(new_token())  # whatever comes of it, the same answer opens nothing again
    try:
        token = elsewhere.come_back(held, answer, now)
    except NotSignedIn:
        return go("sign_in", code, why="elsewhere")
    except (ProviderAway, TooBusy):
        return go("sign_in", code, why="away")
    give(token)
    return go("desk", code)


def _elsewhere() -> SigningInElsewhere:
    if staff_services.elsewhere is None:
        abort(404)
    return staff_services.elsewhere
