"""Which program of a site a row's program is. One site's several programs stay several."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.catalog.program import Program
from directory.curation.linking.door import directory_of
from directory.curation.linking.naming import Ids, program_id

CERTIFIED = "licenses"


@dataclass(frozen=True, slots=True)
class Offer:
    """A program as far as it tells programs apart. `focus` empty: not said."""

    level: str | None
    focus: frozenset[str]
    certificate: bool = False

    @property
    def care(self) -> str:
        """Mental health, or alcohol and drugs."""
        only_mental = "mental_health" in self.focus and "substance_use" not in self.focus
        return "mental_health" if only_mental else "substance_use"


@dataclass(frozen=True, slots=True)
class Standing:
    """A program that a site has, and the lists that already speak of it."""

    id: str
    offer: Offer
    directories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row's program goes. With several ids, or `only`, just those facts are stated there."""

    ids: tuple[str, ...]
    new: bool = False
    only: frozenset[str] = frozenset()


def offer_of(program: Program) -> Offer:
    """What tells a program apart."""
    return Offer(program.level_of_care, frozenset(program.focus), bool(program.licenses))


class Programs:
    """The programs of every site, those placed meanwhile too."""

    def __init__(self, standing: Iterable[tuple[str, Standing]], ids: Ids) -> None:
        self._of: dict[str, list[Standing]] = defaultdict(list)
        for site_id, one in standing:
            self._of[site_id].append(one)
        self._ids = ids

    def place(self, site_id: str, origin: str, offer: Offer) -> Placed:
        """Place one program of a row.

        A certificate where the site has a program for alcohol or drugs belongs to that program.
        """
        here = self._of[site_id]
        directory = directory_of(origin)
        if offer.certificate and (holders := _for_substance_use(here, directory)):
            return Placed(tuple(one.id for one in holders), only=frozenset({CERTIFIED}))
        if found := _like(here, offer, directory):
            self._speak(site_id, found, directory)
            return Placed((found.id,))
        key = self._ids.new(program_id(site_id, offer.care, offer.level))
        here.append(Standing(key, offer, frozenset({directory})))
        return Placed((key,), new=True)

    def keep(self, site_id: str, key: str, origin: str, offer: Offer) -> Placed:
        """A program of a row that has its place."""
        directory = directory_of(origin)
        found = next((one for one in self._of[site_id] if one.id == key), None)
        if found is None:
            self._of[site_id].append(Standing(key, offer, frozenset({directory})))
        else:
            self._speak(site_id, found, directory)
        return Placed((key,))

    def _speak(self, site_id: str, one: Standing, directory: str) -> None:
        place = self._of[site_id].index(one)
        spoken = one.directories | {directory}
        self._of[site_id][place] = Standing(one.id, one.offer, spoken)


def _like(here: Sequence[Standing], offer: Offer, directory: str) -> Standing | None:
    """The program of the same level and care, if the list does not name it already."""
    return next(
        (
            one
            for one in here
            if one.offer.level == offer.level
            and (not one.offer.focus or offer.care in one.offer.focus)
            and directory not in one.directories
        ),
        None,
    )


def _for_substance_use(here: Sequence[Standing], directory: str) -> list[Standing]:
    """Programs for alcohol or drugs that another list or a page describes."""
    return [
        one
        for one in here
        if one.offer.care == "substance_use"
        and (one.directories - {directory} or not one.directories)
    ]
