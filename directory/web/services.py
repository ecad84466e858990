"""What a request may ask of the rooms below. Built once, in `directory.app`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from directory.catalog.clock import Clock
from directory.catalog.evidence import Freshness
from directory.catalog.guide import Cards
from directory.catalog.meeting import MeetingList
from directory.catalog.partner import Partner, What
from directory.catalog.program import Listing
from directory.catalog.vocabulary import Vocabularies
from directory.exchange.hsds.feed import Feed
from directory.exchange.release import Release
from directory.matching.finder import Finder
from directory.places.gazetteer import Gazetteer
from directory.places.region import Region
from directory.web.answers import Answers, Edition
from directory.web.gathered import Gathered
from directory.web.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that pages, API and embed share."""

    finder: Finder
    gazetteer: Gazetteer
    vocabularies: Vocabularies
    freshness: Freshness
    cards: Cards
    meetings: Callable[[], tuple[MeetingList, ...]]
    release: Callable[[], Release | None]
    report: Callable[[Listing, str, str], None]
    region: Region
    sealer: Sealer
    clock: Clock
    base_url: str
    hsds: Feed
    partner_contact: str = ""
    security_contact: str = ""
    speaks_of_danger: Callable[[str], bool] = lambda _: False
    partner: Callable[[str], Partner | None] = lambda _: None
    count: Callable[[str, What], None] = lambda *_: None
    answers: Answers = field(default_factory=Answers)
    gathered: Gathered = field(default_factory=Gathered)
    checks: Mapping[str, Callable[[], str]] = field(default_factory=dict)

    def edition(self) -> Edition:
        """What answers of this moment depend on, whoever asks."""
        return Edition(self.finder.generation, self.clock().date())


services = cast(Services, LocalProxy(lambda: current_app.extensions["directory"]))
