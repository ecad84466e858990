"""Laws of reading: any text is read without harm, and nothing comes out that did not go in."""

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.catalog.schedule import DAYS, Choose, Session, Track
from directory.catalog.track_format import dump_session, load_track
from directory.curation.listing_format.rules import grade_of
from directory.curation.phrases import WORDS_FILE, load_words, read
from directory.curation.phrases.clauses import sessions_only
from directory.curation.phrases.days import KINDS
from directory.curation.phrases.flags import MEANINGS
from directory.curation.phrases.items import items_of
from directory.curation.phrases.saying import said
from directory.curation.phrases.tokens import tokens_of
from tests.support.builders import DATA

WORDS = load_words(DATA / WORDS_FILE)
EARLIEST, LATEST = 6 * 60, 23 * 60
NUMBERS = (
    "1",
    "3",
    "5",
    "8",
    "9",
    "12",
    "30",
    "9:30",
    "18:00",
    "9am",
    "6 pm",
    "12p",
    "0900",
    "24/7",
    "2.5",
    "1/2",
)
MARKS = (",", ";", ".", "-", "–", "/", "(", ")", ":", "\n", "&", "+", "|", "...", "~", "@", "½")
soup = st.lists(
    st.sampled_from([*WORDS.kinds, *NUMBERS, *MARKS, "Wenesday", "staff"]), max_size=25
).map(" ".join)
DENSE = (
    "Mon Monday Tues Wednesday Th Thu F M W MWF TTh Fri Sat Sunday weekdays daily lunes martes jueves y o a de hasta to through "
    "and or except not 9 12 6 3 5 9am 6pm noon 18:00 1:30 p.m. morning evenings noches days week weeks hours minutes times per "
    "a optional choose any least most summer virtual then open closed group family IOP PHP adults , ; . - / : ( ) | &"
).split()
dense = st.lists(st.sampled_from(DENSE), max_size=18).map(" ".join)
texts = st.one_of(st.text(max_size=100), soup, dense, dense)
many = settings(max_examples=400, deadline=None)


@many
@given(texts)
def test_any_text_is_read_and_what_is_unread_stands_in_it(text):
    found = read(text, WORDS)
    ends = [(0, 0), *((part.start, part.end) for part in found.unread)]
    assert all(before[1] <= after[0] < after[1] for before, after in pairwise(ends))
    assert all(text[part.start : part.end] == part.text for part in found.unread)
    assert set(found.flags) <= set(MEANINGS)
    assert read(text, WORDS) == found


@many
@given(texts)
def test_every_token_is_in_one_item_and_every_word_is_read_or_shown(text):
    tokens = tokens_of(text, WORDS)
    items = items_of(tokens)
    ends = [0, *(one.after for one in items)]
    assert [one.first for one in items] == ends[:-1]
    assert ends[-1] == len(tokens)
    shown = "".join(text[token.start : token.end] for token in tokens)
    assert "".join(shown.split()) == "".join(text.split())
    kept, dropped, _ = sessions_only(items)
    assert {one.first for one in (*kept, *dropped)} <= {one.first for one in items}


@many
@given(texts)
def test_every_session_lies_inside_the_day_and_ends_after_it_starts(text):
    for track in read(text, WORDS).tracks:
        for one in track.sessions:
            assert one.start is None or EARLIEST <= one.start < LATEST
            assert one.end is None or (one.start is not None and one.start < one.end <= LATEST)


@many
@given(texts)
def test_every_time_and_count_has_its_number_in_the_text(text):
    numbers = numbers_in(text)
    for track in read(text, WORDS).tracks:
        for one in track.sessions:
            assert {clock_number(minute) for minute in (one.start, one.end)} - {None} <= numbers
            assert one.count is None or one.count in numbers


