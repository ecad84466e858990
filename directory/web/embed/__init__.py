"""The finder on other sites: the frame in every language, and the files it is made of."""

from flask import Flask

from directory.web import i18n
from directory.web.embed import files, frame
from directory.web.embed.site import blueprint

__all__ = ("files", "frame", "register")


def register(app: Flask) -> None:
    """Add the frame in every language offered, and its files once."""
    i18n.mount(app, blueprint)
    app.register_blueprint(files.blueprint)
