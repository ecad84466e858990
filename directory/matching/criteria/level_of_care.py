"""Is it the level of care asked for? One of several levels is enough."""

from directory.catalog.program import Program
from directory.matching.criterion import CodesCriterion, Context, Known
from directory.matching.need import Need

# A certificate for outpatient care covers intensive outpatient care too, and does not say which.
MAY_INCLUDE = {"outpatient": frozenset({"iop"})}


class LevelOfCare(CodesCriterion):
    """Stated is yes, and no for the others; suggested is unknown: worth asking."""

    name = "level_of_care"
    vocabulary = "levels_of_care"
    fact = "level_of_care"
    either = True

    def asked(self, need: Need) -> tuple[str, ...]:
        """The levels asked for."""
        return need.level_of_care

    def known(self, program: Program, context: Context) -> Known:
        """What the stated level says of every level."""
        level = program.level_of_care
        if level is None or not context.counts(program, "level_of_care"):
            return Known()
        codes = frozenset(context.vocabularies[self.vocabulary].codes())
        if program.level_evidence != "stated":
            return Known(details=dict.fromkeys(codes, "suggested"))
        maybe = MAY_INCLUDE.get(level, frozenset())
        return Known(frozenset({level}), codes - {level} - maybe, dict.fromkeys(maybe, level))
