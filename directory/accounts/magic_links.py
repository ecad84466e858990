"""Links that do one thing without a password: signed, for one errand on one thing, until a moment.

The address holds a number and a signature over everything the store keeps of the link, so neither
can be made up or changed without the installation's secret, and a copy of the database opens
nothing. A link opens until it runs out, is used up or is replaced by a newer one to the same thing.
Whoever lets a link act more than once sees to it that no answer counts twice.
"""

import hmac
import re
from datetime import datetime, timedelta

from directory.accounts.keeping import Keeper
from directory.accounts.staff import StaleLink
from directory.catalog.magic_link import Errand, MagicLink
from directory.catalog.staff import StaffBook

SIGNATURE = 40  # hex digits: 160 bits
_TOKEN = re.compile(rf"([1-9][0-9]{{0,11}})-([0-9a-f]{{{SIGNATURE}}})", re.ASCII)


def make(
    book: StaffBook, keeper: Keeper, now: datetime, errand: Errand, subject: str, lasts: timedelta
) -> str:
    """The token of a new link; older links to the same thing open no more."""
    book.magic_links.forget(now)
    book.magic_links.close_all(errand, subject)
    link = MagicLink(errand, subject, (now + lasts).replace(microsecond=0))
    number = book.magic_links.add(link)
    return token_of(keeper, MagicLink(errand, subject, link.ends_at, number))


def token_of(keeper: Keeper, link: MagicLink) -> str:
    """What stands in the address: the number, and what proves that we made it."""
    return _tokens_of(keeper, link)[0]


def _tokens_of(keeper: Keeper, link: MagicLink) -> list[str]:
    """The same by each secret, the newest first."""
    said = f"{link.number}\0{link.subject}\0{link.ends_at.timestamp():.0f}"
    proofs = keeper.digests(f"link {link.errand}", said)
    return [f"{link.number}-{proof[:SIGNATURE]}" for proof in proofs]


def standing(
    book: StaffBook, keeper: Keeper, now: datetime, errand: Errand, subject: str
) -> str | None:
    """The token of the link that opens this thing now, for who may hand it over; None without one."""
    link = book.magic_links.of(errand, subject)
    return token_of(keeper, link) if link is not None and now < link.ends_at else None


def opened(book: StaffBook, keeper: Keeper, now: datetime, errand: Errand, token: str) -> MagicLink:
    """The link behind a token, if it is for this errand and still opens. Raises `StaleLink`."""
    found = _TOKEN.fullmatch(token)
    link = book.magic_links.get(int(found[1])) if found else None
    if link is None or link.errand != errand or now >= link.ends_at:
        raise StaleLink
    if not any(hmac.compare_digest(one, token) for one in _tokens_of(keeper, link)):
        raise StaleLink
    return link
