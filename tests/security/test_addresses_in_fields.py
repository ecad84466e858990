"""An address that somebody types is kept or refused: we never go there, and send nobody there.

Server-side request forgery (ASVS 5.0 1.3.6) and open redirects (3.7.2), over every field of every form of the
desk and of visitors, and every parameter that addresses like to have.
"""

import copy
import itertools
import re
import socket
import urllib.error
import urllib.request
from urllib.parse import urlencode, urlsplit

import pytest

from tests.curation.builders import full_file, imported, new_store, write_json
from tests.curation.importers.lists import SAMPLES, take
from tests.journeys.test_every_field import every_form, submit
from tests.security.test_stored_scripts import put, texts_in
from tests.support.builders import VOCABULARIES
from tests.support.grounds import NOBODY, as_it_stands

ADDRESSES = (
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost:1/",
    "http://127.0.0.1.rebind.example/",
    "http://[::ffff:169.254.169.254]/",
    "file:///etc/passwd",
    "//evil.example/",
    "https://evil.example\\@localhost/",
    "/\\evil.example/",
    "gopher://10.0.0.1:25/_HELO",
)
# Fields whose names say that they take an address get each of them, the others one in turn.
TAKES_AN_ADDRESS = re.compile(
    r"url|site|origin|address|link|href|contact|next|return|listed|issuer"
)
# The last ones are arguments of what makes our links.
PARAMETERS = (
    *("next", "url", "return", "redirect", "continue", "to", "back", "said", "lang", "for"),
    *("endpoint", "_anchor", "_method", "_scheme", "_external"),
)
# None of these can be taken apart, or held by a column.
NO_ADDRESS, NO_NUMBER = "//[", 10**20


class Wire:
    """Stands where sockets lead out, and notes who would have been called."""

    def __init__(self, monkeypatch):
        self.called = []
        real = socket.socket.connect

        def connect(own, address):
            if own.family == socket.AF_UNIX:
                return real(own, address)
            self.called.append(address)
            raise ConnectionRefusedError(str(address))

        def resolve(host, *_, **__):
            self.called.append(host)
            raise socket.gaierror(f"nobody is called {host}")

        monkeypatch.setattr(socket.socket, "connect", connect)
        monkeypatch.setattr(socket.socket, "connect_ex", connect)
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
            monkeypatch.setattr(socket, name, resolve)


@pytest.fixture
def wire(monkeypatch):
    return Wire(monkeypatch)


def test_who_would_be_called_is_noted(wire):
    """Or nothing would be proved."""
    for address in ("http://169.254.169.254/", "http://localhost:1/"):
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(address)
    with socket.socket() as own, pytest.raises(ConnectionRefusedError):
        own.connect(("10.0.0.1", 25))
    assert len(wire.called) == 3


def sent_in(names, typed, each):
    """(field, address): each field in turn."""
    for name in names:
        if name == "csrf_token":
            continue
        all_of_them = name in typed and TAKES_AN_ADDRESS.search(name)
        yield from ((name, one) for one in (ADDRESSES if all_of_them else [next(each)]))


def stays_here(answer):
    """True if an answer leads to this site or nowhere."""
    location = answer.headers.get("Location", "/")
    return urlsplit(location).netloc in ("", "localhost") and not re.match(r"[/\\]{2}", location)


@pytest.mark.timeout(1200)
def test_no_field_of_the_desk_is_called_or_leads_away(grounds, walked, wire):
    start, each = grounds.state(), itertools.cycle(ADDRESSES)
    for (view, _), standing in sorted(walked.forms.items()):
        form = standing.form
        grounds.back_to(standing.state)
        for name, address in sent_in([*form.names, *PARAMETERS[:5]], form.typed, each):
            answer = grounds.send(standing.who, form, as_it_stands(form) | {name: [address]})
            assert answer.status_code < 500, (view, name, address)
            assert stays_here(answer), (view, name, answer.headers["Location"])
            assert "root:" not in answer.text, (view, name)
            if answer.status_code < 400:
                grounds.back_to(standing.state)
    grounds.back_to(start)
    assert wire.called == []


