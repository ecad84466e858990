"""The whole app over a few listings that a test made up, published as `publish` does."""

from functools import partial
from pathlib import Path

from flask import Flask

from directory.app import create_app
from directory.catalog.program import Listing
from directory.config import Config
from directory.search.building import Builder
from directory.search.generations import Generations
from directory.web.api.dump import program_json
from tests.support.builders import (
    FRESHNESS,
    NOW,
    TODAY,
    VOCABULARIES,
    WORDS,
    a_context,
    a_journal,
    locate,
)


def site_with(home: Path, *listings: Listing) -> Flask:
    """An app that lists these programs."""
    config = Config(home=home, secret="tests-" * 8)
    encode = partial(program_json, freshness=FRESHNESS, today=TODAY)
    builder = Builder(VOCABULARIES, locate, encode, a_context, "tests")
    Generations(config.generations, WORDS).write(builder, listings, TODAY, a_journal(listings))
    return create_app(config, lambda: NOW)
