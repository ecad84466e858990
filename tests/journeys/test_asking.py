"""Where and when, asked with the browser's help: what it knows is rounded or read before anything is sent."""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Hand

CANARY = "heroin-canary-7f3"
MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
PASADENA = {"latitude": 34.147812, "longitude": -118.144516}


def lines(*events):
    """A calendar file of these events, as programs write it."""
    told = "\r\n".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{told}\r\nEND:VCALENDAR\r\n".replace(
        "\r\n  ", "\r\n"
    )


def calendar_page(visit, **options):
    """The first page on Monday, 23 November 2026, in Pasadena, its calendar part open."""
    opened = visit(timezone_id="America/Los_Angeles", **options)
    opened.page.clock.set_fixed_time(MONDAY)
    opened.page.goto("/")
    opened.page.locator("summary").filter(has_text="Use my calendar").click()
    return opened


def read(page, calendar):
    """Paste a calendar, and read what it became: day -> its free times."""
    page.get_by_label("Or paste what is in it").fill(calendar)
    expect(page.locator("[data-calendar] [role=status]")).not_to_be_empty()
    found = {}
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        times = [
            page.locator(f"[name={end}{again}-{day}]").input_value()
            for again in ("", "2")
            for end in ("from", "to")
        ]
        found[day] = " ".join(time for time in times if time)
    return found


ALL_DAY = "06:00 23:00"


@pytest.mark.parametrize(
    ("event", "day", "free"),
    [
        ("DTSTART:20261124T090000\r\nDTEND:20261124T170000", "tue", "06:00 09:00 17:00 23:00"),
        ("DTSTART:20261124T090000\r\nDURATION:PT1H30M", "tue", "06:00 09:00 10:30 23:00"),
        ("DTSTART;TZID=America/New_York:20261124T090000\r\nDURATION:PT8H", "tue",
         "06:00 09:00 17:00 23:00"),
        ("DTSTART;TZID=\"US/Pacific; old\":20261124T090000\r\nDTEND:20261124T100000", "tue",
         "06:00 09:00 10:00 23:00"),
        ("DTSTART:20261124T170000Z\r\nDTEND:20261125T010000Z", "tue", "06:00 09:00 17:00 23:00"),
        ("DTSTART:20261123T090000\r\nDTEND:20261123T170000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE", "wed",
         "06:00 09:00 17:00 23:00"),
        ("DTSTART:20200106T090000\r\nDTEND:20200106T170000\r\nRRULE:FREQ=WEEKLY", "mon",
         "06:00 09:00 17:00 23:00"),
        ("DTSTART:20200106T090000\r\nDTEND:20200106T170000\r\nRRULE:FREQ=WEEKLY;UNTIL=20261101T000000Z",
         "mon", ""),
        ("DTSTART:20261026T090000\r\nDTEND:20261026T170000\r\nRRULE:FREQ=WEEKLY;COUNT=3", "mon", ""),
        ("DTSTART:20261123T090000\r\nDTEND:20261123T170000\r\nRRULE:FREQ=DAILY", "sun",
         "06:00 09:00 17:00 23:00"),
        ("DTSTART:20261118T090000\r\nDTEND:20261118T170000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2\r\n"
         "EXDATE:20261202T090000,20261216T090000", "wed", ""),
        ("DTSTART:20261124T09\r\n 0000\r\nDTEND:2026\r\n\t1124T170000", "tue", "06:00 09:00 17:00 23:00"),
        ("DTSTART:20261124T220000\r\nDTEND:20261125T100000", "wed", "10:00 23:00"),
        ("DTSTART;VALUE=DATE:20261126\r\nDTEND;VALUE=DATE:20261127", "thu", ""),
        ("DTSTART;VALUE=DATE:20261126\r\nTRANSP:OPAQUE", "thu", None),
        ("DTSTART;VALUE=DATE:20261126\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", "thu", None),
        ("DTSTART:20261124T090000\r\nDTEND:20261124T170000\r\nTRANSP:TRANSPARENT", "tue", ""),
        ("DTSTART:20261124T090000\r\nDTEND:20261124T170000\r\nSTATUS:CANCELLED", "tue", ""),
        ("DTSTART:20261124T090000\r\nDTEND:20261124T170000\r\nBEGIN:VALARM\r\nDURATION:PT9H\r\n"
         "TRIGGER:-PT30M\r\nEND:VALARM", "tue", "06:00 09:00 17:00 23:00"),
    ],
)  # fmt: skip
def test_a_calendar_becomes_free_hours(visit, event, day, free):
    """One event beside one on Sunday evening, so that there is always something to read."""
    page = calendar_page(visit).page
    sunday = "DTSTART:20261129T230000\r\nDTEND:20261129T233000"
    found = read(page, lines(event, sunday))
    assert found[day] == (ALL_DAY if free == "" else free or "")
    assert page.get_by_role("radio", name=re.compile("^My own week")).is_checked()