def numbers_in(text):
    """Every number of the text: digits, letters, noon."""
    found = {int(digits) for digits in re.findall(r"[0-9]{1,9}", text)}
    found |= {number // 100 for number in found if number >= 100}
    for token in tokens_of(text, WORDS):
        found |= {int(float(token[kind])) for kind in ("number", "often") if kind in token}
        found |= {12} if "noon" in token else set()
    return found | {number - 12 for number in found if number > 12}


def clock_number(minute):
    """The number on a 12-hour clock."""
    return None if minute is None else minute // 60 % 12 or 12


@many
@given(texts)
def test_every_day_is_named_in_the_text_or_lies_in_a_range_of_it(text):
    tokens = tokens_of(text, WORDS)
    named = {
        DAYS.index(day)
        for token in tokens
        for kind in KINDS
        if kind in token
        for day in token[kind].split()
    }
    ranged = any("to" in token for token in tokens)
    for track in read(text, WORDS).tracks:
        for one in track.sessions:
            days = {one.day} - {None} | set(one.day_among)
            assert days <= named if not ranged else bool(named) or not days


@many
@given(texts)
def test_a_half_of_the_day_is_written_or_carries_a_flag(text):
    if re.search(r"(?i)[ap]\s?\.?\s?m\b|[0-9]\s?[ap]\b|noon|midnight|mediod|medianoche|mañana|tarde|noche|morning|night|"
                 r"afternoon|evening|0[0-9]|1[3-9]|2[0-3]", text):  # fmt: skip
        return
    found = read(text, WORDS)
    timed = any(one.start is not None for track in found.tracks for one in track.sessions)
    assert not timed or "meridiem_assumed" in found.flags


@many
@given(texts)
def test_what_is_not_known_is_flagged(text):
    found = read(text, WORDS)
    sessions = [one for track in found.tracks for one in track.sessions]
    assert ("days_unknown" in found.flags) == any(one.day is None for one in sessions)
    assert found.tracks or found.weeks or found.hours_per_week or found.flags


@many
@given(texts)
def test_the_format_takes_what_was_read(text):
    for plain in read(text, WORDS).as_dict()["tracks"]:
        again = load_track(plain)
        assert [dump_session(one) for one in again.sessions] == plain.get("sessions", [])
        if again.choose:
            pool = sum(one.count or 1 for one in again.sessions if one.attendance == "choose")
            assert again.choose.at_least <= pool
            assert again.choose.at_most is None or again.choose.at_least <= again.choose.at_most


def test_ten_thousand_characters_of_anything_are_read():
    for piece in (
        "9",
        "9-12, ",
        "a ",
        "Mon ",
        "Mon-",
        "(",
        "T/",
        "mar",
        "9 a ",
        "no ",
        "for the ",
        "or ",
        "..",
        "1/2 ",
        "@",
        "$1,",
    ):
        found = read((piece * 10_000)[:10_000], WORDS)
        assert all(part.text for part in found.unread)


def test_of_an_endless_text_the_rest_is_unread():
    text = "MWF 9am-12pm. " + "x" * 30_000
    found = read(text, WORDS)
    assert len(found.tracks) == 1
    assert found.unread[-1].end == len(text)


# words that read as the same track again

days = st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True).map(sorted)
times = st.tuples(st.integers(24, 76), st.integers(1, 16)).map(
    lambda one: (one[0] * 15, min(one[0] + one[1], 92) * 15)
)


@st.composite
def tracks(draw):
    """A track of one kind of session, named or counted, chosen or not."""
    start, end = draw(times)
    one = draw(st.sampled_from([
        Session(start=start, end=end), Session(start=start, end=end, mode="virtual"), Session(span_minutes=180), Session(),
        Session(part_of_day="evening"), Session(start=start, end=end, mode="in_person"),
    ]))  # fmt: skip
    how = draw(st.sampled_from(["named", "counted", "choose named", "choose counted"]))
    named = draw(days)
    if "counted" in how:
        count = draw(st.integers(2, 5))
        sessions = (replace(one, count=count),)
    else:
        count = len(named)
        sessions = tuple(replace(one, day=day) for day in named)
    choose = None
    if how.startswith("choose") and count > 1:
        choose = Choose(draw(st.integers(1, count - 1)), None)
        choose = replace(choose, at_most=draw(st.integers(choose.at_least, count)))
        sessions = tuple(replace(session, attendance="choose") for session in sessions)
    grade = grade_of([dump_session(session) for session in sessions])
    return Track(mode=one.mode, schedule_grade=grade, choose=choose, sessions=sessions)


@many
@given(tracks())
def test_what_is_said_of_a_track_reads_as_that_track(track):
    assert read(said(track), WORDS).tracks == (track,)
