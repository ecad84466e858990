"""`backup`, `restore`, `verify`: one state of everything kept, the way back, and proof."""

import argparse
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from directory.accounts import trail
from directory.cli.command import Command, Result, lines
from directory.cli.publishing import publish_all
from directory.cli.served import amiss
from directory.cli.telling import say, working
from directory.exchange.aside import checksum
from directory.house import House
from directory.search.manifest import is_whole
from directory.store.backups.making import Holdings, back_up, keep_newest
from directory.store.backups.manifest import NAME, read_backup
from directory.store.backups.noting import note_backup
from directory.store.backups.restoring import restore
from directory.store.backups.sqlite_file import open_copy
from directory.store.connect import open_database
from directory.store.soundness import Soundness, soundness
from directory.store.staff_records import SqlStaffRecords


def _add_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("into", type=Path, metavar="FOLDER", help="where backups lie")
    command.add_argument(
        "--keep", type=_some, metavar="N", help="delete all but the newest N of the folder"
    )


def _some(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"got {text!r}, expected a whole number from 1 on")
    return int(text)


def _backup(house: House, options: argparse.Namespace) -> Result:
    with working("Backup: copying the database, then reading every page of the copy"):
        made = back_up(_holdings(house), options.into.resolve(), house.clock())
    held = read_backup(made)
    note_backup(house.config.home, held.made_at)
    gone = keep_newest(options.into, options.keep) if options.keep else []
    return {
        "backup": str(made),
        "manifest_sha256": checksum(made / NAME),
        "revision": held.revision,
        "rows": sum(held.counts.values()),
        "trail_head": held.trail,
        "deleted": len(gone),
    }


def _add_restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="BACKUP", help="a folder that backup wrote")
    command.add_argument(
        "--replace", action="store_true", help="put what is there now aside, and replace it"
    )


def _restore(house: House, options: argparse.Namespace) -> Result:
    """The store as it was, everybody signed out, no link open, and a generation built anew from it."""
    ended: list[int] = []
    closed: list[int] = []

    def arrive(engine: sa.Engine) -> Sequence[str]:
        with SqlStaffRecords(engine).book() as book:
            found = trail.verify(book.trail.read(), book.trail.head())
            if found.holds:
                ended.extend(book.sessions.end_all(one.number) for one in book.people.all())
                # Some were used up, or replaced by newer ones, since the backup was made.
                closed.extend((book.invitations.drop_all(), book.magic_links.drop_all()))
                number = found.head.number
                trail.record(
                    book, house.clock(), trail.COMMAND_LINE, "store_restored", "trail", number
                )
        return [] if found.holds else [f"the audit trail: line {found.broken[0].number}"]

    with working("Restore: reading every file of the backup, then every page of the database"):
        done = restore(
            options.folder, _holdings(house), house.clock(), arrive, replace=options.replace
        )
    say("Restore: the database is in place")
    if done.kept:
        say(
            f"Restore: delete {done.kept} once nothing of it is missed: it holds what is gone by now"
        )
    return {
        "restored": str(options.folder),
        "made_at": done.manifest.made_at.isoformat(),
        "revision": f"{done.manifest.revision} to {done.sound.revision}",
        "rows": done.sound.rows,
        "signed_out": sum(ended),
        "links_closed": sum(closed),
        "replaced_kept_in": done.kept and str(done.kept),
        "secret": _secret(done.manifest.secret, _marks_of_secrets(house)),
        **publish_all(house, whole=True),
    }


def _secret(noted: str, marks: Sequence[str]) -> str:
    """Whether what the backup holds sealed can still be opened."""
    if not noted or noted in marks:
        return "the same" if noted else "none was in use"
    return "another: second steps have to be set up anew (staff reset-second-factor)"


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, nargs="?", metavar="BACKUP", help="a backup, instead of what is in use"
    )


def _verify(house: House, options: argparse.Namespace) -> Result:
    """Read everything and change nothing."""
    if options.folder:
        return _verified_backup(options.folder)
    sound, head = _database(house)
    problems = [*sound.problems, *_generations(house), *_open_data(house)]
    return _told(sound, head, problems) | {"generations": len(house.generations.names())}


def _told(sound: Soundness, head: str, problems: Sequence[str]) -> dict[str, object]:
    report: dict[str, object] = {
        "holds": not problems,
        "revision": sound.revision,
        "rows": sound.rows,
        "trail_head": head,
        "problems": list(problems),
    }
    return report | ({"refused_whole": True} if problems else {})


def _verified_backup(folder: Path) -> Result:
    """Its checksums; of a SQLite file everything inside, too: of SQL only a restore tells."""
    held = read_backup(folder)
    found, head = Soundness(held.revision, held.counts), held.trail
    if held.database == "sqlite":
        found, head = _proved(open_copy(folder / held.database_file))
    return {"made_at": held.made_at.isoformat(), **_told(found, head, found.problems)}


def _database(house: House) -> tuple[Soundness, str]:
    """What the database in use holds; it is not upgraded and not made."""
    url = sa.make_url(house.config.url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Soundness(problems=(f"{url.database}: there is no database",)), ""
    return _proved(open_database(house.config.url))


def _proved(engine: sa.Engine) -> tuple[Soundness, str]:
    """What a database holds, and the head of its trail, each line read."""
    try:
        found = soundness(engine)
        if "staff_act" not in found.counts:
            return found, ""
        with SqlStaffRecords(engine).book(write=False) as book:
            proved = trail.verify(book.trail.read(), book.trail.head())
        told = tuple(f"audit trail: line {one.number}: {one.how}" for one in proved.broken)
        return Soundness(found.revision, found.counts, found.problems + told), str(proved.head)
    finally:
        engine.dispose()


def _generations(house: House) -> Iterator[str]:
    """What is amiss with the one that is served, and each on disk that is not whole."""
    yield from amiss(house)
    for name in house.generations.names():
        if not is_whole(house.config.generations / name, set()):
            yield f"{name}: a file is not as it was written: run python -m directory rebuild"


def _open_data(house: House) -> Iterator[str]:
    """Files of open data that are not as they were written."""
    if (release := house.releases.current()) is None:
        return
    for one in release.files:
        if checksum(release.folder / one.name) != one.sha256:
            yield f"open data {one.name}: not as it was written: run python -m directory rebuild"


def _holdings(house: House) -> Holdings:
    config = house.config
    newest = next(iter(_marks_of_secrets(house)), "")
    return Holdings(sa.make_url(config.url), config.home / "meetings", newest)


def _marks_of_secrets(house: House) -> list[str]:
    """What stands for each secret in use without telling it, the newest first."""
    config, file = house.config, house.config.home / "secret"
    secrets = config.secret.split() or ([file.read_text("ascii")] if file.exists() else [])
    return [hmac.new(one.encode(), b"backup", hashlib.sha256).hexdigest() for one in secrets]


def _show_verified(result: Result) -> str:
    return lines({name: value for name, value in result.items() if name != "refused_whole"})


COMMANDS = (
    Command(
        "backup",
        _backup,
        "Write one state of the store into a new folder.",
        _add_backup,
    ),
    Command(
        "restore",
        _restore,
        "Bring a backup back, proved first; then rebuild.",
        _add_restore,
    ),
    Command(
        "verify",
        _verify,
        "Read all that is kept, or a backup; say what is damaged.",
        _add_verify,
        _show_verified,
    ),
)
