"""Is care held in this language: in the group, by staff, or through an interpreter?"""

from directory.catalog.program import Program
from directory.matching.criterion import CodesCriterion, Context, Known
from directory.matching.need import Need


class Languages(CodesCriterion):
    """Every language is asked for itself; unlisted is unknown."""

    name = "languages"
    vocabulary = "languages"
    fact = "languages"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The languages asked for."""
        return need.languages

    def known(self, program: Program, context: Context) -> Known:
        """The languages listed; the detail says who speaks it."""
        said = {
            code: support
            for code, support in program.languages.items()
            if context.counts(program, "languages", code)
        }
        return Known(frozenset(said), details=said)
