import argparse
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from directory.accounts import api_keys
from directory.catalog.api_key import SCOPES, ApiKey
from directory.cli import COMMANDS
from directory.errors import BadValue, UnknownKey
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from tests.web.api.fakes import HeldKeys, web

TODAY = date(2026, 11, 24)
ADDRESS = "/api/v1/programs/acme-evening"


@pytest.fixture
def kept() -> HeldKeys:
    return HeldKeys()


@pytest.fixture
def app(kept: HeldKeys) -> Flask:
    return web(kept=kept)


def made(kept: HeldKeys, *scopes: str, per_minute: int = 100) -> str:
    return api_keys.make(kept, "County line", scopes or SCOPES, per_minute, TODAY)[1]


def ask(app: Flask, secret: str, **rest: object) -> tuple[int, dict[str, str]]:
    headers = {"Authorization": f"Bearer {secret}"}
    answer = app.test_client().get(ADDRESS, headers=headers, **rest)
    return answer.status_code, dict(answer.headers)


def later(app: Flask, seconds: int) -> None:
    app.extensions["directory"].now += timedelta(seconds=seconds)


def test_a_secret_is_shown_once_and_only_its_digest_is_kept(kept: HeldKeys):
    key, secret = api_keys.make(kept, " County \n line ", ("api",), 100, TODAY)
    assert secret.startswith("sk_")
    assert len(secret) > 40
    assert kept.held == [key]
    assert secret not in repr(kept.held)
    assert (key.number, key.owner, key.digest) == (1, "County line", api_keys.digest_of(secret))
    assert api_keys.make(kept, "County line", ("api",), 100, TODAY)[1] != secret


