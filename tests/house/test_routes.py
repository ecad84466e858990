"""No address disappears in silence, and each one is fetched by some test."""

import json
import re

from tests.house.files import ROOT

LISTED = ROOT / "tests" / "house" / "routes.json"


def routes(app):
    """'GET /programs/<slug>' for every address in English."""
    found = set()
    for rule in app.url_map.iter_rules():
        if re.match(r"/[a-z]{2}/", rule.rule) and rule.endpoint.startswith(
            ("pages_", "staff_", "frame_")
        ):
            continue
        found |= {f"{method} {rule.rule}" for method in rule.methods - {"HEAD", "OPTIONS"}}
    return found


def test_every_address_is_listed_and_every_listed_address_answers(app):
    """Add a new one to routes.json. To take one away, write a decision record: others hold on to it."""
    listed = json.loads(LISTED.read_text(encoding="utf-8"))
    assert sorted(routes(app)) == sorted(listed)
    assert listed == dict(sorted(listed.items(), key=lambda item: item[0].split(" ")[::-1]))


def test_every_address_is_fetched_by_the_test_it_names():
    """routes.json names, for each address, the test that fetches it: 'path of the file'."""
    listed = json.loads(LISTED.read_text(encoding="utf-8"))
    unread = []
    for route, file in listed.items():
        path = ROOT / file
        if not path.is_file() or not fetched(route, path.read_text(encoding="utf-8")):
            unread.append(f"{route}: not fetched in {file}")
    assert unread == []


def fetched(route, text):
    """The fixed beginning of the address stands in the test's text."""
    start = route.partition(" ")[2].partition("<")[0]
    return start in text if start != "/" else re.search(r"""["']/["']""", text) is not None


def test_every_page_is_there_in_every_language_offered(app):
    """What English has, each language has under its prefix."""
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    for room in ("pages", "staff"):
        english = {
            name.partition(".")[2]: rule
            for name, rule in rules.items()
            if name.startswith(f"{room}.")
        }
        assert english
        for code in app.extensions["languages"]:
            if code != "en":
                there = {name: rules.get(f"{room}_{code}.{name}") for name in english}
                assert there == {name: f"/{code}{rule}" for name, rule in english.items()}


def test_no_address_is_shadowed_by_another(app):
    seen = {}
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            assert (method, rule.rule) not in seen, (
                f"{rule.rule}: {rule.endpoint} and {seen[method, rule.rule]}"
            )
            seen[method, rule.rule] = rule.endpoint
