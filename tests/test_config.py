"""Settings: typed, frozen, refused by name; production starts only when it is safe."""

import secrets
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from directory.config import Config, read_config, sealing_secrets
from directory.errors import BadSetting
from directory.house import build_house
from directory.settings import for_strangers_files

SECRET = "a-secret-of-more-than-thirty-two-letters"
SAFE = {
    "DIRECTORY_PRODUCTION": "1", "DIRECTORY_SECRET": SECRET, "DIRECTORY_EXAMPLES": "0",
    "DIRECTORY_BASE_URL": "https://stepwise.example", "DIRECTORY_TRUSTED_PROXIES": "1",
}  # fmt: skip


def refusal(environ):
    with pytest.raises(BadSetting) as caught:
        read_config(environ)
    return caught.value


def test_without_settings_the_defaults_serve_a_first_run():
    config = read_config({"PATH": "/bin", "HOME": "/root"})
    assert config == Config()
    assert config.url == f"sqlite:///{config.home / 'directory.sqlite'}"
    assert (config.production, config.examples) == (False, True)


def test_settings_are_read_with_their_types(tmp_path):
    config = read_config({
        "DIRECTORY_HOME": str(tmp_path), "DIRECTORY_EXAMPLES": "0", "DIRECTORY_SEARCH_MINUTES": "15",
        "DIRECTORY_DATABASE_URL": "postgresql://db/one", "DIRECTORY_REGION_STATE": "TX",
    })  # fmt: skip
    assert (config.home, config.examples, config.search_minutes) == (tmp_path.resolve(), False, 15)
    assert (config.url, config.region_state) == ("postgresql://db/one", "TX")


def test_an_unknown_setting_is_refused_by_name_with_those_that_exist():
    refused = refusal({"DIRECTORY_EXAMPELS": "0"})
    assert refused.name == "DIRECTORY_EXAMPELS"
    assert "DIRECTORY_EXAMPLES" in str(refused)
    assert all(f"DIRECTORY_{field.name.upper()}" in refused.expected for field in fields(Config))


@pytest.mark.parametrize(("name", "text"), [
    ("EXAMPLES", "maybe"), ("PRODUCTION", "2"), ("SEARCH_MINUTES", "soon"), ("SEARCH_MINUTES", "0"),
    ("SEARCH_MINUTES", "-5"), ("SEARCH_MINUTES", "1.5"), ("SEARCH_MINUTES", "١"), ("SEARCH_MINUTES", ""),
])  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_by_name(name, text):
    assert refusal({f"DIRECTORY_{name}": text}).name == f"DIRECTORY_{name}"


@pytest.mark.parametrize("near", ["Pasadena", "34.1", "34.1,-118.1,5", ""])
def test_a_region_that_is_no_point_is_refused_by_name(near, tmp_path):
    with pytest.raises(BadSetting) as caught:
        build_house(read_config({"DIRECTORY_REGION_NEAR": near, "DIRECTORY_HOME": str(tmp_path)}))
    assert caught.value.name == "DIRECTORY_REGION_NEAR"


@pytest.mark.parametrize("secret", ["", "tiny-one", "x" * 31])
def test_production_refuses_a_short_secret_and_does_not_repeat_it(secret):
    refused = refusal(
        {"DIRECTORY_PRODUCTION": "1", "DIRECTORY_EXAMPLES": "0", "DIRECTORY_SECRET": secret}
    )
    assert refused.name == "DIRECTORY_SECRET"
    assert not secret or secret not in str(refused)


@pytest.mark.parametrize("secret", [f"{SECRET} short", " ".join("abcdefghijklmnopq")])
def test_production_refuses_one_short_secret_among_several(secret):
    """Several secrets rotate; each one of them opens addresses."""
    environ = {"DIRECTORY_PRODUCTION": "1", "DIRECTORY_EXAMPLES": "0", "DIRECTORY_SECRET": secret}
    assert refusal(environ).name == "DIRECTORY_SECRET"


def test_production_refuses_invented_programs():
    refused = refusal({"DIRECTORY_PRODUCTION": "1", "DIRECTORY_SECRET": SECRET})
    assert refused.name == "DIRECTORY_EXAMPLES"


def test_production_refuses_to_guess_the_address_people_see():
    assert refusal(SAFE | {"DIRECTORY_BASE_URL": ""}).name == "DIRECTORY_BASE_URL"
    assert read_config(SAFE).production


@pytest.mark.parametrize(("name", "unsafe", "expected"), [
    ("DIRECTORY_SECRET", "x" * 40, "secrets.token_urlsafe"),
    ("DIRECTORY_SECRET", f"{SECRET} {'1234' * 10}", "secrets.token_urlsafe"),
    ("DIRECTORY_BASE_URL", "http://stepwise.example", "a proxy before us ends TLS"),
    ("DIRECTORY_TRUSTED_PROXIES", "0", "how many proxies"),
    ("FLASK_DEBUG", "1", "0, or unset"),
    ("DIRECTORY_EXAMPLES", "1", "0 in production"),
    ("DIRECTORY_METRICS_TOKEN", "short", "at least 32 characters"),
    ("DIRECTORY_DATABASE_URL", "postgres://directory:hunter2@db/one", "postgresql://"),
    ("DIRECTORY_DATABASE_URL", "mysql://db/one", "sqlite:///path or postgresql://"),
])  # fmt: skip
def test_production_refuses_what_is_unsafe_and_says_what_to_do(name, unsafe, expected):
    refused = refusal(SAFE | {name: unsafe})
    assert refused.name == name
    assert expected in refused.expected
    assert "hunter2" not in str(refused)
    assert unsafe not in str(refused) or "SECRET" not in name


