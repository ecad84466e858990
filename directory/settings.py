"""What settings come to: as people may see them, as a process beside us is told, as a region."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from directory.config import PREFIX, Config, risks
from directory.errors import BadSetting
from directory.places.region import Region
from directory.web.staff.operating import Setting

TOLD = ("home", "database_url", "shared", "examples", "region_state", "region_name", "region_near")
"""What importing and publishing need to know."""
_SECRET = ("secret", "token")
# Up to the last @: a password may hold every sign, also those that it should not hold as they are.
_PASSWORDS = (
    (re.compile(r"(://[^:/]*:).*(?=@)", re.DOTALL), r"\1***"),
    (re.compile(r"(password=)[^&]*"), r"\1***"),
)


def settings_of(config: Config, environ: Mapping[str, str] | None = None) -> tuple[Setting, ...]:
    """Every setting, in the order of `Config`, then what else of the environment is not safe.

    `risk` is what production expects instead, "" for what is safe there.
    """
    found_risks = risks(config, os.environ if environ is None else environ)
    expected = {one.name: one.expected for one in found_risks if not one.is_safe}
    usual = Config()
    found = []
    for field in fields(Config):
        name, value = f"{PREFIX}{field.name.upper()}", getattr(config, field.name)
        is_set = value != getattr(usual, field.name)
        found.append(Setting(name, shown(name, _written(value)), is_set, expected.pop(name, "")))
    beside = [Setting(name, "", True, risk) for name, risk in expected.items()]
    return (*found, *beside)


def shown(name: str, value: str) -> str:
    """A setting as it may be shown: no secret, no password."""
    if name.lower().endswith(_SECRET):
        return "(set)" if value else ""
    for password, masked in _PASSWORDS:
        value = password.sub(masked, value)
    return value


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def for_strangers_files(
    config: Config, environ: Mapping[str, str] = os.environ
) -> Mapping[str, str]:
    """The environment of a process that reads files of others: what importing and publishing need.

    No secret is among it; whether invented programs may go out is told, so production needs not be.
    """
    told = {f"{PREFIX}{name.upper()}": _written(getattr(config, name)) for name in TOLD}
    plain = {"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    return {**plain, **_passwords(config, environ), **told}


def _passwords(config: Config, environ: Mapping[str, str]) -> Mapping[str, str]:
    """Where PostgreSQL's passwords lie: such a process has another home than we have."""
    if not config.url.startswith("postgresql"):
        return {}
    return {"PGPASSFILE": environ.get("PGPASSFILE") or str(Path.home() / ".pgpass")}


def region_of(config: Config) -> Region:
    """The operator's region and its help line. Raises `BadSetting`."""
    try:
        lat, lon = (float(part) for part in config.region_near.split(","))
    except ValueError:
        raise BadSetting(
            "DIRECTORY_REGION_NEAR", config.region_near, "latitude,longitude such as 34.15,-118.14"
        ) from None
    return Region(
        config.region_state,
        config.region_name,
        lat,
        lon,
        config.help_line_name,
        config.help_line_phone,
        (("es", config.help_line_name_es),),
    )
