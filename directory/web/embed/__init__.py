"""The finder on other sites: the frame in every language, and the files it is made of."""

from directory.web.embed import files, frame
from directory.web.embed.files import blueprint as files_blueprint
from directory.web.embed.site import blueprint

__all__ = ("blueprint", "files", "files_blueprint", "frame")
