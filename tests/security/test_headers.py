"""Headers of every address there is, errors and files too, against the one table in `web/security.py`.

The addresses come from the url map: a new one is held to the table the day it is made.
"""

import re
from dataclasses import replace

import pytest

from directory.app import create_app
from directory.catalog.partner import Choices, Partner
from directory.web import security
from directory.web.machines import rule_of
from tests.conftest import frozen
from tests.journeys.steps import FORM, GAADS_PAGE
from tests.support.homes import copy_home
from tests.support.observatory import score

HOST, CLINIC = "stepwise.example", "https://clinic.example"
LEAST = 115
# room -> rows of the table that its answers may follow
PAGES = {"page", "beginning", "answer", "static", "file", "maker"}
MACHINES = {"read", "api"}
ROOMS = {
    "pages": PAGES, "staff": {"staff", "staff_preview"}, "frame": {"frame"}, "widget": {"widget", "answer"},
    "feeds": {"page", "answer"}, "": set(security.BY_KIND),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(house, tmp_path_factory):
    """The app as an operator has it who is reached by https, with one partner."""
    home = copy_home(house.config.home, tmp_path_factory.mktemp("https"))
    settings = {"base_url": f"https://{HOST}", "security_contact": f"holes@{HOST}"}
    app = create_app(replace(house.config, home=home, **settings), frozen)
    partner = Partner("pk_clinic", "Clinic", (CLINIC,), Choices())
    app.extensions["directory"] = replace(
        app.extensions["directory"], partner={"pk_clinic": partner}.get, count=lambda *_: None
    )
    return app


@pytest.fixture(scope="module")
def answers(site):
    """(method, address, room, answer) of every address, asked in every way that it may be or may not."""
    return list(every_answer(site))


def every_answer(app):
    client = app.test_client(use_cookies=False)
    known = values(client)
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        room = re.sub(r"_[a-z]{2}$", "", rule.endpoint.partition(".")[0])
        for address in filled(rule.rule, known):
            for method in (*sorted(rule.methods - {"OPTIONS"}), "DELETE", "TRACE"):
                yield method, address, room, asked(client, method, address)
    for address in ("/no-such-page", "/es/no-such-page", "/static/none.css", "/static/../secret",
                    "/staff/none", "/es/staff/none", "/api/v1/none", "/hsds/v3/none", "/widget/pk_none",
                    "/programs/none", "/guide?x=1", "/%ff", "/api/v1/programs?bogus=1"):  # fmt: skip
        for method in ("GET", "POST"):
            yield method, address, "", asked(client, method, address)


def asked(client, method, address):
    sent = {"data": {"place": "91101"}} if method == "POST" else {}
    return client.open(address, method=method, base_url=f"https://{HOST}", buffered=True, **sent)


def values(client):
    """What parts of addresses stand for: things that are there, and one that is not."""
    home = client.get("/", base_url=f"https://{HOST}").text
    static = re.search(r"/static/([^\"]+\.css)", home)[1]
    sealed = client.post("/find", data=FORM).location.rpartition("/")[2]
    listed = client.get("/api/v1/programs?limit=1").json["data"][0]["program"]["id"]
    manifest = client.get("/exports/manifest.json").json["files"][0]["url"].split("/")
    return {
        "path": [static, re.sub(r"[0-9a-f]{10}", "0" * 10, static)],
        "sealed": [sealed, "none"], "slug": [GAADS_PAGE.rpartition("/")[2], "none"],
        "program_id": [listed], "key": ["pk_clinic", "none"], "release": [manifest[-2]],
        "name": [manifest[-1], "organization"], "version": ["1.0.0"], "part": ["0", "9"],
        "sheet": ["csv"], "number": ["1"],
    }  # fmt: skip


def filled(rule, known):
    """The addresses of a rule: one for each value of its parts."""
    found = [rule]
    for part in re.findall(r"<[^>]+>", rule):
        name = part.strip("<>").rpartition(":")[2]
        found = [one.replace(part, value) for one in found for value in known.get(name, ["none"])]
    return found


def row_of(answer):
    """The rows of the table that an answer follows, whole."""
    return {kind for kind, row in security.BY_KIND.items() if follows(answer, row)}


def follows(answer, row):
    told = dict(row)
    if "frame-ancestors https" in answer.headers.get("Content-Security-Policy", ""):
        sources = told["Content-Security-Policy"]
        told["Content-Security-Policy"] = sources.replace(
            "frame-ancestors 'none'", f"frame-ancestors {CLINIC}"
        )
    own = answer.headers.getlist("Cache-Control")
    if own in (["no-cache"], ["public, max-age=300"], ["no-store"]) or "max-age" in "".join(own):
        told.pop("Cache-Control")  # a view may say for how long, and is looked at below
    return all(answer.headers.getlist(name) == [value] for name, value in told.items())


def test_the_walk_is_worth_something(answers):
    statuses = {answer.status_code for *_, answer in answers}
    assert {200, 303, 400, 404, 405, 410, 422} <= statuses
    assert not {status for status in statuses if status >= 500} - {503}
    assert len({room for _, _, room, _ in answers}) > 10
    assert {answer.status_code for how, *_, answer in answers if how in ("DELETE", "TRACE")} <= {
        404,
        405,
    }


def test_every_answer_follows_one_row_of_the_table(answers):
    wrong = []
    for method, address, room, answer in answers:
        allowed = ROOMS.get(room, MACHINES if rule_of(address) else PAGES)
        if not row_of(answer) & allowed:
            wrong.append(f"{method} {address}: {answer.status_code}, {sorted(row_of(answer))}")
    assert wrong == []


def test_every_answer_has_the_headers_that_all_have_and_tells_nothing_of_the_server(answers):
    for method, address, _, answer in answers:
        where = (method, address, answer.status_code)
        framed = "frame-ancestors https" in answer.headers["Content-Security-Policy"]
        for name, value in security.EVERYWHERE.items():
            if name == "X-Frame-Options" and framed:
                assert name not in answer.headers, where
            elif name == "Cross-Origin-Resource-Policy":
                assert answer.headers.getlist(name) in ([value], ["cross-origin"]), where
            else:
                assert answer.headers.getlist(name) == [value], where
        assert answer.headers.getlist("Strict-Transport-Security") == [security.HSTS], where
        assert not {"Server", "X-Powered-By", "Access-Control-Allow-Credentials"} & set(
            answer.headers.keys()
        ), where


def test_only_the_partner_may_frame_and_only_the_frame_is_framed(answers):
    opened = {address for _, address, _, answer in answers
              if "frame-ancestors 'none'" not in answer.headers["Content-Security-Policy"]}  # fmt: skip
    assert opened
    assert all("/widget/pk_clinic" in address for address in opened), opened


def test_what_is_read_says_what_it_is(answers):
    """A type with its charset, so that nothing is guessed (ASVS 5.0 4.1.1)."""
    for method, address, _, answer in answers:
        if answer.data:
            kind = answer.headers["Content-Type"]
            assert kind, (method, address)
            if kind.startswith("text/") or "xml" in kind:
                assert "charset=utf-8" in kind, (method, address, kind)


def test_no_cache_keeps_what_is_refused_what_was_sent_and_what_staff_see(answers):
    for method, address, room, answer in answers:
        refused = answer.status_code >= 400 and answer.status_code not in (404, 410)
        if refused or method == "POST" or room == "staff":
            assert answer.headers["Cache-Control"] == "no-store", (method, address)


def test_only_the_desk_sets_a_cookie_and_it_is_out_of_reach(answers):
    given = [(address, one) for _, address, _, answer in answers
             for one in answer.headers.getlist("Set-Cookie")]  # fmt: skip
    assert given
    for address, one in given:
        assert re.match(r"/(es/)?staff", address), address
        assert one.startswith("__Secure-staff="), address
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in one.split(";")}