@pytest.mark.parametrize(
    ("owner", "scopes", "per_minute", "field"),
    [
        ("", ("api",), 1, "owner"),
        ("x" * 61, ("api",), 1, "owner"),
        ("a\x00b", ("api",), 1, "owner"),
        ("a", (), 1, "scope"),
        ("a", ("staff",), 1, "scope"),
        ("a", ("api",), 0, "per-minute"),
        ("a", ("api",), 100_001, "per-minute"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(
    kept: HeldKeys, owner: str, scopes: tuple[str, ...], per_minute: int, field: str
):
    with pytest.raises(BadValue) as refused:
        api_keys.make(kept, owner, scopes, per_minute, TODAY)
    assert refused.value.field == field
    assert kept.held == []


def test_a_key_has_its_own_rate_wherever_it_comes_from(app: Flask, kept: HeldKeys):
    secret = made(kept)
    status, headers = ask(app, secret, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert (status, headers["RateLimit-Policy"]) == (200, '"key-api";q=100;w=60')
    for n in range(99):
        ask(app, secret, environ_base={"REMOTE_ADDR": f"192.0.{n}.7"})
    status, headers = ask(app, secret)
    assert (status, headers["Retry-After"]) == (429, "1")


def test_a_key_tells_no_more_reports_than_anybody(app: Flask, kept: HeldKeys):
    headers = {"Authorization": f"Bearer {made(kept)}"}
    wrong = {"program": "acme-evening", "what": "phone"}
    told = [
        app.test_client().post("/api/v1/reports", json=wrong, headers=headers) for _ in range(4)
    ]
    assert [one.status_code for one in told] == [202, 202, 202, 429]
    assert told[0].headers["RateLimit-Policy"] == '"key-reports";q=3;w=3600'


@pytest.mark.parametrize(
    "given",
    [
        "Bearer sk_nobody",
        "Bearer ",
        "Bearer pk_x",
        "Basic c2tfOng=",
        "sk_x",
        "",
        "bearer sk_x",
        "Bearer sk_\udcff",
    ],
)
def test_credentials_that_are_none_of_ours_are_refused_and_never_ignored(app: Flask, given: str):
    answer = app.test_client().get(
        ADDRESS,
        environ_overrides={
            "HTTP_AUTHORIZATION": given.encode("utf-8", "surrogateescape").decode("latin-1")
        },
    )
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["errors"][0]["field"] == "Authorization"
    assert "sk_" not in answer.get_data(as_text=True)


def test_the_scheme_may_be_written_in_any_case(app: Flask, kept: HeldKeys):
    headers = {"Authorization": f"bEARER {made(kept)}"}
    assert app.test_client().get(ADDRESS, headers=headers).status_code == 200


def test_who_guesses_keys_is_counted_like_everybody(app: Flask, kept: HeldKeys):
    far = {"REMOTE_ADDR": "192.0.2.7"}
    told = [ask(app, f"sk_{n}", environ_base=far)[0] for n in range(61)]
    assert told == [401] * 60 + [429]
    assert kept.asked == 1


def test_the_store_is_asked_at_most_every_five_seconds(app: Flask, kept: HeldKeys):
    secret = made(kept)
    for _ in range(50):
        assert ask(app, secret)[0] == 200
    assert kept.asked == 1
    later(app, 5)
    ask(app, secret)
    assert kept.asked == 2


def test_a_revoked_key_ends_within_five_seconds(app: Flask, kept: HeldKeys):
    secret = made(kept)
    assert ask(app, secret)[0] == 200
    api_keys.revoke(kept, 1, TODAY)
    later(app, 5)
    assert ask(app, secret)[0] == 401


def test_a_new_key_works_within_five_seconds(app: Flask, kept: HeldKeys):
    assert ask(app, "sk_nobody")[0] == 401
    secret = made(kept)
    later(app, 5)
    assert ask(app, secret)[0] == 200


def test_keys_that_were_known_go_on_while_the_store_is_away(app: Flask, kept: HeldKeys):
    secret = made(kept)
    assert ask(app, secret)[0] == 200
    kept.away = True
    later(app, 60)
    assert ask(app, secret)[0] == 200
    assert ask(app, "sk_nobody")[0] == 401


def test_a_key_opens_what_it_was_made_for_and_nothing_else(app: Flask, kept: HeldKeys):
    status, _ = ask(app, made(kept, "hsds", "exports"))
    assert status == 403


def test_of_use_the_day_is_kept_and_nothing_else(app: Flask, kept: HeldKeys):
    secret = made(kept)
    before = replace(kept.held[0])
    ask(app, secret, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert kept.held == [replace(before, last_used_on=TODAY)]
    later(app, 86_400)
    ask(app, secret)
    assert kept.held[0].last_used_on == TODAY + timedelta(days=1)


def test_without_a_key_the_store_is_never_asked(app: Flask, kept: HeldKeys):
    app.test_client().get(ADDRESS)
    assert kept.asked == 0


def test_a_page_takes_no_notice_of_keys(app: Flask):
    answer = app.test_client().get("/nowhere", headers={"Authorization": "Bearer sk_nobody"})
    assert answer.status_code == 404


@pytest.fixture
def records(engine) -> SqlRecords:
    return SqlRecords(engine)


def test_the_store_keeps_keys_as_they_are(records: SqlRecords):
    key = ApiKey("d1", "County line", ("api", "hsds"), 100, TODAY)
    keys = records.api_keys
    assert keys.add(key) == 1
    assert keys.all() == [replace(key, number=1)]
    keys.used(1, TODAY)
    assert keys.change(1, "County desk", 90)
    assert keys.revoke(1, TODAY)
    assert not keys.change(1, "Nobody", 1)
    assert not keys.revoke(1, TODAY)
    assert not keys.revoke(2, TODAY)
    ended = replace(key, owner="County desk", per_minute=90, last_used_on=TODAY, revoked_on=TODAY)
    assert keys.all() == [replace(ended, number=1)]


class House:
    """As much of a house as the command asks for."""

    def __init__(self, records: SqlRecords) -> None:
        book = SqlStaffRecords(records._engine)
        self.staff_records = lambda: book
        self.clock = lambda: datetime(2026, 11, 24, tzinfo=UTC)


def run(records: SqlRecords, *words: str) -> tuple[dict[str, object], str]:
    command = next(one for one in COMMANDS if one.name == "api-key")
    parser = argparse.ArgumentParser()
    command.add(parser)
    result = command.run(House(records), parser.parse_args(words))  # type: ignore[arg-type]
    return dict(result), command.show(result)


def test_the_command_makes_lists_and_revokes(records: SqlRecords):
    added, told = run(
        records, "add", "--owner", "County line", "--scope", "api", "--per-minute", "9"
    )
    secret = str(added["secret"])
    assert secret in told
    assert "scopes: api" in told
    assert (added["key"], added["scopes"], added["per_minute"]) == (1, ["api"], 9)
    listed, told = run(records)
    assert secret not in repr(listed) + told
    assert "County line  api  9 a minute  last used never" in told
    assert run(records, "revoke", "1")[0] == {"revoked": 1}
    assert "revoked 2026-11-24" in run(records, "list")[1]
    with pytest.raises(UnknownKey):
        run(records, "revoke", "1")
    with pytest.raises(BadValue):
        run(records, "revoke")
    with pytest.raises(BadValue):
        run(records, "add")
    with House(records).staff_records().book(write=False) as book:
        assert [(one.actor, one.act) for one in book.trail.read()] == [
            (0, "api_key_made"),
            (0, "api_key_revoked"),
        ]
