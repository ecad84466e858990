"""What is done with an uploaded file: tried, taken in, deleted; each step with its line of the trail."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from directory.accounts import trail
from directory.catalog.clock import Clock
from directory.catalog.staff import StaffBook
from directory.catalog.upload import WITH_FILE, Upload, UploadState
from directory.curation.uploading import aside
from directory.curation.uploading.running import how_it_ended, is_at_work
from directory.curation.uploading.workshop import Workshop

KEPT = timedelta(days=1)
REMEMBERED = timedelta(days=90)
MOST_AT_WORK = 2
"""So many files are read at once: each may use a core."""

MOST_OPEN = 20
MOST_KNOWN = 10_000
AT_WORK: frozenset[UploadState] = frozenset({"checking", "applying"})
FIGURES = ("read", "accepted", "created", "changed", "unchanged", "missing", "review")


class Room(Protocol):
    """What this work stands on: the desk, or an operator at the command line."""

    @property
    def clock(self) -> Clock:
        """What time it is."""

    @property
    def workshop(self) -> Workshop:
        """Where files lie."""

    def book(self, *, write: bool = True) -> AbstractContextManager[StaffBook]:
        """Everything of staff, in one transaction."""


def check(services: Room, number: int) -> bool:
    """Try a file out, and wait a little for quick ones; False if others are at work."""
    return _work(services, number, "checking", frozenset({"waiting", "checked", "stopped"}), 0)


def apply(services: Room, number: int, actor: int) -> bool:
    """Take in a file that was tried, and wait a little; False if that cannot begin now."""
    return _work(services, number, "applying", frozenset({"checked"}), actor)


def _work(
    services: Room,
    number: int,
    to: UploadState,
    states: frozenset[UploadState],
    actor: int,
) -> bool:
    """Noted first, then begun, both under the lock of its folder: nobody takes it for ended between."""
    shop = services.workshop
    with services.book(write=False) as book:
        upload = book.uploads.get(number)
    if upload is None:
        return False
    with shop.held(upload) as lock:
        if lock is None:
            return False
        with services.book() as book:
            upload = book.uploads.get(number)
            if upload is None or upload.state not in states or _is_busy(book, shop, number):
                return False
            upload = replace(upload, state=to, why=None, figures={})
            book.uploads.put(upload)
            if to == "applying":
                _note(book, services.clock(), actor, "file_applied", upload, catalog=upload.catalog)
        process = (shop.apply if to == "applying" else shop.check)(upload, lock)
    shop.wait(process)
    settle(services, number)
    return True


def _is_busy(book: StaffBook, shop: Workshop, number: int) -> bool:
    others = (one for one in book.uploads.open() if one.state in AT_WORK and one.number != number)
    return sum(is_at_work(shop.folder(one)) for one in others) >= MOST_AT_WORK


def settle(services: Room, number: int) -> Upload | None:
    """A file as it is now: what has come to its end since anybody looked is written down.

    Of one that another machine took we cannot tell: it says so itself.
    """
    shop = services.workshop
    with services.book(write=False) as book:
        upload = book.uploads.get(number)
    if upload is None or upload.state not in AT_WORK or not shop.has(upload):
        return upload
    if is_at_work(shop.folder(upload)):
        return upload
    after = (_checked if upload.state == "checking" else _applied)(shop, upload)
    with services.book() as book:
        current = book.uploads.get(number)
        if current != upload:
            return current  # somebody else has looked, too
        book.uploads.put(after)
        act: trail.What = "file_checked" if upload.state == "checking" else "file_taken_in"
        _note_end(book, services.clock(), act, after)
    if after.state not in WITH_FILE:
        aside.drop_file(shop.folder(after))
    return after


def _checked(shop: Workshop, upload: Upload) -> Upload:
    ended = how_it_ended(shop.folder(upload))
    if ended.report is None:
        return replace(upload, state="stopped", why=ended.why)
    figures = figures_of(ended.report)
    return replace(upload, state="checked", catalog=ended.report["catalog"], figures=figures)


def _applied(shop: Workshop, upload: Upload) -> Upload:
    """Listings that changed meanwhile send it back to be tried again."""
    folder = shop.folder(upload)
    ended = how_it_ended(folder)
    if ended.report is None:
        state: UploadState = "waiting" if ended.why == "refused" else "stopped"
        return replace(upload, state=state, why=ended.why)
    published = how_it_ended(folder, 1).report is not None
    return replace(
        upload,
        state="applied" if published else "unpublished",
        change=ended.report["change"],
        figures=figures_of(ended.report),
    )


def figures_of(report: Mapping[str, Any]) -> dict[str, int]:
    """What a report counts."""
    return {name: report[name] for name in FIGURES} | {"refused": report["refused_rows"]}


def delete(services: Room, number: int, actor: int) -> bool:
    """Delete a file now; False if it is being worked on, gone already, or lies on another machine."""
    shop = services.workshop
    with services.book() as book:
        upload = book.uploads.get(number)
        if upload is None or upload.state not in WITH_FILE or not shop.has(upload):
            return False
        if is_at_work(shop.folder(upload)):
            return False
        _let_go(book, services.clock(), actor, upload, "asked")
    aside.drop(shop.folder(upload))
    return True


def tend(services: Room) -> int:
    """Delete files that are a day old, and what is known of those of long ago; answers how many went."""
    now, shop = services.clock(), services.workshop
    with services.book(write=False) as book:
        known = book.uploads.newest(MOST_KNOWN)
    for one in known:
        settle(services, one.number)
    old = [one for one in known if one.at <= now - KEPT and not is_at_work(shop.folder(one))]
    gone = sum(_end(services, one.number, now) for one in old if one.state in WITH_FILE)
    if any(one.at <= now - REMEMBERED for one in old):
        with services.book() as book:
            book.uploads.forget(now - REMEMBERED)
    aside.sweep(shop.home, {one.name: one in old for one in known}, now - KEPT)
    return gone


def _end(services: Room, number: int, now: datetime) -> bool:
    with services.book() as book:
        upload = book.uploads.get(number)
        if upload is None or upload.state not in WITH_FILE:
            return False
        _let_go(book, now, trail.COMMAND_LINE, upload, "time")
    return True


def _let_go(book: StaffBook, now: datetime, actor: int, upload: Upload, why: str) -> None:
    book.uploads.put(replace(upload, state="gone"))
    _note(book, now, actor, "file_deleted", upload, why=why)


def _note(
    book: StaffBook, now: datetime, actor: int, act: trail.What, upload: Upload, **more: str | int
) -> None:
    of = {"format": upload.importer, "sha256": upload.digest}
    trail.record(book, now, actor, act, "upload", upload.number, **of, **more)


def _note_end(book: StaffBook, now: datetime, act: trail.What, upload: Upload) -> None:
    """Time ends the work, not somebody."""
    more: dict[str, str | int] = {"state": upload.state, **upload.figures}
    if upload.why:
        more["why"] = upload.why
    if upload.change is not None:
        more["change"] = upload.change
    _note(book, now, trail.COMMAND_LINE, act, upload, **more)


def note_upload(book: StaffBook, now: datetime, upload: Upload) -> None:
    """That a file came in."""
    _note(book, now, upload.staff, "file_uploaded", upload, bytes=upload.size)
