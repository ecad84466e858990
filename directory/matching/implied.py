"""What follows from what a listing says, where it does not say it itself."""

from dataclasses import replace

from directory.catalog.program import Listing
from directory.catalog.schedule import Mode, Track
from directory.matching.pattern import pattern_of
from directory.places.place import Place


def with_implied(listing: Listing, place: Place | None) -> Listing:
    """The listing with its site's clock, from where it is, and each track's mode, from its sessions."""
    return _with_modes(with_zone(listing, place))


def with_zone(listing: Listing, place: Place | None) -> Listing:
    """The clock is known as the address is."""
    site = listing.site
    if site.time_zone or place is None or not place.time_zone:
        return listing
    said = {"time_zone": site.evidence["address"]} if "address" in site.evidence else {}
    zoned = replace(site, time_zone=place.time_zone, evidence={**site.evidence, **said})
    return replace(listing, site=zoned)


def _with_modes(listing: Listing) -> Listing:
    tracks = listing.program.tracks
    modes = [_mode(track) for track in tracks]
    if modes == [track.mode for track in tracks]:
        return listing
    told = tuple(replace(track, mode=mode) for track, mode in zip(tracks, modes, strict=True))
    return replace(listing, program=replace(listing.program, tracks=told))


def _mode(track: Track) -> Mode | None:
    """That of all its sessions, hybrid where they differ; None if one does not say or is not listed."""
    if track.mode is not None or not any(session.mode for session in track.sessions):
        return track.mode
    modes = {slot.mode for slot in pattern_of(track, None).slots}
    return modes.pop() if len(modes) == 1 else None if None in modes else "hybrid"
