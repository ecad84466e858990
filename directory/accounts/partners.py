"""Partners as staff keep them: keys given, changed, closed; counts that tell of no single visitor.

The command line and the pages of the desk do the same through here, and each act is a line of the
audit trail.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.accounts import trail
from directory.accounts.choices import Known, read_choices, written
from directory.accounts.origins import read_origin
from directory.catalog.clock import Clock
from directory.catalog.partner import DayCount, Partner
from directory.catalog.staff import StaffBook, StaffRecords
from directory.errors import BadValue, PartnerHasChanged, UnknownPartner

LONGEST_NAME = 80
MOST_ORIGINS = 20
MOST_KEYS = 50
"""So many keys an organization may have that are not revoked."""
LEAST_SHOWN = 11
"""Fewer than this many of anything on a day are not told: a few visitors could be known by them."""
KEPT_DAYS = 400


def new_key() -> str:
    """A key nobody has: it names a partner, and is no secret."""
    return f"pk_{secrets.token_hex(10)}"


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day as it may be told; None is fewer than 11."""

    day: date
    shown: int | None
    asked: int | None


@dataclass(frozen=True, slots=True)
class PartnerDesk:
    """What staff do with partners, at the command line and at the desk; `actor` is who does it."""

    records: Callable[[], StaffRecords]
    known: Known
    clock: Clock
    make_key: Callable[[], str] = new_key
    actor: int = trail.COMMAND_LINE

    def all(self) -> Sequence[Partner]:
        """Every partner, the oldest first, revoked ones too."""
        with self.records().book(write=False) as book:
            return book.partners.all()

    def one(self, key: str) -> Partner:
        """The partner of a key. Raises `UnknownPartner`."""
        return _of(key, self.all())

    def add(
        self,
        name: str,
        origins: Sequence[str],
        choices: Mapping[str, str] | None = None,
        organization: int | None = None,
    ) -> Partner:
        """Give a key. Raises `BadValue` or `BadChoices` for what cannot be used."""
        partner = Partner(
            self.make_key(),
            read_name(name),
            read_origins(origins),
            read_choices(choices or {}, self.known),
            organization=organization,
        )
        with self.records().book() as book:
            _leave_room(book, organization)
            number = book.partners.add(partner, self.clock().date())
            self._note(book, "partner_added", number, origins=len(partner.origins))
        return replace(partner, number=number)

    def change(
        self,
        key: str,
        *,
        name: str | None = None,
        origins: Sequence[str] | None = None,
        choices: Mapping[str, str] | None = None,
        version: int | None = None,
    ) -> Partner:
        """Change what is given; of `choices` those that are named, "" leaving one open.

        Raises `PartnerHasChanged` if it is not at the `version` that somebody saw.
        """
        with self.records().book() as book:
            now = _of(key, book.partners.all())
            spelled = {**written(now.choices), **(choices or {})}
            changed = replace(
                now,
                name=now.name if name is None else read_name(name),
                origins=now.origins if origins is None else read_origins(origins),
                choices=read_choices(spelled, self.known) if choices else now.choices,
            )
            kept = _keep(book, now, changed, version)
            self._note(book, "partner_changed", kept.number, what=_differences(now, kept))
        return kept

    def pause(self, key: str) -> Partner:
        """Close a key for a while: within seconds no page shows its frame any more."""
        return self._set(key, "partner_paused", paused=True)

    def reopen(self, key: str) -> Partner:
        """Open a paused key again."""
        return self._set(key, "partner_reopened", paused=False)

    def revoke(self, key: str) -> Partner:
        """Close a key until an operator restores it; its counts are kept."""
        return self._set(key, "partner_revoked", active=False)

    def restore(self, key: str) -> Partner:
        """Open a revoked key again."""
        return self._set(key, "partner_restored", active=True)

    def give_to(self, key: str, organization: int | None) -> Partner:
        """Have the people of an organization see to a key; None: nobody's. Raises `BadValue`."""
        with self.records().book() as book:
            if organization is not None:
                known = {one.number for one in book.people.organizations()}
                if organization not in known:
                    raise BadValue("organization", organization, "the number of an organization")
            now = _of(key, book.partners.all())
            kept = _keep(book, now, replace(now, organization=organization))
            self._note(book, "partner_given", kept.number, organization=organization or 0)
        return kept

    def counts(self, key: str, days: int = 30) -> Sequence[ToldDay]:
        """The days before today, each told as far as it may be; a day is told once it is over."""
        today = self.clock().date()
        since = today - timedelta(days=days)
        with self.records().book(write=False) as book:
            _of(key, book.partners.all())
            found = {one.day: one for one in book.partners.counts(key, since)}
        each = (since + timedelta(days=ahead) for ahead in range(days))
        return [_told(found.get(day) or DayCount(key, day, 0, 0)) for day in each]

    def _set(self, key: str, act: trail.What, **states: bool) -> Partner:
        with self.records().book() as book:
            now = _of(key, book.partners.all())
            kept = _keep(book, now, replace(now, **states))  # type: ignore[arg-type]
            self._note(book, act, kept.number)
        return kept

    def _note(self, book: StaffBook, act: trail.What, number: int, **details: str | int) -> None:
        trail.record(book, self.clock(), self.actor, act, "partner", number, **details)


def _keep(book: StaffBook, now: Partner, changed: Partner, version: int | None = None) -> Partner:
    kept = replace(changed, version=now.version + 1)
    if not book.partners.change(kept, now.version if version is None else version):
        raise PartnerHasChanged(now.key)
    return kept


def _leave_room(book: StaffBook, organization: int | None) -> None:
    own = [one for one in book.partners.all() if one.active and one.organization == organization]
    if organization is not None and len(own) >= MOST_KEYS:
        raise BadValue("key", f"{len(own) + 1} keys", f"at most {MOST_KEYS} of one organization")


def _differences(was: Partner, now: Partner) -> str:
    """Which parts differ, as the trail may say it."""
    parts = ("name", "origins", "choices")
    return ".".join(one for one in parts if getattr(was, one) != getattr(now, one))


def _told(count: DayCount) -> ToldDay:
    return ToldDay(count.day, _enough(count.shown), _enough(count.asked))


def _enough(number: int) -> int | None:
    return number if number >= LEAST_SHOWN else None


def _of(key: str, partners: Sequence[Partner]) -> Partner:
    for partner in partners:
        if partner.key == key:
            return partner
    raise UnknownPartner(key[:40])


def read_name(text: str) -> str:
    """A name on one line. Raises `BadValue`."""
    name = " ".join(text.split())
    if not (name and name.isprintable() and len(name) <= LONGEST_NAME):
        raise BadValue("name", text[:80], f"a name of 1 to {LONGEST_NAME} letters")
    return name


def read_origins(texts: Sequence[str]) -> tuple[str, ...]:
    """The exact origins, each once. Raises `BadValue`."""
    origins = tuple(dict.fromkeys(read_origin(text) for text in texts))
    if not 1 <= len(origins) <= MOST_ORIGINS:
        raise BadValue("origin", f"{len(origins)} origins", f"1 to {MOST_ORIGINS}")
    return origins


def in_json(partner: Partner) -> dict[str, object]:
    """A partner as a report names it."""
    return {
        "key": partner.key,
        "name": partner.name,
        "origins": list(partner.origins),
        "choices": written(partner.choices),
        "active": partner.active,
        "paused": partner.paused,
        "organization": partner.organization,
        "version": partner.version,
    }
