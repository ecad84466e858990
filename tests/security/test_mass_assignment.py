"""Fields that are not on a form change nothing, on every form of the desk (ASVS 5.0 15.3.3).

Each form is sent as it stands from one and the same state, three times: twice to learn what chance changes
(tokens, seals), once with every name that a column or a record has. What is kept has to be the same.
"""

import sqlite3
from contextlib import closing
from dataclasses import fields

import pytest

from directory.catalog.magic_link import MagicLink
from directory.catalog.partner import Choices, Partner
from directory.catalog.referral import Case, KindOfCase, Ticket
from directory.catalog.staff import Session, StaffMember, StaffOrganization
from directory.store.tables import metadata
from tests.support.grounds import as_it_stands
from tests.support.homes import DATABASE

RECORDS = (
    StaffMember,
    StaffOrganization,
    Session,
    MagicLink,
    Partner,
    Choices,
    Case,
    Ticket,
    KindOfCase,
)
VALUES = {
    "role": "administrator", "organization": "1", "organization_id": "1", "password": "x", "secret": "x",
    "disabled_at": "2026-01-01", "passed": "1", "scopes": "api reports", "status": "started",
}  # fmt: skip
NAMES = sorted(
    {column.name for table in metadata.sorted_tables for column in table.columns}
    | {one.name for record in RECORDS for one in fields(record)}
    | {"is_admin", "admin", "user", "staff", "member", "actor", "by", "_method", "__class__"}
)


MANY = 1_000  # rows: of the listings, only how many; whatever is done to them adds a row


def kept(grounds):
    """(table, column, row) -> value of everything that is kept."""
    found = {}
    with closing(sqlite3.connect(grounds.home / DATABASE)) as database:
        for table in metadata.tables:
            (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
            found[table, "rows", 0] = count
            if count <= MANY:
                rows = database.execute(f"SELECT * FROM {table}")
                names = [name for name, *_ in rows.description]
                for at, row in enumerate(rows):
                    found |= {
                        (table, name, at): value for name, value in zip(names, row, strict=True)
                    }
    return found


def after(grounds, standing, fields):
    """What is kept once a form was sent, and what was answered."""
    grounds.back_to(standing.state)
    answer = grounds.send(standing.who, standing.form, fields)
    return answer.status_code, kept(grounds)


@pytest.mark.timeout(1200)
def test_what_is_not_on_a_form_changes_nothing(grounds, walked):
    start, tried, changed = grounds.state(), 0, 0
    for (view, _), standing in sorted(walked.forms.items()):
        form = standing.form
        if form.method != "POST":
            continue
        grounds.back_to(standing.state)
        before = kept(grounds)
        plain = as_it_stands(form)
        status, first = after(grounds, standing, plain)
        _, second = after(grounds, standing, plain)
        by_chance = {where[:2] for where in first if first[where] != second.get(where)}
        more = {name: [VALUES.get(name, "1")] for name in NAMES if name not in form.names}
        told, with_more = after(grounds, standing, plain | more)
        if with_more == before:  # refused whole, and with it everything
            first, by_chance = before, set()
        else:
            assert told == status, (view, told, status)
        assert first.keys() == with_more.keys(), (view, first.keys() ^ with_more.keys())
        wrong = {where for where in first
                 if where[:2] not in by_chance and first[where] != with_more[where]}  # fmt: skip
        assert not wrong, (view, wrong)
        tried, changed = tried + 1, changed + (first != before)
    grounds.back_to(start)
    assert tried > 20
    assert changed > tried / 2, "most forms do something, or nothing would be proved"