def test_pages_of_other_sites_read_what_is_for_everybody_and_never_as_somebody(answers):
    for method, address, room, answer in answers:
        if (shared := answer.headers.get("Access-Control-Allow-Origin")) is not None:
            assert shared == "*", (method, address)
            assert room not in ("staff", "frame", "reports", "feeds"), (method, address)


def test_every_answer_scores_115_or_more_at_the_observatory(answers):
    low = {}
    for method, address, _, answer in answers:
        scored = score(answer, HOST)
        if scored.total < LEAST:
            low[method, address] = scored
    assert low == {}


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({"Content-Security-Policy": None}, -25),
        ({"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"}, -20),
        ({"Content-Security-Policy": "default-src 'self'"}, 5),
        ({"Strict-Transport-Security": None}, -20),
        ({"Strict-Transport-Security": "max-age=60"}, -10),
        ({"X-Content-Type-Options": None}, -5),
        ({"Referrer-Policy": "unsafe-url"}, -5),
        ({"Set-Cookie": "sessionid=1"}, -40),
        ({"Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Origin": "https://x.example"}, -50),
    ],
)  # fmt: skip
def test_the_score_tells_a_bad_answer_from_a_good_one(site, change, points):
    """Or any number would do."""
    answer = site.test_client().get("/", base_url=f"https://{HOST}")
    best = score(answer, HOST)
    assert best.total == 130
    for name, value in change.items():
        answer.headers.pop(name, None)
        if value:
            answer.headers[name] = value
    assert points in score(answer, HOST).points.values()
    assert score(answer, HOST).total < best.total
