"""The password asked again of who is in already, before what signing in hangs on is changed."""

from flask import request

from directory.web.gate.rates import network_of
from directory.web.i18n import gettext
from directory.web.staff.services import staff_services
from directory.web.staff.site import signed_in


def knows_password() -> bool:
    """True if the form has the password as it is now (`old`), and it was not guessed at too often."""
    network, typed = network_of(request.remote_addr) or b"", request.form.get("old", "")
    member, now = signed_in().member, staff_services.clock()
    return staff_services.signing_in.knows_password(member, typed, network, now)


def wrong_password() -> str:
    """One answer for every reason."""
    return gettext("This is not your password as it is now. After many tries, wait 15 minutes.")
