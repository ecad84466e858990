from collections.abc import Callable

import pytest
from flask import Flask

from directory.web import embed, errors, i18n, pages, security
from tests.support.outcomes import app_with
from tests.support.page import Visitor

FORM = {"place": "91101", "how": "car", "week": "nine", "need": ["mh"], "pay": "unsure"}


def register(app: Flask) -> None:
    i18n.init(app)
    i18n.mount(app, pages.blueprint)
    embed.register(app)
    errors.register(app)
    security.register(app)


@pytest.fixture
def visiting() -> Callable[..., Visitor]:
    """Someone who visits a site whose finder gives this answer."""
    return lambda answer: Visitor(app_with(answer, register))


@pytest.fixture
def speaking():
    """An English page's surroundings, for words that need a language."""
    from tests.support.outcomes import outcome

    with app_with(outcome(), register).test_request_context("/"):
        yield
