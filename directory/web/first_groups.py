"""The first group of a track, and the proof of its week, as they stand today: for who asks for no match."""

from directory.catalog.conflict import state_of
from directory.catalog.program import Program
from directory.catalog.schedule import Track
from directory.matching import first_group
from directory.matching.outcome import FirstGroup, Proof, proof_of
from directory.web.services import services


def first_group_of(program: Program, track: Track) -> FirstGroup:
    """When one could begin; not known where the week is in doubt."""
    today, freshness = services.clock().date(), services.freshness
    return first_group.first_group_of(track, today, freshness, week_proof(program))


def week_proof(program: Program) -> Proof:
    """Where a program's week comes from, and how far it may be trusted today."""
    state = state_of(program, "tracks", services.freshness, services.clock().date())
    return proof_of(program.source_of("tracks"), state)
