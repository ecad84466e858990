"""Staff sign in by the operator's identity provider: the account is ours, the proof is theirs."""

import base64
import hmac
import json
import logging
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

pytest.importorskip("authlib", reason="the extra is not installed: requirements-oidc.txt")

from joserfc.jwk import OctKey, RSAKey

from directory.accounts import staff
from directory.accounts.identity import SigningInElsewhere
from directory.accounts.issuer_line import IssuerLine
from directory.accounts.oidc import Oidc, Registration
from directory.accounts.staff import Wanted
from directory.errors import BadSetting
from tests.support.desk import PASSWORD, Desk, Watch, code_at, desk_app, services_of
from tests.support.issuer import BACK, CLIENT, SECRET, issuing

LEAVE, RETURN = "/staff/sign-in/elsewhere", "/staff/sign-in/back"
REFUSED = "We could not sign you in with your organization."
AWAY = "Your organization's sign-in does not answer."


@pytest.fixture(scope="session")
def standing(built):
    """An issuer, by the desk's clock."""
    with issuing(built[1]) as issuer:
        yield issuer


@pytest.fixture
def issuer(standing):
    standing.straight()
    return standing


def know(app, issuer, second_factor=("mfa",), back=BACK):
    """The desk trusts this issuer."""
    services = services_of(app)
    registration = Registration(issuer.url, CLIENT, SECRET, back, frozenset(second_factor))
    elsewhere = SigningInElsewhere(
        services.records,
        Oidc(registration, IssuerLine(issuer.url)),
        services.keeper,
        services.signing_in.throttle,
        services.rules,
    )
    app.extensions["staff"] = replace(services, elsewhere=elsewhere)


@pytest.fixture
def app(counted, issuer):
    """The desk with the issuer, for this test only."""
    made = counted[0]
    know(made, issuer)
    yield made
    made.extensions["staff"] = replace(services_of(made), elsewhere=None)


@pytest.fixture
def ada(people):
    return people.add("administrator", "Ada")


@pytest.fixture
def rosa(people):
    """Rosa is invited and never set a password."""
    place, now = people.organization("Hillside Hospital"), people.services.clock()
    with people.services.book() as book:
        return staff.add(book, now, 0, Wanted("rosa@example.org", "Rosa", "referrer", place))


@pytest.fixture
def awaited(rosa, ada, browser_of):
    """Rosa, whom an administrator lets come by her organization."""
    page = browser_of(ada).post(f"/staff/people/{rosa.number}/provider")
    assert "The account waits for its organization's sign-in" in page.text
    return rosa


def leave(desk, prefix=""):
    """Press the link, and go where it leads; the address at the issuer."""
    answer = desk.client.get(prefix + LEAVE, headers=desk.headers)
    assert answer.status_code == 303
    return answer.headers["Location"]


def follow(desk, address):
    """Come back to us, as the issuer sends a browser."""
    headers = {**desk.headers, "Sec-Fetch-Site": "cross-site"}
    answer = desk.client.get(address.removeprefix("http://localhost"), headers=headers)
    assert answer.status_code == 303
    return desk.get(answer.headers["Location"])


def come(desk, issuer):
    return follow(desk, issuer.send_back(leave(desk)))


def lines(people):
    with people.services.book(write=False) as book:
        return [(one.act, one.actor, json.loads(one.details)) for one in book.trail.read()]


# --- the way in ---------------------------------------------------------------------------------


def test_who_is_awaited_comes_in_by_their_organization_without_a_password(app, issuer, awaited):
    desk = Desk(app)
    assert desk.get("/staff/sign-in").link("Sign in with your organization") == LEAVE
    assert come(desk, issuer).heading == "Your desk"
    assert "Rosa" in desk.get("/staff/me").text
    assert "You are signed out." in desk.post("/staff/sign-out").text
    issuer.claims = {"email": None, "email_verified": None}  # bound: the subject is enough
    assert come(desk, issuer).heading == "Your desk"


