"""Every setting as people may see it: its value without secrets, where it comes from, if it is safe."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields

from directory.config import PREFIX, Config, risks
from directory.web.staff.operating import Setting

_SECRET = ("secret", "token")
_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&]*")


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
        text = str(int(value)) if isinstance(value, bool) else str(value)
        found.append(Setting(name, shown(name, text), is_set, expected.pop(name, "")))
    beside = [Setting(name, "", True, risk) for name, risk in expected.items()]
    return (*found, *beside)


def shown(name: str, value: str) -> str:
    """A setting as it may be shown: no secret, no password."""
    if name.lower().endswith(_SECRET):
        return "(set)" if value else ""
    return _PASSWORD.sub("***", value)
