"""The first group of a track as it stands today, for addresses that ask for no match."""

from directory.catalog.program import Program
from directory.catalog.schedule import Track
from directory.matching import first_group
from directory.matching.outcome import FirstGroup
from directory.web.proofs import week_proof
from directory.web.services import services


def first_group_of(program: Program, track: Track) -> FirstGroup:
    """When one could begin; not known where the week is in doubt."""
    today, freshness = services.clock().date(), services.freshness
    return first_group.first_group_of(track, program, today, freshness, week_proof(program))
