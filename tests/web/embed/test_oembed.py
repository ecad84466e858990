"""oEmbed: a partner's frame as `rich`, a program as `link`, found by discovery; nothing for others."""

import re
from html import unescape

import pytest

from tests.web.embed.conftest import KEY

HOME = "http://127.0.0.1:8000"


def ask(site, url, **more):
    client = site.app.test_client(use_cookies=False)
    return client.get("/widget/oembed.json", query_string={"url": url, **more})


def test_the_address_of_a_frame_gives_the_bare_frame(site):
    answer = ask(site, f"{HOME}/es/widget/{KEY}?place=91101", maxwidth="400", maxheight="500")
    told = answer.json
    assert (told["version"], told["type"], told["width"], told["height"]) == (
        "1.0",
        "rich",
        400,
        500,
    )
    assert f'src="{HOME}/es/widget/{KEY}?place=91101"' in told["html"]
    assert 'sandbox="allow-forms allow-popups' in told["html"]
    assert "allow-same-origin" not in told["html"]
    assert 'referrerpolicy="no-referrer"' in told["html"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_frame_and_a_program_say_where_their_answer_is(site):
    slug = re.search(r"/programs/([\w-]+)\?for=", site.search().text)[1]
    for page, kind in ((f"/widget/{KEY}", "rich"), (f"/programs/{slug}", "link")):
        found = re.search(r'application/json\+oembed" href="([^"]+)"', site.get(page).text)
        assert site.get(unescape(found[1])).json["type"] == kind


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.example/widget/pk_clinic",
        f"{HOME}.evil.example/widget/{KEY}",
        f"{HOME}/widget/pk_nobody",
        f"{HOME}/widget/preview",
        f"{HOME}/widget/{KEY}?accent=%23ffcc00",
        f"{HOME}/programs/no-such-program",
        f"{HOME}/results?near=91101",
        f"{HOME}/",
    ],
)
def test_nothing_else_has_an_answer(site, url):
    assert ask(site, url).status_code == 404


def test_a_format_but_json_is_not_offered(site):
    assert ask(site, f"{HOME}/widget/{KEY}", format="xml").status_code == 501


def test_what_is_asked_for_is_written_as_text(site):
    html = ask(site, f'{HOME}/widget/{KEY}?place="><script>alert(1)</script>').status_code
    assert html == 404