def test_no_parameter_of_a_page_of_the_desk_leads_away(grounds, walked, wire):
    each = itertools.cycle(ADDRESSES)
    for who, view, address in walked.pages:
        asked = urlencode({name: next(each) for name in PARAMETERS})
        desk, sign = grounds.desks[who], "&" if "?" in address else "?"
        answer = desk.client.get(f"{address}{sign}{asked}", headers=desk.headers)
        assert answer.status_code < 500, (view, asked)
        assert stays_here(answer), (view, asked, answer.headers["Location"])
    assert wire.called == []


def test_no_field_of_visitors_is_called_or_leads_away(grounds, wire):
    client, each = grounds.app.test_client(use_cookies=False), itertools.cycle(ADDRESSES)
    for form in every_form(client):
        for name, address in sent_in(form.names, form.typed, each):
            answer = submit(client, form, form.but(name, address))
            assert answer.status_code < 500, (form.action, name, address)
            assert stays_here(answer), (form.action, name, answer.headers["Location"])
    for rule in grounds.app.url_map.iter_rules():
        if "GET" in rule.methods and "<" not in rule.rule:
            answer = client.get(rule.rule, query_string={name: next(each) for name in PARAMETERS})
            assert answer.status_code < 500, rule.rule
            assert stays_here(answer), (rule.rule, answer.headers["Location"])
    assert wire.called == []


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_what_is_no_address_at_all_is_a_fault_nowhere(grounds, prefix):
    client = grounds.app.test_client(use_cookies=False)
    read = (
        (f"{prefix}/staff/sign-in", {"then": NO_ADDRESS}),
        (
            "/widget/oembed.json",
            {"url": f"http://127.0.0.1:8000{NO_ADDRESS}"},
        ),
    )
    for path, asked in read:
        assert client.get(path, query_string=asked).status_code < 500, path
    for form in (f"{prefix}/staff/sign-in", f"{prefix}/find"):
        assert client.post(form, headers={"Origin": "http://["}).status_code < 500, form


def test_a_number_that_no_column_holds_names_nothing(grounds):
    for who, desk in grounds.desks.items():
        for rule in grounds.app.url_map.iter_rules():
            if not rule.rule.startswith("/staff") or "<int:number>" not in rule.rule:
                continue
            for number in (2**31, NO_NUMBER):
                address = rule.rule.replace("<int:number>", str(number))
                answer = desk.client.open(
                    address, method=min(rule.methods - {"HEAD", "OPTIONS"}), headers=desk.headers
                )
                assert answer.status_code in (404, 405), (who, address)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80"])
def test_a_forged_host_reaches_no_page_and_no_redirect(grounds, walked, host):
    """The address of a link that is handed over is the operator's, or of this machine."""
    client = grounds.app.test_client(use_cookies=False)
    for rule in grounds.app.url_map.iter_rules():
        if "GET" in rule.methods and "<" not in rule.rule:
            answer = client.get(rule.rule, base_url=f"http://{host}")
            assert host not in answer.text + answer.headers.get("Location", ""), rule.rule
    for who, view, address in walked.pages:
        if who != NOBODY:
            desk = grounds.desks[who]
            token = desk.cookie()
            headers = {**desk.headers, "Host": host, "Cookie": f"staff={token}"}
            answer = client.get(address, headers=headers)
            assert host not in answer.text + answer.headers.get("Location", ""), (who, view)


def test_no_address_in_a_list_is_called_when_it_is_imported(wire, tmp_path):
    """Whatever column it stands in."""
    whole, organizations = full_file(), []
    for number, (path, address) in enumerate(
        zip(texts_in(whole["organizations"][0]), itertools.cycle(ADDRESSES), strict=False)
    ):
        one = copy.deepcopy(whole["organizations"][0])
        put(one, path, address)
        for part in (one, one["sites"][0], one["sites"][0]["programs"][0]):
            part["id"] = f"{part['id']}-{number}"
        organizations.append(one)
    plain = {"source": whole["source"] | {"url": ADDRESSES[0]}, "organizations": organizations}
    records = new_store(tmp_path)
    report = imported(records, write_json(tmp_path, plain), vocabulary=VOCABULARIES)
    assert report.accepted > 3
    for name, sample in SAMPLES.items():
        for address in ADDRESSES[:3]:
            take(records, tmp_path, name, sample.replace(b"Acme Recovery", address.encode()))
    assert wire.called == []