def test_a_moved_date_of_a_series_is_busy_where_it_was_moved_to(visit):
    series = (
        "UID:1\r\nDTSTART:20261123T090000\r\nDTEND:20261123T170000\r\nRRULE:FREQ=WEEKLY;COUNT=1"
    )
    moved = (
        "UID:1\r\nRECURRENCE-ID:20261123T090000\r\nDTSTART:20261124T090000\r\nDTEND:20261124T170000"
    )
    found = read(calendar_page(visit).page, lines(series, moved))
    assert (found["mon"], found["tue"]) == (ALL_DAY, "06:00 09:00 17:00 23:00")


def test_a_rule_we_cannot_read_is_said(visit):
    page = calendar_page(visit).page
    rare = "DTSTART:20261124T090000\r\nDTEND:20261124T170000\r\nRRULE:FREQ=MONTHLY;BYDAY=1TU"
    read(page, lines(rare, "DTSTART:20261125T090000\r\nDTEND:20261125T170000"))
    status = page.locator("[data-calendar] [role=status]")
    expect(status).to_contain_text("We read 1 events of the next 4 weeks.")
    expect(status).to_contain_text("We could not read 1 that repeat in a rare way.")


@pytest.mark.parametrize(
    "text", ["not a calendar", lines("SUMMARY:no times at all"), lines("DTSTART:x")]
)
def test_what_is_no_calendar_changes_nothing(visit, text):
    page = calendar_page(visit).page
    page.locator("[name=from-mon]").evaluate("it => it.value = '07:00'")
    page.get_by_label("Or paste what is in it").fill(text)
    page.get_by_label("Or paste what is in it").blur()
    expect(page.locator("[data-calendar] [role=status]")).to_contain_text("Nothing is changed.")
    assert page.locator("[name=from-mon]").input_value() == "07:00"


def test_the_calendar_itself_is_never_sent(visit, tmp_path):
    """A canary stands in a file and in pasted text; only free hours go over the wire."""
    opened = calendar_page(visit)
    page, sent = opened.page, []
    opened.context.on("request", lambda one: sent.append((one.url, one.post_data or "")))
    event = f"SUMMARY:{CANARY}\r\nDTSTART:20261124T090000\r\nDTEND:20261124T170000"
    file = tmp_path / f"{CANARY}.ics"
    file.write_text(lines(event), newline="")
    page.get_by_label(re.compile("^Calendar file")).set_input_files(file)
    expect(page.locator("[data-calendar] [role=status]")).to_contain_text("We read 1 events")
    read(page, lines(event))
    page.get_by_label("Or paste what is in it").fill(CANARY)
    Hand(page).write("ZIP code or city", "91101")
    Hand(page).press("Show programs")
    (body,) = [parse_qs(data) for url, data in sent if url.endswith("/find")]
    assert (body["from-tue"], body["to2-tue"]) == (["06:00"], ["23:00"])
    assert CANARY not in str(sent)
    assert "SUMMARY" not in str(sent)


def test_where_i_am_is_rounded_before_it_is_sent(visit):
    opened = visit(geolocation=PASADENA, permissions=["geolocation"])
    page, sent = opened.page, []
    opened.context.on("request", lambda one: sent.append((one.url, one.post_data or "")))
    page.goto("/")
    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_label("ZIP code or city")).to_have_value("34.15,-118.14")
    Hand(page).press("Show programs")
    (body,) = [parse_qs(data) for url, data in sent if url.endswith("/find")]
    assert body["place"] == ["34.15,-118.14"]
    assert not re.search(r"34\.147|118\.144", str(sent))
    expect(page.locator(".chip").first).to_contain_text("Near where I am")


def test_who_does_not_say_where_they_are_is_told_what_to_do(visit):
    page = visit().page
    page.goto("/")
    page.get_by_role("button", name="Use where I am").click()
    expect(page.locator("[data-near]")).to_contain_text("That is fine: type a ZIP code or a city.")


def test_without_javascript_no_button_needs_it(visit):
    page = visit(java_script_enabled=False).page
    page.goto("/")
    expect(page.get_by_role("button", name="Use where I am")).to_be_hidden()
    expect(page.locator("summary").filter(has_text="Use my calendar")).to_be_hidden()


def test_a_painted_week_takes_the_place_of_the_one_picked_before(visit):
    hand = Hand(visit().page)
    hand.page.goto("/")
    hand.pick("I work 9 to 5")
    hand.open("Paint your own week")
    hand.paint("free", "mon-evening")
    expect(hand.box("My own week")).to_be_checked()
    hand.open("My shifts rotate: paint the other week")
    hand.paint("free2", "mon-morning")
    expect(hand.box("My shifts rotate")).to_be_checked()
    hand.paint("free", "tue-evening")
    expect(hand.box("My shifts rotate")).to_be_checked()
    hand.pick("Evenings only")
    hand.press("Show programs")
    expect(hand.page.locator(".chips").first).to_contain_text("Evenings only")
