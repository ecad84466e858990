import re

import pytest

from tests.support.page import checked
from tests.support.reading_level import grade, sentences, sentences_of, syllables

MOST = 7.0
MOST_WORDS = 30
# Names that have no plainer word.
LAWS = (
    "FMLA: federal family and medical leave", "Federal family and medical leave (FMLA)", "CFRA: California family rights",
    "California family rights (CFRA)", "California fair employment law (FEHA)", "California Labor Code 1025",
    "Labor Code 1025: time off for alcohol or drug care", "good faith estimate", "a community mental health center",
    "California", "Medi-Cal", "Medicare", "Los Angeles County", "Pasadena",
)  # fmt: skip
# For people who write software, in their words.
FOR_SOFTWARE = {"/api/"}
PROGRAMS = ("intensive outpatient program", "outpatient")


def pages(app):
    """Every page that stands by itself, in English."""
    found = set()
    for rule in app.url_map.iter_rules():
        alone = not rule.arguments and rule.endpoint.startswith("pages.") and "GET" in rule.methods
        if alone and rule.rule not in {"/healthz", "/readyz", "/results", *FOR_SOFTWARE}:
            found.add(rule.rule)
    return sorted(found)


def names_on(app, read):
    """Names of laws and programs, and of whoever published what we tell."""
    sources = [
        one.text for one in read.all("a") if (one.attributes.get("href") or "").startswith("http")
    ]
    cards = [card.source for card in app.extensions["directory"].cards.values()]
    return [" ".join(one.split()) for one in (*LAWS, *PROGRAMS, *sources, *cards) if one.strip()]


def test_the_pages_of_the_guide_can_be_read_in_seventh_grade(app):
    client = app.test_client()
    found, long = {}, []
    for address in pages(app):
        answer = client.get(address)
        if (answer.status_code, answer.mimetype) != (200, "text/html"):
            continue
        page = checked(answer, 200)
        said = sentences(page.read, names_on(app, page.read))
        found[address] = round(grade(said), 1)
        long += [f"{address}: {one}" for one in said if len(one.split()) > MOST_WORDS]
    assert {"/", "/guide", "/self-check", "/work", "/paying", "/aftercare", "/family"} <= set(found)
    assert {address: level for address, level in found.items() if level > MOST} == {}
    assert long == []


@pytest.mark.parametrize(("word", "count"), [
    ("help", 1), ("you", 1), ("time", 1), ("table", 2), ("called", 1), ("needed", 2), ("program", 2), ("family", 3),
    ("alcohol", 3), ("medicine", 3), ("outpatient", 3), ("idea", 3), ("create", 2), ("trying", 2), ("sessions", 2),
    ("people", 2), ("one", 1), ("minutes", 2), ("does", 1), ("evening", 3),
])  # fmt: skip
def test_syllables_are_counted_about_as_they_are_said(word, count):
    assert syllables(word) == count


def test_plain_words_in_short_sentences_are_easy_and_long_ones_are_not():
    plain = sentences_of(
        "You call them first. They ask how you pay. You come on three days a week."
    )
    hard = sentences_of(
        "Participation in intensive outpatient programming necessitates comprehensive multidisciplinary"
        " evaluation preceding authorization by the individual's insurance administrator."
    )
    assert len(plain) == 3
    assert grade(plain) < 2
    assert grade(hard) > 20


def test_the_formula_is_the_published_one():
    text = ["the cat sat on the mat"]
    assert grade(text) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert re.fullmatch(r"-?\d+\.\d+", f"{grade(text):.2f}")
