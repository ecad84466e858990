"""The settings as they are, and the help line as visitors see it. Read only: they belong to the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response

from directory.web.i18n import NAMES, languages
from directory.web.services import services
from directory.web.staff.operating import Setting
from directory.web.staff.services import staff_services
from directory.web.staff.setting_words import RISK_WORDS, SETTING_WORDS
from directory.web.staff.site import blueprint, desk_page


@dataclass(frozen=True, slots=True)
class Row:
    """A setting in words. `in_english` says that the risk is told in the words of the command line."""

    setting: Setting
    purpose: str
    risk: str
    in_english: bool


@blueprint.get("/staff/settings")
def settings() -> Response:
    """Every setting by name."""
    rows = [_row(one) for one in staff_services.operating.settings()]
    return desk_page(
        "staff/settings.html",
        rows=rows,
        risks=sum(bool(one.risk) for one in rows),
        region=services.region,
        lines=help_lines(),
    )


def help_lines() -> Sequence[tuple[str, str, str]]:
    """The help line in each language: the language, its code, what it is called there."""
    return [
        (NAMES.get(code, code), code, services.region.in_language(code).help_line_name)
        for code in languages()
    ]


def _row(one: Setting) -> Row:
    known = RISK_WORDS.get(one.name)
    return Row(
        one,
        str(SETTING_WORDS.get(one.name, "")),
        str(known) if known and one.risk else one.risk,
        bool(one.risk) and known is None,
    )
