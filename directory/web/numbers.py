"""Numbers in addresses: what no column can hold names nothing, on SQLite and PostgreSQL alike."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

MOST = 2**31 - 1


class Number(IntegerConverter):
    """`<int:number>`: larger ones are no address of ours (404)."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"max": MOST, **more})


def register(app: Flask) -> None:
    """Read whole numbers of every address this way; before any address is added."""
    app.url_map.converters["int"] = Number
