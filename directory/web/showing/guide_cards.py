"""The facts of a page of the guide, each with its source and how far it may still be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.catalog.evidence import State
from directory.catalog.guide import Card
from directory.web.i18n import gettext
from directory.web.services import services
from directory.web.showing import words


@dataclass(frozen=True, slots=True)
class Sourced:
    """Who says so, where to read it, and when it was checked, in words."""

    id: str
    source: str
    url: str
    checked: str


def sourced(page: str) -> Mapping[str, Sourced]:
    """The cards of one page by their ids; a page cannot show another page's."""
    return {card.id: _sourced(card) for card in services.cards.values() if page in card.pages}


def _sourced(card: Card) -> Sourced:
    day = words.full_date(card.last_reviewed)
    if state_of(card) is State.CURRENT:
        checked = gettext("Checked %(day)s.", day=day)
    else:
        checked = gettext("Last checked %(day)s. It may have changed: ask.", day=day)
    return Sourced(card.id, card.source, card.url, checked)


def state_of(card: Card) -> State:
    """How far a card may be trusted today."""
    age = max(0, (services.clock().date() - card.last_reviewed).days)
    return services.freshness.state_at_age("guide", age)


def cards_by_state() -> Mapping[str, int]:
    """How many cards are how fresh."""
    found = [state_of(card).value for card in services.cards.values()]
    return {state: found.count(state) for state in found}
