"""Settings: read once from the environment, typed, frozen; unknown ones are refused by name."""

import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from directory.errors import BadSetting

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "DIRECTORY_"
_MAY_BE_NONE = {"DIRECTORY_TRUSTED_PROXIES"}
_OFF = {"", "0", "false", "no", "off"}
LEAST_LONG = 32
LEAST_VARIED = 10
"""Different characters of a secret: random ones have more, "xxxx..." and "1234..." fewer."""
_MAKE_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105 - a command
_SCHEMES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
_ORIGIN = re.compile(
    r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?|https?://\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?/?"
)
_CONTACT = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+|https://[^\s<>]+")
_ISSUER = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True, slots=True)
class Config:
    """What an operator may set, each as DIRECTORY_<NAME>; see `python -m directory config`."""

    home: Path = ROOT / "var"
    """Where database and generations lie."""
    database_url: str = ""
    """sqlite:///path or postgresql://...; empty: directory.sqlite in home."""
    replica_url: str = ""
    """A streaming replica of the PostgreSQL database, read where it has all that is kept; docs/nodes.md."""
    shared: str = ""
    """A folder that all nodes see, for the generations they build; see docs/nodes.md. Empty: one node."""
    production: bool = False
    """Refuse unsafe settings and invented programs."""
    examples: bool = True
    """Publish the invented example programs too."""
    secret: str = ""
    """Seals search addresses: at least 32 characters; several, separated by blanks, to rotate.
    Empty: made once, in a file in home."""
    base_url: str = ""
    """The public address of the site, such as https://stepwise.example: for canonical links, calendars,
    sitemaps and feeds. Empty: the address asked for, on this machine only."""
    region_state: str = "CA"
    """The operator's state: settles which Pasadena is meant."""
    region_name: str = "Los Angeles County"
    """The operator's region as people call it."""
    region_near: str = "34.1478,-118.1445"
    """A point in the middle of the region, latitude and longitude."""
    help_line_name: str = "LA County help"
    """What the help line is called on every page."""
    help_line_name_es: str = "Ayuda del condado de LA"
    """The same in Spanish."""
    help_line_phone: str = "800-854-7771"
    """The county line, on every page beside 988 and 911."""
    search_minutes: int = 120
    """How long a sealed search address works."""
    staff_idle_minutes: int = 30
    """A staff sign-in ends after this long without use."""
    staff_hours: int = 12
    """A staff sign-in ends after this long, used or not."""
    oidc_issuer: str = ""
    """The identity provider by which staff may sign in, too: its https address (docs/signing-in.md).
    Empty: none, and nothing is ever asked."""
    oidc_client_id: str = ""
    """The name by which the identity provider knows this installation."""
    oidc_client_secret: str = ""
    """The secret that goes with it."""
    oidc_second_factor: str = ""
    """Words of its tokens (amr, acr) that mean a second factor, separated by blanks. Empty: ours is asked."""
    partner_contact: str = ""
    """Where sites ask for a key to show the finder: a mail or https address; empty: ask you."""
    security_contact: str = ""
    """Who listens to people that found a hole, told at /.well-known/security.txt: a mail or https address."""
    findtreatment_url: str = ""
    """The FindTreatment service that `fetch` may ask (its operator wants you registered); empty: none."""

    api_per_minute: int = 600
    """Requests a minute that machines of one network may send without a key; see docs/api.md."""
    reports_per_hour: int = 20
    """Reports an hour that one network may tell by the API."""
    metrics: bool = False
    """Answer /metrics: to this machine only, or to whoever has the token."""
    metrics_token: str = ""
    """Opens /metrics from elsewhere (Authorization: Bearer): at least 32 characters."""
    trusted_proxies: int = 0
    """How many proxies stand before us; each adds to X-Forwarded-For. 0: nobody's word is taken."""

    @property
    def data(self) -> Path:
        """Vocabularies, gazetteer, listings, weights."""
        return ROOT / "data"

    @property
    def templates(self) -> Path:
        """Page templates."""
        return ROOT / "templates"

    @property
    def static(self) -> Path:
        """Styles, scripts, the font."""
        return ROOT / "static"

    @property
    def translations(self) -> Path:
        """Message catalogs; a folder here is a language offered."""
        return ROOT / "translations"

    @property
    def migrations(self) -> Path:
        """Alembic migrations."""
        return ROOT / "migrations"

    @property
    def generations(self) -> Path:
        """The published generations."""
        return self.home / "generations"

    @property
    def open_data(self) -> Path:
        """The files of open data."""
        return self.home / "open-data"

    @property
    def url(self) -> str:
        """The database address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.home / 'directory.sqlite'}"


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """Read DIRECTORY_* settings; raises BadSetting for an unknown name or a value that does not fit."""
    environ = os.environ if environ is None else environ
    known = {field.name: str(field.type) for field in fields(Config)}
    given: dict[str, object] = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX).lower()
        if key not in known:
            allowed = ", ".join(sorted(f"{PREFIX}{one.upper()}" for one in known))
            raise BadSetting(name, text, f"one of {allowed}")
        given[key] = _READ[known[key]](name, text)
    config = _safe(Config(**given))  # type: ignore[arg-type]
    return _fit_for_production(config, environ) if config.production else config


def _safe(config: Config) -> Config:
    """Raises `BadSetting` for what no installation can use."""
    if config.base_url and not _ORIGIN.fullmatch(config.base_url):
        expected = "http(s)://host or http(s)://host:port, without a path"
        raise BadSetting("DIRECTORY_BASE_URL", config.base_url, expected)
    if config.database_url and not config.database_url.startswith(_SCHEMES):
        got = config.database_url.partition(":")[0] + ":..."
        raise BadSetting("DIRECTORY_DATABASE_URL", got, "sqlite:///path or postgresql://...")
    if config.security_contact and not _CONTACT.fullmatch(config.security_contact):
        expected = "a mail address, or an address that begins with https://"
        raise BadSetting("DIRECTORY_SECURITY_CONTACT", config.security_contact, expected)
    if config.metrics_token and len(config.metrics_token) < LEAST_LONG:
        expected = f"at least {LEAST_LONG} characters: {_MAKE_SECRET}"
        raise BadSetting("DIRECTORY_METRICS_TOKEN", "(too short)", expected)
    return _with_provider(config)


def _with_provider(config: Config) -> Config:
    """An identity provider is named whole, spoken to over https, and told where to send people back."""
    given = {
        name: getattr(config, f"oidc_{name}") for name in ("issuer", "client_id", "client_secret")
    }
    if not any(given.values()):
        return config
    for name, value in given.items():
        if not value:
            raise BadSetting(f"DIRECTORY_OIDC_{name.upper()}", "", "a value, as the others are set")
    loopback = not config.production and _LOOPBACK.fullmatch(config.oidc_issuer)
    if not (_ISSUER.fullmatch(config.oidc_issuer) or loopback):
        expected = "https://host or https://host/path, as the provider names itself"
        raise BadSetting("DIRECTORY_OIDC_ISSUER", config.oidc_issuer, expected)
    if not config.base_url:
        expected = "the address people see: the identity provider sends them back there"
        raise BadSetting("DIRECTORY_BASE_URL", "", expected)
    return config


class Risk(NamedTuple):
    """A setting, what we got, whether it is safe before others, what is expected and what to do."""

    name: str
    got: str
    is_safe: bool
    expected: str


def _fit_for_production(config: Config, environ: Mapping[str, str]) -> Config:
    """Raises `BadSetting` for what serves on one's own machine and is unsafe before others."""
    for risk in risks(config, environ):
        if not risk.is_safe:
            raise BadSetting(risk.name, risk.got, risk.expected)
    return config


