"""What a person may be about to type: asked in the body, answered short, kept nowhere."""

import pytest

from tests.golden.hostile import hostile

ADDRESS = "/api/v1/suggest"


def suggested(client, q, **rest):
    answer = client.post(ADDRESS, json={"q": q, **rest})
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def texts(client, q, **rest):
    return [one["text"] for one in suggested(client, q, **rest)]


def test_concepts_come_first_then_names_then_cities(client):
    kinds = [one["kind"] for one in suggested(client, "pa")]
    assert kinds == sorted(kinds, key=("concept", "name", "city").index)
    assert {"concept", "name", "city"} == {*kinds}
    assert len(kinds) <= 8


def test_a_beginning_finds_the_label_of_what_people_call_it(client):
    label = "Cognitive behavioral therapy (CBT)"
    assert texts(client, "cognit")[0] == label
    assert label in texts(client, "behav"), "any word may be begun, not only the first"
    assert texts(client, "cbt")[0].startswith("Cognitive behavioral therapy")


def test_accents_and_capitals_do_not_matter(client):
    assert texts(client, "NIÑ") == texts(client, "nin")
    assert "Pasadena" in texts(client, "Pásad")


def test_in_spanish_the_labels_are_spanish(client):
    in_spanish = texts(client, "terapia", lang="es")
    assert len(in_spanish) > 2
    assert all("terapia" in text.lower() for text in in_spanish)
    assert texts(client, "alcohol", lang="es")[0] == "Alcohol"
    assert "Alcohol" in texts(client, "drinking", lang="es"), "whatever word it was found by"


def test_each_text_comes_once(client):
    for q in ("co", "th", "me", "de", "al"):
        found = [text.casefold() for text in texts(client, q)]
        assert len(found) == len({*found}) > 0


@pytest.mark.parametrize("q", ["", "a", " ", "?", "é", "\u0301"])
def test_less_than_two_letters_say_nothing_yet(client, q):
    assert suggested(client, q) == []


def test_more_than_forty_letters_are_no_beginning(client):
    answer = client.post(ADDRESS, json={"q": "a" * 41})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "q"
    assert answer.json["errors"][0]["expected"] == "a text of at most 40 characters"


def test_unknown_keys_are_refused(client):
    assert client.post(ADDRESS, json={"text": "cbt"}).status_code == 422
    assert client.get(ADDRESS).status_code == 405, "what is typed never stands in an address"


def test_it_is_kept_nowhere(client):
    assert client.post(ADDRESS, json={"q": "cb"}).headers["Cache-Control"] == "no-store"


def test_nothing_that_is_typed_is_an_error(client, house):
    for text in hostile():
        assert client.post(ADDRESS, json={"q": text[:40]}).status_code == 200, text[:40]
        assert len(house.finder.suggest(text, 8)) <= 8


def test_every_suggestion_finds_something(client, house):
    """Whoever takes it is not led nowhere."""
    for q in ("cb", "pas", "dial", "veter", "span", "glend"):
        for text in texts(client, q)[:4]:
            hits = house.finder.current().words(text)
            assert hits.searched, text


def test_the_longest_beginning_is_counted_as_it_was_sent(client):
    """A control character is a blank to us, and still one letter more than the description allows."""
    assert client.post(ADDRESS, json={"q": "\x94" + "a" * 40}).status_code == 422
