"""What a curator does: a change of the listings and its line of the trail together, then published."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from directory.accounts import trail
from directory.accounts.trail import Kind, What
from directory.catalog.records import WritableRecords
from directory.web.staff.services import staff_services
from directory.web.staff.site import signed_in

LABEL = "curator"
"""Who says so, where a role is kept and never a name."""


@dataclass(frozen=True, slots=True)
class Acting:
    """The listings within one transaction."""

    records: WritableRecords

    def note(self, act: What, kind: Kind, subject: int | str, **details: str | int) -> None:
        """Write a line of the trail about what is done here."""
        now, actor = staff_services.clock(), signed_in().member.number
        with self.records.desk() as desk:
            trail.record(desk, now, actor, act, kind, subject, **details)


@contextmanager
def acting() -> Iterator[Acting]:
    """Everything in here is kept together, or nothing of it."""
    with staff_services.listings().together() as own:
        yield Acting(own)


def publish_soon() -> str:
    """Have it published; answers the code of what to say: it is live, or will be."""
    return "live" if staff_services.put_out() else "soon"
