"""“Still right?” by link: two minutes, no account, at once where it may, and nothing is lost."""

from directory.catalog.evidence import OWN_WORD
from directory.curation import proposals, self_reports
from tests.web.staff.providing import LAMPLIGHT

PHONE = "626-555-0199"


def test_a_curator_looks_a_program_up_and_makes_a_link_that_is_shown_once(providing):
    desk = providing.curator()
    found = desk.get("/staff/listing-links?q=lamplight")
    assert "Lamplight Evening Program" in found.text
    link = providing.link(desk)
    assert link.startswith("/staff/listing/")
    page = providing.program().get(link)
    assert page.heading == "Lamplight Evening Program: still right?"
    assert providing.acts()[0][1] == "listing_link_made"
    newer = providing.link(desk)
    assert providing.program().get(link, 410).heading == "This link opens no more"
    assert providing.program().get(newer)


def test_a_link_opens_until_it_runs_out_and_opens_nothing_else(providing):
    link = providing.link()
    program = providing.program()
    for wrong in (link[:-1], link + "0", link.replace("listing", "answer")):
        assert program.get(wrong, 410)
    providing.watch.forward(days=29, hours=23)
    assert program.get(link)
    providing.watch.forward(hours=2)
    assert program.get(link, 410)
    assert program.post(link, {"seen": ""}, 410)


def test_looking_changes_nothing(providing):
    link = providing.link()
    before = providing.records.versions()
    program = providing.program()
    for address in (link, f"{link}/told", f"{link}/change/program.weeks", f"{link}/change/start"):
        program.get(address)
    assert providing.records.versions() == before
    assert [act for _, act, *_ in providing.acts()] == ["listing_link_made"]


def test_one_button_makes_every_fact_the_programs_word_of_today(providing):
    link, program = providing.link(), providing.program()
    thanks = providing.confirm(program, link)
    assert thanks.heading == "Thank you"
    assert "facts are still right" in thanks.text
    listing = providing.listing()
    source = listing.program.evidence["tracks"]
    assert (source.name, source.as_of, source.method) == (
        OWN_WORD, providing.watch().date(), "example")  # fmt: skip
    assert listing.example
    assert providing.put_out == 1
    assert providing.acts()[-1][:2] == (-1, "listing_confirmed")
    again = providing.confirm(program, link)
    assert "Nothing was changed" in again.text
    assert len(providing.acts()) == 2


def test_the_button_confirms_only_what_was_looked_at(providing):
    link, program = providing.link(), providing.program()
    old = program.get(link).form(link)["seen"][0]
    providing.change(providing.program(), link, "program.weeks", **{"program.weeks.min": "5"})
    page = program.post(link, {"seen": old}, 409)
    assert "Something changed since you opened this page" in page.text
    assert "5" in page.text
    assert providing.listing().program.evidence["name"].name != OWN_WORD


def test_what_is_low_risk_is_shown_at_once_and_can_be_undone(providing):
    link, program = providing.link(), providing.program()
    was = providing.listing().program.weeks
    thanks = providing.change(program, link, "program.weeks", **{"program.weeks.max": "20"})
    assert "Shown now" in thanks.text
    assert providing.listing().program.weeks.max == 20
    page = program.get(link)
    assert "How many weeks" in page.text
    form = page.form(f"{link}/take-back")
    back = program.post(f"{link}/take-back", {"change": form["change"][0]})
    assert "It is taken back" in back.text
    assert providing.listing().program.weeks == was
    assert providing.acts()[-1][1] == "listing_taken_back"
    refused = program.post(f"{link}/take-back", {"change": form["change"][0]}, 409)
    assert "cannot be taken back" in refused.text


def test_openings_are_told_with_the_day_and_the_places(providing):
    link, program = providing.link(), providing.program()
    fields = {"program.openings.0.accepting": "yes", "program.openings.0.seats": "2"}
    providing.change(program, link, "program.openings", **fields)
    openings = providing.listing().program.tracks[0].openings
    assert (openings.accepting, openings.seats, openings.reported_on) == (
        "yes", 2, providing.watch().date())  # fmt: skip
    page = program.get(link)
    assert "takes people now, 2 places, Nov 24, 2026" in page.text
    assert "cookie" not in page.text, "who comes by a link is not signed in"


