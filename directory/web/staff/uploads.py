"""Import files: upload one, see what it would change, then take in that very file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, g, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.sessions import SignedIn
from directory.catalog.upload import WITH_FILE, Upload
from directory.curation.importers import IMPORTERS
from directory.curation.public_lists.editions import known_editions
from directory.curation.uploading import aside, running
from directory.curation.uploading.aside import LARGEST, put_aside
from directory.curation.uploading.bounds import MEGABYTE
from directory.errors import BadValue
from directory.web import errors
from directory.web.staff import upload_words, words
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go, signed_in
from directory.web.staff.upload_view import report_of
from directory.web.staff.upload_work import (
    MOST_OPEN,
    apply,
    check,
    delete,
    note_upload,
    settle,
    tend,
)

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed of a file."""

    source: str
    seen_on: date
    edition: str | None
    dated: date | None


@blueprint.get("/staff/imports")
def imports() -> Response:
    """The form, and the newest files."""
    tend(staff_services)
    return listed()


@blueprint.post("/staff/imports")
def take_file() -> AnyResponse:
    """Store a file aside and try it out; nothing is changed by it."""
    tend(staff_services)
    try:
        told = _told()
        number = _stored(told)
    except BadValue as bad:
        return listed(422, {bad.field: upload_words.complaint(bad)}, request.form)
    began = check(staff_services, number)
    return go("upload", number=number, **({} if began else {"said": "busy"}))


def _told() -> Told:
    form, today = request.form, staff_services.clock().date()
    source = form.get("source", "")
    if source not in dict(IMPORTERS):
        raise BadValue("source", source[:40], "an importer", tuple(dict(IMPORTERS)))
    seen_on = _day("seen_on") or today
    if seen_on > today:
        raise BadValue("seen_on", seen_on.isoformat(), f"a day not after {today}")
    of, _, edition = form.get("edition", "").partition(":")
    if edition and (of != source or edition not in known_editions().get(source, ())):
        raise BadValue("edition", edition[:40], "an edition of this list")
    dated = _day("dated")
    if dated and (dated > seen_on or source not in known_editions()):
        raise BadValue("dated", dated.isoformat(), f"a day not after {seen_on}, of a public list")
    return Told(source, seen_on, edition or None, dated)


def _day(name: str) -> date | None:
    text = request.form.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadValue(name, text[:40], "a day such as 2026-11-23") from None


def _stored(told: Told) -> int:
    services, member, file = staff_services, signed_in().member, request.files.get("file")
    with services.book(write=False) as book:
        if len(book.uploads.open()) >= MOST_OPEN:
            raise BadValue("file", "too many", f"fewer than {MOST_OPEN} files at once")
    if file is None:
        raise BadValue("file", "nothing", "a file")
    kept = put_aside(services.workshop.home, file.stream)
    now = services.clock()
    sent = Upload(
        number=0,
        name=kept.name,
        importer=told.source,
        size=kept.size,
        digest=kept.digest,
        staff=member.number,
        at=now,
        seen_on=told.seen_on,
        edition=told.edition,
        dated=told.dated,
    )
    with services.book() as book:
        number = book.uploads.add(sent)
        found = book.uploads.get(number)
        note_upload(book, now, found or sent)
    return number


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(refusal: RequestEntityTooLarge) -> AnyResponse:
    """More than a file may have: told on its page, to who may be there."""
    found: SignedIn | None = g.get("signed_in")
    if not request.max_content_length or request.max_content_length < LARGEST or found is None:
        return errors.refused(refusal)
    bad = BadValue("file", "a larger file", f"at most {LARGEST // MEGABYTE} MB")
    return listed(413, {"file": upload_words.complaint(bad)})


def listed(
    status: int = 200,
    wrong: dict[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The page, with what was wrong and what was typed: all but the file, which browsers do not keep."""
    now = staff_services.clock()
    today = now.date().isoformat()
    with staff_services.book(write=False) as book:
        found = book.uploads.newest(MOST_SHOWN)
        names = {one.number: one.name for one in book.people.all()}
    rows = [
        (one, *upload_words.listed(one), words.ago(one.at, now), names.get(one.staff, ""))
        for one in found
    ]
    return desk_page(
        "staff/imports.html",
        status,
        at="imports",
        rows=rows,
        formats=upload_words.formats(),
        editions=upload_words.editions(),
        today=today,
        typed={"source": "listing", "seen_on": today} if typed is None else typed,
        most=LARGEST // MEGABYTE,
        wrong=wrong or {},
        said=upload_words.done(request.args.get("said", "")),
    )


@blueprint.get("/staff/imports/<int:number>")
def upload(number: int) -> Response:
    """One file: how far it is, what it would change or did change."""
    return page(number)


def page(number: int, status: int = 200, said: str = "") -> Response:
    """The page of a file, with what was just done."""
    shop, found = staff_services.workshop, settle(staff_services, number)
    if found is None:
        abort(404)
    at = request.args.get("page", "1")
    turned = int(at) if at.isascii() and at.isdigit() and 0 < len(at) < 5 else 1
    folder = shop.folder(found)
    refused = running.how_it_ended(folder).refused if found.why == "refused" else ""
    elsewhere = found.state in WITH_FILE and not shop.has(found)
    working = found.state in ("checking", "applying") and not elsewhere
    return desk_page(
        "staff/upload.html",
        status,
        at="upload",
        number=number,
        upload=found,
        format=upload_words.short_name(found.importer),
        standing=upload_words.standing(found),
        stopped=upload_words.stopped(found, refused),
        figures=upload_words.figures(found),
        report=None if working else report_of(shop, found, max(turned, 1)),
        progress=upload_words.progress(running.said_last(folder)) if working else "",
        working=working,
        elsewhere=elsewhere,
        said=said or upload_words.done(request.args.get("said", "")),
    )


@blueprint.post("/staff/imports/<int:number>/check")
def check_file(number: int) -> AnyResponse:
    """Try a file again."""
    began = check(staff_services, number)
    return go("upload", number=number, **({} if began else {"said": "busy"}))


@blueprint.post("/staff/imports/<int:number>/apply")
def apply_file(number: int) -> AnyResponse:
    """Take in the very file that was looked at; if listings changed since, it is tried again."""
    services, found = staff_services, settle(staff_services, number)
    if found is None or not _is_the_one(found):
        return page(number, 409, upload_words.done("other"))
    if not apply(services, number, signed_in().member.number):
        return go("upload", number=number, said="busy")
    after = settle(services, number)
    if after is not None and after.state == "waiting":
        check(services, number)
        return go("upload", number=number, said="changed")
    return go("upload", number=number)


def _is_the_one(found: Upload) -> bool:
    """The file, and what would change, are those that were shown; and the file is still itself."""
    shown = (request.form.get("digest", ""), request.form.get("catalog", ""))
    if found.state != "checked" or shown != (found.digest, str(found.catalog)):
        return False
    return aside.is_as_sent(staff_services.workshop.folder(found), found.digest)


@blueprint.post("/staff/imports/<int:number>/delete")
def delete_file(number: int) -> AnyResponse:
    """Delete a file that nobody wants to take in."""
    if not delete(staff_services, number, signed_in().member.number):
        return go("upload", number=number, said="busy")
    return go("imports", said="deleted")
