"""Every part, put together by hand: the one place that knows which engine stands behind which room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from directory.accounts.choices import Known
from directory.accounts.partners import PartnerDesk
from directory.catalog.accuracy import Accuracy
from directory.catalog.clock import Clock
from directory.catalog.evidence import Freshness, load_freshness
from directory.catalog.guide import Cards, load_cards
from directory.catalog.program import Listing
from directory.catalog.records import Records
from directory.catalog.vocabulary import Vocabularies, load_vocabularies
from directory.config import Config
from directory.curation.audit.drawing import Within
from directory.curation.audit.questions import load_questions
from directory.curation.audit.scoring import newest
from directory.curation.following import Following
from directory.curation.lint.limits import Limits, load_limits
from directory.curation.lint.yardstick import Yardstick
from directory.curation.meeting_lists import MeetingLists
from directory.curation.open_data import release
from directory.curation.publishing import Published, publish
from directory.curation.uploading.workshop import Workshop
from directory.errors import BadValue, NoGeneration
from directory.exchange.aside import sole_writer
from directory.exchange.formats import formats
from directory.exchange.hsds.entries import Encoder
from directory.exchange.releases import Releases
from directory.exchange.terms import load_terms
from directory.matching.criterion import Context
from directory.matching.finder import Finder
from directory.matching.ranking import load_formula
from directory.places.distance import miles_between
from directory.places.gazetteer import Gazetteer
from directory.places.place import Place
from directory.places.region import Region
from directory.search.building import Builder, basis_of
from directory.search.generations import Generations
from directory.search.manifest import FORMAT
from directory.search.press import Press
from directory.search.sharing import Sharing, name_of
from directory.search.shelf import Shelf
from directory.search.understanding import Words, load_words
from directory.settings import for_strangers_files, region_of
from directory.store.backups.noting import last_backup
from directory.store.connect import Database
from directory.store.nodes import SqlLine
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from directory.store.troubles import with_database, with_disk, with_following
from directory.web import i18n
from directory.web.api.dump import program_json


def wall_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock


@dataclass(frozen=True, slots=True)
class House:
    """Every part, built once from the settings."""

    config: Config
    clock: Clock
    database: Database
    region: Region
    gazetteer: Gazetteer
    vocabularies: Vocabularies
    freshness: Freshness
    limits: Limits
    words: Words
    cards: Cards
    meetings: MeetingLists
    generations: Generations
    releases: Releases
    finder: Finder

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def context(self, as_of: date) -> Context:
        """What criteria look up, for facts aged on this day."""
        return Context(self.vocabularies, self.freshness, as_of)

    def yardstick(self) -> Yardstick:
        """What listings are measured with today."""
        today = self.clock().date()
        return Yardstick(self.limits, self.vocabularies, self.freshness, today)

    def records(self) -> SqlRecords:
        """The store, its schema brought up to date."""
        return SqlRecords(self.database.engine())

    def staff_records(self) -> SqlStaffRecords:
        """Accounts and their trail, the schema brought up to date."""
        return SqlStaffRecords(self.database.engine())

    @property
    def checks(self) -> dict[str, Callable[[], str]]:
        """What may be amiss below, each asked when somebody wants to know."""
        config = self.config
        checks = {"database": with_database(config.url), "disk": with_disk(config.home)}
        if self.has_nodes:
            checks["node"] = with_following(config.home, self.clock)
        return checks

    @property
    def has_nodes(self) -> bool:
        """True if other nodes may stand over the same database."""
        return self.config.url.startswith("postgresql")

    @property
    def following(self) -> Following:
        """How this node keeps up with the others."""
        line = SqlLine(self.database.engine())
        return Following(line, self.generations, self.clock, bool(self.config.shared), FORMAT)

    @property
    def known(self) -> Known:
        """What the choices of partners are read against."""
        return Known(self.vocabularies, i18n.offered(self.config.translations), self.is_place)

    def is_place(self, text: str) -> bool:
        """True if a text is one place."""
        return isinstance(self.gazetteer.locate(text), Place)

    @property
    def partner_desk(self) -> PartnerDesk:
        """Where partners get their keys."""
        return PartnerDesk(self.staff_records, self.known, self.clock)

    def last_backup(self) -> datetime | None:
        """When a backup was last made from this home."""
        return last_backup(self.config.home)

    @property
    def workshop(self) -> Workshop:
        """Where uploaded files lie and are worked on."""
        scheme, _, database = self.config.url.partition(":///")
        return Workshop(
            self.config.home / "uploads",
            for_strangers_files(self.config),
            Path(database) if scheme == "sqlite" else None,
        )

    def accuracy(self) -> Accuracy | None:
        """What the newest call audit found."""
        questions = load_questions(self.config.data / "audit.csv")
        with self.records().desk(write=False) as desk:
            return newest(desk, questions)

    @property
    def press(self) -> Press:
        """What writes generations, for facts aged today."""
        today = self.clock().date()
        encode = partial(program_json, freshness=self.freshness, today=today)
        builder = Builder(
            vocabularies=self.vocabularies,
            locate=self.locate,
            encode=encode,
            context=self.context,
            basis=basis_of(self.config.data),
            audit=self.accuracy,
            beside=Encoder(self.context(today), self.near),
        )
        return Press(self.generations, builder)

    def publish(self, records: Records, *, whole: bool = False) -> Published:
        """Publish what the store holds: one process of a node at a time, one node of all at a time."""
        return self._in_turn(lambda _is_out: self.build(records, whole=whole))

    def put_out(self, records: Records) -> Published:
        """Publish what was just changed, unless somebody did since; what is taken back leaves open data, too.

        What another process published is told here by `follow`, open data included.
        """
        published = self._in_turn(lambda is_out: self.stands() if is_out else self.build(records))
        if published.withdraws:
            self.release(published, lambda _: None)
        return published

    def _in_turn(self, work: Callable[[bool], Published]) -> Published:
        """Do it alone on this node and among all; it is told if what stands here now has every change."""
        with sole_writer(self.config.home):
            if not self.has_nodes:
                return work(False)
            with self.following.line.turn(wait=True):
                return work(self.following.catch_up())

    def stands(self, *, whole: bool = False, withdraws: bool = False) -> Published:
        """What stands now, whoever published it."""
        own = self.generations.own()
        if own is None:
            raise NoGeneration(str(self.config.generations))
        current = self.generations.opened(name_of(own.number))
        counts = current.statistics
        return Published(current.name, counts.programs, counts.examples, whole, withdraws)

    def build(self, records: Records, *, whole: bool = False) -> Published:
        """Publish what the store holds, alone and in this node's turn."""
        return publish(
            records,
            self.press,
            examples=self.config.examples,
            production=self.config.production,
            by=self.yardstick(),
            whole=whole,
        )

    def release(self, published: Published, told: Callable[[str], None]) -> None:
        """Write the files of open data, as far as they are due."""
        standing = partial(self.generations.opened, published.generation)
        release(self.releases, published, standing, self.clock(), told)

    def within(self, near: str | None, miles: float) -> Within:
        """Which programs lie around a place; all if none is named. Raises `BadValue` for an unknown one."""
        if near is None:
            return lambda _: True
        here = self.gazetteer.locate(near)
        if not isinstance(here, Place):
            raise BadValue("--near", near, "one place we know, such as 91101")

        def is_within(listing: Listing) -> bool:
            there = self.locate(listing)
            return there is not None and miles_between(here, there) <= miles

        return is_within

    def near(self, zip_code: str, city: str, state: str) -> Place | None:
        """The point of a ZIP, else of a city; each may be ""."""
        return self.gazetteer.near(zip_code, city, state)

    def locate(self, listing: Listing) -> Place | None:
        """Where a site is: its own point, else its ZIP's, else its city's."""
        site, address = listing.site, listing.site.address
        near = self.near(address.zip or "", address.city or "", address.state or "")
        if site.lat is None or site.lon is None:
            return near
        zone = site.time_zone or (near.time_zone if near else "")
        state = address.state or ""
        return Place(site.id, site.lat, site.lon, "near", state, address.zip, zone)


