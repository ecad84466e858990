"""HSDS 3.1 (Open Referral) under `/hsds/v3`: for machines that mirror or search what is public."""

from flask import Blueprint, Flask

from directory.web.hsds import about, items, lists


def register(app: Flask) -> None:
    """Mount every address of the feed."""
    blueprint = Blueprint("hsds", __name__, url_prefix=about.PREFIX)
    for part in (about, lists, items):
        part.mount(blueprint)
    app.register_blueprint(blueprint)
