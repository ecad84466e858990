"""The maker: what is chosen is previewed and can be pasted as it is; a color nobody could read cannot."""

import re
from html import unescape

import pytest

from tests.web.embed.conftest import built  # noqa: F401 - a fixture

KEY = "pk_0123456789abcdef0123"


@pytest.fixture
def maker(built):  # noqa: F811
    """Fill in the maker: status, page, and the three snippets."""

    def one(prefix="", **choices):
        answer = built.test_client().get(f"{prefix}/embed", query_string=choices)
        pasted = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
        return answer, [unescape(text) for text in pasted]

    return one


def test_what_is_chosen_can_be_pasted(maker):
    answer, (element, frame, link) = maker(place="Pasadena, CA", accent="#7a2d5b", key=KEY)
    assert answer.status_code == 200
    assert f'<iop-finder key="{KEY}" accent="#7a2d5b" place="Pasadena, CA">' in element
    assert link in element, "the link is what stays where the finder cannot be shown"
    assert f"/widget/{KEY}?accent=%237a2d5b&amp;place=Pasadena%2C+CA" in frame
    assert all('referrerpolicy="no-referrer"' in one for one in (element, frame, link))
    assert 'sandbox="' in frame
    assert "allow-same-origin" not in frame


def test_the_checksum_is_that_of_the_script_it_names(maker, built):  # noqa: F811
    from directory.web.releases import integrity

    _, (element, *_) = maker()
    script = re.search(r'src="http://127.0.0.1:8000(/widget/v[\d.]+\.js)"', element)[1]
    told = re.search(r'integrity="([^"]+)"', element)[1]
    assert told == integrity(built.test_client().get(script).data)


def test_the_preview_shows_what_is_chosen_and_only_our_own_pages_may_show_it(maker, built):  # noqa: F811
    answer, _ = maker(scheme="dark", focus="substance_use")
    address = unescape(re.search(r'<iframe[^>]* src="([^"]+)"', answer.text)[1])
    preview = built.test_client().get(address)
    assert 'data-scheme="dark"' in preview.text
    assert '<option value="sud" selected>' in preview.text
    assert "frame-ancestors 'self';" in preview.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_color_that_cannot_be_read_is_refused_with_one_that_can_and_the_rest_is_kept(maker):
    answer, (element, *_) = maker(accent="#ffcc00", place="91101")
    assert answer.status_code == 422
    assert re.search(
        r"could not read this color everywhere, or it is not a color. Try #\w{6}.", answer.text
    )
    assert 'value="#ffcc00"' in answer.text
    assert "accent" not in element
    assert 'place="91101"' in element


def test_without_a_key_of_ours_a_placeholder_is_pasted(maker):
    for key in ("", "mine", '"><script>'):
        answer, (element, *_) = maker(key=key)
        assert 'key="pk_YOUR_KEY"' in element
        assert ("A key is pk_ and 20" in answer.text) == bool(key)


def test_the_maker_speaks_spanish_and_previews_it(maker):
    answer, (element, frame, _) = maker("/es", lang="es")
    assert 'lang="es"' in element
    assert "/es/widget/pk_YOUR_KEY" in frame
    assert 'src="/es/widget/preview' in answer.text


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("", "Ask the people who run this site for one."),
        ("keys@stepwise.example", 'href="mailto:keys@stepwise.example"'),
        ("https://stepwise.example/keys", 'href="https://stepwise.example/keys"'),
    ],
)
def test_it_says_where_to_ask_for_a_key(built, contact, told):  # noqa: F811
    from dataclasses import replace

    services = built.extensions["directory"]
    built.extensions["directory"] = replace(services, partner_contact=contact)
    try:
        assert told in built.test_client().get("/embed").text
    finally:
        built.extensions["directory"] = services
