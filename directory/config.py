"""Settings: read once from the environment, typed, frozen; unknown ones are refused by name."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from directory.errors import BadSetting

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "DIRECTORY_"
_MAY_BE_NONE = {"DIRECTORY_TRUSTED_PROXIES"}
_ORIGIN = re.compile(
    r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?|https?://\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?/?"
)
_ISSUER = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True, slots=True)
class Config:
    """What an operator may set, each as DIRECTORY_<NAME>; see `python -m directory config`."""

    home: Path = ROOT / "var"
    """Where database and generations lie."""
    database_url: str = ""
    """sqlite:///path or postgresql://...; empty: directory.sqlite in home."""
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
    findtreatment_url: str = ""
    """The FindTreatment service that `fetch` may ask (its operator wants you registered); empty: none."""

    api_per_minute: int = 600
    """Requests a minute that machines of one network may send without a key; see docs/api.md."""
    reports_per_hour: int = 20
    """Reports an hour that one network may tell by the API."""
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
    return _safe(Config(**given))  # type: ignore[arg-type]


def _safe(config: Config) -> Config:
    """Production starts only with a secret and an address of its own and without invented programs."""
    if config.base_url and not _ORIGIN.fullmatch(config.base_url):
        expected = "http(s)://host or http(s)://host:port, without a path"
        raise BadSetting("DIRECTORY_BASE_URL", config.base_url, expected)
    each = config.secret.split()
    if config.production and (not each or any(len(one) < 32 for one in each)):
        got, expected = "(too short or empty)", "at least 32 random characters each"
        raise BadSetting("DIRECTORY_SECRET", got, expected)
    if config.production and config.examples:
        raise BadSetting(
            "DIRECTORY_EXAMPLES", "1", "0 in production: invented programs are never published"
        )
    if config.production and not config.base_url:
        raise BadSetting("DIRECTORY_BASE_URL", "", "the address people see: https://your.site")
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


def sealing_secrets(config: Config) -> tuple[str, ...]:
    """The secrets that seal search addresses, newest first; made once in home if none is set."""
    if config.secret:
        return tuple(config.secret.split())
    path = config.home / "secret"
    if not path.exists():
        config.home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return (path.read_text(encoding="ascii"),)


def _flag(name: str, text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off", ""}:
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
