"""The words of the desk: roles, times, what was just done."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from babel.dates import format_datetime

from directory.accounts.passwords import LONGEST, SHORTEST, WeakPassword
from directory.accounts.staff import LONGEST_NAME
from directory.catalog.staff import Role
from directory.errors import BadValue
from directory.web.i18n import gettext, locale, ngettext


def roles() -> Mapping[Role, str]:
    """Each role as people call it."""
    return {
        "referrer": gettext("Referral staff"),
        "curator": gettext("Curator of listings"),
        "editor": gettext("Program staff"),
        "partner": gettext("Partner site"),
        "administrator": gettext("Administrator"),
    }


def done(code: str) -> str:
    """What was just done; "" for a code that is none of ours."""
    said = {
        "password": gettext("Your password is changed. Everywhere else you are signed out."),
        "ended": gettext("That sign-in has ended."),
        "joined": gettext("Your password is set. Sign in with it."),
        "left": gettext("You are signed out."),
        "changed": gettext("The change is kept."),
        "added": gettext("The organization is added."),
        "closed": gettext("The account is closed. Its sign-ins have ended."),
        "opened": gettext("The account is open again."),
        "reset": gettext("The second step is off. Its sign-ins have ended."),
        "out": gettext("That person is signed out everywhere."),
        "provider": gettext(
            "The account waits for its organization's sign-in: a week, for this mail address."
        ),
        "no_provider": gettext(
            "The organization's sign-in opens this account no more. Its sign-ins have ended."
        ),
        "removed": gettext("Your second step is off. Sign in again."),
        "api_key_ended": gettext("The key has ended. Within seconds it opens nothing."),
        "key_made": gettext("The key is made. Paste what is below into your page."),
        "key_paused": gettext("The key is paused. Within seconds your pages show the link only."),
        "key_reopened": gettext(
            "The key is open again. Within seconds your pages show the finder."
        ),
        "key_revoked": gettext("The key is closed for good. Its counts are kept."),
        "key_given": gettext("The key belongs to this organization now."),
    }
    return said.get(code, "")


def not_in(code: str) -> str:
    """Why somebody is not signed in, and what to do: the same words for every reason of a kind."""
    said = {
        "password": gettext(
            "We could not sign you in. Check the mail address and the password. After many tries, "
            "wait 15 minutes."
        ),
        "elsewhere": gettext(
            "We could not sign you in with your organization. Try again. If it goes on, ask your "
            "administrator here whether your account is open to it."
        ),
        "away": gettext(
            "Your organization's sign-in does not answer. Try again in a minute, or use your password."
        ),
    }
    return said.get(code, "")


def weak(refusal: WeakPassword) -> str:
    """Why we do not take a password, and what would do."""
    said = {
        "short": gettext(
            "Use at least %(num)d characters. A few words in a row are easy to keep in mind.",
            num=SHORTEST,
        ),
        "long": gettext("Use at most %(num)d characters.", num=LONGEST),
        "common": gettext("Too easy to guess. Take a few words that do not belong together."),
    }
    return said[refusal.why]


def complaint(bad: BadValue) -> str:
    """What to type instead."""
    said = {
        "email": gettext("Type a mail address like jo@example.org that no account has yet."),
        "name": gettext("Type a name of at most %(num)d letters.", num=LONGEST_NAME),
        "role": gettext("Pick one of the roles."),
        "organization": gettext("Pick an organization. A new one needs a name of its own."),
        "listed_as": gettext(
            "The listings have no organization of this id. Leave it empty or mend it."
        ),
    }
    return said.get(bad.field, gettext("Look at this again."))


def moment(at: str) -> str:
    """A moment of the trail to the second, in UTC."""
    told = format_datetime(datetime.fromisoformat(at), "MMM d, y, h:mm:ss a", locale=locale())
    return f"{told.replace('AM', 'am').replace('PM', 'pm')} UTC"


def ago(at: datetime, now: datetime) -> str:
    """How long ago, as people say it."""
    passed = now - at
    if passed < timedelta(minutes=2):
        return gettext("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes)
    return ngettext("%(num)d hour ago", "%(num)d hours ago", int(passed.total_seconds() // 3600))


def browser(code: str) -> str:
    """A browser by the word we keep of it."""
    return _BROWSERS.get(code, gettext("Another browser"))


_BROWSERS = {"edge": "Edge", "chrome": "Chrome", "safari": "Safari", "firefox": "Firefox"}
# Each of them says that it is the ones after it, too.
_SIGNS = (("edge", "Edg/"), ("chrome", "Chrome/"), ("firefox", "Firefox/"), ("safari", "Safari/"))


def browser_code(user_agent: str) -> str:
    """The one word we keep of what a browser says it is."""
    return next((code for code, sign in _SIGNS if sign in user_agent), "other")
