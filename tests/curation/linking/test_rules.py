"""Two doors: the same site for certain, a doubt for a person, or different. Each rule has its name."""

import pytest

from directory.catalog.program import Address
from directory.curation.linking.door import Seen
from directory.curation.linking.rules import RULES, Outcome, judge, withholds
from tests.golden.links import doors

CERTAIN, DOUBTFUL, DIFFERENT = Outcome.CERTAIN, Outcome.DOUBTFUL, Outcome.DIFFERENT


def seen(
    key="samhsa:substance:a", *names, phone="626-796-3141", street="12 N Lake Ave", unit=None,
    zip="91101", numbers=(), city="Pasadena", withheld=False,
):  # fmt: skip
    address = Address(city=city, state="CA", zip=zip, street=street, unit=unit, withheld=withheld)
    return Seen(key, names or ("Lantern Recovery Center",), phone, address, frozenset(numbers))


def other(**changes):
    return seen("dhcs:1", *changes.pop("names", ("LANTERN RECOVERY, INC.",)), **changes)


def verdict(a, b):
    found = judge(*doors([a, b]))
    assert judge(*doors([b, a])).rule == found.rule, "no order"
    return found.rule, found.outcome


@pytest.mark.parametrize(("changes", "rule"), [
    ({}, "door-name-phone"),
    ({"phone": "(626) 796-3141 x12"}, "door-name-phone"),
    ({"street": "12 NORTH LAKE AVENUE"}, "door-name-phone"),
    ({"street": "12 Lake"}, "door-name-phone"),
    ({"phone": "800-796-3142"}, "door-name"),
    ({"names": ("Clear Path",)}, "door-phone"),
    ({"unit": "Suite B"}, "building-name-phone"),
    ({"zip": "91104"}, "phone-name-street"),
    ({"street": None, "withheld": True, "names": ("Lantern Recovery Center Inc",)}, "phone-name"),
])  # fmt: skip
def test_a_certain_link_has_a_number_or_a_door_or_a_whole_name_with_its_phone(changes, rule):
    assert verdict(seen(), other(**changes)) == (rule, CERTAIN)


@pytest.mark.parametrize(("changes", "rule"), [
    ({"phone": None, "unit": "Suite B"}, "building-name"),
    ({"street": "99 E Green St"}, "moved"),
    ({"street": "12 S Lake Ave"}, "moved"),
    ({"street": "12 S Lake Ave", "phone": None}, "street-spelling"),
    ({"names": ("Clear Path",), "phone": None}, "renamed"),
    ({"names": ("Clear Path",), "unit": "Suite B"}, "building-phone"),
    ({"names": ("Clear Path",), "street": "99 E Green St"}, "phone-other-name"),
    ({"street": "99 E Green St", "phone": None}, "name-city"),
    ({"street": None, "names": ("Lantern Youth Home",)}, "no-street"),
])  # fmt: skip
def test_a_doubt_is_for_a_person(changes, rule):
    assert verdict(seen(), other(**changes)) == (rule, DOUBTFUL)


def test_a_shared_phone_alone_never_links():
    far = other(names=("Clear Path",), street="99 E Green St", zip="91106")
    assert verdict(seen(), far) == ("apart", DIFFERENT)


def test_a_shared_building_alone_never_links():
    upstairs = other(names=("Clear Path",), phone=None, unit="Suite 807")
    assert verdict(seen(unit="Suite 800"), upstairs) == ("apart", DIFFERENT)


def test_two_suites_are_two_doors_even_of_one_name_and_phone():
    rule = verdict(seen(unit="Suite 109-110"), other(unit="Suite 200A"))
    assert rule == ("suites-name", DOUBTFUL)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Unit A", "SUITE A"), ("Suites 200, 204 & 250", "Ste 204"), ("Suite C-114", "#C114")],
)
def test_a_suite_may_be_written_in_several_ways(left, right):
    assert verdict(seen(unit=left), other(unit=right)) == ("door-name-phone", CERTAIN)


@pytest.mark.parametrize(
    "street", ["12 N Lake Ave Suite B", "12 N Lake Ave # B", "12 N Lake Ave B"]
)
def test_a_suite_may_stand_in_the_street(street):
    assert verdict(seen(unit="Suite B"), other(street=street)) == ("door-name-phone", CERTAIN)


def test_two_doors_of_one_list_are_two_sites_whatever_they_share():
    sister = seen("samhsa:substance:b", street="99 E Green St")
    assert verdict(seen(), sister) == ("one-list", DIFFERENT)
    hidden = [
        seen(
            f"samhsa:mental:{one}", f"Pioneer Center, {one} Group Home", street=None, withheld=True
        )
        for one in ("Wheeler", "Clay")
    ]
    assert verdict(*hidden) == ("one-list", DIFFERENT)


def test_the_two_surveys_of_one_door_are_one_site():
    assert verdict(seen(), seen("samhsa:mental:a")) == ("door-name-phone", CERTAIN)


def test_a_license_links_and_a_provider_number_links_only_one_address():
    away = {"street": "99 E Green St", "phone": None, "names": ("Clear Path",)}
    license = {"numbers": ("California DHCS:190769DP",)}
    assert verdict(seen(**license), other(**away, **license)) == ("number", CERTAIN)
    npi = {"numbers": ("npi:1234567893",)}
    assert verdict(seen(**npi), other(**away, **npi)) == ("number-elsewhere", DOUBTFUL)
    assert verdict(seen(**npi), other(**npi)) == ("number", CERTAIN)


def test_a_street_is_kept_back_from_whatever_may_be_the_withheld_place():
    hidden = seen(street=None, withheld=True)
    for changes, same in (
        ({"phone": None}, True),
        ({"names": ("Clear Path",)}, True),
        ({"zip": "91106"}, False),
        ({"names": ("Clear Path",), "phone": None}, False),
    ):
        assert withholds(*doors([hidden, other(**changes)])) is same


def test_every_rule_has_a_sentence_for_people():
    for outcome, reason in RULES.values():
        assert outcome in Outcome
        assert reason == reason.strip()
        assert len(reason.split()) > 3
