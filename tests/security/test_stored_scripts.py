"""What somebody types is shown as they typed it and never runs (ASVS 5.0 1.2.1, 3.2.2).

Every text field of every form and every text of what each importer reads is filled with scripts; then every page that
somebody may come to is shown in chromium. A script that ran, an element or a handler that came out of a text,
an address that is code, and whatever the policy had to stop: each would be seen.
"""

import copy
import csv
import io
import itertools
import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from directory.catalog.staff import ROLES
from directory.cli.importing import import_one
from directory.curation.importers import IMPORTERS
from directory.curation.reading import Told
from directory.house import build_house
from tests.curation.builders import full_file
from tests.curation.hsds.test_import_hsds import service
from tests.curation.importers.lists import SAMPLES, TOLD
from tests.curation.nppes.test_import_nppes import entry
from tests.journeys.test_every_field import every_form, submit
from tests.support.grounds import NOBODY, Grounds, as_it_stands

HOST = "http://stepwise.test"
SCRIPTS = (
    "<x7 onclick=__x=1>t</x7>",
    "\"'><x7><img src=x onerror=__x=1><svg onload=__x=1>",
    "</title></textarea></script><script>__x=1</script><x7>",
    "javascript:__x=1//<x7>",
    "' autofocus onfocus=__x=1 x7='",
    "{{ 191*7 }}${191*7}<x7>",
)
MANY = 20  # fields in a form from which on each gets one script in turn
WATCH = """
window.__x = 0; window.__stopped = [];
document.addEventListener('securitypolicyviolation', e =>
  window.__stopped.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
"""
SEEN = r"""() => {
  const all = [...document.querySelectorAll('*')];
  return {
    ran: window.__x, stopped: window.__stopped,
    elements: all.filter(e => e.localName === 'x7' || e.hasAttribute('x7')).map(e => e.outerHTML.slice(0, 90)),
    handlers: all.filter(e => e.getAttributeNames().some(n => /^on[a-z]+$/.test(n))).map(e => e.outerHTML.slice(0, 90)),
    code: all.flatMap(e => ['href', 'src', 'action', 'formaction'].map(n => e.getAttribute(n) || ''))
             .filter(a => /^\s*(javascript|vbscript|data):/i.test(a)),
  };
}"""
NOTHING = {"ran": 0, "stopped": [], "elements": [], "handlers": [], "code": []}


@pytest.fixture(scope="module")
def grounds(house, tmp_path_factory):
    """A house of its own: what is listed here is hostile."""
    made = Grounds(house, tmp_path_factory.mktemp("hostile"))
    yield made
    made.close()


# --- filling in ---------------------------------------------------------------------------------


def hostile_listings(scripts=SCRIPTS):
    """A program for every text of the listing format, where only that text is a script."""
    whole, scripts = full_file(), itertools.cycle(scripts)
    organizations = []
    for number, path in enumerate(texts_in(whole["organizations"][0])):
        one = copy.deepcopy(whole["organizations"][0])
        put(one, path, next(scripts))
        for part in (one, one["sites"][0], one["sites"][0]["programs"][0]):
            if path != ("id",):
                part["id"] = f"{part['id']}-{number}"
        organizations.append(one)
    source = whole["source"] | {"name": "Page <x7 onclick=__x=1>", "method": "published"}
    return {"source": source, "organizations": organizations}


def texts_in(part, path=()):
    """Where the texts of a record stand."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from texts_in(value, (*path, key))
    elif isinstance(part, list):
        for at, value in enumerate(part):
            yield from texts_in(value, (*path, at))
    elif isinstance(part, str) and path[-1] != "id":
        yield path


def put(record, path, value):
    for step in path[:-1]:
        record = record[step]
    record[path[-1]] = value


def hostile_list(sample):
    """The rows of a list, once for each of its columns."""
    scripts = itertools.cycle(SCRIPTS)
    if sample.lstrip().startswith(b"{"):
        answer = json.loads(sample)
        row = answer["rows"][0]
        answer["rows"] = [
            row | {name: next(scripts), "_irow": at}
            for at, name in enumerate(row)
            if name != "services"
        ]
        return json.dumps(answer).encode()
    (row, *_), file = csv.DictReader(io.StringIO(sample.decode())), io.StringIO()
    writer = csv.DictWriter(file, row)
    writer.writeheader()
    writer.writerows(row | {name: next(scripts)} for name in row)
    return file.getvalue().encode()


def hostile_services():
    """A service of somebody else's directory for each of its texts."""
    services = []
    for number, one in enumerate(each_text_a_script(service())):
        for part in (one, one["organization"], one["service_at_locations"][0]["location"]):
            part["id"] = f"{part['id']}-{number}"
        services.append(one)
    return services


