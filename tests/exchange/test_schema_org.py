"""The markup of a page parses back to the record: all that is current, and nothing else."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.catalog.evidence import Rival, Source
from directory.catalog.program import License, Listing, PayerAcceptance
from directory.catalog.schedule import Openings, Session
from directory.catalog.vocabulary import Vocabularies
from directory.exchange.schema_org.clinic import markup_of
from directory.exchange.schema_org.page import Page
from tests.exchange.markup import Reading, foreign_to_schema_org, nodes
from tests.exchange.standing import INVENTED, withheld
from tests.exchange.strategies import listings, vocabularies
from tests.support.builders import CALLED, FRESHNESS, TODAY, VOCABULARIES, a_listing, a_track

ADDRESS = "https://stepwise.example/programs/acme"
WORDS = vocabularies()


def page(today: date = TODAY, words: Vocabularies = VOCABULARIES, language: str = "en") -> Page:
    return Page(ADDRESS, language, words, FRESHNESS, today)


def told(listing: Listing, today: date = TODAY) -> dict[str, Any]:
    """The markup as a reader gets it."""
    markup: dict[str, Any] = json.loads(json.dumps(markup_of(listing, page(today))))
    return markup


def called(listing: Listing, **facts: Any) -> Listing:
    """The listing with these facts of its program, learned on the phone four days ago."""
    evidence = {**listing.program.evidence, **dict.fromkeys(facts, CALLED)}
    return replace(listing, program=replace(listing.program, **facts, evidence=evidence))


def opened(*reports: tuple[str, int | None], asked: Source = CALLED) -> Listing:
    """A program whose groups said this, so many days ago."""
    openings = [
        Openings(said, None, None if days is None else TODAY - timedelta(days))
        for said, days in reports
    ]
    tracks = tuple(replace(a_track("mon"), openings=one) for one in openings)
    listing = called(a_listing(), tracks=tracks)
    evidence = {**listing.program.evidence, "openings": asked}
    return replace(listing, program=replace(listing.program, evidence=evidence))


# --- the round trip ------------------------------------------------------------------------


def fresh(record: Any, fact: str, today: date, item: str = "") -> bool:
    source = record.evidence.get(f"{fact}:{item}") or record.evidence.get(fact)
    return source is not None and (today - source.as_of).days <= FRESHNESS.limit(fact).current_days


def expected(one: Listing, today: date) -> dict[str, Any]:
    """What the record says today, written down once more and without the code that is tried."""
    organization, site, program = one.organization, one.site, one.program

    def of(record: Any, fact: str, value: Any) -> Any:
        return value if fresh(record, fact, today) else None

    def codes(fact: str) -> list[str]:
        return [code for code in getattr(program, fact) if fresh(program, fact, today, code)]

    def payers(network: str) -> list[str]:
        return [
            p.payer for p in program.payers
            if p.network == network and fresh(program, "payers", today, p.payer)
            and (p.as_of is None or (today - p.as_of).days <= 90)
        ]  # fmt: skip

    address = site.address
    street = ", ".join(part for part in (address.street, address.unit) if part)
    facts = {
        "name": program.name,
        "description": of(program, "description", program.description),
        "organization": of(organization, "name", organization.name),
        "website": of(organization, "website", organization.website),
        "npi": of(organization, "npi", organization.npi),
        "site": of(site, "name", site.name),
        "phone": of(site, "phone", site.phone),
        **{name: of(site, "address", value) for name, value in (
            ("street", street or None), ("city", address.city), ("state", address.state), ("zip", address.zip))},
        "point": of(site, "location", None if site.lat is None else (site.lat, site.lon)),
        **{fact: codes(fact) for fact in ("services", "focus", "conditions", "accreditations")},
        "languages": codes("languages"),
        "dedicated": [c for c in codes("populations") if program.populations[c] == "dedicated"],
        "in": payers("in"),
        "unknown": payers("unknown"),
        "licenses": [
            License(x.body, x.number, x.kind, x.expires) for x in program.licenses
            if fresh(program, "licenses", today, x.number) and not (x.expires and x.expires < today)
        ],
        "level": of(program, "level_of_care", program.level_of_care if program.level_evidence == "stated" else None),
        "ages": of(program, "ages", [(program.ages.min, program.ages.max)] if program.ages else None),
        "price": of(program, "price", program.price and (program.price.cents, program.price.per)),
        "tracks": of(program, "tracks", [track_told(one, track, today) for track in program.tracks]),
        "accepting": accepting(one, today),
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value not in (None, [], {}, ())}


def track_told(one: Listing, track: Any, today: date) -> tuple[Any, ...]:
    published = [s for s in track.sessions if None not in (s.day, s.start, s.end)]
    sessions = sorted({(s.day, s.start, (s.end - s.start - 1) % 1440 + 1, s.mode, s.attendance) for s in published}, key=str)  # fmt: skip
    zone = one.site.time_zone if fresh(one.site, "time_zone", today) else None
    plain = sorted((day, start, length) for day, start, length, _, _ in sessions)
    return track.label, track.season, track.mode, plain, {zone} if published else set()


def accepting(one: Listing, today: date) -> bool | None:
    if not fresh(one.program, "openings", today):
        return None
    said = [
        track.openings.accepting
        if track.openings.reported_on and (today - track.openings.reported_on).days <= 7
        else "unknown"
        for track in one.program.tracks
    ]
    if "yes" in said:
        return True
    return False if said and set(said) == {"no"} else None


@settings(max_examples=120, deadline=None)
@given(given_listings=listings(), today=st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_the_markup_parses_back_to_what_the_record_says_today(
    given_listings: list[Listing], today: date
) -> None:
    for one in given_listings:
        markup = markup_of(one, page(today, WORDS))
        if markup is None:
            assert (today - one.program.evidence["name"].as_of).days > FRESHNESS.limit("name").confirm_days  # fmt: skip
            continue
        read = json.loads(json.dumps(markup))
        assert Reading(read, WORDS).facts() == expected(one, today)
        assert foreign_to_schema_org(read) == []


def test_the_shipped_programs_parse_back(house) -> None:
    real = [one for one in house.records().all() if not one.example]
    assert len(real) == 113
    read = {one.program.id: told(one) for one in real}
    assert len([markup for markup in read.values() if markup]) > 100, (
        "a name read in 2018 is too old"
    )
    for one in real:
        if markup := read[one.program.id]:
            facts = Reading(markup, house.vocabularies).facts()
            assert facts == expected_of_disputed(one)
            assert foreign_to_schema_org(markup) == []


def expected_of_disputed(one: Listing) -> dict[str, Any]:
    """As `expected`, with disputed facts taken for unknown."""
    torn = {"address": ("street", "city", "state", "zip"), "ages": ("ages",), "level_of_care": ("level",), "phone": ("phone",),
            "tracks": ("tracks",), "weeks": (), "price": ("price",)}  # fmt: skip
    facts = expected(one, TODAY)
    for record in (one.site, one.program):
        for fact in record.rivals:
            for name in torn[fact]:
                facts.pop(name, None)
    return facts


# --- what is never said --------------------------------------------------------------------


def test_an_example_has_no_markup() -> None:
    assert markup_of(a_listing(source=INVENTED), page()) is None


def test_no_rating_is_ever_given(house) -> None:
    for one in house.records().all():
        keys = {key.lower() for node in nodes(markup_of(one, page()) or {}) for key in node}
        assert not [key for key in keys if "rating" in key or "review" in key]


def test_a_withheld_street_is_told_neither_as_words_nor_as_a_point() -> None:
    shown = told(a_listing())
    assert shown["geo"]["latitude"] == 34.1478
    hidden = told(withheld(a_listing()))
    assert "geo" not in hidden
    assert "Hidden Lane" not in json.dumps(hidden)
    assert hidden["address"]["addressLocality"] == "Pasadena"


@pytest.mark.parametrize(("reports", "said"), [
    ([("yes", 0)], True), ([("yes", 7)], True), ([("yes", 8)], None), ([("yes", None)], None), ([], None),
    ([("no", 7)], False), ([("no", 8)], None), ([("unknown", 0)], None),
    ([("no", 1), ("yes", 2)], True), ([("no", 1), ("no", 2)], False), ([("no", 1), ("unknown", 1)], None),
    ([("no", 1), ("yes", 30)], None),
])  # fmt: skip
def test_taking_new_patients_is_said_only_while_it_is_fresh(reports, said) -> None:
    assert told(opened(*reports)).get("isAcceptingNewPatients") is said


def test_an_old_source_makes_no_fresh_opening() -> None:
    old = replace(CALLED, seen_on=TODAY - timedelta(30))
    assert "isAcceptingNewPatients" not in told(opened(("yes", 0), asked=old))


def test_what_two_sources_dispute_is_not_said() -> None:
    listing = a_listing()
    other = Source("Another list", TODAY, "list")
    rivals = {"phone": (Rival("626-555-0199", other),)}
    assert told(listing)["telephone"]
    assert "telephone" not in told(replace(listing, site=replace(listing.site, rivals=rivals)))


def test_a_level_that_was_only_suggested_is_not_said() -> None:
    stated = called(a_listing(), level_of_care="iop", level_evidence="stated")
    guessed = called(a_listing(), level_of_care="iop", level_evidence="suggested")
    assert "serviceType" in json.dumps(told(stated))
    assert "serviceType" not in json.dumps(told(guessed))


def test_a_payer_out_of_network_is_not_said_and_an_expired_license_neither() -> None:
    payers = (PayerAcceptance("aetna", "out"), PayerAcceptance("medi-cal", "in"))
    licenses = (
        License("DHCS", "old", None, TODAY - timedelta(1)),
        License("DHCS", "new", None, TODAY),
    )
    markup = told(called(a_listing(), payers=payers, licenses=licenses))
    assert markup["healthPlanNetworkId"] == [VOCABULARIES["payers"].label("medi-cal")]
    assert "paymentAccepted" not in markup
    assert [one["certificationIdentification"] for one in markup["hasCertification"]] == ["new"]


# --- times ---------------------------------------------------------------------------------


def hours_of(*sessions: Session) -> list[dict[str, Any]]:
    listing = called(a_listing(), tracks=(a_track(sessions=sessions),))
    site = replace(
        listing.site,
        time_zone="America/Los_Angeles",
        evidence={**listing.site.evidence, "time_zone": CALLED},
    )
    markup = told(replace(listing, site=site))
    (group,) = markup["makesOffer"]["itemOffered"]["hasOfferCatalog"]["itemListElement"]
    hours: list[dict[str, Any]] = group.get("hoursAvailable", [])
    return hours


@pytest.mark.parametrize(("start", "end", "closes", "minutes"), [
    (1080, 1260, "21:00:00", 180), (1320, 360, "06:00:00", 480), (1200, 0, "00:00:00", 240), (540, 540, "09:00:00", 1440),
])  # fmt: skip
def test_a_session_past_midnight_ends_on_the_next_day(start, end, closes, minutes) -> None:
    (told_hours,) = hours_of(Session(day=6, start=start, end=end))
    assert (told_hours["closes"], told_hours["duration"]) == (closes, f"PT{minutes}M")
    assert told_hours["byDay"] == ["https://schema.org/Sunday"]


def test_times_stand_at_the_site_before_and_after_the_clocks_change() -> None:
    (told_hours,) = hours_of(Session(day=6, start=1080, end=1260))
    zone = ZoneInfo(told_hours["scheduleTimezone"])
    starts = [
        datetime.fromisoformat(f"{day} {told_hours['startTime']}").replace(tzinfo=zone)
        for day in ("2026-10-25", "2026-11-01")
    ]
    assert [one.utcoffset() for one in starts] == [timedelta(hours=-7), timedelta(hours=-8)]


def test_days_that_are_alike_stand_together_and_what_is_not_published_is_left_out() -> None:
    evening = {"start": 1080, "end": 1260}
    told_hours = hours_of(
        Session(day=0, **evening), Session(day=2, **evening), Session(day=4, **evening, attendance="optional"),
        Session(day=5), Session(count=2, **evening), Session(day=3, start=600),
    )  # fmt: skip
    days = [[day.rpartition("/")[2] for day in one["byDay"]] for one in told_hours]
    assert sorted(days) == [["Friday"], ["Monday", "Wednesday"]]
    assert {one.get("description") for one in told_hours} == {None, "optional"}
