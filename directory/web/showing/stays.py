"""Sums over a stay whose length may be open: '24', '24 to 30', 'at least 36', 'at most 36'."""

from collections.abc import Callable

from directory.catalog.program import Span
from directory.web.i18n import gettext


def over(stay: Span, said: Callable[[int], str]) -> str:
    """What is said of the fewest weeks, to what is said of the most; of the one they name, if they
    name one only.
    """
    least, *most = (said(weeks) for weeks in (stay.min, stay.max) if weeks)
    if not most or most == [least]:
        return least
    return gettext("%(start)s to %(end)s", start=least, end=most[0])


def bounded(stay: Span, sums: str) -> str:
    """Sums over a stay, with the side to which its length is open."""
    if not stay.max:
        return gettext("at least %(sums)s", sums=sums)
    return sums if stay.min else gettext("at most %(sums)s", sums=sums)