def hostile_registry():
    """Entries of the registry about the place that is listed: it adds to what is known, and lists nothing."""
    entries = list(each_text_a_script(entry()))
    return {"result_count": len(entries), "results": entries}


def each_text_a_script(document):
    """The document once for each of its texts, where only that text is a script."""
    scripts = itertools.cycle(SCRIPTS)
    for path in texts_in(document):
        one = copy.deepcopy(document)
        put(one, path, next(scripts))
        yield one


def take_in(grounds, config, folder):
    """Import every list and publish it."""
    house = build_house(config, grounds.watch)
    path = folder / "listing.json"
    path.write_text(json.dumps(hostile_listings()), encoding="utf-8")
    accepted = {"listing": import_one(house, "listing", path).accepted}
    for name, sample in SAMPLES.items():
        path = folder / f"{name}.dat"
        path.write_bytes(hostile_list(sample))
        accepted[name] = import_one(house, name, path, told=told_of(TOLD)).accepted
    for name, document in (("nppes", hostile_registry()), ("hsds", hostile_services())):
        path.write_text(json.dumps(document), encoding="utf-8")
        accepted[name] = import_one(house, name, path).accepted
    house.publish(house.records(), whole=True)
    return accepted


def upload(grounds, listings):
    """Upload a list at the desk, and wait for what it would change; answers the address of its page."""
    file = (io.BytesIO(json.dumps(listings).encode()), "<x7 onclick=__x=1>.json")
    fields = {"source": "listing", "seen_on": "2024-06-01", "file": file}
    answer = grounds.desks["curator"].send("/staff/imports", fields)
    assert answer.status_code == 303, answer.text[:500]
    return answer.headers["Location"]


def told_of(told):
    return Told(told.seen_on, told.edition, told.dated)


def fill_in(grounds, walked):
    """Send a script in each text field; answers the pages that came back: (who, answer)."""
    scripts = itertools.cycle(SCRIPTS)
    for standing in list(walked.forms.values()):
        form, came = standing.form, None
        each = [(name, one) for name in sorted(form.typed) for one in SCRIPTS]
        if len(form.typed) > MANY:
            each = [(name, next(scripts)) for name in sorted(form.typed)]
        for name, script in each:
            sent = grounds.send(standing.who, form, as_it_stands(form) | {name: [script]})
            assert sent.status_code < 500, (standing.endpoint, name, script)
            came = sent if is_page(sent) and "x7" in sent.text else came
        everywhere = as_it_stands(form) | {
            name: [next(scripts)] for name in form.names if name != "csrf_token"
        }
        last = grounds.send(standing.who, form, everywhere)
        for answer in (came, last):
            if answer is not None and is_page(answer):
                yield standing.endpoint, answer


def is_page(answer):
    """True for what a browser shows, and not where it leads on."""
    return answer.mimetype == "text/html" and not 300 <= answer.status_code < 400


# --- showing ------------------------------------------------------------------------------------


