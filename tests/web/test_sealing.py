import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from directory.errors import BadSetting
from directory.web import needs
from directory.web.sealing import Sealer, StaleAddress
from tests.support.builders import VOCABULARIES

SEALER = Sealer(["secret"], minutes=60)
FORM = MultiDict(
    [("place", "91101"), ("how", "car"), ("week", "nine"), ("need", "sud"), ("need", "mh"),
     ("pay", "medi-cal"), ("age", "34"), ("lang", "es"), ("q", "evening cbt heroin")]
)  # fmt: skip
STATE = needs.State(needs.from_form(FORM, VOCABULARIES), dict(FORM.lists()))

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), anything))
def test_what_was_sealed_comes_back(payload: dict[str, object]):
    assert SEALER.open(SEALER.seal(payload)) == payload


def test_a_state_comes_back():
    assert needs.State.opened(SEALER.open(SEALER.seal(STATE.payload()))) == STATE


def test_the_address_is_short_and_holds_no_word_of_the_answers():
    token = SEALER.seal(STATE.payload())
    assert len(token) < 600
    assert iri_to_uri(token) == token
    assert "=" not in token
    assert "heroin" not in token


def test_the_same_answers_never_make_the_same_address():
    assert SEALER.seal(STATE.payload()) != SEALER.seal(STATE.payload())


def test_an_address_closes_after_its_time():
    now = [1_000_000.0]
    sealer = Sealer(["secret"], minutes=60, clock=lambda: now[0])
    token = sealer.seal({"a": 1})
    now[0] += 60 * 60
    assert sealer.open(token) == {"a": 1}
    now[0] += 1
    with pytest.raises(StaleAddress):
        sealer.open(token)


def test_secrets_rotate_without_closing_addresses():
    token = Sealer(["old"], 60).seal({"a": 1})
    assert Sealer(["new", "old"], 60).open(token) == {"a": 1}
    with pytest.raises(StaleAddress):
        Sealer(["new"], 60).open(token)


BROKEN = ["", "x", "é", "%00", "gAAAA", SEALER.seal({})[:-5], "a" * 9000]


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_address_is_refused(broken: str):
    with pytest.raises(StaleAddress):
        SEALER.open(broken)


@given(st.text())
def test_no_text_opens(text: str):
    with pytest.raises(StaleAddress):
        SEALER.open(text)


@pytest.mark.parametrize("secrets", [[], [""], ["a", ""]])
def test_a_sealer_needs_secrets(secrets: list[str]):
    with pytest.raises(BadSetting):
        Sealer(secrets, 60)