def build_house(config: Config, clock: Clock = wall_clock) -> House:
    """Put the parts together by hand."""
    region = region_of(config)
    gazetteer = Gazetteer(config.data / "gazetteer" / "us.sqlite", region)
    vocabularies = load_vocabularies(config.data / "vocabularies")
    freshness = load_freshness(config.data / "freshness.csv")
    words = load_words(config.data / "words", vocabularies, config.translations)
    cards = load_cards(config.data / "guide" / "cards.csv")
    database = Database(config.home, config.url, config.replica_url)
    generations = Generations(
        config.generations, words, examples=config.examples, sharing=_sharing(config, database)
    )
    finder = Finder(
        current=generations.current,
        gazetteer=gazetteer,
        context=lambda as_of: Context(vocabularies, freshness, as_of),
        formula=load_formula(config.data / "ranking.toml"),
        clock=clock,
    )
    limits = load_limits(config.data / "lint.csv")
    return House(
        config=config,
        clock=clock,
        database=database,
        region=region,
        gazetteer=gazetteer,
        vocabularies=vocabularies,
        freshness=freshness,
        limits=limits,
        words=words,
        cards=cards,
        meetings=MeetingLists(config.home / "meetings", config.examples),
        generations=generations,
        releases=_releases(config, vocabularies),
        finder=finder,
    )


def _releases(config: Config, vocabularies: Vocabularies) -> Releases:
    terms = load_terms(config.data / "lists" / "terms.csv")
    return Releases(config.open_data, formats(vocabularies), terms, config.examples)


def _sharing(config: Config, database: Database) -> Sharing | None:
    if not config.shared:
        return None
    return Sharing(Shelf(Path(config.shared)), lambda: SqlLine(database.engine()))
