"""`api-key`: keys by which partners' servers ask more often; made, listed, revoked."""

import argparse
from datetime import datetime
from typing import Any, cast

from directory.accounts import giving_keys, trail
from directory.catalog.api_key import SCOPES, ApiKey
from directory.catalog.staff import StaffBook
from directory.cli.command import Command, Result, lines
from directory.errors import BadValue
from directory.house import House

PER_MINUTE = 6_000


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("list", "add", "revoke"), nargs="?", default="list")
    command.add_argument(
        "key", metavar="N", type=int, nargs="?", help="revoke: the number of a key"
    )
    command.add_argument(
        "--owner", metavar="LABEL", default="", help="add: whose it is, a name of an office"
    )
    command.add_argument(
        "--scope", action="append", choices=SCOPES, help="add: what it is for; default: all of them"
    )
    command.add_argument(
        "--per-minute", metavar="N", type=int, default=PER_MINUTE, help=f"add: default {PER_MINUTE}"
    )


def _api_key(house: House, options: argparse.Namespace) -> Result:
    with house.staff_records().book(write=options.what != "list") as book:
        if options.what == "add":
            return _given(book, house.clock(), options)
        if options.what == "revoke":
            if options.key is None:
                raise BadValue("N", None, "the number of a key, as in: api-key revoke 1")
            giving_keys.end(book, house.clock(), trail.COMMAND_LINE, options.key)
            return {"revoked": options.key}
        return {"keys": [_plain(one) for one in book.api_keys.all()]}


def _given(book: StaffBook, now: datetime, options: argparse.Namespace) -> Result:
    scopes, rate = tuple(options.scope or SCOPES), options.per_minute
    key, secret = giving_keys.give(book, now, trail.COMMAND_LINE, options.owner, scopes, rate)
    return {**_plain(key), "secret": secret, "note": "Shown once: only a digest is kept."}


def _plain(key: ApiKey) -> dict[str, Any]:
    return {
        "key": key.number,
        "owner": key.owner,
        "scopes": list(key.scopes),
        "per_minute": key.per_minute,
        "made_on": key.made_on.isoformat(),
        "last_used_on": key.last_used_on and key.last_used_on.isoformat(),
        "revoked_on": key.revoked_on and key.revoked_on.isoformat(),
    }


def _in_words(result: Result) -> str:
    if "keys" not in result:
        scopes = cast(list[str], result.get("scopes", []))
        return lines({**result, "scopes": ", ".join(scopes)} if scopes else result)
    keys = cast(list[dict[str, Any]], result["keys"])
    shown = [
        f"{one['key']}  {one['owner']}  {','.join(one['scopes'])}  {one['per_minute']} a minute  "
        f"last used {one['last_used_on'] or 'never'}"
        + (f"  revoked {one['revoked_on']}" if one["revoked_on"] else "")
        for one in keys
    ]
    return "\n".join([*shown, f"{len(keys)} keys: api-key add --owner LABEL, api-key revoke N"])


COMMANDS = (
    Command(
        "api-key",
        _api_key,
        "Keys for partners' servers: list, add --owner, revoke N.",
        _add,
        _in_words,
    ),
)
