"""L10: a phone number can be dialled, and is not the number of several organizations.

One number for organizations of different names may be a call center, a broker, or one organization
that stands twice. What cannot fire: nobody has dialled, so a number that rings nowhere is not found.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import phonenumbers

from directory.catalog.finding import Finding
from directory.catalog.program import Listing
from directory.catalog.vocabulary import folded
from directory.curation.lint.yardstick import Rule, Yardstick

INVALID, SHARED = "phone_invalid", "phone_shared"
NAMED = 3


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """A number that no telephone of the United States can have."""
    phone = listing.site.phone
    if phone and not _can_be_dialled(phone):
        yield by.found(INVALID, ("site", listing.site.id), "phone", phone)


def shared(listings: Sequence[Listing], by: Yardstick) -> Iterator[Finding]:
    """Each site whose number is also that of organizations of other names."""
    holders: dict[str, dict[str, str]] = defaultdict(dict)
    for one in listings:
        if one.site.phone:
            name = one.organization.name
            holders[_digits(one.site.phone)].setdefault(folded(name), name)
    for one in listings:
        names = holders[_digits(one.site.phone)] if one.site.phone else {}
        if len(names) > 1:
            got = f"{one.site.phone}, also of {_others(names, folded(one.organization.name))}"
            yield by.found(SHARED, ("site", one.site.id), "phone", got)


def _can_be_dialled(phone: str) -> bool:
    try:
        number = phonenumbers.parse(phone, "US")
    except phonenumbers.NumberParseException:
        return False
    return number.country_code == 1 and phonenumbers.is_valid_number(number)


def _digits(phone: str) -> str:
    """The number without its extension."""
    return "".join(c for c in phone.partition("x")[0] if c.isdigit())[-10:]


def _others(names: Mapping[str, str], own: str) -> str:
    """The first few others, and how many more: a number may be that of thousands."""
    named = list(islice((name for key, name in names.items() if key != own), NAMED))
    more = len(names) - 1 - len(named)
    return "; ".join(named) + (f" and {more} more" if more else "")


RULE = Rule("L10", (INVALID,), look)
