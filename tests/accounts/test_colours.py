"""A partner's colour can be read wherever it is used, or it is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.accounts.colours import DARK, LEAST, LIGHT, contrast, dark_of, read_colour, uses_of
from directory.errors import BadValue
from tests.house.files import ROOT

colours = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#" + bytes(rgb).hex())
TOKENS = (ROOT / "static" / "css" / "00-tokens.css").read_text(encoding="utf-8")


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_the_grounds_are_those_of_the_style_sheet():
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    for ground, text in ((LIGHT, light), (DARK, dark)):
        assert list(ground.surfaces) == [
            re.search(rf"--{name}: (#\w+);", text)[1] for name in ("paper", "card", "sunk")
        ]
        assert ground.ink == re.search(r"--ink: (#\w+);", text)[1]


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
@given(colour=colours)
def test_a_colour_below_4_5_to_1_is_refused_and_any_other_is_readable_in_every_use(ground, colour):
    try:
        kept = read_colour("accent", colour, ground)
    except BadValue as refused:
        assert min(contrast(colour, surface) for surface in ground.surfaces) < LEAST
        offered = re.search(r"(#\w{6}) would do", refused.expected)[1]
        assert read_colour("accent", offered, ground) == offered
        return
    uses = uses_of(kept, ground)
    for surface in (*ground.surfaces, uses["accent-tint"]):
        assert contrast(uses["accent"], surface) >= LEAST
    assert contrast(uses["accent-ink"], uses["accent"]) >= LEAST
    assert contrast(uses["accent-ink"], uses["accent-hover"]) >= LEAST
    assert contrast(ground.ink, uses["accent-tint"]) >= LEAST


@given(colour=colours)
def test_the_colour_for_dark_ground_is_worked_out(colour):
    assert read_colour("accent-dark", dark_of(colour), DARK)


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "7a2d5b", "#7a2d5b;}", "#7a2d5b\n", ""])
def test_a_colour_is_six_hexadecimal_digits(text):
    with pytest.raises(BadValue, match="hexadecimal"):
        read_colour("accent", text, LIGHT)


def test_a_refused_colour_is_told_its_contrast():
    with pytest.raises(BadValue, match=r"4.5 to 1 on light ground; it has 1\.\d on #eee9e8"):
        read_colour("accent", "#ffcc00", LIGHT)
