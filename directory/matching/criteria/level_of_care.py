"""Is it the level of care asked for? One of several levels is enough."""

from functools import reduce

from directory.catalog.conflict import MAY_INCLUDE
from directory.catalog.program import Program
from directory.matching.criterion import CodesCriterion, Context, Known, agreed
from directory.matching.need import Need


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
        """What the stated level says of every level; where sources disagree, what both say."""
        if program.level_of_care is None or not context.counts(program, "level_of_care"):
            return Known()
        codes = frozenset(context.vocabularies[self.vocabulary].codes())
        if program.level_evidence != "stated":
            return Known(details=dict.fromkeys(codes, "suggested"))
        levels = [program.level_of_care]
        levels += [r.value["level_of_care"] for r in context.rivals(program, "level_of_care")]
        return reduce(agreed, (_said_by(level, codes) for level in levels))


def _said_by(level: str, codes: frozenset[str]) -> Known:
    maybe = MAY_INCLUDE.get(level, frozenset())
    return Known(frozenset({level}), codes - {level} - maybe, dict.fromkeys(maybe, level))
