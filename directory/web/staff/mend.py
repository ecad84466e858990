"""The editor of a record: set facts, look at what would be shown, keep it.

A form carries the revision it was read at. What somebody else changed of the same facts since comes back
beside what was typed, and the curator picks for each fact; nothing is overwritten, nothing typed is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from directory.catalog.evidence import BY_CURATOR, Method, Source
from directory.catalog.program import Listing
from directory.curation.mending import (
    FactKey,
    FactsChanged,
    Mending,
    Stated,
    revision_of,
    touched_since,
)
from directory.errors import BadValue, TellsOfAPerson
from directory.web.i18n import gettext, same_page
from directory.web.staff import curator_words, fact_words
from directory.web.staff.acting import acting, publish_soon
from directory.web.staff.cookie import CSRF_FIELD
from directory.web.staff.curator_services import curating
from directory.web.staff.curator_words import How
from directory.web.staff.fact_forms import Typed, key_text, listed, read_key
from directory.web.staff.fact_words import Difference
from directory.web.staff.mend_view import as_listed, as_typed, fact_form, hidden
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, go
from directory.web.typed_address import parts_of

METHODS: Mapping[How, Method] = {
    "phone": "phone",
    "page": "published",
    "letter": "self_report",
    "list": "list",
}
NEED_A_PAGE = ("page", "list")
FIRST_DAY = date(2000, 1, 1)
MOST_FACTS = 25


@dataclass(slots=True)
class Sent:
    """A form of the editor as it was sent, against the program as it is listed now."""

    listing: Listing
    keys: Sequence[FactKey]
    seen: int
    revision: int
    clashing: frozenset[FactKey]
    wrong: dict[str, str] = field(default_factory=dict)
    source: Source | None = None
    facts: list[Stated] = field(default_factory=list)


@blueprint.get("/staff/record/edit")
def edit_record() -> Response:
    """The facts that were picked, as they are listed."""
    listing = staff_services.listings().get(request.args.get("program", ""))
    keys = keys_of(request.args)
    if listing is None or not keys:
        return nothing_to_edit()
    rival = request.args.get("rival", "")
    number = int(rival) if rival.isascii() and rival.isdigit() and len(rival) < 4 else None
    revision = revision_of(staff_services.listings().history(listing.program.id))
    forms = [fact_form(listing, key, as_listed(listing, key, number)) for key in keys]
    return editor(listing, revision, forms, {"day": today().isoformat(), "how": "phone"})


@blueprint.post("/staff/record/edit")
def mend_record() -> AnyResponse:
    """Look at it, or keep it; what cannot be taken comes back as it was typed."""
    listing = staff_services.listings().get(request.form.get("program", ""))
    keys = keys_of(request.form)
    if listing is None or not keys:
        return nothing_to_edit()
    sent = read_form(listing, keys)
    if request.form.get("step") == "again" or sent.wrong or sent.clashing:
        status = 409 if sent.clashing else 422 if sent.wrong else 200
        return back(sent, status)
    if not sent.facts or sent.source is None:
        return go("record", program=listing.program.id, said="same")
    if request.form.get("step") != "keep":
        return look(sent)
    return keep(sent, sent.source)


def keep(sent: Sent, source: Source) -> AnyResponse:
    """Write it, with its line of the trail."""
    program = sent.listing.program.id
    try:
        with acting() as act:
            mending = Mending(act.records, staff_services.clock)
            number = mending.mend(program, sent.seen, sent.facts, source)
            if number is not None:
                act.note("facts_set", "change", number, facts=len(sent.facts))
    except FactsChanged as changed:
        sent.clashing, sent.revision = frozenset(changed.facts), changed.revision
        return back(sent, 409)
    except BadValue as bad:
        sent.wrong[bad.field] = curator_words.complaint(bad)
        return back(sent, 422)
    said = "same" if number is None else publish_soon()
    return go("record", program=program, said=said)


def keys_of(values: "MultiDict[str, str]") -> Sequence[FactKey]:
    """The facts that are named, each once."""
    named = (read_key(text) for text in values.getlist("fact")[:MOST_FACTS])
    return list(dict.fromkeys(key for key in named if key is not None))


def today() -> date:
    """The day it is."""
    return staff_services.clock().date()


def read_form(listing: Listing, keys: Sequence[FactKey]) -> Sent:
    """Everything that was sent, checked; a fact that the curator leaves to somebody else is dropped."""
    past = staff_services.listings().history(listing.program.id)
    seen = request.form.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    clashing = touched_since(past, number) & set(keys)
    sent = Sent(listing, keys, number, revision_of(past), clashing)
    try:
        sent.source = source_of(listing)
    except BadValue as bad:
        sent.wrong[bad.field] = curator_words.complaint(bad)
    for key in keys:
        _read_fact(sent, key, sent.source.as_of if sent.source else today())
    return sent


def _read_fact(sent: Sent, key: FactKey, day: date) -> None:
    name, listing = key_text(key), sent.listing
    if f"both.{name}" in request.form:
        taken = request.form.get(f"take.{name}", "")
        if taken == "theirs":
            return
        if taken != "mine":
            sent.wrong[name] = gettext("Pick which of the two holds.")
    typed = Typed(request.form, key, listing, day, curating.read_phrase)
    source = sent.source or Source("", day, "phone")
    try:
        stated = Stated(*key, typed.value())
        sent.facts.append(curating.checks.checked(stated, listing, source))
    except (BadValue, TellsOfAPerson) as bad:
        sent.wrong[name] = curator_words.complaint(bad)


def source_of(listing: Listing) -> Source:
    """How the curator knows it. Of an invented program it is invented, too. Raises `BadValue`."""
    how, url = request.form.get("how", ""), request.form.get("url", "").strip()
    ways = {way: method for way, method in METHODS.items() if way == how}
    if not ways:
        raise BadValue("how", how[:40], "how it is known", tuple(METHODS))
    day = _day(request.form.get("day", ""))
    if how in NEED_A_PAGE and not _is_page(url):
        raise BadValue("url", url[:100], "the address of a page")
    method = "example" if listing.example else ways[how]  # type: ignore[index]
    by = "program" if how in ("phone", "letter") else "curator"
    address = url if how in NEED_A_PAGE else None
    return Source(BY_CURATOR[method], day, method, address, confirmed_by=by)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadValue("day", text[:40], "a date") from None
    if not FIRST_DAY <= day <= today():
        raise BadValue("day", text[:40], f"a day up to {today()}")
    return day


def _is_page(url: str) -> bool:
    parts = parts_of(url) if len(url) <= 500 and " " not in url and "@" not in url else None
    return parts is not None and parts.scheme in ("http", "https") and "." in parts.netloc


def look(sent: Sent) -> Response:
    """What is shown today beside what would be."""
    same_page("staff.record", program=sent.listing.program.id)
    return desk_page(
        "staff/record_look.html",
        listing=sent.listing,
        differences=differences(sent),
        source=curator_words.cited(sent.source),
        also=others_at(sent),
        phrase=_phrase(sent),
        hidden=hidden(request.form, {CSRF_FIELD, "step"}),
    )


def differences(sent: Sent) -> Sequence[Difference]:
    """Each fact as it is shown and as it would be."""
    return [
        fact_words.difference(one.kind, one.fact, listed(sent.listing, one.key), one.value)
        for one in sent.facts
    ]


def others_at(sent: Sent) -> bool:
    """True if a fact of the place or the organization is set, which other programs may share."""
    return any(one.kind != "program" for one in sent.facts)


def _phrase(sent: Sent) -> Mapping[str, Sequence[str]]:
    """What to look at in a pasted schedule: signs, and what could not be read."""
    text = request.form.get("program.tracks.phrase", "").strip()
    if not text or ("program", "tracks") not in sent.keys:
        return {}
    read = curating.read_phrase(text)
    flags = [curator_words.flag(one) for one in read.flags]
    return {"flags": flags, "unread": [part.text for part in read.unread]}


def back(sent: Sent, status: int) -> Response:
    """The editor with what was typed, what is wrong, and what somebody else wrote meanwhile."""
    forms = [
        fact_form(
            sent.listing,
            key,
            as_typed(request.form, key),
            tuple(filter(None, [sent.wrong.get(key_text(key)) or sent.wrong.get(key[1])])),
            clash=key in sent.clashing or f"both.{key_text(key)}" in request.form,
        )
        for key in sent.keys
    ]
    typed = {name: request.form.get(name, "") for name in ("how", "day", "url")}
    return editor(sent.listing, sent.revision, forms, typed, status, sent.wrong)


def editor(  # type: ignore[no-untyped-def]
    listing: Listing, revision: int, forms, typed, status: int = 200, wrong=None
) -> Response:
    """The page."""
    same_page("staff.record", program=listing.program.id)
    return desk_page(
        "staff/record_edit.html",
        status,
        listing=listing,
        revision=revision,
        forms=forms,
        typed=typed,
        wrong=wrong or {},
        ways=list(curator_words.ways().items()),
        today=today().isoformat(),
        clash=any(one.clash for one in forms),
    )


def nothing_to_edit() -> Response:
    """No program, or no fact of it, was named."""
    same_page("staff.record")
    return desk_page("staff/record_none.html", 422)