def test_the_next_start_is_a_part_of_each_group(providing):
    link, program = providing.link(), providing.program()
    fields = {"0.rule": "cohort", "0.date.0": "2026-12-07", "0.lead": "3"}
    providing.change(program, link, "start", **fields)
    start = providing.listing().program.tracks[0].start
    assert (start.rule, start.dates[0].isoformat(), start.lead_days) == ("cohort", "2026-12-07", 3)
    sessions = providing.listing().program.tracks[0].sessions
    assert sessions, "the week stays"
    for wrong in ({"0.date.0": "2020-01-01"}, {"0.date.0": "soon"}, {"0.lead": "many"}):
        page = providing.change(program, link, "start", 422, **{**fields, **wrong})
        (typed,) = wrong.values()
        assert typed in page.html, "nothing typed is lost"


def test_a_pasted_schedule_is_shown_back_as_a_week_before_it_is_kept(providing):
    link, program = providing.link(), providing.program()
    before = providing.listing().program.tracks
    address = f"{link}/change/program.tracks"
    pasted = {"phrase": "Mon, Wed, Fri 6-9 pm", "which": "0"}
    look = providing.change(program, link, "program.tracks", **pasted)
    assert look.heading == "Is this your week?"
    assert "Monday" in look.html
    assert providing.listing().program.tracks == before, "nothing is kept yet"
    sent = {name: values[0] for name, values in look.form(address).items()}
    again = program.post(address, {**sent, "step": "again"})
    assert "Mon, Wed, Fri 6-9 pm" in again.html
    providing.change(program, link, "program.tracks", **pasted, step="keep")
    track, *others = providing.listing().program.tracks
    assert others == list(before[1:]), "what was not spoken of stays"
    assert [(one.day, one.start) for one in track.sessions] == [(0, 1080), (2, 1080), (4, 1080)]
    assert (track.label, track.start, track.openings) == (
        before[0].label, before[0].start, before[0].openings)  # fmt: skip


def test_a_schedule_that_cannot_be_read_comes_back_as_it_was_typed(providing):
    link, program = providing.link(), providing.program()
    for phrase in ("", "call us", "x" * 700):
        page = providing.change(program, link, "program.tracks", 422, phrase=phrase)
        assert phrase in page.html


def test_identity_waits_for_a_curator_and_can_be_taken_back(providing):
    link, program = providing.link(), providing.program()
    was = providing.listing().site.phone
    thanks = providing.change(program, link, "site.phone", **{"site.phone": PHONE})
    assert "Our staff look at these first" in thanks.text
    assert providing.listing().site.phone == was
    assert providing.put_out == 0
    (wish,) = providing.waiting()
    assert (wish.fact, wish.value, wish.by) == ("phone", f'"{PHONE}"', "link")
    page = program.get(link)
    assert f"Our staff will look at it {PHONE}" in page.text
    providing.change(program, link, "site.phone", **{"site.phone": PHONE})
    assert len(providing.waiting()) == 1, "asked twice is asked once"
    program.post(f"{link}/take-back", {"wish": str(wish.number)})
    assert providing.waiting() == []


def test_a_program_may_ask_to_be_taken_off(providing):
    link, program = providing.link(), providing.program()
    assert providing.change(program, link, "remove", 422, why="because")
    providing.change(program, link, "remove", why="closed")
    (wish,) = providing.waiting()
    assert wish.fact == "removed"
    assert providing.listing() is not None


def test_a_clash_shows_both_versions_and_loses_neither(providing):
    link, slow = providing.link(), providing.program()
    address = f"{link}/change/program.weeks"
    form = slow.get(address).form(address)
    providing.change(providing.program(), link, "program.weeks", **{"program.weeks.max": "20"})
    page = slow.post(address, {**form, "program.weeks.max": "30"}, 409)
    assert "Somebody changed this while you were here" in page.text
    assert "20" in page.text
    assert page.form(address)["program.weeks.max"] == ["30"]
    assert providing.listing().program.weeks.max == 20
    slow.post(address, page.form(address))
    assert providing.listing().program.weeks.max == 30


def test_a_form_that_is_sent_again_counts_once(providing):
    link, program = providing.link(), providing.program()
    address = f"{link}/change/program.price"
    form = program.get(address).form(address)
    fields = {**form, "program.price.amount": "123", "program.price.per": "day"}
    program.post(address, fields)
    acts = len(providing.acts())
    program.post(address, fields)
    assert len(providing.acts()) == acts
    assert providing.listing().program.price.cents == 12300


HOSTILE = "<script>alert(1)</script>"


