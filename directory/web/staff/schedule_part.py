"""Days and hours from a pasted sentence: read, shown back as a week, then kept.

What the sentence does not tell of a group stays as it is listed: its name, when people start, its
openings. What could not be read is shown; nothing is made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from directory.catalog.listing import Json
from directory.catalog.program import Listing
from directory.catalog.schedule import Mode, Track
from directory.catalog.track_format import dump_track
from directory.curation.phrases import Reading
from directory.errors import BadValue
from directory.web.staff.curator_services import curating

LONGEST = 600
ALL = "all"
MODES: Sequence[Mode] = ("in_person", "virtual", "hybrid")


@dataclass(frozen=True, slots=True)
class Told:
    """A pasted schedule: what was read, and the groups as they would be listed."""

    reading: Reading
    new: tuple[Track, ...]
    tracks: tuple[Track, ...]

    def value(self) -> Json:
        """The groups in the listing format."""
        return [dump_track(one) for one in self.tracks]


def read_schedule(form: "MultiDict[str, str]", listing: Listing) -> Told:
    """What a form says of the week. Raises `BadValue`."""
    text = form.get("phrase", "").replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST:
        raise BadValue("phrase", f"{len(text)} letters", f"a sentence of at most {LONGEST} letters")
    mode = next((one for one in MODES if one == form.get("mode", "")), None)
    reading = curating.read_phrase(text)
    if not reading.tracks:
        raise BadValue("nothing_read", text[:40], "days and hours")
    old, which = listing.program.tracks, form.get("which", ALL)
    if which == ALL or len(old) < 2:
        new = tuple(
            _like(_named(one, old, len(reading.tracks)), one, mode) for one in reading.tracks
        )
        return Told(reading, new, new)
    at = int(which) if which.isascii() and which.isdigit() and len(which) < 4 else len(old)
    if at >= len(old):
        raise BadValue("which", which[:40], "one of the groups")
    if len(reading.tracks) > 1:
        raise BadValue("one_group", str(len(reading.tracks)), "one group")
    one = replace(_like(old[at], reading.tracks[0], mode), label=old[at].label)
    return Told(reading, (one,), (*old[:at], one, *old[at + 1 :]))


def _named(new: Track, old: Sequence[Track], many: int) -> Track | None:
    """The listed group that a read one is: of the same name, or the only one."""
    if len(old) == many == 1:
        return old[0]
    key = ((new.label or "").casefold(), (new.season or "").casefold())
    same = (
        one for one in old if ((one.label or "").casefold(), (one.season or "").casefold()) == key
    )
    return next(same, None)


def _like(old: Track | None, new: Track, mode: Mode | None) -> Track:
    """The read group with what the sentence does not tell."""
    if old is None:
        return replace(new, mode=mode or new.mode)
    return replace(
        new,
        label=new.label or old.label,
        season=new.season or old.season,
        mode=mode or new.mode or old.mode,
        start=old.start,
        openings=old.openings,
    )
