"""The words of partner sites: the state of a key, and what to type instead."""

from directory.accounts.partners import LONGEST_NAME, MOST_KEYS, MOST_ORIGINS
from directory.catalog.partner import Partner
from directory.curation.identifying import folded, sign_of_a_person
from directory.errors import BadValue
from directory.web.i18n import gettext


def state(partner: Partner) -> str:
    """Whether pages show the finder with a key."""
    if not partner.active:
        return gettext("Closed for good")
    return gettext("Paused") if partner.paused else gettext("Open")


def refuse_people(name: str) -> None:
    """A name of a site or an office may have capitals, but reaches nobody. Raises `BadValue`."""
    if sign := sign_of_a_person(name, folded((name,))):
        raise BadValue("name", name[:80], f"a name without a {sign}")


def complaint(bad: BadValue) -> str:
    """What to type instead."""
    said = {
        "name": gettext(
            "Type the name of the site, at most %(num)d letters: no mail address, phone or date.",
            num=LONGEST_NAME,
        ),
        "organization": gettext("Pick one of the organizations."),
        "key": gettext(
            "Your organization has %(num)d keys. Close one that you do not need.", num=MOST_KEYS
        ),
    }
    return said.get(bad.field) or _origin(bad)


def _origin(bad: BadValue) -> str:
    got = str(bad.got)
    if "://" not in got and got.endswith(" origins"):
        return gettext("Type from 1 to %(num)d addresses, each on a line.", num=MOST_ORIGINS)
    return gettext(
        "We cannot use \u201c%(got)s\u201d. Type https:// and the host, such as"
        " https://www.clinic.example: nothing after it, no star, no user name.",
        got=got,
    )
