"""What is killed at any moment, and what must hold afterwards: all of it happened, or none.

Each act runs in a process of its own that is killed without warning; then everything kept is read.
"""

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from directory.accounts import staff, trail
from directory.app import create_app
from directory.catalog.referral import CoarseNeeds
from directory.config import Config
from directory.referrals import desk
from directory.referrals.tickets import Act
from directory.search import manifest
from directory.search.generations import Generations
from directory.store.backups.making import Holdings, back_up
from directory.store.backups.restoring import restore
from directory.store.connect import migrations, open_database, upgrade, writing
from directory.store.soundness import soundness
from directory.store.sql_records import SqlRecords
from directory.store.staff_records import SqlStaffRecords
from tests.conftest import NOW
from tests.curation.builders import imported, listing_file, organization, program, site, write_json
from tests.support.builders import WORDS, a_listing, published

TUESDAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
OLD = "0007_api_keys"
BEFORE, AFTER = "before", "after"


class Scenario(NamedTuple):
    """`prepare` makes a home, `act` is killed in a copy of it, `state` says what it left.

    `state` raises AssertionError if something is half done; else it is `BEFORE`, `AFTER`, or a
    number of whole steps.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], None]
    state: Callable[[Path], str]


@contextmanager
def database(home: Path) -> Iterator[sa.Engine]:
    """The database of a home, closed at the end."""
    engine = open_database(f"sqlite:///{home / 'directory.sqlite'}")
    try:
        yield engine
    finally:
        engine.dispose()


def listed(home: Path, name: str, *keys: str) -> Path:
    """A file that lists these programs."""
    each = [
        organization(site(program(key, name=f"{key} IOP"), id=f"site-{key}"), id=f"org-{key}")
        for key in keys
    ]
    return write_json(home, listing_file(*each, name=f"Page {name}"), f"{name}.json")


def _store(home: Path) -> None:
    """Two programs, and a file with forty more."""
    with database(home) as engine:
        upgrade(engine)
        imported(SqlRecords(engine), listed(home, "two", "a", "b"))
    listed(home, "forty", *(f"p{number}" for number in range(40)))


def _import(home: Path) -> None:
    with database(home) as engine:
        imported(SqlRecords(engine), home / "forty.json")


def _sound(engine: sa.Engine) -> None:
    assert soundness(engine).problems == ()


def _imported(home: Path) -> str:
    with database(home) as engine:
        _sound(engine)
        programs = SqlRecords(engine).count()
        with engine.connect() as connection:
            changes = connection.exec_driver_sql("SELECT count(*) FROM change").scalar()
    assert (programs, changes) in {(2, 1), (42, 2)}, (programs, changes)
    return AFTER if programs == 42 else BEFORE


def _generation(home: Path) -> None:
    published(home / "generations", [a_listing()])


def _publish(home: Path) -> None:
    published(home / "generations", [a_listing(id=f"p{number}") for number in range(30)])


def _published(home: Path) -> str:
    folder = home / "generations"
    named = (folder / "CURRENT").read_text(encoding="ascii")
    assert manifest.is_whole(folder / named, set())
    current = Generations(folder, WORDS).current()
    assert (current.name, current.roster.size) in {(named, 1), (named, 30)}
    assert current.words("iop").scores.max() > 0
    return AFTER if current.roster.size == 30 else BEFORE


def _old_tables(home: Path) -> None:
    with database(home) as engine, writing(engine) as connection:
        command.upgrade(migrations(connection), OLD)
        for number in range(300):
            connection.exec_driver_sql(f"INSERT INTO organization (id) VALUES ('o{number}')")


def _migrate(home: Path) -> None:
    with database(home) as engine:
        upgrade(engine)


def _migrated(home: Path) -> str:
    head = ScriptDirectory.from_config(migrations()).get_current_head()
    with database(home) as engine:
        found = soundness(engine)
        assert found.problems == ()
        assert found.revision in {OLD, head}
        assert found.counts["organization"] == 300
        upgrade(engine)
        assert soundness(engine).revision == head
    return AFTER if found.revision == head else BEFORE


def _desk(home: Path) -> None:
    with database(home) as engine:
        upgrade(engine)
        with SqlStaffRecords(engine).book() as book:
            staff.add_organization(book, NOW, 0, "Hillside Hospital")


MOST_TICKETS = 10


def _move_tickets(home: Path) -> None:
    """One case after the other: opened, asked, answered, noted in the trail; each all at once."""
    with database(home) as engine:
        for _ in range(MOST_TICKETS):
            with SqlStaffRecords(engine).book() as book:
                case = desk.open_case(book.referrals, TUESDAY, 1, CoarseNeeds("iop"), {"a": "yes"})
                (ticket,) = book.referrals.tickets([case.number])
                for to, by in (("sent", "referrer"), ("seen", "program")):
                    now = book.referrals.ticket(ticket.number)
                    desk.act(book.referrals, TUESDAY, now, Act(to), by, now.turn)
                trail.record(book, NOW, 0, "ticket_moved", "ticket", ticket.number)


def _tickets_moved(home: Path) -> str:
    with database(home) as engine:
        _sound(engine)
        with SqlStaffRecords(engine).book(write=False) as book:
            found = trail.verify(book.trail.read(), book.trail.head())
            acts = [one.act for one in book.trail.read()]
        with engine.connect() as connection:
            query = "SELECT status, count(*) FROM referral_ticket GROUP BY status"
            tickets = dict(tuple(row) for row in connection.exec_driver_sql(query))
            cases = connection.exec_driver_sql("SELECT count(*) FROM referral_case").scalar()
    assert found.holds
    moved = acts.count("ticket_moved")
    assert (tickets, cases) == ({"seen": moved} if moved else {}, moved)
    return {0: BEFORE, MOST_TICKETS: AFTER}.get(moved, str(moved))


def _holdings(home: Path) -> Holdings:
    return Holdings(sa.make_url(f"sqlite:///{home / 'directory.sqlite'}"), home / "meetings", "")


def _two_and_a_backup_of_forty(home: Path) -> None:
    _store(home)
    _import(home)
    back_up(_holdings(home), home / "kept", AT)
    for left in home.glob("directory.sqlite*"):
        left.unlink()
    _store(home)


def _restore(home: Path) -> None:
    (folder,) = (path for path in (home / "kept").iterdir() if path.is_dir())
    restore(folder, _holdings(home), AT, lambda _: (), replace=True)


SCENARIOS = (
    Scenario("import", _store, _import, _imported),
    Scenario("publish", _generation, _publish, _published),
    Scenario("migrate", _old_tables, _migrate, _migrated),
    Scenario("ticket change", _desk, _move_tickets, _tickets_moved),
    Scenario("restore", _two_and_a_backup_of_forty, _restore, _imported),
)


@dataclass(frozen=True, slots=True)
class Killed:
    """What so many kills left: how often each state, and the longest start of the app afterwards.

    In seconds of the processor: what else the machine does is not counted.
    """

    name: str
    runs: int
    before: int
    between: int
    after: int
    slowest_start: float


def kill(scenario: Scenario, runs: int, seed: int) -> Killed:
    """Kill an act at its beginning, then at random moments; every run starts from the same home."""
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        whole, here = Path(folder) / "whole", Path(folder) / "here"
        whole.mkdir()
        scenario.prepare(whole)
        shutil.copytree(whole, here)
        began = time.perf_counter()
        _finished(scenario.act, here)
        lasts = time.perf_counter() - began
        assert scenario.state(here) == AFTER
        rng, states, starts = random.Random(seed), [], []
        for run in range(runs):
            shutil.rmtree(here)
            shutil.copytree(whole, here)
            _killed(scenario.act, here, rng.uniform(0, 1.2 * lasts) if run else 0)
            states.append(scenario.state(here))
            starts.append(_finished(_start, here))
    between = sum(1 for one in states if one not in (BEFORE, AFTER))
    before, after = states.count(BEFORE), states.count(AFTER)
    return Killed(scenario.name, runs, before, between, after, max(starts))


def _child(act: Callable[[Path], None], home: Path) -> int:
    child = os.fork()
    if child == 0:
        try:
            act(home)
            os._exit(0)
        finally:
            os._exit(1)
    return child


def _finished(act: Callable[[Path], None], home: Path) -> float:
    """Seconds of the processor that it took."""
    _, status, used = os.wait4(_child(act, home), 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return used.ru_utime + used.ru_stime


def _killed(act: Callable[[Path], None], home: Path, after: float) -> None:
    child = _child(act, home)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _start(home: Path) -> None:
    """The app as a server makes it, until it says how it stands."""
    app = create_app(Config(home=home, secret="tests-" * 8), lambda: NOW)
    assert app.test_client().get("/readyz").status_code in {200, 503}
