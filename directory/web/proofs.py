"""Where a fact comes from and how far it may be trusted today, for who asks for no match."""

from directory.catalog.conflict import state_of
from directory.catalog.program import Program
from directory.matching.outcome import Proof, proof_of
from directory.web.services import services


def proof_today(program: Program, fact: str, item: str | None = None) -> Proof:
    """The proof of a fact of a program, or of one item of a list fact."""
    today = services.clock().date()
    state = state_of(program, fact, services.freshness, today, item)
    return proof_of(program.source_of(fact, item), state)


def week_proof(program: Program) -> Proof:
    """The proof of the days and hours of all its tracks."""
    return proof_today(program, "tracks")
