"""The words of schedules, loaded once, and a short way to read."""

import pytest

from directory.catalog.schedule import DAYS
from directory.catalog.track_format import clock_text
from directory.curation.phrases import WORDS_FILE, load_words, read
from tests.support.builders import DATA


@pytest.fixture(scope="session")
def words():
    return load_words(DATA / WORDS_FILE)


@pytest.fixture(scope="session")
def week(words):
    """What a text says, one line for each session: 'mon 09:00-12:00 optional'."""

    def lines(text):
        return [_line(one) for track in read(text, words).tracks for one in track.sessions]

    return lines


def _line(session):
    day = DAYS[session.day] if session.day is not None else f"{session.count or '?'}x"
    times = f"{clock_text(session.start) or ''}-{clock_text(session.end) or ''}"
    more = "" if session.attendance == "required" else f" {session.attendance}"
    return f"{day} {times}{more}"
