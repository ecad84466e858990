"""`config`: every setting with its value."""

import argparse

from directory.cli.command import Command, Result
from directory.house import House
from directory.settings import settings_of


def _config(house: House, _options: argparse.Namespace) -> Result:
    return {one.name: one.value for one in settings_of(house.config, {})}


COMMANDS = (Command("config", _config, "Show every setting with its value."),)