def test_the_provider_is_asked_as_the_standards_say(app, issuer, awaited):
    desk = Desk(app)
    address = leave(desk)
    asked = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{issuer.url}/authorize?")
    assert (asked["response_type"], asked["scope"]) == ("code", "openid email")
    assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, BACK)
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    follow(desk, issuer.send_back(address))
    assert len(issuer.forms[0]["code_verifier"]) == 64
    assert SECRET not in json.dumps(issuer.forms)
    assert issuer.asked == [
        "GET /.well-known/openid-configuration",
        "GET /keys",
        "POST /token",
    ]


def test_every_trip_has_secrets_of_its_own(app, issuer):
    first, second = (dict(parse_qsl(urlsplit(leave(Desk(app))).query)) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_who_left_in_spanish_comes_back_in_spanish(app, issuer, awaited):
    desk = Desk(app)
    page = follow(desk, issuer.send_back(leave(desk, "/es")))
    assert page.read.all("html")[0].attributes["lang"] == "es"


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(app, issuer, awaited):
    issuer.description = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert come(Desk(app), issuer).heading == "Your desk"
    assert issuer.forms[0]["client_secret"] == SECRET


def test_a_new_key_of_the_provider_is_fetched_once_a_minute_at_most(app, issuer, awaited, watch):
    assert come(Desk(app), issuer).heading == "Your desk"
    issuer.key, issuer.header = (
        RSAKey.generate_key(2048, {"kid": "two"}),
        {"alg": "RS256", "kid": "two"},
    )
    assert REFUSED in come(Desk(app), issuer).text
    watch.forward(seconds=61)
    assert come(Desk(app), issuer).heading == "Your desk"
    assert issuer.asked.count("GET /keys") == 2


def test_the_trail_says_who_opened_the_way_and_who_came_by_it(
    app, issuer, awaited, ada, people, browser_of
):
    come(Desk(app), issuer)
    mine = [
        one for one in lines(people) if one[0].startswith("provider_") or one[1] == awaited.number
    ]
    assert mine == [
        ("provider_awaited", ada.number, {}),
        ("provider_bound", awaited.number, {}),
        ("signed_in", awaited.number, {"by": "provider", "second_factor": "here"}),
    ]
    page = browser_of(ada).get("/staff/trail")
    assert "Came in with their organization for the first time" in page.text


# --- whose account it is ------------------------------------------------------------------------


def test_the_first_time_takes_the_verified_mail_address_of_an_account_that_waits(
    app, issuer, awaited
):
    for claims in (
        {"email": "somebody@example.org"},
        {"email": ["rosa@example.org"]},
        {"email": "rosa"},
        {"email": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
    ):
        issuer.claims = claims
        assert REFUSED in come(Desk(app), issuer).text, claims
    issuer.claims = {"email": "ROSA@example.org "}
    assert come(Desk(app), issuer).heading == "Your desk"


def test_every_account_that_is_not_open_to_it_gets_the_same_words(
    app, issuer, rosa, people, ada, browser_of, watch
):
    texts = {come(Desk(app), issuer).text}  # nobody lets her
    browser_of(ada).post(f"/staff/people/{rosa.number}/provider")
    issuer.claims = {"email": "nobody@example.org"}
    texts.add(come(Desk(app), issuer).text)
    issuer.claims = {}
    watch.forward(days=7)  # too late
    texts.add(come(Desk(app), issuer).text)
    browser_of(ada).post(f"/staff/people/{rosa.number}/provider")
    assert come(Desk(app), issuer).heading == "Your desk"
    browser_of(ada).post(f"/staff/people/{rosa.number}/close")
    texts.add(come(Desk(app), issuer).text)
    issuer.claims = {"nonce": "another"}
    texts.add(come(Desk(app), issuer).text)
    assert len(texts) == 1
    assert REFUSED in texts.pop()


def test_a_second_subject_with_the_same_mail_address_is_somebody_else(app, issuer, awaited):
    come(Desk(app), issuer)
    issuer.claims = {"sub": "subject-2"}
    assert REFUSED in come(Desk(app), issuer).text


def test_roles_never_come_from_the_token(app, issuer, awaited):
    issuer.claims = {"role": "administrator", "roles": ["administrator"], "groups": ["admin"]}
    desk = Desk(app)
    come(desk, issuer)
    desk.get("/staff/people", 403)


def test_who_is_taken_off_the_provider_is_out_and_stays_out(
    app, issuer, awaited, ada, people, browser_of
):
    desk, admin = Desk(app), browser_of(ada)
    come(desk, issuer)
    account = f"/staff/people/{awaited.number}"
    assert "Open" in admin.get("/staff/people").text
    page = admin.post(f"{account}/provider/remove")
    assert "opens this account no more" in page.text
    assert desk.get("/staff").heading == "Sign in to the desk"
    assert REFUSED in come(desk, issuer).text
    assert ("provider_left", ada.number, {}) in lines(people)


def test_administrators_do_not_open_it_for_themselves(app, ada, browser_of, people):
    page = browser_of(ada).post(f"/staff/people/{ada.number}/provider", status=422)
    assert "You cannot do this to your own account" in page.text
    with people.services.book(write=False) as book:
        assert book.bonds.of(ada.number) is None


# --- the second factor --------------------------------------------------------------------------


@pytest.fixture
def cleo(people, ada, browser_of):
    """A curator with a second factor here, known to the provider."""
    cleo = people.add("curator", "Cleo")
    browser_of(ada).post(f"/staff/people/{cleo.number}/provider")
    return cleo


def test_a_curator_shows_our_second_factor_where_the_provider_saw_none(app, issuer, cleo, watch):
    issuer.claims = {"email": cleo.email, "amr": ["pwd"]}
    desk = Desk(app)
    assert come(desk, issuer).heading == "Second step"
    assert desk.get("/staff").heading == "Second step"
    assert desk.post("/staff/second-factor", {"code": code_at(watch())}).heading == "Your desk"


def test_a_curator_whose_provider_saw_a_second_factor_is_in(app, issuer, cleo, people):
    for shown in ({"amr": ["pwd", "mfa"]}, {"acr": "mfa"}):
        issuer.claims = {"email": cleo.email, **shown}
        assert come(Desk(app), issuer).heading == "Your desk"
        assert lines(people)[-1][2] == {"by": "provider", "second_factor": "there"}


def test_a_curator_without_any_second_factor_sets_one_up_first(app, issuer, cleo, people):
    with people.services.book() as book:
        book.people.put(replace(book.people.get(cleo.number), secret=None))
    issuer.claims = {"email": cleo.email}
    assert come(Desk(app), issuer).heading == "Set up your second step"
    issuer.claims["amr"] = ["mfa"]
    assert come(Desk(app), issuer).heading == "Your desk"


def test_no_word_of_the_provider_counts_unless_the_operator_named_it(app, issuer, cleo):
    know(app, issuer, second_factor=())
    issuer.claims = {"email": cleo.email, "amr": ["mfa"], "acr": ""}
    assert come(Desk(app), issuer).heading == "Second step"


# --- attacks ------------------------------------------------------------------------------------


def test_an_answer_opens_only_in_the_browser_that_left(app, issuer, awaited):
    """Session fixation and CSRF: a link with the attacker's own answer does nothing (RFC 9700 4.7)."""
    address = issuer.send_back(leave(Desk(app)))
    victim = Desk(app)
    victim.get("/staff/sign-in")
    held = victim.cookie()
    assert REFUSED in follow(victim, address).text
    assert victim.cookie() == held
    assert len(issuer.asked) == 2  # no code was sent anywhere


def test_a_state_that_is_not_ours_opens_nothing(app, issuer, awaited):
    desk = Desk(app)
    address = leave(desk)
    state = dict(parse_qsl(urlsplit(address).query))["state"]
    other = "0" if state[-1] != "0" else "1"
    for bent in ("", state[:-1] + other, state.replace("-en-", "-fr-"), f"9{state}", "x" * 5000):
        issuer.back = {"state": bent}
        assert REFUSED in follow(desk, issuer.send_back(address)).text, bent
    assert "POST /token" not in issuer.asked
    issuer.back = {}
    assert follow(desk, issuer.send_back(address)).heading == "Your desk"


def test_a_state_is_too_old_after_ten_minutes(app, issuer, awaited, watch):
    desk = Desk(app)
    address = issuer.send_back(leave(desk))
    watch.forward(minutes=10, seconds=1)
    assert REFUSED in follow(desk, address).text


def test_an_answer_opens_once(app, issuer, awaited):
    desk = Desk(app)
    address = issuer.send_back(leave(desk))
    assert follow(desk, address).heading == "Your desk"
    desk.post("/staff/sign-out")
    assert REFUSED in follow(desk, address).text
    assert issuer.asked.count("POST /token") == 1


def test_a_code_that_was_used_elsewhere_opens_nothing_even_with_its_state(app, issuer, awaited):
    desk = Desk(app)
    address = issuer.send_back(leave(desk))
    issuer.codes.clear()
    assert REFUSED in follow(desk, address).text


def test_a_code_of_another_trip_opens_nothing(app, issuer, awaited):
    """Injected code: the verifier of this trip does not fit (RFC 7636)."""
    issuer.send_back(leave(Desk(app)))
    desk = Desk(app)
    issuer.back = {"code": "code-0"}
    assert REFUSED in follow(desk, issuer.send_back(leave(desk))).text


OTHER = RSAKey.generate_key(2048, {"kid": "one"})


def alg_none(token):
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    return f"{head}.{token.split('.')[1]}."


def altered(token):
    head, body, seal = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    told = json.dumps({**claims, "sub": "x"}).encode()
    return f"{head}.{base64.urlsafe_b64encode(told).rstrip(b'=').decode()}.{seal}"


NOT_SOUND = [
    {"claims": {"nonce": "another"}}, {"claims": {"nonce": None}},
    {"claims": {"aud": "others"}}, {"claims": {"aud": [CLIENT, "others"], "azp": CLIENT}},
    {"claims": {"aud": None}}, {"claims": {"azp": "others"}},
    {"claims": {"iss": "https://evil.example"}}, {"claims": {"iss": None}},
    {"claims": {"exp": 1}}, {"claims": {"exp": None}}, {"claims": {"exp": "soon"}},
    {"claims": {"iat": 2**40}}, {"claims": {"nbf": 2**40}}, {"claims": {"at_hash": "AAAA"}},
    {"claims": {"sub": ""}}, {"claims": {"sub": None}}, {"claims": {"sub": 7}}, {"claims": {"sub": "x" * 256}},
    {"signed_with": OTHER}, {"token": alg_none}, {"token": altered},
    {"token": lambda token: token[:-4]}, {"token": lambda token: "x"}, {"token": lambda token: None},
    {"token": lambda token: ["x"]},
    {"header": {"alg": "HS256"}, "signed_with": OctKey.import_key("x" * 32)},
    {"header": {"alg": "RS512", "kid": "one"}}, {"header": {"alg": "RS256", "kid": "../one"}},
    {"back": {"iss": "https://evil.example"}}, {"back": {"code": ""}}, {"back": {"code": "x" * 3000}},
]  # fmt: skip


def test_a_token_or_answer_that_is_not_sound_opens_nothing(app, issuer, awaited, people):
    for bent in NOT_SOUND:
        issuer.straight()
        for name, value in bent.items():
            setattr(issuer, name, value)
        desk = Desk(app)
        assert REFUSED in come(desk, issuer).text, bent
        assert desk.get("/staff").heading == "Sign in to the desk", bent
    with people.services.book(write=False) as book:
        assert book.sessions.of(awaited.number) == []
        assert book.bonds.of(awaited.number).subject is None
    issuer.straight()
    assert come(Desk(app), issuer).heading == "Your desk"


def test_the_key_of_the_provider_is_no_secret_to_sign_with(app, issuer, awaited):
    """Confusion of algorithms: HS256 with the public key as its secret."""
    public = issuer.current_key.as_pem(private=False)

    def confused(token):
        head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=").decode()
        signed = f"{head}.{token.split('.')[1]}"
        seal = hmac.new(public, signed.encode(), "sha256").digest()
        return f"{signed}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"

    issuer.token = confused
    assert REFUSED in come(Desk(app), issuer).text


def test_an_issuer_that_says_it_names_itself_has_to(app, issuer, awaited):
    issuer.description = {"authorization_response_iss_parameter_supported": True}
    assert REFUSED in come(Desk(app), issuer).text
    issuer.back = {"iss": issuer.url}
    assert come(Desk(app), issuer).heading == "Your desk"


def test_what_the_provider_refuses_gets_the_same_words_and_shows_none_of_its_own(app, issuer):
    desk = Desk(app)
    state = dict(parse_qsl(urlsplit(leave(desk)).query))["state"]
    page = follow(
        desk, f"{RETURN}?error=access_denied&error_description=<b>call+me</b>&state={state}"
    )
    assert REFUSED in page.text
    assert "call me" not in page.html


def test_it_leads_to_the_desk_whatever_the_address_says(app, issuer, awaited):
    """No open redirect, on the way there or back."""
    desk, extra = Desk(app), "next=https://evil.example&redirect_uri=//evil.example&lang=//evil"
    answer = desk.client.get(f"{LEAVE}?{extra}", headers=desk.headers)
    address = issuer.send_back(answer.headers["Location"])
    assert address.startswith(f"{BACK}?")
    answer = desk.client.get(f"{address.removeprefix('http://localhost')}&{extra}")
    assert answer.headers["Location"] == "/staff"


def test_another_site_cannot_start_it(app, issuer):
    answer = Desk(app).client.get(LEAVE, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert issuer.asked == []


def test_who_is_in_stays_in_whatever_comes_back(app, issuer, people, browser_of):
    desk = browser_of(people.add())
    assert follow(desk, f"{RETURN}?state=x&code=y").heading == "Your desk"
    assert desk.client.get(LEAVE).headers["Location"] == "/staff"


def test_guessing_from_one_network_comes_to_an_end(app, issuer, awaited):
    desk, services = Desk(app), services_of(app)
    desk.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    issuer.claims = {"sub": "somebody", "email": None}
    assert REFUSED in come(desk, issuer).text
    with services.book() as book:
        for number in range(99):
            assert services.elsewhere.throttle.admits(
                book, f"trip {number}", bytes([203, 0, 113]), services.clock()
            )
    issuer.straight()
    assert REFUSED in come(desk, issuer).text
    assert "POST /token" not in issuer.asked
    assert come(Desk(app), issuer).heading == "Your desk"


def test_the_log_says_why_and_not_who(app, issuer, awaited, caplog):
    issuer.claims = {"aud": "others"}
    with caplog.at_level(logging.WARNING, "directory"):
        come(Desk(app), issuer)
    assert caplog.messages == [
        "Sign-in by the identity provider refused: ID token: invalid_claim aud"
    ]


# --- a provider that is away --------------------------------------------------------------------


NO_ANSWERS = [
    (500, b"{}"), (404, b"{}"), (302, b"{}"), (200, b"no json"), (200, b"[]"),
    (200, b"[" * 100_000), (200, b'"' + b"x" * 300_000 + b'"'),
]  # fmt: skip


def test_a_provider_that_does_not_answer_as_one_is_said_to_be_away(app, issuer):
    for answer in [*NO_ANSWERS, (200, b"{}")]:
        issuer.straight()
        issuer.answer = answer
        desk = Desk(app)
        assert AWAY in desk.get(leave(desk)).text, answer[:9]
        assert issuer.asked == ["GET /.well-known/openid-configuration"]


def test_a_provider_that_breaks_while_somebody_comes_back_is_said_to_be_away(app, issuer, awaited):
    for answer in NO_ANSWERS:
        issuer.straight()
        desk = Desk(app)
        address = issuer.send_back(leave(desk))
        issuer.answer = answer
        said = REFUSED if answer in ((404, b"{}"), (302, b"{}")) else AWAY
        assert said in follow(desk, address).text, answer[:9]
        assert issuer.asked[-1] == "POST /token"  # no redirect is followed


def test_nothing_but_the_issuers_own_origin_is_ever_asked(app, issuer):
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        for other in ("http://127.0.0.1:1/x", "file:///etc/passwd", "https://u:p@127.0.0.1/", 7):
            issuer.straight()
            issuer.description = {name: other}
            desk = Desk(app)
            assert AWAY in desk.get(leave(desk)).text, (name, other)
            assert issuer.asked == ["GET /.well-known/openid-configuration"]


def test_a_description_of_another_issuer_is_not_taken(app, issuer):
    issuer.description = {"issuer": f"{issuer.url}/"}
    desk = Desk(app)
    assert AWAY in desk.get(leave(desk)).text


# --- settings -----------------------------------------------------------------------------------


def test_without_a_provider_there_is_no_such_way(app, people, browser_of):
    app.extensions["staff"] = replace(services_of(app), elsewhere=None)
    assert "with your organization" not in Desk(app).get("/staff/sign-in").text
    ada, jo = people.add("administrator"), people.add()
    assert Desk(app).client.get(LEAVE).status_code == 404
    assert Desk(app).client.get(RETURN).status_code == 404
    admin = browser_of(ada)
    assert "organization's sign-in" not in admin.get(f"/staff/people/{jo.number}").text.lower()
    page = admin.post(f"/staff/people/{jo.number}/provider", status=422)
    assert "No organization's sign-in is set up here." in page.text


def settings(issuer):
    return {
        "oidc_issuer": issuer.url,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "base_url": "http://localhost",
    }


def test_the_settings_are_enough(tmp_path, issuer, monkeypatch):
    app = desk_app(tmp_path, Watch(), **settings(issuer), oidc_second_factor="mfa phr")
    asked = dict(parse_qsl(urlsplit(leave(Desk(app))).query))
    assert asked["redirect_uri"] == BACK
    monkeypatch.setattr("directory.app.find_spec", lambda name: None)
    with pytest.raises(BadSetting, match="requirements-oidc"):
        desk_app(tmp_path, Watch(), **settings(issuer))


def test_a_password_still_opens_the_account(app, people, issuer, ada, browser_of):
    jo = people.add()
    browser_of(ada).post(f"/staff/people/{jo.number}/provider")
    assert Desk(app).sign_in(jo, PASSWORD).heading == "Your desk"


# --- in a browser -------------------------------------------------------------------------------


def test_a_browser_goes_there_and_comes_back(app, issuer, awaited, browser):
    """Cookies of a site that another one sends to, and the policy of our pages, let it through."""
    with serving_as(app, issuer) as origin, browser.new_context() as window:
        page = window.new_page()
        page.goto(f"{origin}/es/staff/sign-in")
        page.click(f"a[href='/es{LEAVE}']")
        page.wait_for_url(f"{origin}/es/staff")
        assert awaited.name in page.inner_text("main")
        assert [one["sameSite"] for one in window.cookies()] == ["Lax", "Lax"]


@contextmanager
def serving_as(app, issuer):
    """The desk over HTTP under a name of its own, so that the issuer is another site."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    origin = f"http://localhost:{server.server_port}"
    know(app, issuer, back=f"{origin}{RETURN}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(WSGIRequestHandler):
    def log(self, *said):
        """Nothing to standard error."""
