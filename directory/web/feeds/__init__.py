"""For crawlers: what they may ask for, and what there is. Outside of any language."""

from flask import Flask

from directory.web.feeds import robots, security_txt, sitemap
from directory.web.feeds.site import blueprint


def register(app: Flask) -> None:
    """Mount the addresses; each module of the room registers its own on `blueprint`."""
    app.register_blueprint(blueprint)


__all__ = ("register", "robots", "security_txt", "sitemap")
