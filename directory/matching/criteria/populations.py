"""Is the program for people like me? Dedicated and welcoming are yes; excluding is no."""

from directory.catalog.program import Program
from directory.matching.criterion import CONFLICTING, CodesCriterion, Context, Known
from directory.matching.need import Need


class Populations(CodesCriterion):
    """Every population is asked for itself."""

    name = "populations"
    vocabulary = "populations"
    fact = "populations"

    def asked(self, need: Need) -> tuple[str, ...]:
        """The populations asked for."""
        return need.populations

    def known(self, program: Program, context: Context) -> Known:
        """What the program says of each population; nothing where its sources disagree."""
        said = {
            code: stance
            for code, stance in program.populations.items()
            if context.counts(program, "populations", code)
        }
        torn = {code for code in said if context.rivals(program, "populations", code)}
        no = frozenset(code for code, stance in said.items() if stance == "excludes") - torn
        details: dict[str, str] = {code: stance for code, stance in said.items() if code not in no}
        details |= dict.fromkeys(torn, CONFLICTING)
        return Known(frozenset(said) - no - torn, no, details)
