"""`config`: every setting with its value."""

import argparse
import re
from dataclasses import fields

from directory.cli.command import Command, Result
from directory.config import PREFIX, Config
from directory.house import House


def _config(house: House, _options: argparse.Namespace) -> Result:
    return {
        f"{PREFIX}{field.name.upper()}": _shown(field.name, str(getattr(house.config, field.name)))
        for field in fields(Config)
    }


def _shown(name: str, value: str) -> str:
    """A setting as it may be printed: no secret, no password."""
    if name.endswith(("secret", "token")):
        return "(set)" if value else ""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", value)


COMMANDS = (Command("config", _config, "Show every setting with its value."),)
