"""`partner`: sites that may show our finder: keys given, changed, closed, and how often they were used."""

import argparse
from collections.abc import Mapping
from typing import Any, cast

from directory.accounts.choices import KEYS
from directory.accounts.partners import LEAST_SHOWN, in_json
from directory.cli.command import Command, Result
from directory.errors import BadValue
from directory.house import House

_WHAT = ("add", "list", "change", "pause", "reopen", "revoke", "restore", "counts")
_HELP: Mapping[str, str] = {
    "lang": "the language it opens in",
    "scheme": "auto, light or dark",
    "accent": "a colour on light ground, #7a2d5b; refused below 4.5 to 1",
    "accent-dark": "the same on dark ground; worked out if left out",
    "radius": "round corners, 0 to 16 pixels",
    "place": "a ZIP code, or a city or county with its state: visitors are not asked",
    "within": "miles around the place",
    "focus": "codes of what to treat, with commas; picked already, visitors may change it",
    "payer": "a code; picked already, visitors may change it",
    "services": "codes that programs should offer",
    "populations": "codes of groups for certain people",
    "languages": "codes of languages of the group",
    "count": "programs shown in the frame, 1 to 10",
    "examples": "off leaves the invented programs out",
}


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=_WHAT)
    command.add_argument("key", metavar="KEY", nargs="?", help="pk_..., except for add and list")
    command.add_argument("--name", help="what the partner is called")
    command.add_argument(
        "--origin",
        action="append",
        help="https://host[:port] of a page that may show the frame; several times for several",
    )
    for key in KEYS:
        command.add_argument(f"--{key}", help=_HELP[key] + '; "" leaves it open')
    command.add_argument("--days", type=int, default=30, help="how far back counts go (30)")


def _partner(house: House, options: argparse.Namespace) -> Result:
    desk = house.partner_desk
    if options.what == "list":
        return {"partners": [in_json(one) for one in desk.all()]}
    if options.what == "add":
        name, origins = _needed(options.name, "--name"), _needed(options.origin, "--origin")
        return in_json(desk.add(name, origins, _chosen(options)))
    key = _needed(options.key, "KEY")
    if options.what == "counts":
        return {"key": key, "days": _days(house, key, options.days)}
    if options.what == "change":
        return in_json(
            desk.change(key, name=options.name, origins=options.origin, choices=_chosen(options))
        )
    do = {
        "pause": desk.pause,
        "reopen": desk.reopen,
        "revoke": desk.revoke,
        "restore": desk.restore,
    }
    return in_json(do[options.what](key))


def _needed(value: Any, name: str) -> Any:
    if value is None:
        raise BadValue(name, None, "it is needed here; see: python -m directory partner --help")
    return value


def _chosen(options: argparse.Namespace) -> dict[str, str]:
    values = ((key, getattr(options, key.replace("-", "_"))) for key in KEYS)
    return {key: text for key, text in values if text is not None}


def _days(house: House, key: str, days: int) -> list[dict[str, object]]:
    if not 1 <= days <= 366:
        raise BadValue("--days", days, "1 to 366")
    return [
        {"day": one.day.isoformat(), "shown": one.shown, "asked": one.asked}
        for one in house.partner_desk.counts(key, days)
    ]


def _in_words(result: Result) -> str:
    if "days" in result:
        days = cast(list[dict[str, Any]], result["days"])
        shown = [f"{one['day']}  {_told(one['shown'])}  {_told(one['asked'])}" for one in days]
        return "\n".join(["day         frames shown     matches asked for", *shown])
    if "partners" in result:
        partners = cast(list[dict[str, Any]], result["partners"])
        return "\n".join([*map(_line, partners), f"partners: {len(partners)}"])
    return _line(result)


def _told(number: int | None) -> str:
    return f"{f'fewer than {LEAST_SHOWN}' if number is None else number:<15}"


def _line(partner: Mapping[str, Any]) -> str:
    chosen = " ".join(f"{key}={text}" for key, text in partner["choices"].items())
    state = "" if partner["active"] else "  (revoked)"
    state = "  (paused)" if partner["active"] and partner["paused"] else state
    return f"{partner['key']}{state}  {partner['name']}  {' '.join(partner['origins'])}  {chosen}".rstrip()


COMMANDS = (
    Command(
        "partner",
        _partner,
        "Sites that may show our finder: their keys and choices.",
        _add,
        _in_words,
    ),
)
