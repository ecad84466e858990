"""The pages people read. Each module registers its views on `blueprint`; all are listed here."""

from directory.web.pages import (
    about,
    aftercare,
    assets,
    calendar,
    compare,
    exports,
    guide,
    health,
    home,
    maker,
    meetings,
    program,
    refine,
    report,
    results,
    self_check,
    work,
)
from directory.web.pages.site import blueprint

__all__ = (
    "about",
    "aftercare",
    "assets",
    "blueprint",
    "calendar",
    "compare",
    "exports",
    "guide",
    "health",
    "home",
    "maker",
    "meetings",
    "program",
    "refine",
    "report",
    "results",
    "self_check",
    "work",
)
