"""Is the program for substance use, mental health, or both at once?"""

from directory.catalog.program import Program
from directory.matching.criterion import CodesCriterion, Context, Known
from directory.matching.need import Need

BOTH = "co_occurring"


class Focus(CodesCriterion):
    """A stated focus speaks for all: what is not named is no, but care for both may go unsaid."""

    name = "focus"
    vocabulary = "focus"
    fact = "focus"

    def asked(self, need: Need) -> tuple[str, ...]:
        """Each kind of care asked for."""
        return need.focus

    def known(self, program: Program, context: Context) -> Known:
        """A program for co-occurring conditions answers for substance use and mental health."""
        if not program.focus or not context.counts(program, "focus"):
            return Known()
        codes = frozenset(context.vocabularies[self.vocabulary].codes())
        named = frozenset(program.focus)
        yes = codes if BOTH in named else named
        return Known(yes, codes - yes - {BOTH})
