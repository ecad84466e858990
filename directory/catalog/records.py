"""What a store must offer: to those who read listings, and to the one who writes them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from directory.catalog.accuracy import Audits
from directory.catalog.evidence import Source
from directory.catalog.links import Links
from directory.catalog.listing import Kind
from directory.catalog.partner import Partners
from directory.catalog.program import Listing
from directory.catalog.proposal import Proposals
from directory.catalog.report import Reports
from directory.catalog.set_aside import SetAsides
from directory.catalog.trail import Trail
from directory.catalog.whereabouts import Journal

Subject = tuple[Kind, str]
"""What a claim is about: ('program', 'acme-evening')."""

What = Literal[
    "import", "call", "undo", "link", "remove", "relist", "move", "edit", "self_report", "confirm"
]
"""The kinds of work that change claims."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One source says one thing of one subject. `value` is canonical JSON text (sorted keys).

    A claim is live until it is withdrawn; of one source (by name) and origin at most one claim is
    live for a subject and fact. Withdrawn claims stay: they are the history. `row` is where in its
    file the claim stood; `origin` the list's own key of that row, where linking gave the subject.
    """

    subject: Subject
    fact: str
    value: str
    source: Source
    row: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class LiveClaim:
    """A claim in the store. `through` names the file's source, `claim.source` who is quoted."""

    id: int
    claim: Claim
    through: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program stands in the tree, and its address on our site."""

    organization_id: str
    site_id: str
    slug: str


@dataclass(frozen=True, slots=True)
class Change:
    """All that one import or edit does; it happens whole or not at all.

    `what` names the kind of work, `undoes` the earlier change that this one takes back; `restored`
    are claims that live again, through the source they had. `organizations` and `sites` (with their
    organization) and `programs` are new ones. `missing` and `found` are ids of programs that the
    source `through` no longer states, or states again. `moved` gives programs another address, a new
    one or one they had; an address that another program ever had is refused by the store.
    """

    through: str
    at: datetime
    organizations: tuple[str, ...] = ()
    sites: Mapping[str, str] | None = None
    programs: Mapping[str, Place] | None = None
    stated: tuple[Claim, ...] = ()
    withdrawn: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    what: What = "import"
    undoes: int | None = None
    restored: tuple[LiveClaim, ...] = ()
    moved: Mapping[str, str] | None = None

    @property
    def empty(self) -> bool:
        """True if nothing would be written."""
        return not (
            self.organizations
            or self.sites
            or self.programs
            or self.stated
            or self.withdrawn
            or self.restored
            or self.missing
            or self.found
            or self.moved
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A change that was written: its number, when, through which source, and what it undid."""

    id: int
    at: datetime
    through: str
    what: What
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class PastClaim:
    """A claim with its whole life: the change that stated it, and the one that withdrew it."""

    kept: LiveClaim
    stated_in: Written
    withdrawn_in: Written | None

    @property
    def claim(self) -> Claim:
        """What was said."""
        return self.kept.claim


class Records(Protocol):
    """What a store must offer to those who read."""

    def all(self) -> Iterator[Listing]:
        """Every listed program, ordered by program id: one consistent state."""

    def get(self, program_id: str) -> Listing | None:
        """One program, or None."""

    def by_slug(self, slug: str) -> Listing | None:
        """The program at an address of our site, or None."""

    def count(self) -> int:
        """How many programs are listed."""

    def versions(self) -> Mapping[str, int]:
        """Every program id with its version, which grows with each change of what is listed."""

    def history(self, program_id: str) -> Sequence[PastClaim]:
        """Every claim of a program, its site and organization, ever; the newest first."""

    def journal(self, since: int = 0) -> Journal:
        """What became of the programs that changes after `since` touched, as far as anybody sees it."""

    def still(self) -> AbstractContextManager["Records"]:
        """These records in one state, whatever is written meanwhile."""


class Desk(Protocol):
    """One transaction on the claims: what it reads is what `apply` changes."""

    @property
    def audits(self) -> Audits:
        """Samples of programs, and what calls told."""

    @property
    def reports(self) -> Reports:
        """Problems that visitors told us."""

    @property
    def partners(self) -> Partners:
        """Sites that may show our finder, and how often they did."""

    @property
    def trail(self) -> Trail:
        """What staff did: an act on listings and its line are kept together, or not at all."""

    @property
    def proposals(self) -> Proposals:
        """Changes that programs ask for."""

    @property
    def set_asides(self) -> SetAsides:
        """What curators looked at and left as it is."""

    def listing(self, program_id: str) -> Listing | None:
        """One listed program as this transaction sees it, or None."""

    def claims(self, through: str, sources: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims that came through a source's files, or quote one of `sources` (names)."""

    def organizations(self) -> frozenset[str]:
        """The id of every organization."""

    def sites(self) -> Mapping[str, str]:
        """Every site id with its organization's."""

    def programs(self) -> Mapping[str, Place]:
        """Every program id with its place."""

    def addresses(self) -> Mapping[str, str]:
        """Every address that was ever given on our site, with its program's id."""

    def moves_in(self, number: int) -> Mapping[str, str | None]:
        """Programs that a change gave another address, with the one before; None if they moved since."""

    def invented(self) -> frozenset[Subject]:
        """Subjects that an example source speaks of."""

    def missing(self, through: str) -> frozenset[str]:
        """Programs flagged as no longer stated by a source."""

    def about(self, kind: Kind, facts: Collection[str]) -> Iterator[LiveClaim]:
        """Live claims of these facts about subjects of a kind, whoever states them."""

    def from_origins(self, origins: Collection[str]) -> Sequence[LiveClaim]:
        """Live claims of these rows of lists."""

    @property
    def links(self) -> Links:
        """Which row of which list is which of our records."""

    def newest(self) -> int:
        """The number of the newest change; 0 if there is none."""

    def written(self, number: int) -> Written | None:
        """A change by its number; None if there is none."""

    def undone_by(self, number: int) -> int | None:
        """The latest change that took this one back, if any did."""

    def claims_in(self, number: int) -> Sequence[PastClaim]:
        """Every claim that a change stated or withdrew."""

    def live_on(self, subjects: Collection[Subject]) -> Sequence[PastClaim]:
        """The live claims of these subjects, whoever states them."""

    def flagged_in(self, number: int) -> frozenset[str]:
        """Programs that a change flagged as missing and that still are."""

    def apply(self, change: Change) -> int:
        """Write a change and answer its number; it is kept when the desk closes without an error."""


class WritableRecords(Records, Protocol):
    """What a store must offer besides to the room that writes (`curation.publishing`)."""

    def desk(self, *, write: bool = True) -> AbstractContextManager[Desk]:
        """Open a desk. Writers wait for one another; an error leaves everything as it was."""

    def together(self) -> AbstractContextManager["WritableRecords"]:
        """These records in one transaction: every desk that is opened on them writes in it."""