class Shown:
    """A browser whose every request is answered by the app itself, as somebody."""

    def __init__(self, browser, grounds):
        self.grounds, self.who, self.kept = grounds, NOBODY, {}  # answers by their path
        self.context = browser.new_context(base_url=HOST)
        self.context.add_init_script(WATCH)
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()
        self.elsewhere, self.asked = [], []
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog):
        self.asked.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route):
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != HOST:
            self.elsewhere.append(route.request.url)
            route.abort()
        elif (kept := self.kept.get(address.path)) is not None:
            fulfil(route, kept)
        else:
            path = f"{address.path}?{address.query}" if address.query else address.path
            answer = self.grounds.get(self.who, path)
            if path.startswith("/static/"):
                self.kept[address.path] = answer
            fulfil(route, answer)

    def see(self, who, address):
        """What a page did."""
        self.who = who
        self.page.goto(address, wait_until="load")
        return self.page.evaluate(SEEN)

    def see_answer(self, answer, headers=None):
        """What an answer to a form does, under the headers it came with."""
        self.kept["/answer"] = answer
        return self.see(NOBODY, "/answer")


def fulfil(route, answer):
    headers = {
        name: value for name, value in answer.headers.items() if name not in ("Content-Length",)
    }
    route.fulfill(status=answer.status_code, headers=headers, body=answer.data)


def public_pages(client):
    """Every page of visitors, for programs that are hostile."""
    listed = client.get("/api/v1/programs?limit=100").json["data"]
    slugs = [one["program"]["slug"] for one in listed if one["program"]["id"].startswith("acme")]
    assert len(slugs) > 10
    yield from (f"/programs/{slug}" for slug in slugs)
    yield f"/programs/{slugs[0]}/report"
    yield "/compare?" + "&".join(f"p={slug}" for slug in slugs[:4])
    yield "/work?program=" + slugs[0]
    yield "/results?near=91101&within_miles=10"
    for script in SCRIPTS[:3]:
        yield f"/results?near={script}"
        yield f"/{script}"
    yield from (
        "/",
        "/about/data",
        "/exports/",
        "/api/",
        "/meetings",
        "/guide",
        "/embed?accent=<x7>",
    )


class Unescaped:
    """An answer that does what none of ours does."""

    status_code, mimetype = 200, "text/html"
    data = f"<!doctype html><body>{''.join(SCRIPTS)}".encode()

    def __init__(self, **headers):
        self.headers = {"Content-Type": "text/html", **headers}


def test_what_would_run_is_seen_to_run_and_what_the_policy_stops_to_be_stopped(browser, grounds):
    """Or nothing would be proved."""
    shown = Shown(browser, grounds)
    bare = shown.see_answer(Unescaped())
    assert all(bare[what] for what in ("ran", "elements", "handlers"))
    policy = grounds.get(NOBODY, "/staff/sign-in").headers["Content-Security-Policy"]
    stopped = shown.see_answer(Unescaped(**{"Content-Security-Policy": policy}))
    assert stopped["ran"] == 0
    assert stopped["stopped"]
    shown.context.close()


@pytest.mark.timeout(1200)
def test_no_text_that_somebody_typed_ever_runs(browser, grounds, house, tmp_path):
    shown = Shown(browser, grounds)
    accepted = take_in(grounds, replace(house.config, home=grounds.home), tmp_path)
    assert set(accepted) == {name for name, _ in IMPORTERS}
    assert min(accepted["listing"], accepted["hsds"]) > 10
    assert accepted["nppes"] > 0
    seen = {}
    for view, answer in fill_in(grounds, grounds.walk()):
        seen[f"answer of {view}", answer.status_code] = shown.see_answer(answer)
    client = grounds.app.test_client(use_cookies=False)
    for form in every_form(client):
        for name in form.typed:
            submit(client, form, form.but(name, SCRIPTS[0]))
    for address in public_pages(client):
        seen[NOBODY, address] = shown.see(NOBODY, address)
    grounds.take_seats()
    uploaded = upload(grounds, hostile_listings(SCRIPTS[::-1]))
    seen["curator", uploaded] = shown.see("curator", uploaded)
    assert "x7" in shown.page.inner_text("main")
    pages = grounds.walk(send=False).pages
    assert {who for who, *_ in pages} >= set(ROLES)
    for who, _, address in pages:
        seen[who, address] = shown.see(who, address)
    shown.context.close()
    assert len(seen) > 80
    assert {where: what for where, what in seen.items() if what != NOTHING} == {}
    assert shown.elsewhere == []
    assert shown.asked == []
