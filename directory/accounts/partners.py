"""Partners as staff keep them: keys given, changed, revoked; counts that tell of no single visitor."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.accounts.choices import Known, read_choices, written
from directory.accounts.origins import read_origin
from directory.catalog.clock import Clock
from directory.catalog.partner import DayCount, Partner
from directory.catalog.records import WritableRecords
from directory.errors import BadValue, PartnerHasChanged, UnknownPartner

LONGEST_NAME = 80
MOST_ORIGINS = 20
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
    """What staff do with partners, at the command line and at the desk."""

    records: Callable[[], WritableRecords]
    known: Known
    clock: Clock
    make_key: Callable[[], str] = new_key

    def all(self) -> Sequence[Partner]:
        """Every partner, the oldest first, revoked ones too."""
        with self.records().desk(write=False) as desk:
            return desk.partners.all()

    def one(self, key: str) -> Partner:
        """The partner of a key. Raises `UnknownPartner`."""
        return _of(key, self.all())

    def add(
        self, name: str, origins: Sequence[str], choices: Mapping[str, str] | None = None
    ) -> Partner:
        """Give a key. Raises `BadValue` or `BadChoices` for what cannot be used."""
        partner = Partner(
            self.make_key(),
            read_name(name),
            read_origins(origins),
            read_choices(choices or {}, self.known),
        )
        with self.records().desk() as desk:
            desk.partners.add(partner, self.clock().date())
        return partner

    def change(
        self,
        key: str,
        *,
        name: str | None = None,
        origins: Sequence[str] | None = None,
        choices: Mapping[str, str] | None = None,
        active: bool | None = None,
        version: int | None = None,
    ) -> Partner:
        """Change what is given; of `choices` those that are named, "" leaving one open.

        Raises `PartnerHasChanged` if it is not at the `version` that somebody saw.
        """
        with self.records().desk() as desk:
            now = _of(key, desk.partners.all())
            spelled = {**written(now.choices), **(choices or {})}
            changed = replace(
                now,
                name=now.name if name is None else read_name(name),
                origins=now.origins if origins is None else read_origins(origins),
                choices=read_choices(spelled, self.known) if choices else now.choices,
                active=now.active if active is None else active,
                version=now.version + 1,
            )
            if not desk.partners.change(changed, now.version if version is None else version):
                raise PartnerHasChanged(key)
        return changed

    def revoke(self, key: str) -> Partner:
        """Close a key: within seconds no page shows its frame any more; its counts are kept."""
        return self.change(key, active=False)

    def restore(self, key: str) -> Partner:
        """Open a revoked key again."""
        return self.change(key, active=True)

    def counts(self, key: str, days: int = 30) -> Sequence[ToldDay]:
        """The days before today, each told as far as it may be; a day is told once it is over."""
        today = self.clock().date()
        since = today - timedelta(days=days)
        with self.records().desk(write=False) as desk:
            _of(key, desk.partners.all())
            found = {one.day: one for one in desk.partners.counts(key, since)}
        each = (since + timedelta(days=ahead) for ahead in range(days))
        return [_told(found.get(day) or DayCount(key, day, 0, 0)) for day in each]


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
        "version": partner.version,
    }
