"""What was said or drawn once and will be again: phrases, parts of cards. In memory only, bounded.

A key holds everything that the kept thing depends on, the language first. Nothing here says who
asked, and a process that ends forgets all of it.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask, current_app, g
from markupsafe import Markup

from directory.web.i18n import language

Thing = TypeVar("Thing")
Given = ParamSpec("Given")

MOST = 30_000
LARGE = 8
"""How much larger a large thing may be than others: so many times fewer are kept."""


class Kept:
    """So many things by key; the oldest go first. Two threads may make one twice: both are equal.

    Large things, such as whole pictures, have a shelf of their own: they are fewer, and push no
    small ones out.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._things: dict[Hashable, Any] = {}
        self._large: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], Thing], large: bool = False) -> Thing:
        """The thing of this key, made if it is not there."""
        things = self._large if large else self._things
        found = things.get(key)
        if found is None:
            found = make()
            most = self.most // LARGE if large else self.most
            if len(things) >= most:
                for oldest in list(things)[: 1 + most // 16]:
                    things.pop(oldest, None)
            if most:
                things[key] = found
        return cast(Thing, found)


def register(app: Flask) -> None:
    """Give an app its memory, and its templates `kept`."""
    app.extensions["kept"] = Kept()
    app.jinja_env.globals["kept"] = kept


def recalled(key: Hashable, make: Callable[[], Thing], large: bool = False) -> Thing:
    """The thing of this key in the language of this page; the key has all else it depends on."""
    here = g.get("kept")
    if here is None:
        memory = current_app.extensions.setdefault("kept", Kept())
        here = g.kept = memory, language()
    memory, spoken = here
    return cast(Thing, memory.get((spoken, key), make, large))


def remembered(make: Callable[Given, Thing]) -> Callable[Given, Thing]:
    """Let a function remember what it said for the same values: it may look at nothing else."""

    @wraps(make)
    def recall(*values: Given.args, **named: Given.kwargs) -> Thing:
        key = make.__module__, make.__qualname__, values, tuple(named.items())
        return recalled(key, lambda: make(*values, **named))

    return recall


def kept(macro: Callable[..., Markup], *values: Hashable, large: bool = False) -> Markup:
    """What a macro makes of these values: it may look at nothing else. No two kept macros share a name."""
    name = cast(str, macro.name)  # type: ignore[attr-defined]
    return recalled(("macro", name, values), lambda: macro(*values), large)
