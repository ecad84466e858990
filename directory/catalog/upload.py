"""Files that curators uploaded, and how far each is. Never a file's name: it may name a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

UploadState = Literal[
    "waiting", "checking", "checked", "stopped", "applying", "applied", "unpublished", "gone"
]
"""`waiting`: stored, nothing is at work. `checking`: a dry run is. `checked`: it may be applied.
`stopped`: its dry run did not come to an end. `applying`: it is taken in. `applied`, or `unpublished`
where only publishing failed. `gone`: deleted before it was applied."""

WITH_FILE: frozenset[UploadState] = frozenset(
    {"waiting", "checking", "checked", "stopped", "applying"}
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file. `name` is its random folder, `digest` its SHA-256, `staff` who sent it.

    `seen_on`, `edition`, `dated` are what was told of it. `catalog` is the newest change that its
    dry run saw, `change` the one that took it in, `figures` what the run counted, `why` what stopped it.
    """

    number: int
    name: str
    importer: str
    size: int
    digest: str
    staff: int
    at: datetime
    seen_on: date
    edition: str | None = None
    dated: date | None = None
    state: UploadState = "waiting"
    why: str | None = None
    catalog: int = 0
    change: int | None = None
    figures: Mapping[str, int] = field(default_factory=dict)


class Uploads(Protocol):
    """What a store must offer for uploads."""

    def add(self, upload: Upload) -> int:
        """Keep a new one and answer its number; its own number is not looked at."""

    def get(self, number: int) -> Upload | None:
        """One, or None."""

    def newest(self, most: int) -> Sequence[Upload]:
        """The newest first."""

    def open(self) -> Sequence[Upload]:
        """Those whose file is still kept, the oldest first."""

    def put(self, upload: Upload) -> None:
        """Write how far it is."""

    def forget(self, before: datetime) -> Sequence[str]:
        """Delete those sent before a moment whose file is gone; answers their names."""
