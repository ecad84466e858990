"""Whatever stands in a record, its card is read back as it was written, and no line tells more."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from directory.catalog.program import Address, Site
from directory.exchange.contact_card import Card, contact_card
from tests.support import card

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120)
NAME = TEXT.filter(str.strip)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
POINT = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def cards(draw, text=TEXT):
    address = Address(*(draw(st.none() | text) for _ in range(5)), withheld=draw(st.booleans()))
    lat, lon = draw(POINT) or (None, None)
    phone = draw(st.none() | text | st.just("626-555-0142 x12"))
    site = Site(
        "site", phone=phone, address=address, lat=lat, lon=lon, time_zone=draw(st.none() | text)
    )
    names = [draw(NAME) for _ in range(3)]
    notes = tuple(draw(st.lists(text.filter(str.strip), max_size=3)))
    return Card(
        "key", *names, site, ("https://stepwise.example/programs/x",), notes, date(2026, 11, 24)
    )


@given(cards())
def test_what_is_written_is_read_back(one):
    found, site = card.read(contact_card(one)), one.site
    assert found["FN"][0].text == one.name
    assert found["ORG"][0].parts == [[one.organization], [one.unit]]
    if one.notes:
        assert found["NOTE"][0].text == "\n".join(one.notes)
    if site.time_zone:
        assert found["TZ"][0].text == site.time_zone
    if "ADR" in found:
        door = () if site.address.withheld else (site.address.street, site.address.unit)
        _, _, street, city, state, zip_code, country = found["ADR"][0].parts
        assert street == [part for part in door if part] or (street == [""] and not any(door))
        assert [city, state, zip_code] == [
            [part or ""] for part in (site.address.city, site.address.state, site.address.zip)
        ]
        assert country == ["USA"]
    if "GEO" in found:
        lat, lon = found["GEO"][0].value.removeprefix("geo:").split(",")
        assert (float(lat), float(lon)) == (site.lat, site.lon)


@given(cards())
def test_a_withheld_street_has_neither_street_nor_point(one):
    found = card.read(contact_card(one))
    if one.site.address.withheld:
        assert "GEO" not in found
        assert "ADR" not in found or found["ADR"][0].parts[2] == [""]


@given(cards(ANYTHING))
def test_no_text_makes_a_line_of_its_own(one):
    found = card.read(contact_card(one))
    assert found.keys() <= {"VERSION", "PRODID", "KIND", "UID", "REV", "FN", "ORG", "TEL", "ADR", "GEO",
                            "TZ", "URL", "NOTE"}  # fmt: skip
    assert all(len(some) == 1 for some in found.values())


def test_an_address_with_a_blank_in_it_is_no_link():
    one = Card(
        "k",
        "A",
        "B",
        "C",
        Site("s"),
        ("https://a.example/ b", "https://a.example/"),
        (),
        date(2026, 1, 1),
    )
    assert [url.value for url in card.read(contact_card(one))["URL"]] == ["https://a.example/"]