def risks(config: Config, environ: Mapping[str, str]) -> Iterator[Risk]:
    """What production looks at before it starts."""
    yield from _risks_of_secrets(config)
    yield from _risks_of_serving(config, environ)


def _risks_of_secrets(config: Config) -> Iterator[Risk]:
    each, name = config.secret.split(), "DIRECTORY_SECRET"
    is_long = bool(each) and all(len(one) >= LEAST_LONG for one in each)
    expected = f"at least {LEAST_LONG} random characters each: {_MAKE_SECRET}"
    yield Risk(name, "(too short or empty)", is_long, expected)
    is_varied = all(len(set(one)) >= LEAST_VARIED for one in each)
    yield Risk(name, "(too regular)", is_varied, expected)


def _risks_of_serving(config: Config, environ: Mapping[str, str]) -> Iterator[Risk]:
    expected = "0 in production: invented programs are never published"
    yield Risk("DIRECTORY_EXAMPLES", "1", not config.examples, expected)
    over_tls = config.base_url.startswith("https://")
    expected = "the address people see, https://your.site: a proxy before us ends TLS"
    yield Risk("DIRECTORY_BASE_URL", config.base_url, over_tls, expected)
    proxies = config.trusted_proxies
    expected = "how many proxies stand before us; one at least, which ends TLS"
    yield Risk("DIRECTORY_TRUSTED_PROXIES", str(proxies), proxies > 0, expected)
    debug = environ.get("FLASK_DEBUG", "")
    expected = "0, or unset: it shows our code to whoever asks"
    yield Risk("FLASK_DEBUG", debug, debug.lower() in _OFF, expected)
    is_own = not (config.home.is_dir() and config.home.stat().st_mode & 0o007)
    expected = f"a folder that others can neither read nor write: chmod o-rwx {config.home}"
    yield Risk("DIRECTORY_HOME", f"{config.home}, open to everybody", is_own, expected)


def sealing_secrets(config: Config) -> tuple[str, ...]:
    """The secrets that seal search addresses, newest first; made once in home if none is set."""
    if config.secret:
        return tuple(config.secret.split())
    path = config.home / "secret"
    if not path.exists():
        config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_secret(path)
    return (path.read_text(encoding="ascii"),)


def _make_secret(path: Path) -> None:
    """Written aside, for its owner only, and linked into place: whoever reads it finds it whole, and of
    several that start at once the first one's stays.
    """
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".secret-") as made:
        made.write(secrets.token_urlsafe(48))
        made.flush()
        os.fsync(made.fileno())
        with suppress(FileExistsError):
            os.link(made.name, path)


def _flag(name: str, text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in _OFF:
        return False
    raise BadSetting(name, text, "1 or 0")


def _whole(name: str, text: str) -> int:
    least = 0 if name in _MAY_BE_NONE else 1
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise BadSetting(name, text, f"a whole number from {least} on")
    return int(text)


def _text(_name: str, text: str) -> str:
    return text


def _path(_name: str, text: str) -> Path:
    return Path(text).expanduser().resolve()


_Reader = Callable[[str, str], object]
_READ: dict[str, _Reader] = {
    "<class 'bool'>": _flag,
    "<class 'int'>": _whole,
    "<class 'str'>": _text,
    "<class 'pathlib.Path'>": _path,
}
