"""The Flask app over the house: what its requests may ask of the rooms, and every address."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from importlib.util import find_spec

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from directory.accounts.api_keys import KeyRing
from directory.accounts.counting import counting
from directory.accounts.identity import Provider, SigningInElsewhere
from directory.accounts.issuer_line import IssuerLine
from directory.accounts.keeping import Keeper
from directory.accounts.known_partners import KnownPartners
from directory.accounts.passwords import Passwords, judge, load_common
from directory.accounts.second_factor import SecondFactor
from directory.accounts.sessions import SessionRules
from directory.accounts.signing_in import SigningIn
from directory.accounts.throttle import Throttle
from directory.catalog.clock import Clock
from directory.catalog.operating import Condition
from directory.catalog.program import Listing
from directory.config import Config, read_config, sealing_secrets
from directory.curation.audit.questions import load_questions
from directory.curation.fact_checks import FactChecks
from directory.curation.going_out import GoingOut
from directory.curation.handling import HANDLING_FILE, load_handlings
from directory.curation.phrases import WORDS_FILE, load_words, read
from directory.curation.reporting import Reporting
from directory.curation.worklist.importance import load_weights
from directory.curation.worklist.items import Measure
from directory.curation.worklist.worklist import Worklist
from directory.errors import BadSetting
from directory.exchange.hsds.feed import Feed
from directory.exchange.hsds.profile import load_profile
from directory.exchange.terms import load_terms
from directory.house import House, build_house, wall_clock
from directory.places.distance import miles_between
from directory.settings import settings_of
from directory.web import (
    api,
    embed,
    errors,
    feeds,
    gate,
    hsds,
    i18n,
    numbers,
    open_files,
    pages,
    security,
)
from directory.web.gate.rates import Policy
from directory.web.machines import Rate
from directory.web.operating import metrics
from directory.web.operating.metrics import Door
from directory.web.sealing import Sealer
from directory.web.services import Services
from directory.web.staff import door
from directory.web.staff.curator_services import CuratorServices
from directory.web.staff.operating import Disk, Operating
from directory.web.staff.provider_services import ProviderServices
from directory.web.staff.services import StaffServices


def create_app(config: Config | None = None, clock: Clock = wall_clock) -> Flask:
    """The Flask app for these settings (by default those of the environment)."""
    return app_over(build_house(config or read_config(), clock))


def app_over(house: House) -> Flask:
    """The Flask app over a house."""
    config, clock = house.config, house.clock
    records, book = cache(house.records), cache(house.staff_records)
    known_partners = replace(house.partner_desk, records=book).all
    app = Flask("directory", template_folder=str(config.templates), static_folder=None)
    services = app.extensions["directory"] = Services(
        finder=house.finder,
        gazetteer=house.gazetteer,
        vocabularies=house.vocabularies,
        freshness=house.freshness,
        speaks_of_danger=house.words.speaks_of_danger,
        cards=house.cards,
        meetings=house.meetings.current,
        release=house.releases.current,
        report=Reporting(records, house.vocabularies, clock).report,
        partner=KnownPartners(known_partners, time.monotonic).get,
        count=counting(records, clock),
        region=house.region,
        sealer=Sealer(sealing_secrets(config), config.search_minutes),
        clock=clock,
        base_url=config.base_url,
        partner_contact=config.partner_contact,
        security_contact=config.security_contact,
        hsds=Feed(
            house.generations.current, house.vocabularies, load_profile(config.data / "hsds")
        ),
        checks=house.checks,
    )
    metrics.register(app, Door(config.metrics, config.metrics_token), time.perf_counter)
    app.extensions["staff"] = staff_services(house)
    app.extensions["curating"] = curator_services(house)
    handlings = load_handlings(config.data / HANDLING_FILE)
    app.extensions["providing"] = ProviderServices(handlings)
    _mount(app, config)
    keys = KeyRing(lambda: records().api_keys, clock)
    gate.register(app, gate.Gate(_policies(config), keys, services.edition, clock))
    if behind := config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=behind, x_proto=behind)  # type: ignore[method-assign]
    return app


def _mount(app: Flask, config: Config) -> None:
    """Every address: pages in each language, what is framed, staff, files, what machines read."""
    numbers.register(app)
    i18n.init(app, config.translations)
    i18n.mount(app, pages.blueprint)
    embed.register(app)
    door.register(app)
    app.register_blueprint(open_files.blueprint)
    for room in (api, hsds, feeds, errors, security):
        room.register(app)


def _policies(config: Config) -> dict[Rate, Policy]:
    """What machines of one network may ask for."""
    return {
        "api": Policy("api", config.api_per_minute, 60),
        "suggest": Policy("suggest", config.api_per_minute, 60),
        "reports": Policy("reports", config.reports_per_hour, 3600),
    }


def curator_services(house: House) -> CuratorServices:
    """What the pages of curators stand on. Nothing is measured before somebody asks."""
    weights = load_weights(house.config.data / "worklist.csv")
    words = load_words(house.config.data / WORDS_FILE)

    def miles(listing: Listing) -> float | None:
        place = house.locate(listing)
        return None if place is None else miles_between(house.region, place)

    return CuratorServices(
        checks=FactChecks(house.vocabularies),
        worklist=Worklist(lambda: Measure(house.yardstick(), weights, miles)),
        read_phrase=lambda text: read(text, words),
        questions=load_questions(house.config.data / "audit.csv"),
        within=house.within,
    )


def staff_services(house: House) -> StaffServices:
    """What the desk stands on. The database is opened when somebody first comes to the door."""
    config = house.config
    records, listings = cache(house.staff_records), cache(house.records)
    keeper = Keeper(sealing_secrets(config))
    rules = SessionRules(
        timedelta(minutes=config.staff_idle_minutes), timedelta(hours=config.staff_hours)
    )
    passwords, throttle = Passwords(), Throttle(keeper)
    provider = _provider(config)
    return StaffServices(
        records=records,
        listings=listings,
        put_out=GoingOut(lambda: house.put_out(listings())),
        signing_in=SigningIn(records, passwords, throttle, rules),
        second_factor=SecondFactor(keeper, throttle),
        passwords=passwords,
        judge=judge(load_common(config.data / "staff" / "common_passwords.txt")),
        rules=rules,
        keeper=keeper,
        clock=house.clock,
        secure=config.production or config.base_url.startswith("https://"),
        operating=_operating(house, lambda: listings().condition),
        elsewhere=(
            SigningInElsewhere(records, provider, keeper, throttle, rules) if provider else None
        ),
        workshop=house.workshop,
    )


def _operating(house: House, condition: Callable[[], Condition]) -> Operating:
    """What administrators may see of the installation."""

    def disk() -> Disk:
        found = shutil.disk_usage(house.config.home)
        return Disk(found.total, found.free)

    terms = load_terms(house.config.data / "lists" / "terms.csv")
    settings = partial(settings_of, house.config)
    return Operating(condition, disk, house.last_backup, terms, settings)


def _provider(config: Config) -> Provider | None:
    """The operator's identity provider, if one is named. Its library is an optional extra."""
    if not config.oidc_issuer:
        return None
    if find_spec("authlib") is None:
        expected = "the extra first: pip install --require-hashes -r requirements-oidc.txt"
        raise BadSetting("DIRECTORY_OIDC_ISSUER", config.oidc_issuer, expected)
    from directory.accounts.oidc import Oidc, Registration  # noqa: PLC0415 - an optional extra

    registration = Registration(
        issuer=config.oidc_issuer,
        client_id=config.oidc_client_id,
        client_secret=config.oidc_client_secret,
        redirect=f"{config.base_url.rstrip('/')}/staff/sign-in/back",
        second_factor=frozenset(config.oidc_second_factor.split()),
    )
    return Oidc(registration, IssuerLine(config.oidc_issuer))
