"""A program as a card for an address book, in words: what to call, and how far it may be trusted."""

from collections.abc import Iterator

from directory.catalog.conflict import state_of
from directory.catalog.program import Listing
from directory.exchange.contact_card import Card
from directory.web.addresses import site_url
from directory.web.i18n import gettext, page_url
from directory.web.services import services
from directory.web.showing.words import freshness


def card(listing: Listing) -> Card:
    """The card of one program."""
    program, organization = listing.program, listing.organization
    own = site_url(page_url("program", slug=listing.slug))
    name = gettext("%(group)s, %(program)s", group=program.name, program=organization.name)
    return Card(
        key=f"card/{program.id}",
        name=gettext("Example: %(title)s", title=name) if listing.example else name,
        organization=organization.name,
        unit=program.name,
        site=listing.site,
        urls=(own, organization.website) if organization.website else (own,),
        notes=tuple(_notes(listing)),
        revised=services.finder.as_of,
    )


def _notes(listing: Listing) -> Iterator[str]:
    if listing.example:
        yield gettext("This program is invented, so that you can try this site.")
        return
    if listing.site.address.withheld:
        yield gettext("They do not publish their street. Ask for it.")
    for fact, called in (("phone", gettext("Phone")), ("address", gettext("Address"))):
        if told := _freshness(listing, fact):
            yield gettext("%(fact)s: %(fresh)s.", fact=called, fresh=told.rstrip("."))


def _freshness(listing: Listing, fact: str) -> str:
    """How far a fact of the site may be trusted today; '' where it is not listed."""
    source, today = listing.site.evidence.get(fact), services.clock().date()
    if source is None:
        return ""
    state = state_of(listing.site, fact, services.freshness, today)
    return freshness(source, state, today)
