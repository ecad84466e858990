"""The pages people read. Each module registers its views on `blueprint`; all are listed here."""

from directory.web.pages import about, assets, health, home, program, results
from directory.web.pages.site import blueprint

__all__ = ("about", "assets", "blueprint", "health", "home", "program", "results")
