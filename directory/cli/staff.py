"""`staff`: accounts of the desk, from the command line: the first administrator, and ways back in."""

import argparse
import getpass
import sys
from typing import Any, cast

from directory.accounts import second_factor, staff, trail
from directory.accounts.passwords import Passwords, judge, load_common
from directory.accounts.staff import Wanted
from directory.catalog.staff import StaffBook, StaffMember, StaffOrganization
from directory.cli.command import Command, Result, lines
from directory.errors import BadValue
from directory.house import House
from directory.web.addresses import FIRST_RUN


def _add(command: argparse.ArgumentParser) -> None:
    steps = command.add_subparsers(title="steps", metavar="STEP", required=True)
    first = steps.add_parser("add-administrator", help="add an account that may add all others")
    first.add_argument("email", metavar="EMAIL")
    first.add_argument("--name", required=True, help="the person's name, as colleagues know it")
    first.add_argument("--organization", default="Stepwise", help="who runs this directory")
    first.add_argument(
        "--password", action="store_true", help="ask for a password here, instead of a link"
    )
    first.set_defaults(step=_add_administrator)
    again = steps.add_parser("link", help="a new one-time link to set a password")
    again.add_argument("email", metavar="EMAIL")
    again.set_defaults(step=_link)
    reset = steps.add_parser("reset-second-factor", help="for who lost phone and recovery codes")
    reset.add_argument("email", metavar="EMAIL")
    reset.set_defaults(step=_reset)
    listing = steps.add_parser("list", help="every account")
    listing.set_defaults(step=_list)
    for step in (first, again, reset, listing):
        step.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def _staff(house: House, options: argparse.Namespace) -> Result:
    result: Result = options.step(house, options)
    return result


def _add_administrator(house: House, options: argparse.Namespace) -> Result:
    """A link is printed once, unless a password is typed at this terminal."""
    now, actor = house.clock(), trail.COMMAND_LINE
    with house.staff_records().book() as book:
        employer = _organization(book, house, options.organization)
        wanted = Wanted(options.email, options.name, "administrator", employer)
        member = staff.add(book, now, actor, wanted)
        token = staff.link(book, now, actor, member)
        if not options.password:
            return _linked(house, member, token)
        common = judge(load_common(house.config.data / "staff" / "common_passwords.txt"))
        kept = staff.judged(Passwords(), common, member, _typed())
        staff.join(book, now, token, kept)
    return {"account": member.email, "role": member.role, "sign_in": f"{_home(house)}/staff"}


def _typed() -> str:
    if not sys.stdin.isatty():
        raise BadValue("--password", "no terminal", "a terminal to type at; or leave it out")
    first = getpass.getpass("New password (at least 12 characters): ")
    if getpass.getpass("The same again: ") != first:
        raise BadValue("password", "two that differ", "the same twice")
    return first


def _organization(book: StaffBook, house: House, name: str) -> StaffOrganization:
    known = {one.name.casefold(): one for one in book.people.organizations()}
    found = known.get(" ".join(name.split()).casefold())
    return found or staff.add_organization(book, house.clock(), trail.COMMAND_LINE, name)


def _link(house: House, options: argparse.Namespace) -> Result:
    with house.staff_records().book() as book:
        member = _member(book, options.email)
        token = staff.link(book, house.clock(), trail.COMMAND_LINE, member)
    return _linked(house, member, token)


def _reset(house: House, options: argparse.Namespace) -> Result:
    """Every sign-in of the account ends; where the role needs it, the next one sets it up anew."""
    with house.staff_records().book() as book:
        member = _member(book, options.email)
        second_factor.remove(book, house.clock(), trail.COMMAND_LINE, member.number)
    return {"account": member.email, "second_factor": "off"}


def _member(book: StaffBook, email: str) -> StaffMember:
    member = book.people.by_email(staff.read_email(email))
    if member is None or member.disabled_at is not None:
        raise BadValue("EMAIL", email, "an account that may sign in: staff list")
    return member


def _linked(house: House, member: StaffMember, token: str) -> Result:
    return {
        "account": member.email,
        "role": member.role,
        "link": f"{_home(house)}/staff/join/{token}",
        "works": "once, for 48 hours; hand it over yourself, we send no mail",
    }


def _home(house: House) -> str:
    return (house.config.base_url or FIRST_RUN).rstrip("/")


def _list(house: House, _options: argparse.Namespace) -> Result:
    with house.staff_records().book(write=False) as book:
        found = [
            {
                "number": one.number,
                "email": one.email,
                "name": one.name,
                "role": one.role,
                "organization": one.organization.name,
                "disabled": one.disabled_at is not None,
            }
            for one in book.people.all()
        ]
    return {"accounts": len(found), "staff": found}


def _show(result: Result) -> str:
    if "staff" not in result:
        return lines(result)
    found = cast(list[dict[str, Any]], result["staff"])
    shown = [
        f"{one['number']}  {one['role']}  {one['email']}  {one['name']}  {one['organization']}"
        + ("  disabled" if one["disabled"] else "")
        for one in found
    ]
    return "\n".join([*shown, f"{result['accounts']} accounts"])


COMMANDS = (
    Command(
        "staff",
        _staff,
        "Accounts of the desk: the first one, links, second factors.",
        _add,
        _show,
    ),
)