CANNOT_BE_TAKEN = (
    ("site.phone", {"site.phone": HOSTILE}),
    ("site.phone", {"site.phone": "626"}),
    ("organization.website", {"organization.website": "ftp://example.org"}),
    ("organization.website", {"organization.website": "http://localhost/x"}),
    ("program.description", {"program.description": "Ask for Jo Miller, 626 555 0100"}),
    ("program.attendance", {"program.attendance": "My son Max Miller came"}),
    ("program.weeks", {"program.weeks.min": "-1"}),
    ("program.weeks", {"program.weeks.min": "12", "program.weeks.max": "8"}),
    ("program.price", {"program.price.amount": "a lot", "program.price.per": "day"}),
    ("site.address", {"site.address.zip": "9110"}),
)
NO_CHOICE_OF_OURS = (
    ("program.payers", {"program.payers.aetna": "perhaps"}),
    ("program.services", {"program.services": "no-such-code"}),
    ("program.level_of_care", {"program.level_of_care.level": "spa"}),
    ("program.openings", {"program.openings.0.accepting": "perhaps"}),
)


def test_what_cannot_be_taken_comes_back_with_words_and_what_was_typed(providing):
    link, program = providing.link(), providing.program()
    before = providing.records.versions()
    for part, fields in (*CANNOT_BE_TAKEN, *NO_CHOICE_OF_OURS):
        page = providing.change(program, link, part, 422, **fields)
        assert HOSTILE not in page.html
        if (part, fields) in CANNOT_BE_TAKEN:
            sent = page.form(f"{link}/change/{part}")
            assert {name: sent[name][0] for name in fields} == fields, part
    assert providing.waiting() == []
    assert providing.records.versions() == before


def test_so_many_changes_on_one_day_are_not_meant(providing, monkeypatch):
    monkeypatch.setattr(self_reports, "MOST_OF_DAY", 2)
    link, program = providing.link(), providing.program()
    for weeks in ("20", "21"):
        providing.change(program, link, "program.weeks", **{"program.weeks.max": weeks})
    page = providing.change(program, link, "program.weeks", 422, **{"program.weeks.max": "22"})
    assert "Try again tomorrow" in page.text
    providing.watch.forward(days=1)
    providing.change(program, link, "program.weeks", **{"program.weeks.max": "22"})


def test_taking_back_and_confirming_count_as_changes_of_the_day(providing, monkeypatch):
    """Or a link might write history, and publish, without end."""
    monkeypatch.setattr(self_reports, "MOST_OF_DAY", 4)
    link, program = providing.link(), providing.program()
    providing.change(program, link, "program.weeks", **{"program.weeks.max": "20"})
    providing.change(program, link, "site.phone", **{"site.phone": PHONE})
    (told,) = self_reports.own_changes(providing.records, LAMPLIGHT)
    (wish,) = providing.waiting()
    program.post(f"{link}/take-back", {"change": str(told.number)})
    program.post(f"{link}/take-back", {"wish": str(wish.number)})
    versions, out = providing.records.versions(), providing.put_out
    assert "Try again tomorrow" in providing.confirm(program, link, 422).text
    assert providing.records.versions() == versions
    providing.watch.forward(days=1)
    providing.confirm(program, link)
    providing.change(program, link, "program.weeks", **{"program.weeks.max": "21"})
    providing.change(program, link, "program.weeks", **{"program.weeks.max": "22"})
    providing.change(program, link, "site.phone", **{"site.phone": PHONE})
    (wish,) = providing.waiting()
    page = program.post(f"{link}/take-back", {"wish": str(wish.number)}, 422)
    assert "Try again tomorrow" in page.text
    assert providing.waiting() == [wish]
    assert providing.put_out == out + 3


def test_a_part_that_is_none_of_ours_answers_404(providing):
    link, program = providing.link(), providing.program()
    for part in ("site.location", "program.npi", "organization.slug", "x"):
        assert program.client.get(f"{link}/change/{part}").status_code == 404


def test_of_a_program_that_is_taken_off_the_link_opens_no_more(providing):
    link, program = providing.link(), providing.program()
    providing.change(program, link, "remove", why="closed")
    (wish,) = providing.waiting()

    with providing.records.desk() as desk:
        proposals.accept(desk, wish.number, "null", providing.watch())
    assert program.get(link, 410)
    assert program.post(link, {"seen": ""}, 410)


def test_the_page_tells_its_history_without_who(providing):
    link, program = providing.link(), providing.program()
    providing.change(program, link, "program.weeks", **{"program.weeks.max": "20"})
    editor = providing.editor()
    providing.change(editor, f"/staff/programs/{LAMPLIGHT}", "site.phone", **{"site.phone": PHONE})
    text = program.get(link).text
    assert "What you told us" in text
    assert PHONE in text
    assert "Lopez" not in text