@pytest.mark.parametrize("mode", [0o777, 0o702, 0o755, 0o701], ids=oct)
def test_production_refuses_a_home_that_others_may_write_or_look_into(tmp_path, mode):
    """Index files hold pickles: who writes them runs code. The database holds accounts and cases."""
    tmp_path.chmod(mode)
    refused = refusal(SAFE | {"DIRECTORY_HOME": str(tmp_path)})
    assert (refused.name, f"chmod o-rwx {tmp_path}" in refused.expected) == ("DIRECTORY_HOME", True)
    tmp_path.chmod(0o750)
    assert read_config(SAFE | {"DIRECTORY_HOME": str(tmp_path)}).home == tmp_path.resolve()


@pytest.mark.parametrize("address", [
    "stepwise.example", "ftp://stepwise.example", "https://stepwise.example/path", "https://",
    "https://user@stepwise.example", "https://stepwise.example?x=1", "https://step wise.example",
    "https://stepwise.example\n",
])  # fmt: skip
def test_a_public_address_that_is_no_origin_is_refused_by_name(address):
    assert refusal({"DIRECTORY_BASE_URL": address}).name == "DIRECTORY_BASE_URL"


@pytest.mark.parametrize(
    "address", ["https://stepwise.example", "http://10.0.0.4:8000", "http://[::1]:80/"]
)
def test_a_public_address_is_an_origin(address):
    assert read_config({"DIRECTORY_BASE_URL": address}).base_url == address


def test_settings_do_not_change_while_we_run():
    with pytest.raises(FrozenInstanceError):
        Config().examples = False  # type: ignore[misc]


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    config = Config(home=tmp_path / "new")
    (first,) = sealing_secrets(config)
    assert sealing_secrets(config) == (first,)
    assert len(first) >= 32
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o077 == 0


def test_who_starts_at_the_same_moment_gets_the_same_secret(tmp_path, monkeypatch):
    """The second one comes while the first one is making it."""
    config, second, make = Config(home=tmp_path), [], secrets.token_urlsafe

    def made(size):
        if not second:
            second.append(())
            second[0] = sealing_secrets(config)
        return make(size)

    monkeypatch.setattr(secrets, "token_urlsafe", made)
    first = sealing_secrets(config)
    assert second == [first]
    assert len(first[0]) >= 32
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_several_secrets_rotate_newest_first():
    assert sealing_secrets(Config(secret="new-secret old-secret")) == ("new-secret", "old-secret")


def test_every_setting_says_what_it_is():
    source = (Path(__file__).parents[1] / "directory" / "config.py").read_text(encoding="utf-8")
    lines = source.splitlines()
    for field in fields(Config):
        at = next(
            number for number, line in enumerate(lines) if line.startswith(f"    {field.name}: ")
        )
        assert lines[at + 1].strip().startswith('"""'), field.name


PROVIDER = {
    "DIRECTORY_OIDC_ISSUER": "https://login.example/realm",
    "DIRECTORY_OIDC_CLIENT_ID": "stepwise",
    "DIRECTORY_OIDC_CLIENT_SECRET": "between-us",
    "DIRECTORY_BASE_URL": "https://stepwise.example",
}


def test_an_identity_provider_is_named_whole_or_not_at_all():
    assert read_config(PROVIDER).oidc_client_id == "stepwise"
    for name in PROVIDER:
        refused = refusal({**PROVIDER, name: ""})
        assert refused.name == name
        assert "between-us" not in str(refused)


@pytest.mark.parametrize("issuer", [
    "http://login.example", "login.example", "https://", "https://u:p@login.example", "https://login.example?x=1",
    "https://login.example#x", "ftp://127.0.0.1", "http://127.0.0.1.evil.example", "http://localhost@evil.example",
])  # fmt: skip
def test_an_identity_provider_is_spoken_to_over_https(issuer):
    refused = refusal({**PROVIDER, "DIRECTORY_OIDC_ISSUER": issuer})
    assert refused.name == "DIRECTORY_OIDC_ISSUER"


def test_an_identity_provider_on_loopback_is_for_trying_out_only():
    trying = {**PROVIDER, "DIRECTORY_OIDC_ISSUER": "http://127.0.0.1:9000"}
    assert read_config(trying).oidc_issuer == "http://127.0.0.1:9000"
    production = {
        **trying,
        "DIRECTORY_PRODUCTION": "1",
        "DIRECTORY_EXAMPLES": "0",
        "DIRECTORY_SECRET": SECRET,
    }
    assert refusal(production).name == "DIRECTORY_OIDC_ISSUER"


def test_a_process_that_reads_files_of_others_is_told_no_secret():
    config = Config(secret="s" * 40, oidc_client_secret="s" * 40, production=True, examples=False)
    told = for_strangers_files(config)
    assert "s" * 40 not in "".join(told.values())
    known = read_config(told)
    assert (known.home, known.url, known.examples) == (config.home, config.url, False)


def test_such_a_process_shares_what_it_publishes_and_finds_the_password_of_the_database():
    config = Config(database_url="postgresql://stepwise@db1/stepwise", shared="/srv/shared")
    told = for_strangers_files(config, {"PGPASSFILE": "/etc/stepwise/pgpass", "OTHER": "x"})
    assert read_config({**told}).shared == "/srv/shared"
    assert (told["PGPASSFILE"], told.get("OTHER")) == ("/etc/stepwise/pgpass", None)
    assert for_strangers_files(config, {})["PGPASSFILE"] == str(Path.home() / ".pgpass")
    assert "PGPASSFILE" not in for_strangers_files(Config(), {"PGPASSFILE": "/etc/pgpass"})
